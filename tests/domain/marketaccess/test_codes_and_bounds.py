"""Codes as people write them, and answers that are at most, not known."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.answer import Answer, digits_of
from emporion.domain.marketaccess.rules.refusals import NotATariffCode
from emporion.language import translate
from tests.domain.marketaccess.world import FAIR


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("8419.50.00", "84195000"), ("84 19 50 00", "84195000"), ("8419500000", "8419500000"),
        ("8419.5000.00.999", "8419500000999"), ("８４１９．５０", "841950"), ("8419-50", "841950"),
    ],
)  # fmt: skip
def test_a_code_is_read_as_it_is_written(written: str, digits: str) -> None:
    assert digits_of(written) == digits


@pytest.mark.parametrize("written", ["84.1.950", "8419..50", ".8419", "8419.", "841.950", "84195000001234", "84x9"])
def test_a_malformed_code_is_refused(written: str) -> None:
    with pytest.raises(NotATariffCode):
        digits_of(written)


def test_a_chinese_declaration_code_is_answered_by_its_line() -> None:
    long = without_database.answer("8419500000.999", "JP", "CN", FAIR)
    assert isinstance(long, Answer)
    assert (long.code, str(long.ad_valorem_pct)) == ("84195000", "6.9")


@pytest.mark.parametrize(("origin", "at_most"), [("KE", True), ("HT", True), ("VN", False)])
def test_apparel_of_agoa_countries_and_haiti_is_at_most(origin: str, at_most: bool) -> None:
    found = without_database.answer("61091000", origin, "US", date(2025, 11, 5))
    assert isinstance(found, Answer)
    assert (found.status, found.at_most) == ("known", at_most)
    assert any("chapter 98" in str(one) for one in found.missing) == at_most


def test_a_chinese_reader_sees_no_english_name_of_a_column() -> None:
    found = without_database.answer("84195000", "DE", "CN", FAIR)
    assert isinstance(found, Answer)
    sources = [translate(one.citation, "zh-hans") for one in found.candidates if not isinstance(one.citation, str)]
    assert "最惠国税率" in sources[0]
    assert not any("mfn" in source or "general" in source for source in sources)


def test_medical_institutions_and_the_opening_of_gene_diagnosis_are_among_the_items() -> None:
    hospital = without_database.negative_list("investment", "national", "medical institutions", FAIR)
    assert (hospital.status, hospital.measures[0].number) == ("listed", "hospital")
    gene = without_database.negative_list("investment", "pilot_zone", "gene diagnosis", FAIR)
    assert gene.status == "listed"
    assert "open in the pilot zones of Beijing, Shanghai and Guangdong" in gene.measures[0].gloss

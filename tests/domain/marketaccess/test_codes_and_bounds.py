"""Codes as people write them, and answers that are at most, not known."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.answer import Answer, Range, digits_of
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


def test_the_graduation_of_bangladesh_is_disputed_with_both_days() -> None:
    found = without_database.answer("84195000", "BD", "CN", date(2026, 12, 1))
    assert isinstance(found, Answer)
    assert found.at_most
    assert any("2026-11-24" in str(one) and "2029-11-24" in str(one) for one in found.missing)
    chinese = [translate(one, "zh-hans") for one in found.missing]
    assert any("2026年11月24日" in one and "2029年11月24日" in one and "发展政策委员会" in one for one in chinese)


@pytest.mark.parametrize("origin", ["XK", "xk", "Kosovo", "科索沃", "XKX"])
@pytest.mark.parametrize("to", ["CN", "US", "AU", "DE"])
def test_kosovo_is_answered_with_what_is_known(origin: str, to: str) -> None:
    found = without_database.answer("84195000", origin, to, FAIR)
    assert found.origin == "XK"
    if to == "CN":
        assert isinstance(found, Answer)
        assert found.applied is None
        assert any("XK" in str(one) and "MFN" in str(one) for one in found.missing)


@pytest.mark.parametrize("origin", ["XI", "xi", "Northern Ireland", "北爱尔兰"])
@pytest.mark.parametrize("code", ["84195000", "8419"])
def test_goods_of_northern_ireland_are_the_united_kingdoms_and_the_answer_says_so(origin: str, code: str) -> None:
    found = without_database.answer(code, origin, "CN", FAIR)
    whole = without_database.answer(code, "GB", "CN", FAIR)
    assert found.origin == "GB"
    lines = found.lines if isinstance(found, Range) else (found,)
    for line in lines:
        assert str(line.notes[-1]) == (
            f"{origin} is a part of GB: its goods originate there and pay what those of GB pay"
        )
    of_whole = whole.lines if isinstance(whole, Range) else (whole,)
    assert [line.ad_valorem_pct for line in lines] == [line.ad_valorem_pct for line in of_whole]


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

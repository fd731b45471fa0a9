"""The five products that the seed of the fair names, each answered whole on the first day, with what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.path import PathStep, path_of
from tests.domain.marketaccess.test_commands import asked
from tests.domain.marketaccess.world import FAIR


def answered(code: str, origin: str, on: date = FAIR) -> tuple[Answer | Range, str, tuple[PathStep, ...]]:
    found = without_database.answer(code, origin, "CN", on)
    entry = without_database.entry_of(code, origin, "CN", on)
    papers = without_database.papers_for(code, "CN", on)
    return found, entry.status, path_of(papers, entry, found.proof)


def papers(steps: tuple[PathStep, ...], name: str) -> list[str]:
    return [str(paper.paper) for step in steps if step.name == name for paper in step.papers]


def total(found: Answer | Range) -> tuple[str, Decimal | None, str, Decimal | None]:
    return found.duties.status, found.duties.pct, found.total.status, found.total.pct


def test_a_heat_exchanger_of_a_hydrogen_fuel_cell_from_japan() -> None:
    found, entry, steps = answered("84195000", "JP")
    assert total(found) == ("at_least", Decimal("6.90"), "at_least", Decimal("20.80"))
    assert (entry, [step.name for step in steps]) == ("not_asked", ["admission", "certificate", "border", "sale"])
    assert papers(steps, "sale") == [
        "pressure vessels, boilers and heat exchangers under pressure: the maker is licensed and the type tested, "
        "above the limits of the catalogue of special equipment"
    ]
    proof = next(step.statements for step in steps if step.name == "certificate")
    assert "Proof of origin" in " ".join(map(str, proof))
    assert "anti-dumping duty: not in the data" in map(str, found.total.lacks)


def test_a_powered_prosthetic_knee_from_germany() -> None:
    found, entry, steps = answered("90213900", "DE")
    assert isinstance(found, Answer)
    assert (found.status, found.at_most, str(found.applied and found.applied.text)) == ("known", True, "4%")
    assert total(found) == ("unknown", None, "at_least", Decimal("13.00"))
    assert "the base duty, of which no exact rate is known" in map(str, found.total.lacks)
    assert entry == "not_asked"
    assert [text.split(":")[0] for text in papers(steps, "sale")] == [
        "medical device of class I", "medical device of class II or III",
    ]  # fmt: skip
    takes = [str(paper.takes) for step in steps for paper in step.papers if paper.takes]
    assert any("312 and 274 days in all on average" in text for text in takes)
    assert any("for display under temporary import" in text for text in papers(steps, "border"))


def test_a_kit_for_the_precise_diagnosis_of_pancreatic_cancer_from_germany() -> None:
    found, entry, steps = answered("38221900", "DE")
    assert (found.status, total(found)) == ("unknown", ("unknown", None, "at_least", Decimal("13.00")))
    assert "it is an excerpt, so the line may exist" in str(found.missing[0])
    assert entry == "not_asked"
    assert papers(steps, "permit") == [
        "special articles (microorganisms, human tissue, biological products, blood): health quarantine approval"
    ]
    assert papers(steps, "sale") == [
        "reagents for diagnosis in vitro: filing (class I) or registration (II, III) as devices, not as medicines"
    ]
    assert any("neither sold nor used" in text for text in papers(steps, "border"))


def test_pineapple_of_benin() -> None:
    found, entry, steps = answered("08043000", "BJ")
    assert total(found) == ("at_least", Decimal("0.00"), "at_least", Decimal("9.00"))
    assert (entry, [step.name for step in steps]) == (
        "listed", ["admission", "registration", "permit", "certificate", "border"],
    )  # fmt: skip
    first = " ".join(map(str, steps[0].statements))
    assert "pineapples of BJ were admitted when the list was read, as of 2023-09-05" in first
    assert "fumigated with methyl bromide" in first
    assert papers(steps, "registration")[0].startswith("fresh fruit: orchards, packing houses")
    [permit] = [paper for step in steps if step.name == "permit" for paper in step.papers]
    assert (str(permit.takes), permit.verified) == ("decided within 20 days; valid one year (palala.com.cn)", True)


def test_banana_of_ecuador_is_listed_and_its_mango_is_not_known() -> None:
    found, entry, steps = answered("08039000", "EC")
    assert (found.status, entry) == ("known", "listed")
    assert found.total.status == "at_least"
    assert len(papers(steps, "registration")) == 2
    assert answered("08045020", "EC")[1] == "unknown"
    assert "ask the authority first" in str(answered("08045020", "EC")[2][0].statements[0])


def test_shrimp_of_ecuador() -> None:
    found, entry, steps = answered("03061790", "EC")
    assert (found.status, entry) == ("known", "listed")
    assert found.total.status == "at_least"
    tax = next(one for one in found.charges if one.kind == "vat")
    assert (tax.state, tax.text) == ("depends", "at least 9%")
    assert papers(steps, "registration")[0].startswith("food: the foreign producer and its cold store are registered")
    assert papers(steps, "certificate")[0].startswith("food of animal origin: sanitary certificate")


@pytest.mark.parametrize(
    ("on", "decree"), [(date(2026, 5, 31), "Decree 248"), (date(2026, 6, 1), "Decree 280"), (FAIR, "Decree 280")]
)
def test_the_producers_registration_follows_the_decree_of_the_day(on: date, decree: str) -> None:
    found = [str(one.source) for one in without_database.papers_for("16052900", "CN", on) if "producer" in one.paper]
    assert [source[:10] for source in found] == [decree]


def test_every_paper_has_a_source_a_step_and_days_or_says_that_they_are_not_verified() -> None:
    for chapter in range(1, 98):
        for one in without_database.papers_for(f"{chapter:02}", "CN", FAIR):
            assert one.source and one.authority
            assert one.span.starts or not one.verified or "fruit" in one.paper


def test_a_shorter_code_loses_no_paper_and_no_proof() -> None:
    line, heading = answered("84195000", "JP"), answered("8419", "JP")
    assert set(papers(line[2], "sale")) <= set(papers(heading[2], "sale"))
    assert set(map(str, line[0].proof)) <= set(map(str, heading[0].proof))
    tyres = [one for one in without_database.papers_for("40", "CN", FAIR) if "tyres" in one.paper]
    assert [one.part for one in tyres] == [True]
    assert answered("0804", "BJ")[1] == "in_part"


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("40111000", "tyres"), ("70071190", "safety glass"), ("84713000", "computers"), ("84501110", "household"),
        ("19011010", "infant formula"), ("21069090", "health food"), ("38089119", "pesticides"), ("85171300", "radio"),
        ("84021200", "pressure vessels"), ("30021500", "special articles"), ("22042100", "wine and spirits"),
        ("12099100", "seed for sowing"), ("02023000", "meat: country"), ("04021000", "dairy"),
        ("33049900", "cosmetics"),
    ],
)  # fmt: skip
def test_goods_of_a_regime_name_it(code: str, named: str) -> None:
    assert any(named in one.paper for one in without_database.papers_for(code, "CN", FAIR))


def test_json_tells_whether_the_goods_may_enter_and_the_days_of_each_paper() -> None:
    found = asked("160529", "--origin", "EC", "--to", "CN", "--on", "2026-11-05", "--shipped")
    assert found["may_enter"]["status"] == "unknown"
    registered = next(one for one in found["papers"] if "cold store" in one["paper"])
    assert (registered["step"], registered["valid_from"], registered["takes"], registered["verified"]) == (
        "registration", "2026-06-01", None, False,
    )  # fmt: skip
    pineapple = asked("08043000", "--origin", "BJ", "--to", "CN", "--on", "2026-11-05", "--shipped")
    assert pineapple["may_enter"]["status"] == "listed"

"""The parts of what is paid: base duty, additional duties, taxes and fees, and a total from known parts alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.rules.answer import Answer, answer
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.charges import Levy, Measure
from emporion.domain.marketaccess.rules.rates import FREE, Rate, parse
from emporion.domain.marketaccess.rules.schedule import Market
from emporion.domain.reason import Phrase
from emporion.domain.reference.rules import Span
from tests.domain.marketaccess.test_commands import asked, run
from tests.domain.marketaccess.world import FAIR, agreement, market

ADDITIONAL = ("anti_dumping", "countervailing", "safeguard", "retaliation")
STEEL = ("73269086", "CN", date(2025, 11, 5))


def measure(kind: str, rate: str, code: str = "73269086", **more: object) -> Measure:
    values: dict[str, object] = {
        "importer": "US", "kind": kind, "code": code, "origins": ("CN",), "rate": parse(rate) if rate else FREE,
        "span": Span(date(2025, 1, 1), None), "title": kind, "citation": "gazette",
    }  # fmt: skip
    return Measure(**{**values, **more})  # type: ignore[arg-type]


def levy(kind: str, rate: Rate | None, base: str = "value", group: str = "tax", *prefixes: str) -> Levy:
    name, law = Phrase(kind), Phrase("law")
    return Levy(group, kind, prefixes, rate, None, base, name, Phrase(""), Span(), law, True)


def steel(*measures: Measure) -> Answer:
    found = answer(replace(files.shipped("US"), measures=measures), *STEEL)
    assert isinstance(found, Answer)
    return found


def ruritania(*levies: Levy, measures: tuple[Measure, ...] = ()) -> Market:
    return replace(market({"10000000": {"mfn": "10%"}}, agreement("EPA", "JP")), levies=levies, measures=measures)


def in_ruritania(*levies: Levy, kinds: tuple[str, ...] = ADDITIONAL, value: Decimal | None = None) -> Answer:
    none = tuple(measure(kind, "", "", origins=()) for kind in kinds)
    found = answer(ruritania(*levies, measures=none), "10000000", "DE", FAIR, Facts(value))
    assert isinstance(found, Answer)
    return found


def test_the_steel_articles_that_paid_77_90_do_not_pay_2_9() -> None:
    """An entry of 7326.90.86 from China into the United States paid 2.9 + 25 (section 301) + 50 (section 232)."""
    bare = steel()
    assert (bare.ad_valorem_pct, bare.duties.status, bare.duties.pct) == (Decimal("2.9"), "at_least", Decimal("2.90"))
    assert [str(one) for one in bare.total.lacks][:3] == [
        "anti-dumping duty: not in the data", "countervailing duty: not in the data", "safeguard duty: not in the data",
    ]  # fmt: skip
    loaded = steel(measure("section_301", "25%"), measure("section_232", "50%"))
    assert (loaded.duties.status, loaded.duties.pct) == ("at_least", Decimal("77.90"))
    settled = (
        measure(kind, "", "") for kind in ("anti_dumping", "countervailing", "safeguard", "section_122", "ieepa")
    )
    whole = steel(measure("section_301", "25%"), measure("section_232", "50%"), *settled)
    assert (whole.duties.status, whole.duties.pct, whole.duties.lacks) == ("known", Decimal("77.90"), ())
    assert whole.total.status == "at_least"


def test_a_measure_of_another_origin_day_or_line_does_not_count() -> None:
    other = (
        measure("section_301", "25%", origins=("VN",)), measure("section_232", "50%", code="7327"),
        measure("ieepa", "20%", span=Span(None, date(2025, 11, 5))),
    )  # fmt: skip
    assert steel(*other).duties.pct == Decimal("2.90")
    assert {one.state for one in steel(*other).charges if one.group == "additional_duty"} == {"not_in_data"}


def test_a_measure_on_part_of_the_line_depends_and_does_not_count() -> None:
    found = steel(measure("section_232", "50%", code="7326908688"))
    part, rest = [one for one in found.charges if one.kind == "section_232"]
    assert (part.state, str(part.condition)) == ("depends", "only for goods of 7326908688, part of the line")
    assert (rest.state, found.duties.pct) == ("depends", Decimal("2.90"))
    longer = answer(
        replace(files.shipped("US"), measures=(measure("section_232", "50%", code="7326908688"),)), "7326.90.86.88",
        "CN", STEEL[2],
    )  # fmt: skip
    assert longer.duties.pct == Decimal("52.90")


def test_a_duty_by_exporter_counts_its_lowest_where_all_others_are_named() -> None:
    named = [measure("anti_dumping", "12%", exporter="Works A"), measure("anti_dumping", "80%", exporter="all others")]
    found = steel(*named)
    assert [(one.text, one.state) for one in found.charges[:2]] == [("12%", "depends"), ("80%", "depends")]
    assert (found.duties.pct, found.duties.status) == (Decimal("14.90"), "at_least")
    assert steel(named[0]).duties.pct == Decimal("2.90")


def test_taxes_are_calculated_on_the_value_with_duties() -> None:
    taxes = (levy("vat", parse("13%"), "duty_paid"), levy("consumption", parse("20%"), "inclusive"))
    found = in_ruritania(*taxes, levy("fee", parse("1%"), "value", "fee"), value=Decimal(1000))
    # 100 duty; (1000 + 100) / 0.8 × 0.2 = 275; (1000 + 100 + 275) × 13 % = 178.75; fee 10.
    assert (found.total.status, found.total.amount, found.total.pct) == ("known", Decimal("563.75"), Decimal("56.38"))
    assert (found.duties.status, found.duties.amount) == ("known", Decimal("100.00"))


@pytest.mark.parametrize("left_out", ADDITIONAL)
def test_a_total_that_lacks_a_part_is_at_least(left_out: str) -> None:
    taxes = (levy("vat", parse("13%"), "duty_paid"), levy("consumption", FREE), levy("fee", FREE, group="fee"))
    assert in_ruritania(*taxes).total.status == "known"
    found = in_ruritania(*taxes, kinds=tuple(one for one in ADDITIONAL if one != left_out))
    assert (found.status, found.total.status, len(found.total.lacks)) == ("known", "at_least", 1)


def test_an_unknown_base_duty_makes_no_known_total() -> None:
    found = answer(ruritania(levy("vat", parse("13%"), "duty_paid")), "20000000", "DE", FAIR)
    assert (found.status, found.total.status, found.total.pct) == ("unknown", "at_least", Decimal("13.00"))
    assert "the base duty, of which no exact rate is known" in map(str, found.total.lacks)
    nowhere = without_database.answer("84195000", "JP", "DE", FAIR)
    assert (nowhere.total.status, nowhere.total.pct, nowhere.duties.status) == ("unknown", None, "unknown")


@pytest.mark.parametrize(
    ("code", "origin", "vat", "total"),
    [
        ("84195000", "JP", "13%", "20.80"),  # 6.9 + 106.9 × 13 %
        ("08043000", "BJ", "9%", "9.00"),
        ("08039000", "EC", "9%", None),
        ("22042100", "FR", "at least 9%", None),
    ],
)
def test_china_levies_its_value_added_tax_on_the_value_with_duties(
    code: str, origin: str, vat: str, total: str | None
) -> None:
    found = without_database.answer(code, origin, "CN", FAIR)
    tax = next(one for one in found.charges if one.kind == "vat")
    assert (tax.text, str(tax.formula)) == (
        vat, f"(customs value + duties + consumption tax) × {vat.removeprefix('at least ')}"
    )  # fmt: skip
    if total:
        assert (found.total.status, found.total.pct) == ("at_least", Decimal(total))


def test_no_answer_of_the_shipped_tariffs_knows_a_total() -> None:
    for importer, origin in (("CN", "JP"), ("US", "CN"), ("AU", "DE")):
        own = files.shipped(importer)
        for code in own.schedule.codes[::97]:
            found = answer(own, code, origin, FAIR)
            assert found.total.status != "known", code
            assert found.total.lacks


def test_json_text_and_list_name_the_parts_alike(tmp_path: object) -> None:
    where = ("73269086", "--origin", "CN", "--to", "US", "--on", "2025-11-05", "--value", "10000", "--shipped")
    found = asked(*where)
    assert (found["status"], found["status_of"], found["total"]["status"]) == ("known", "base_duty", "at_least")
    assert found["duties"]["amount"] == "290.00"
    assert {one["kind"]: one["state"] for one in found["charges"]}["section_301"] == "not_in_data"
    printed = run("access", *where)
    assert "Base duty 2.9% (mfn)" in printed
    assert "Duties together: at least 2.9% = 290.00 USD" in printed
    assert json.dumps(found).count('"known"') == 2  # the base duty, and that there is no value-added tax

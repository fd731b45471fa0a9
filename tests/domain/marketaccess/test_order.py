"""The order of rates: China's official one against a brute-force oracle, and the rules one by one in a small market."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.cli.market_access_json import answer_json
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules.answer import Answer, answer_line, answer_under
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.eligibility import is_free_from_least_developed
from emporion.domain.marketaccess.rules.schedule import Market
from emporion.domain.reason import Phrase
from emporion.domain.reference import files as data
from emporion.domain.reference.rules import GraduationDisputed, Span
from tests.domain.marketaccess.world import FAIR, MEMBERS, agreement, market

CHINA = files.shipped("CN")
ROWS = {row["code"]: row for row in csv.DictReader(io.StringIO(files.unpacked(data.content("tariffs/cn_2026.csv.xz"))))}
# Columns that an origin may use in November 2026, written out by hand from the table of agreement codes.
COLUMNS = {
    "JP": ["JPR"], "KR": ["AP", "KR", "KRR"], "AU": ["AU", "AUR"], "NZ": ["NZ", "NZR"], "VN": ["AS", "ASR"],
    "KH": ["AS", "ASR", "KH", "sKH", "LD"], "LA": ["AP", "AS", "ASR", "sLA", "sAP", "LD"], "BJ": ["LD"], "DE": [],
    "CH": ["CH"], "PK": ["PK"], "US": [], "HK": ["HK"], "BD": ["AP", "sAP", "LD"], "IN": ["AP"],
}  # fmt: skip


@pytest.mark.parametrize("origin", COLUMNS)
def test_every_line_of_china_agrees_with_the_lowest_cell_that_the_origin_may_use(origin: str) -> None:
    for code, row in ROWS.items():
        favoured = row["provisional"] if row["provisional"] and row["provisional"][0] != "?" else row["mfn"]
        cells = [favoured, *(row[column] for column in COLUMNS[origin])]
        usable = [Decimal(cell) for cell in cells if cell and cell[0] != "?" and ";" not in cell]
        assert answer_line(CHINA, code, origin, FAIR).ad_valorem_pct == min(usable), (code, origin)


@given(st.sampled_from(CHINA.schedule.codes), st.sampled_from(sorted(CHINA.memberships["wto"])))
def test_what_applies_is_never_above_mfn_for_an_origin_that_gets_mfn(code: str, origin: str) -> None:
    found = answer_line(CHINA, code, origin, FAIR)
    assert found.ad_valorem_pct is not None
    assert found.ad_valorem_pct <= Decimal(ROWS[code]["mfn"])


@given(st.sampled_from(files.shipped("AU").schedule.codes), st.sampled_from(sorted(files.countries())))
def test_in_australia_what_applies_is_never_above_the_general_rate(code: str, origin: str) -> None:
    _never_above_general(files.shipped("AU"), code, origin)


@given(st.sampled_from(files.shipped("US").schedule.codes), st.sampled_from(sorted(files.countries())))
def test_in_the_united_states_only_column_2_is_above_the_general_rate(code: str, origin: str) -> None:
    if origin not in files.memberships()["us-column-2"]:
        _never_above_general(files.shipped("US"), code, origin)


def _never_above_general(where: Market, code: str, origin: str) -> None:
    found = answer_line(where, code, origin, date(2026, 11, 5))
    general = next((one for one in found.candidates if one.basis == "mfn" and one.rate), None)
    if general and general.rate and general.rate.ad_valorem_pct is not None and found.applied:
        assert found.applied.rate is not None
        assert found.applied.rate.duty(Decimal(1000), {}) is not None
        assert found.ad_valorem_pct is not None and found.ad_valorem_pct <= general.rate.ad_valorem_pct


RATES = st.one_of(st.just("Free"), st.integers(0, 60).map(str), st.integers(1, 9).map(lambda n: f"${n}/kg"))
CELLS = st.dictionaries(st.sampled_from(["mfn", "provisional", "A", "B", "C"]), RATES, min_size=1)
OTHERS = st.dictionaries(st.integers(10000000, 99999999).map(str).filter(lambda code: code != "84195000"), CELLS)


@given(CELLS, OTHERS, st.sampled_from(["JP", "DE", "BD", "IR"]))
def test_lines_and_agreements_that_do_not_concern_the_goods_change_nothing(
    cells: dict[str, str], others: dict[str, dict[str, str]], origin: str
) -> None:
    own = [agreement("A", "JP", "BD"), agreement("B", "DE")]
    small = market({"84195000": cells}, *own)
    large = market({**others, "84195000": cells}, *own, agreement("C", "FR", "US"))
    assert answer_json(answer_line(small, "84195000", origin, FAIR)) == answer_json(
        answer_line(large, "84195000", origin, FAIR)
    )


def test_quota_goods_of_a_least_developed_country_enter_free_within_the_quota_only() -> None:
    outside = answer_line(CHINA, "10019900", "BJ", FAIR)
    within = answer_line(CHINA, "10019900", "BJ", FAIR, Facts(within_quota=True))
    assert (outside.ad_valorem_pct, within.ad_valorem_pct) == (65, 0)
    assert tuple(map(str, outside.quota)) == (
        "tariff quota for 2026: wheat 9,636,000 t; outside it the ordinary rates apply "
        "(Import and Export Tariff of the PRC 2026, rules and explanations, 8 and quota table)",
        "in-quota rate: 1% (Import and Export Tariff of the People's Republic of China 2026 (excerpt), line 10019900, "
        "column in_quota (State Council Tariff Commission, 2026))",
    )


def test_quota_goods_of_any_member_pay_the_quota_rate_with_a_certificate() -> None:
    found = answer_line(CHINA, "10019900", "US", FAIR, Facts(within_quota=True))
    assert found.applied and (found.applied.basis, found.ad_valorem_pct) == ("in_quota", 1)


def test_the_safeguard_on_australian_beef_applies_to_australian_beef_alone() -> None:
    beef = next(code for code in CHINA.schedule.codes if code.startswith("0202"))
    assert any("214,556 t" in str(note) for note in answer_line(CHINA, beef, "AU", FAIR).notes)
    assert not any("214,556 t" in str(note) for note in answer_line(CHINA, beef, "NZ", FAIR).notes)


def test_the_duty_and_the_saving_against_mfn_are_reckoned_to_the_cent() -> None:
    found = answer_line(CHINA, "84195000", "JP", FAIR, Facts(customs_value=Decimal("12345.67")))
    assert (found.duty, found.saving) == (Decimal("851.85"), Decimal("382.72"))


def test_nothing_is_saved_against_mfn_by_an_origin_that_does_not_get_it() -> None:
    found = answer_line(files.shipped("US"), "84195010", "RU", date(2025, 8, 5), Facts(customs_value=Decimal(1000)))
    assert (found.duty, found.saving) == (Decimal("350.00"), None)


def test_specific_duty_needs_the_quantity_in_the_rate_s_own_unit() -> None:
    australia = files.shipped("AU")
    with_kilos = Facts(customs_value=Decimal(1000), quantities={"kg": Decimal(100)})
    assert answer_line(australia, "04061000", "DE", FAIR, with_kilos).duty == Decimal("122.00")
    assert answer_line(australia, "04061000", "DE", FAIR, Facts(customs_value=Decimal(1000))).duty is None


def test_an_agreement_before_its_day_and_after_its_end_gives_nothing_and_says_so() -> None:
    young = agreement("NEW", "JP", span=Span(date(2026, 12, 1), None))
    old = agreement("OLD", "JP", span=Span(None, date(2026, 1, 1)))
    found = answer_line(market({"84195000": {"mfn": "10", "NEW": "0", "OLD": "0"}}, young, old), "84195000", "JP", FAIR)
    assert found.ad_valorem_pct == 10
    assert [str(one.reason) for one in found.candidates[1:]] == [
        "NEW for JP enters into force on 2026-12-01", "OLD for JP lapsed: its last day was before 2026-01-01",
    ]  # fmt: skip


def test_who_graduates_after_the_list_was_made_pays_at_most_the_next_rate() -> None:
    poor = agreement("LD", "BD", basis="special_preferential", list_as_of=date(2026, 1, 1))
    lines = {"84195000": {"mfn": "10", "LD": "0"}}
    before = answer_line(market(lines, poor), "84195000", "BD", date(2026, 11, 4))
    after = answer_line(market(lines, poor), "84195000", "BD", FAIR)
    assert (before.ad_valorem_pct, before.at_most) == (0, False)
    assert (after.ad_valorem_pct, after.at_most) == (10, True)
    assert tuple(map(str, after.missing)) == (
        "BD graduated from least developed country on 2026-11-05, after the list of LD",
    )


def test_a_graduation_that_is_disputed_leaves_the_rate_open_between_both_days_and_names_them() -> None:
    poor = agreement("LD", "BD", basis="special_preferential", list_as_of=date(2026, 1, 1))
    lines = {"84195000": {"mfn": "10", "LD": "0"}}
    span = Span(None, FAIR, date(2026, 12, 1), Phrase("a committee"))
    disputed = replace(market(lines, poor), memberships={**MEMBERS, "ldc": {"BD": (span,)}})
    before, between, after = (
        answer_line(disputed, "84195000", "BD", day) for day in (date(2026, 11, 4), FAIR, date(2026, 12, 1))
    )
    assert (before.ad_valorem_pct, before.at_most, before.missing) == (0, False, ())
    assert (between.ad_valorem_pct, between.at_most) == (10, True)
    assert tuple(map(str, between.missing)) == (
        "whether BD is still a least developed country is disputed: its graduation is scheduled for 2026-11-05, and to "
        "defer it to 2026-12-01 was recommended and is not decided (a committee)",
    )
    assert tuple(map(str, after.missing)) == (
        "BD graduated from least developed country on 2026-11-05, after the list of LD",
    )
    assert is_free_from_least_developed(disputed, between) is None
    assert is_free_from_least_developed(disputed, before) is True
    assert is_free_from_least_developed(disputed, after) is False


def test_a_line_for_least_developed_beneficiaries_alone_is_open_while_that_is_disputed() -> None:
    programme = agreement("GSP", "BD", basis="special_preferential")
    lines = {"84195000": {"mfn": "10", "GSP": "0; only least developed"}}
    span = Span(None, FAIR, date(2026, 12, 1), Phrase("a committee"))
    disputed = replace(market(lines, programme), memberships={**MEMBERS, "ldc": {"BD": (span,)}})
    [candidate] = [one for one in answer_line(disputed, "84195000", "BD", FAIR).candidates if one.code == "GSP"]
    assert (candidate.applies, type(candidate.reason)) == (None, GraduationDisputed)


def test_who_had_graduated_before_the_list_and_still_stands_on_it_keeps_the_rate() -> None:
    poor = agreement("LD", "BD", basis="special_preferential", list_as_of=date(2026, 12, 1))
    found = answer_line(market({"84195000": {"mfn": "10", "LD": "0"}}, poor), "84195000", "BD", date(2026, 12, 31))
    assert (found.ad_valorem_pct, found.at_most) == (0, False)


def test_a_first_stage_is_exact_in_its_year_and_a_bound_in_later_ones() -> None:
    lines = {"84195000": {"mfn": "10", "A": "6; since 2025-06-01", "B": "7; since 2026-02-01"}}
    first = answer_line(market(lines, agreement("A", "JP")), "84195000", "JP", FAIR)
    second = answer_line(market(lines, agreement("B", "JP")), "84195000", "JP", FAIR)
    early = answer_line(market(lines, agreement("B", "JP")), "84195000", "JP", date(2026, 1, 15))
    assert first.applied and (str(first.applied.text), first.at_most) == ("at most 6%", True)
    assert second.applied and (second.applied.text, second.at_most) == ("7%", False)
    assert (early.ad_valorem_pct, tuple(map(str, early.missing))) == (
        10,
        ("the stage before 2026-02-01 is not in the data",),
    )


def test_a_rate_that_was_not_whole_at_its_source_leaves_an_upper_bound() -> None:
    found = answer_line(market({"84195000": {"mfn": "10", "A": "?half"}}, agreement("A", "JP")), "84195000", "JP", FAIR)
    assert (found.ad_valorem_pct, found.at_most) == (10, True)


def test_rates_that_the_quantity_decides_between_are_settled_by_facts() -> None:
    small = market({"84195000": {"mfn": "5", "A": "$2/kg"}}, agreement("A", "JP"))
    assert answer_line(small, "84195000", "JP", FAIR).at_most
    light = Facts(customs_value=Decimal(1000), quantities={"kg": Decimal(10)})
    heavy = Facts(customs_value=Decimal(1000), quantities={"kg": Decimal(100)})
    assert answer_line(small, "84195000", "JP", FAIR, light).duty == 20
    assert answer_line(small, "84195000", "JP", FAIR, heavy).duty == 50


def test_a_prefix_gives_the_range_and_its_lines() -> None:
    found = answer_under(CHINA, "8419", "JP", FAIR)
    assert (found.status, found.lowest_pct, found.highest_pct, len(found.lines)) == ("known", 0, Decimal("6.9"), 7)
    rendered = answer_json(found)
    assert rendered["applied"] is None
    assert rendered["range"] == {
        "lines": 7, "known": 7, "min_ad_valorem_pct": 0, "max_ad_valorem_pct": 6.9, "not_ad_valorem": 0,
    }  # fmt: skip
    assert "is an excerpt" in rendered["missing"][0]


def test_a_prefix_without_lines_is_unknown() -> None:
    found = answer_under(CHINA, "0101", "JP", date(2031, 1, 1))
    assert (found.status, found.lines) == ("unknown", ())
    assert answer_under(CHINA, "9999", "JP", FAIR).status == "unknown"


def test_a_day_after_the_schedule_is_unknown_and_tells_what_was_last_known() -> None:
    found = answer_line(CHINA, "84195000", "JP", date(2027, 3, 1))
    assert (found.status, found.applied) == ("unknown", None)
    assert isinstance(found.last_known, Answer) and found.last_known.ad_valorem_pct == Decimal("6.9")
    assert answer_line(CHINA, "84195000", "JP", date(2025, 3, 1)).last_known is None


def test_national_digits_beyond_the_line_are_left_aside() -> None:
    assert answer_line(CHINA, "8419500010", "JP", FAIR).ad_valorem_pct == Decimal("6.9")

"""Rules of origin on stated facts, with the arithmetic shown; materials of RCEP parties cumulate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules.answer import Answer, answer_line
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.origin import (
    Input,
    InputsAboveValue,
    Making,
    OriginRuleUnknown,
    evaluate,
    regional_value_content,
)
from emporion.domain.marketaccess.rules.origin_verdicts import partners_of
from tests.domain.marketaccess.world import market

D = Decimal
PARTIES = frozenset({"JP", "CN", "VN"})
STEEL = Input("721990", "DE", D(300))
FINS = Input("841990", "US", D(400))
TUBES = Input("741110", "VN", D(200))


def exchanger(*inputs: Input, value: str = "1000", country: str = "JP", **more: object) -> Making:
    return Making("841950", country, D(value), inputs, **more)  # type: ignore[arg-type]


def test_foreign_steel_changes_its_heading() -> None:
    found = evaluate(exchanger(STEEL, TUBES), PARTIES, "CTH")
    assert found.passes is True
    assert str(found.steps[-1]) == "CTH: no non-originating input shares heading 8419"


def test_foreign_parts_of_the_same_heading_do_not() -> None:
    found = evaluate(exchanger(FINS), PARTIES, "CTH")
    assert found.passes is False
    assert str(found.steps[-1]) == "CTH: 841990 from US share heading 8419"


def test_they_do_change_their_subheading() -> None:
    assert evaluate(exchanger(FINS), PARTIES, "CTSH").passes is True
    assert evaluate(exchanger(FINS), PARTIES, "CC").passes is False


def test_regional_value_content_is_shown_as_reckoned() -> None:
    found = evaluate(exchanger(STEEL, FINS, TUBES), PARTIES, "RVC40")
    assert found.passes is False
    assert str(found.steps[-1]) == "RVC40: (1000 − 700) / 1000 = 30.00% < 40%"


def test_materials_of_another_party_cumulate() -> None:
    making = exchanger(STEEL, Input("841990", "VN", D(400)))
    assert regional_value_content(making, PARTIES) == 70
    assert evaluate(making, PARTIES, "CTH or RVC40").passes is True
    assert evaluate(making, PARTIES - {"VN"}, "CTH or RVC40").passes is False


def test_goods_of_originating_materials_only_pass_without_a_known_rule() -> None:
    found = evaluate(exchanger(TUBES), PARTIES, "")
    assert (found.passes, found.rule) == (True, "PE")


def test_goods_stated_to_be_wholly_obtained_pass_without_a_known_rule() -> None:
    assert evaluate(Making("080810", "JP", wholly_obtained=True), PARTIES, "").passes is True


def test_other_goods_cannot_be_told_without_the_line_s_rule() -> None:
    found = evaluate(exchanger(STEEL), PARTIES, "")
    assert found.passes is None
    assert str(found.steps[-1]).startswith("the product-specific rule of this line is not in the data")


def test_what_is_not_stated_cannot_be_told() -> None:
    assert evaluate(Making("841950", "JP"), PARTIES, "CTH or RVC40").passes is None


def test_an_alternative_that_passes_suffices_and_a_pair_needs_both() -> None:
    making = exchanger(FINS)
    assert evaluate(making, PARTIES, "CTH or RVC40").passes is True
    assert evaluate(making, PARTIES, "CTH and RVC40").passes is False
    assert evaluate(making, PARTIES, "CTSH and RVC40").passes is True


def test_a_little_material_of_the_same_heading_is_tolerated_where_the_rule_says_so() -> None:
    small = exchanger(Input("841990", "US", D(100)))
    over = exchanger(Input("841990", "US", D("100.01")))
    assert evaluate(small, PARTIES, "CTH", D(10)).passes is True
    assert evaluate(over, PARTIES, "CTH", D(10)).passes is False
    assert evaluate(small, PARTIES, "CTH").passes is False


def test_an_input_whose_code_is_too_short_to_be_compared_cannot_be_told() -> None:
    found = evaluate(exchanger(Input("8419", "US", D(400))), PARTIES, "CTSH")
    assert (found.passes, str(found.steps[-1])) == (None, "CTSH: 8419 and 841950 need 6 digits to be compared")
    assert evaluate(exchanger(Input("7219", "US", D(400))), PARTIES, "CTSH").passes is True


def test_goods_made_outside_the_parties_fail() -> None:
    assert evaluate(exchanger(TUBES, country="DE"), PARTIES, "CTH").passes is False


@pytest.mark.parametrize("rule", ["CTHH", "RVC", "CTH, RVC40"])
def test_a_rule_that_is_not_known_is_refused(rule: str) -> None:
    with pytest.raises(OriginRuleUnknown):
        evaluate(exchanger(STEEL), PARTIES, rule)


def test_inputs_worth_more_than_the_goods_are_refused() -> None:
    with pytest.raises(InputsAboveValue, match="come to 700, more than the goods' value of 600"):
        evaluate(exchanger(STEEL, FINS, value="600"), PARTIES, "CTH")


def test_all_parties_of_the_rcep_in_force_on_the_day_cumulate() -> None:
    china = files.shipped("CN")
    japan = next(one for one in china.agreements if one.code == "JPR")
    assert partners_of(china, japan, date(2026, 11, 5)) == frozenset(
        ["AU", "BN", "CN", "ID", "JP", "KH", "KR", "LA", "MM", "MY", "NZ", "PH", "SG", "TH", "VN"]
    )
    assert "PH" not in partners_of(china, japan, date(2023, 6, 1))


def answered(making: Making) -> Answer:
    return answer_line(files.shipped("CN"), "84195000", "JP", date(2026, 11, 5), Facts(making=making))


def test_goods_that_fail_the_rule_of_origin_pay_the_mfn_rate() -> None:
    found = answered(exchanger(Input("841990", "US", D(700)), rule="CTH or RVC40"))
    assert found.applied and (found.applied.basis, found.ad_valorem_pct, found.at_most) == ("mfn", 10, False)
    ((name, verdict),) = found.origin_verdicts
    assert (name, verdict.passes) == ("RCEP (Japan)", False)


def test_goods_that_pass_it_pay_the_agreement_s_rate() -> None:
    assert answered(exchanger(STEEL, rule="CTH or RVC40")).ad_valorem_pct == D("6.9")


def test_the_rcep_tolerates_a_tenth_of_the_value_in_materials_that_do_not_change() -> None:
    assert answered(exchanger(Input("841990", "US", D(100)), rule="CTH")).ad_valorem_pct == D("6.9")
    assert answered(exchanger(Input("841990", "US", D(101)), rule="CTH")).ad_valorem_pct == 10


def test_a_market_without_agreements_judges_no_origin() -> None:
    bare = market({"84195000": {"mfn": "10"}})
    found = answer_line(bare, "84195000", "JP", date(2026, 11, 5), Facts(making=exchanger(STEEL, rule="CTH")))
    assert (found.ad_valorem_pct, found.at_most, found.origin_verdicts) == (10, True, ())


def test_goods_of_which_it_cannot_be_told_pay_at_most_the_mfn_rate() -> None:
    found = answered(exchanger(STEEL))
    assert (found.ad_valorem_pct, found.at_most) == (10, True)

"""Rates are parsed whole or refused; which is lower agrees with what they amount to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emporion.domain.marketaccess.rules.rates import Part, Rate, RateNotReadable, is_lower_or_same, parse

D = Decimal


def percent(amount: str, per: str = "") -> Part:
    return Part(D(amount), percent=True, per=per)


def money(amount: str, per: str) -> Part:
    return Part(D(amount), percent=False, per=per)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Free", ()),
        ("Free\u200b", ()),
        ("0", (percent("0"),)),
        ("6.9", (percent("6.9"),)),
        ("33 1/3%", (percent("33.3333"),)),
        ("0.65 cents/kg", (money("0.0065", "kg"),)),
        ("$1.128/kg", (money("1.128", "kg"),)),
        ("$12,000 each", (money("12000", "each"),)),
        ("$2,445.26/kg of tobacco content", (money("2445.26", "kg of tobacco content"),)),
        ("1.5 cents/kg + 5%", (money("0.015", "kg"), percent("5"))),
        ("$1.035/kg +13.6%", (money("1.035", "kg"), percent("13.6"))),
        ("5%, and $107.99/L of alcohol", (percent("5"), money("107.99", "L of alcohol"))),
        ("$1.220/kg, less 5%", (money("1.220", "kg"), percent("-5"))),
        ("44 cents each + 6% on the case", (money("0.44", "each"), percent("6", "case"))),
        ("10 cents/1,000 pins + 3.5%", (money("0.1", "1,000 pins"), percent("3.5"))),
        ("43 cents each + 2.8 cents/jewel over 7", (money("0.43", "each"), money("0.028", "jewel over 7"))),
        (
            "$0.526/L of gasoline plus $0.526/L of ethanol",
            (money("0.526", "L of gasoline"), money("0.526", "L of ethanol")),
        ),
    ],
)  # fmt: skip
def test_a_rate_is_the_sum_of_its_parts(text: str, parts: tuple[Part, ...]) -> None:
    assert parse(text).parts == parts


def test_a_rate_may_have_a_ceiling() -> None:
    rate = parse("5%, or, if lower, $0.45/kg TSS")
    assert rate.duty(D(1000), {"kg TSS": D(100)}) == D(45)
    assert rate.duty(D(100), {"kg TSS": D(100)}) == D(5)
    assert rate.duty(D(100), {}) is None
    assert rate.ad_valorem_pct is None


@pytest.mark.parametrize(
    "text",
    [
        "", "five per cent", "5% DCS4% DTC5%", "$0.526/L NZ/PG/FI/DC/LDC/SG $0.526/L", "5% DCSFree",
        "$0.526/L of gasoline plus",
        "The rate applicable to each garment in the ensemble if separately entered", "See additional U.S. note 1",
        "3.6606 cents/kg less 0.020668 cents/kg for each degree under 100 degrees but not less than 3.143854 cents/kg",
        "4.3% + 0.2 cents for each other piece or part, but the total duty shall not exceed the duty for the movement",
        "5%, and 107.99/L of alcohol", "5% or $3/kg", "12∆8",
    ],
)  # fmt: skip
def test_a_rate_that_is_not_understood_whole_is_refused(text: str) -> None:
    with pytest.raises(RateNotReadable, match="cannot be read"):
        parse(text)


amounts = st.decimals(min_value=0, max_value=100, places=2)
parts = st.lists(
    st.builds(Part, amounts, st.booleans(), st.sampled_from(["", "kg", "each"])).filter(
        lambda part: part.percent or bool(part.per)
    ),
    max_size=3,
).map(tuple)
rates = st.builds(lambda plain, ceiling: Rate("", plain, ceiling), parts, parts)


@given(rates, rates, amounts, amounts, amounts)
@example(
    Rate("", (Part(Decimal(2), percent=False, per="kg"),), (Part(Decimal(0), percent=False, per="kg"),)),
    Rate("", (Part(Decimal(1), percent=False, per="kg"),), (Part(Decimal(1), percent=False, per="kg"),)),
    Decimal(0), Decimal(1), Decimal(0),
)  # fmt: skip
def test_a_rate_called_lower_never_gives_the_higher_duty(
    one: Rate, other: Rate, value: Decimal, kilos: Decimal, pieces: Decimal
) -> None:
    quantities = {"kg": kilos, "each": pieces}
    mine, theirs = one.duty(value, quantities), other.duty(value, quantities)
    assert mine is not None and theirs is not None
    lower = is_lower_or_same(one, other)
    if lower:
        assert mine <= theirs
    elif lower is False:
        assert mine >= theirs

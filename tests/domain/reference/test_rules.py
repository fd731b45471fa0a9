"""Who belongs to a group on a day, and amounts in another currency; no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.reference.rules import Span, is_member
from emporion.domain.reference.rules.rates import convert, is_usable

BHUTAN = Span(ends=date(2023, 12, 13))


@pytest.mark.parametrize(
    ("day", "least_developed"),
    [(date(2023, 11, 5), True), (date(2023, 12, 12), True), (date(2023, 12, 13), False), (date(2024, 1, 1), False)],
)
def test_a_country_is_least_developed_until_the_day_before_it_graduates(day, least_developed):
    assert is_member([BHUTAN], day) is least_developed


def test_a_treaty_is_in_force_from_its_first_day():
    malaysia = [Span(starts=date(2022, 3, 18))]

    assert not is_member(malaysia, date(2022, 3, 17))
    assert is_member(malaysia, date(2022, 3, 18))


def test_a_member_that_left_and_came_back_is_a_member_in_both_spans():
    spans = [Span(date(2000, 1, 1), date(2010, 1, 1)), Span(starts=date(2020, 1, 1))]

    assert [is_member(spans, date(year, 6, 1)) for year in (1999, 2005, 2015, 2025)] == [False, True, False, True]


def test_amounts_are_converted_through_the_euro_to_the_cent():
    assert convert(Decimal(170_000_000), Decimal(1), Decimal("1.0702")) == Decimal("181934000.00")
    assert convert(Decimal(100), Decimal("7.8"), Decimal("1.07")) == Decimal("13.72")
    assert convert(Decimal("0.005"), Decimal(1), Decimal(1)) == Decimal("0.01")


def test_a_rate_of_zero_is_an_error():
    with pytest.raises(ValueError, match="rates per euro are above zero, not 0 and 1"):
        convert(Decimal(1), Decimal(0), Decimal(1))


@given(
    st.decimals(min_value="0.01", max_value=10**12, places=2),
    st.decimals(min_value="0.01", max_value=10_000, places=4),
    st.decimals(min_value="0.01", max_value=10_000, places=4),
)
def test_there_and_back_loses_at_most_what_rounding_can(amount, one, other):
    back = convert(convert(amount, one, other), other, one)

    assert abs(back - amount) <= Decimal("0.005") * one / other + Decimal("0.01")


def test_a_rate_serves_its_day_and_ten_days_after():
    friday = date(2023, 11, 3)

    assert [is_usable(friday, day) for day in (date(2023, 11, 2), friday, date(2023, 11, 13), date(2023, 11, 14))] == [
        False, True, True, False
    ]  # fmt: skip

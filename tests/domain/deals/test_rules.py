"""What a deal must be; no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from emporion.domain.deals.rules.deals import (
    BuyerIsExhibitor,
    BuyerRejected,
    DealAmountNotAboveZero,
    DealAmountTooHigh,
    DealSignedOutsideShow,
    DealWithdrawn,
    InvestmentAmountNotAboveZero,
    InvestmentYearsOutOfOrder,
    Side,
    counts,
    deal_state,
    may_confirm,
    require_amount,
    require_buyer,
    require_investment,
    require_not_withdrawn,
    require_parties,
    require_signed,
)

FIRST, LAST = date(2023, 11, 5), date(2023, 12, 30)


def test_an_amount_is_above_zero_and_no_slip_of_the_pen() -> None:
    require_amount(Decimal("0.01"))
    require_amount(Decimal("999999999999999999.99"))
    for amount in ("0", "-1", "-Infinity"):
        with pytest.raises(DealAmountNotAboveZero):
            require_amount(Decimal(amount))
    with pytest.raises(DealAmountTooHigh):
        require_amount(Decimal(10) ** 18)


@pytest.mark.parametrize(("signed", "allowed"), [
    (date(2023, 11, 4), False), (FIRST, True), (LAST, True), (date(2023, 12, 31), False),
])  # fmt: skip
def test_a_deal_is_signed_at_the_show_or_in_the_days_after(signed: date, allowed: bool) -> None:
    if allowed:
        require_signed(signed, first=FIRST, last=LAST)
    else:
        with pytest.raises(DealSignedOutsideShow, match="from 2023-11-05 to 2023-12-30"):
            require_signed(signed, first=FIRST, last=LAST)


def test_nobody_buys_from_itself() -> None:
    require_parties(exhibitor=1, buyer=2, organisation="Shea")
    with pytest.raises(BuyerIsExhibitor, match="“Shea” cannot buy from itself"):
        require_parties(exhibitor=1, buyer=1, organisation="Shea")


def test_a_rejected_unit_makes_no_deals_and_a_withdrawn_deal_is_left_alone() -> None:
    require_buyer(state="approved", buyer="Clinic")
    require_not_withdrawn(withdrawn=False, number="D06-00001")
    with pytest.raises(BuyerRejected):
        require_buyer(state="rejected", buyer="Clinic")
    with pytest.raises(DealWithdrawn, match="Deal D06-00001 was withdrawn"):
        require_not_withdrawn(withdrawn=True, number="D06-00001")


def test_a_deal_counts_only_when_both_confirmed_and_neither_withdrew() -> None:
    counting = [
        (exhibitor, buyer, withdrawn)
        for exhibitor, buyer, withdrawn in product([True, False], repeat=3)
        if counts(exhibitor_confirmed=exhibitor, buyer_confirmed=buyer, withdrawn=withdrawn)
    ]
    assert counting == [(True, True, False)]


@pytest.mark.parametrize(
    ("confirmed", "withdrawn", "for_exhibitor", "for_buyer"),
    [
        ([], False, "ours", "ours"),
        (["exhibitor"], False, "theirs", "ours"),
        (["buyer"], False, "ours", "theirs"),
        (["exhibitor", "buyer"], False, "counted", "counted"),
        (["exhibitor", "buyer"], True, "withdrawn", "withdrawn"),
    ],
)
def test_each_side_sees_a_deal_as_waiting_for_it_until_it_confirms(
    confirmed: list[Side], withdrawn: bool, for_exhibitor: str, for_buyer: str
) -> None:
    sides: tuple[Side, Side] = ("exhibitor", "buyer")
    states = [deal_state(side, confirmed, withdrawn=withdrawn) for side in sides]
    assert states == [for_exhibitor, for_buyer]
    assert [may_confirm(side, confirmed, withdrawn=withdrawn) for side in sides] == [one == "ours" for one in states]


def test_an_investment_has_years_in_order_and_an_amount() -> None:
    require_investment(first_year=2018, last_year=2018, amount=Decimal(1))
    with pytest.raises(InvestmentYearsOutOfOrder):
        require_investment(first_year=2019, last_year=2018, amount=Decimal(1))
    with pytest.raises(InvestmentAmountNotAboveZero):
        require_investment(first_year=2018, last_year=2018, amount=Decimal(0))

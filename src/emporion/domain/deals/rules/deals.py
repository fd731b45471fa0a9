"""What an intended transaction must be to be recorded, confirmed and counted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Literal

from emporion.domain.editions.rules import PhaseNotOpen, PhaseOver
from emporion.domain.refusal import Refusal

Side = Literal["exhibitor", "buyer"]
# A deal as one side sees it: it counts, waits for this side or for the other, or was withdrawn.
DealState = Literal["counted", "ours", "theirs", "withdrawn"]
SIDES: tuple[Side, ...] = ("exhibitor", "buyer")
# What the columns of the ledger hold: 18 digits before the point.
HIGHEST_AMOUNT = Decimal(10) ** 18


class DealsNotOpenYet(PhaseNotOpen):
    """Deals can be recorded and confirmed from {opens}."""


class DealsClosed(PhaseOver):
    """Deals could be recorded and confirmed until {closes}."""


class DealAmountNotAboveZero(Refusal):
    """A deal needs an amount above zero, on a one-year basis."""


class DealAmountTooHigh(Refusal):
    """An amount of 18 or more digits must be a mistake; check its unit."""


class DealSignedOutsideShow(Refusal):
    """A deal of this edition must be signed from {first} to {last}; {signed} is outside."""


class BuyerIsExhibitor(Refusal):
    """“{organisation}” cannot buy from itself; name another buyer."""


class DealOfOtherEdition(Refusal):
    """The exhibitor and the buyer of a deal must both take part in its edition."""


class BuyerRejected(Refusal):
    """The registration of “{buyer}” was rejected; no deal with it can be recorded at this edition."""


class DealNumberTaken(Refusal):
    """This edition already has a deal {number}; a deal is recorded once."""


class DealRecordedAlready(Refusal):
    """The same deal is already recorded as {number}; a deal counts once."""


class BuyerUnknown(Refusal):
    """No visiting unit of this edition is called “{buyer}”; give its registered number or its whole name."""


class BuyerAmbiguous(Refusal):
    """Several visiting units are called “{buyer}”; give the registered number of the one that buys."""


class DealWithdrawn(Refusal):
    """Deal {number} was withdrawn; record a new one instead."""


class InvestmentYearsOutOfOrder(Refusal):
    """An investment's last year {last_year} comes before its first year {first_year}."""


class InvestmentAmountNotAboveZero(Refusal):
    """An investment needs an amount above zero."""


class InvestmentNumberTaken(Refusal):
    """There is already an investment {number}; it is recorded once."""


def require_amount(amount: Decimal) -> None:
    """Refuse an amount that is no price.

    Raises: DealAmountNotAboveZero, DealAmountTooHigh.
    """
    if not amount > 0:
        raise DealAmountNotAboveZero()
    if amount >= HIGHEST_AMOUNT:
        raise DealAmountTooHigh()


def require_signed(signed: date, *, first: date, last: date) -> None:
    """Refuse a deal that was not signed at the show nor in the days set for deals after it.

    Raises: DealSignedOutsideShow.
    """
    if not first <= signed <= last:
        raise DealSignedOutsideShow(first=first, last=last, signed=signed)


def require_parties(*, exhibitor: int, buyer: int, organisation: str) -> None:
    """Refuse a deal of an organisation with itself; ``exhibitor`` and ``buyer`` are organisations' ids.

    Raises: BuyerIsExhibitor.
    """
    if exhibitor == buyer:
        raise BuyerIsExhibitor(organisation=organisation)


def require_buyer(*, state: str, buyer: str) -> None:
    """Refuse a buyer whose registration was rejected.

    Raises: BuyerRejected.
    """
    if state == "rejected":
        raise BuyerRejected(buyer=buyer)


def require_not_withdrawn(*, withdrawn: bool, number: str) -> None:
    """Refuse to touch a deal that was withdrawn.

    Raises: DealWithdrawn.
    """
    if withdrawn:
        raise DealWithdrawn(number=number)


def counts(*, exhibitor_confirmed: bool, buyer_confirmed: bool, withdrawn: bool) -> bool:
    """Whether a deal counts towards the intended turnover: both sides confirmed it and neither withdrew it."""
    return exhibitor_confirmed and buyer_confirmed and not withdrawn


def may_confirm(side: Side, confirmed: Collection[Side], *, withdrawn: bool) -> bool:
    """Whether a side can still confirm a deal; ``confirmed``: the sides that have."""
    return not withdrawn and side not in confirmed


def deal_state(side: Side, confirmed: Collection[Side], *, withdrawn: bool) -> DealState:
    """How a deal stands for one of its sides."""
    if withdrawn:
        return "withdrawn"
    if counts(exhibitor_confirmed="exhibitor" in confirmed, buyer_confirmed="buyer" in confirmed, withdrawn=False):
        return "counted"
    return "ours" if may_confirm(side, confirmed, withdrawn=False) else "theirs"


def require_investment(*, first_year: int, last_year: int, amount: Decimal) -> None:
    """Refuse an investment without an amount, or that ends before it begins.

    Raises: InvestmentYearsOutOfOrder, InvestmentAmountNotAboveZero, DealAmountTooHigh.
    """
    if last_year < first_year:
        raise InvestmentYearsOutOfOrder(first_year=first_year, last_year=last_year)
    if not amount > 0:
        raise InvestmentAmountNotAboveZero()
    if amount >= HIGHEST_AMOUNT:
        raise DealAmountTooHigh()

"""How much may be ordered until when, and what it comes to."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from emporion.domain.reason import Name
from emporion.domain.refusal import Refusal

MOST_PIECES = 9999
MOST_SURCHARGE = 500
CENT = Decimal("0.01")


class QuantityOutOfRange(Refusal):
    """Order 0 to {most} of “{service}”, not {quantity}."""


class OrderFixed(Refusal):
    """Orders of “{service}” could be reduced until {deadline}; ask the organiser. {ordered} are ordered."""


class OrdersClosed(Refusal):
    """“{service}” could be ordered until {closes}; ask at the service desk in the hall."""


class NotOffered(Refusal):
    """“{service}” is not offered any more; orders that have it can only be reduced."""


class CorrectionReasonNeeded(Refusal):
    """Say why the order is reduced."""


class MoreThanOrdered(Refusal):
    """{ordered} of “{service}” are ordered; orders can only be reduced here."""


class DeadlineAfterClose(Refusal):
    """The last day of orders is {closes}; the deadline {deadline} must not come after it."""


class SurchargeOutOfRange(Refusal):
    """A surcharge is 0 to {most} %, not {percent} %."""


class CodeTaken(Refusal):
    """Another service of this edition has the code “{code}”; choose another."""


class Ordered(NamedTuple):
    """How much is ordered before the deadline, and after it at a surcharge."""

    early: int
    late: int

    @property
    def total(self) -> int:
        return self.early + self.late


class Terms(NamedTuple):
    """On what terms a service is ordered."""

    name: Name
    deadline: datetime
    closes: datetime
    offered: bool


def changed_order(before: Ordered, quantity: int, terms: Terms, at: datetime) -> Ordered:
    """The order that has ``quantity`` in all, changed at that moment.

    Before the deadline everything changes without a surcharge; after it, what is added stands at the surcharge.
    Raises: QuantityOutOfRange, OrdersClosed, OrderFixed, NotOffered.
    """
    if not 0 <= quantity <= MOST_PIECES:
        raise QuantityOutOfRange(service=terms.name, most=MOST_PIECES, quantity=quantity)
    if quantity == before.total:
        return before
    if at >= terms.closes:
        raise OrdersClosed(service=terms.name, closes=terms.closes)
    if at >= terms.deadline and quantity < before.total:
        raise OrderFixed(service=terms.name, deadline=terms.deadline, ordered=before.total)
    if not terms.offered and quantity > before.total:
        raise NotOffered(service=terms.name)
    return Ordered(quantity, 0) if at < terms.deadline else Ordered(before.early, quantity - before.early)


def corrected_order(before: Ordered, quantity: int, name: Name) -> Ordered:
    """The order with ``quantity`` in all as the organiser corrects it at any time; what was added late goes first.

    Raises: QuantityOutOfRange, MoreThanOrdered.
    """
    if quantity < 0:
        raise QuantityOutOfRange(service=name, most=before.total, quantity=quantity)
    if quantity > before.total:
        raise MoreThanOrdered(service=name, ordered=before.total)
    early = min(before.early, quantity)
    return Ordered(early, quantity - early)


def charged_each(price: Decimal, surcharge_percent: int) -> Decimal:
    """What one unit costs with its surcharge, without tax; halves of a cent go up.

    It is rounded by the unit, so that a line ordered in two parts costs what it would in one.
    """
    return (price * (100 + surcharge_percent) / 100).quantize(CENT, rounding=ROUND_HALF_UP)


def require_terms(deadline: datetime, closes: datetime, surcharge_percent: int) -> None:
    """Raises: DeadlineAfterClose, SurchargeOutOfRange."""
    if deadline > closes:
        raise DeadlineAfterClose(deadline=deadline, closes=closes)
    if not 0 <= surcharge_percent <= MOST_SURCHARGE:
        raise SurchargeOutOfRange(most=MOST_SURCHARGE, percent=surcharge_percent)

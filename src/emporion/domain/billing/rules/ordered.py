"""What of ordered services is to be invoiced, and which invoices an order that was reduced takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from emporion.domain.billing.rules.quotes import Line
from emporion.domain.reason import Name, Reason


class ServiceOrdered(Reason):
    """{item} ({unit})"""

    service: str
    item: Name
    unit: Name


class ServiceOrderedLate(Reason):
    """{item} ({unit}), ordered late: {percent} % on top"""

    service: str
    item: Name
    unit: Name
    percent: int


Key = tuple[str, str, Decimal]


@dataclass(frozen=True)
class Standing:
    """An invoice of services that is not credited: its key and its lines."""

    pk: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Settlement:
    """What settles an order: the invoices to take back, by their keys, and the lines of the one to issue."""

    take_back: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.take_back or self.lines)


def is_of_services(lines: Iterable[Line]) -> bool:
    """Whether an invoice of these lines is one of ordered services."""
    return all(isinstance(one.why, ServiceOrdered | ServiceOrderedLate) for one in lines)


def settlement(ordered: Sequence[Line], billable: Sequence[Line], standing: Sequence[Standing]) -> Settlement:
    """What brings invoices and an order together.

    Invoices of more than is ordered are taken back, the latest of ``standing`` first, until none is left of more;
    what is ``billable`` and then on no invoice is invoiced. Lines are told apart by service, lateness and price.
    """
    wanted, kept, taken = _pieces(ordered), list(standing), []
    while _pieces(line for one in kept for line in one.lines) - wanted:
        taken.append(kept.pop().pk)
    left = _pieces(line for one in kept for line in one.lines)
    lines = []
    for one in billable:
        if (missing := one.quantity - left[_key(one)]) > 0:
            lines.append(Line(one.why, missing, one.unit_price, missing * one.unit_price))
    return Settlement(tuple(taken), tuple(lines))


def _key(line: Line) -> Key:
    why = line.why
    assert isinstance(why, ServiceOrdered | ServiceOrderedLate)
    return why.code, why.service, line.unit_price


def _pieces(lines: Iterable[Line]) -> Counter[Key]:
    """How many there are of each service at each price."""
    found: Counter[Key] = Counter()
    for one in lines:
        found[_key(one)] += int(one.quantity)
    return found

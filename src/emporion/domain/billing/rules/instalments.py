"""When an invoice falls due: so many per cent on signing, the rest before the show opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from emporion.domain.billing.rules.money import HUNDRED, share

SIGNING, OPENING = "signing", "opening"
BASES = (SIGNING, OPENING)


@dataclass(frozen=True)
class Instalment:
    """So many per cent, due some days after signing or before the first day of the show, as ``basis`` says."""

    percent: Decimal
    basis: str
    days: int

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it; :func:`instalment` gives it back."""
        return {"percent": str(self.percent), "basis": self.basis, "days": self.days}


def instalment(kept: dict[str, Any]) -> Instalment:
    """What :meth:`Instalment.stored` wrote."""
    return Instalment(Decimal(kept["percent"]), kept["basis"], kept["days"])


@dataclass(frozen=True)
class Due:
    """An amount and the day by which it is to be paid."""

    day: date
    amount: Decimal


# Half on signing, the rest two months before the show: what a new price list begins with.
USUAL = (Instalment(Decimal(50), SIGNING, 14), Instalment(Decimal(50), OPENING, 60))


def dues(
    total: Decimal, instalments: Sequence[Instalment], *, issued: date, opening: date, places: int
) -> tuple[Due, ...]:
    """The amounts of an invoice by the day they are due, the earliest first.

    Each is rounded and the last takes what is left, so that they add up to the total. Nothing is due before
    the invoice is issued; two that fall on one day are one.
    """
    days = sorted((max(_day(one, issued, opening), issued), one.percent) for one in instalments)
    found: dict[date, Decimal] = {}
    left, percent_left = total, HUNDRED
    for day, percent in days:
        percent_left -= percent
        part = share(total, percent, places) if percent_left > 0 else left
        found[day] = found.get(day, Decimal(0)) + part
        left -= part
    return tuple(Due(day, amount) for day, amount in found.items()) or (Due(issued, total),)


def _day(one: Instalment, issued: date, opening: date) -> date:
    return issued + timedelta(days=one.days) if one.basis == SIGNING else opening - timedelta(days=one.days)


def open_dues(due: Sequence[Due], paid: Decimal) -> list[Due]:
    """What is still to be paid of each amount, when payments cover the earliest first."""
    found = []
    for one in sorted(due, key=lambda each: each.day):
        covered = min(paid, one.amount) if paid > 0 else Decimal(0)
        paid -= covered
        if one.amount > covered:
            found.append(Due(one.day, one.amount - covered))
    return found

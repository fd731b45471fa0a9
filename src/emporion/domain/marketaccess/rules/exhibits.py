"""Exhibits under customs: how long they may stay, and how many each exhibitor may sell at the fair free of duty."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emporion.domain.refusal import Refusal


class StayNotExtendable(Refusal):
    """The stay was extended {extensions} times, as often as allowed: re-export the exhibit by {due} or pay its duty."""


class StayOver(Refusal):
    """The stay ended on {due}: an extension is asked for before that day."""


class QuotaExceeded(Refusal):
    """Within the duty-free quota of “{category}” {left} are left to this exhibitor, not {asked}: the rest pays duty."""


class NeverDutyFree(Refusal):
    """Goods of {hs} are never sold free of duty at the fair ({why}): sell them with duty paid."""


class PiecesNotThere(Refusal):
    """{left} pieces of this exhibit are still under customs, not {asked}: mend the number."""


class BeforeAdmission(Refusal):
    """The exhibit was admitted on {admitted}, after {day}: mend the day."""


@dataclass(frozen=True)
class Stay:
    """How long exhibits may stay: months, then ``extensions`` of ``extension_months`` each.

    Six months, extended once by six at a fair; the general measures allow up to three extensions (Decree 233 of the
    General Administration of Customs of China, in force from 2018-02-01).
    """

    months: int = 6
    extension_months: int = 6
    extensions: int = 1


@dataclass(frozen=True)
class Quota:
    """What one exhibitor may sell free of duty in a category: ``pieces`` or ``value_usd``, whichever is set.

    Goods whose HS code begins with one of ``prefixes`` belong to it; no prefixes: all goods of no other category.
    A quota of no pieces names goods that are never free of duty.
    """

    category: str
    name: str
    prefixes: tuple[str, ...]
    pieces: int | None
    value_usd: Decimal | None
    source: str


@dataclass(frozen=True)
class Sale:
    """Pieces sold free of duty, with their value."""

    category: str
    pieces: int
    value_usd: Decimal


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(admitted: date, extensions: int, stay: Stay) -> date:
    """The last day by which an exhibit leaves, is taken up with duty paid, or gets a further extension."""
    return add_months(admitted, stay.months + extensions * stay.extension_months)


def extended(admitted: date, extensions: int, stay: Stay, on: date) -> int:
    """The number of extensions after one more. Raises ``StayNotExtendable``, ``StayOver``."""
    day = due(admitted, extensions, stay)
    if extensions >= stay.extensions:
        raise StayNotExtendable(extensions=extensions, due=day)
    if on > day:
        raise StayOver(due=day)
    return extensions + 1


def quota_for(hs: str, quotas: Sequence[Quota]) -> Quota:
    """The quota that goods belong to: of the longest prefix, else the one without prefixes.

    Raises ``NeverDutyFree`` where the longest prefix belongs to a quota of no pieces, and where none is for them.
    """
    fitting = [(len(prefix), quota) for quota in quotas for prefix in quota.prefixes if hs.startswith(prefix)]
    fitting += [(0, quota) for quota in quotas if not quota.prefixes]
    if not fitting:
        raise NeverDutyFree(hs=hs, why="no quota is set")
    quota = max(fitting, key=lambda pair: pair[0])[1]
    if quota.pieces == 0:
        raise NeverDutyFree(hs=hs, why=quota.name)
    return quota


def check_sale(quota: Quota, sale: Sale, earlier: Iterable[Sale]) -> None:
    """Refuse a duty-free sale beyond the exhibitor's quota, with what is left of it. Raises ``QuotaExceeded``."""
    own = [one for one in earlier if one.category == quota.category]
    if quota.pieces is not None:
        left = quota.pieces - sum(one.pieces for one in own)
        if sale.pieces > left:
            raise QuotaExceeded(category=quota.name, left=f"{left} pieces", asked=sale.pieces)
    if quota.value_usd is not None:
        money = quota.value_usd - sum((one.value_usd for one in own), Decimal(0))
        if sale.value_usd > money:
            raise QuotaExceeded(category=quota.name, left=f"USD {money:,.2f}", asked=f"USD {sale.value_usd:,.2f}")

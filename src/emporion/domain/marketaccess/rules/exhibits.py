"""Exhibits under customs: how long they may stay, and how many each exhibitor may sell at the fair free of duty."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal


class StayNotExtendable(Refusal):
    """The stay was extended {extensions} times, as often as allowed: re-export the exhibit by {due} or pay its duty."""


class NoRulesForExhibits(Refusal):
    """No rules for exhibits are available for the market {market}; set those of the edition: emporion exhibits set."""


class StayOver(Refusal):
    """The stay ended on {due}: an extension must be requested before that day."""


class QuotaExceeded(Refusal):
    """This exhibitor has {left} left in the duty-free quota of “{category}”, less than {requested}: pay duty on the
    rest."""


class NeverDutyFree(Refusal):
    """Goods of {hs} cannot be sold duty-free at the fair ({why}): sell them with duty paid."""


class PiecesNotThere(Refusal):
    """Only {left} pieces of this exhibit are still under customs control, not {requested}: correct the number."""


class NothingSettled(Refusal):
    """{pieces} pieces worth {value} cannot be entered: give at least one piece, and no value below zero."""


class QuotasDamaged(Refusal):
    """Row {row} of the quotas: {wrong}. Fix: {fix}. Nothing was changed."""


class BeforeAdmission(Refusal):
    """The exhibit was admitted on {admitted}, after {day}: correct the day."""


@dataclass(frozen=True)
class Stay:
    """How long exhibits may stay: months, then ``extensions`` of ``extension_months`` each."""

    months: int
    extension_months: int
    extensions: int
    source: Phrase


@dataclass(frozen=True)
class Quota:
    """What one exhibitor may sell free of duty in a category: ``pieces`` or ``value_usd``, whichever is set.

    Goods whose HS code begins with one of ``prefixes`` belong to it; no prefixes: all goods of no other category.
    A quota of no pieces names goods that are never free of duty.
    """

    category: str
    name: Phrase
    prefixes: tuple[str, ...]
    pieces: int | None
    value_usd: Decimal | None
    source: Phrase


@dataclass(frozen=True)
class Sale:
    """Pieces sold free of duty, with their value."""

    category: str
    pieces: int
    value_usd: Decimal


QUOTA_COLUMNS = ("category", "name", "prefixes", "pieces", "value_usd", "source")


def read_quotas(rows: Iterable[Mapping[str, str]]) -> list[Quota]:
    """Quotas of a table with ``QUOTA_COLUMNS``; the header is row 1. Raises ``QuotasDamaged``."""
    found: dict[str, Quota] = {}
    for number, row in enumerate(rows, 2):
        if missing := [name for name in QUOTA_COLUMNS if row.get(name) is None]:
            raise QuotasDamaged(row=number, wrong=problems.QuotaLacks(tuple(missing)), fix=problems.GiveEveryColumn())
        quota = _quota(number, {name: row[name].strip() for name in QUOTA_COLUMNS})
        if quota.category in found:
            raise QuotasDamaged(row=number, wrong=problems.CategoryTwice(quota.category), fix=problems.KeepOne())
        found[quota.category] = quota
    if not found:
        raise QuotasDamaged(row=2, wrong=problems.NoQuota(), fix=problems.GiveOneQuota())
    return list(found.values())


def _quota(number: int, row: Mapping[str, str]) -> Quota:
    prefixes = tuple(row["prefixes"].split())
    if not row["category"] or not row["name"] or not row["source"]:
        raise QuotasDamaged(row=number, wrong=problems.QuotaIncomplete(), fix=problems.FillThemIn())
    if wrong := [one for one in prefixes if not (one.isdecimal() and 2 <= len(one) <= 12)]:
        raise QuotasDamaged(
            row=number, wrong=problems.NotStartOfHSCode(wrong[0]), fix=problems.WriteTwoToTwelveDigits()
        )
    pieces, value = _amount(number, row["pieces"]), _amount(number, row["value_usd"])
    if (pieces is None) == (value is None) or (pieces is not None and pieces != int(pieces)):
        raise QuotasDamaged(row=number, wrong=problems.NotOneBound(), fix=problems.GivePiecesOrValue())
    name, source = Phrase(row["name"]), Phrase(row["source"])
    return Quota(row["category"], name, prefixes, None if pieces is None else int(pieces), value, source)


def _amount(number: int, text: str) -> Decimal | None:
    try:
        value = Decimal(text) if text else None
    except InvalidOperation as error:
        raise QuotasDamaged(
            row=number, wrong=problems.NumberUnreadable(text), fix=problems.WriteDigitsOnly()
        ) from error
    if value is not None and (not value.is_finite() or value < 0):
        raise QuotasDamaged(row=number, wrong=problems.NumberBelowZero(text), fix=problems.WriteFromZero())
    return value


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
        raise NeverDutyFree(hs=hs, why=Phrase("no quota is set"))
    quota = max(fitting, key=lambda pair: pair[0])[1]
    if quota.pieces == 0:
        raise NeverDutyFree(hs=hs, why=quota.name)
    return quota


def left_of(quota: Quota, earlier: Iterable[Sale]) -> int | Decimal:
    """What is left of a quota after earlier sales: pieces, or US dollars where it has a value."""
    own = [one for one in earlier if one.category == quota.category]
    if quota.pieces is not None:
        return quota.pieces - sum(one.pieces for one in own)
    assert quota.value_usd is not None
    return quota.value_usd - sum((one.value_usd for one in own), Decimal(0))


def require_sale_within_quota(quota: Quota, sale: Sale, earlier: Iterable[Sale]) -> None:
    """Refuse a duty-free sale beyond the exhibitor's quota, with what is left of it. Raises ``QuotaExceeded``."""
    left = left_of(quota, earlier)
    if quota.pieces is not None and sale.pieces > left:
        raise QuotaExceeded(category=quota.name, left=f"{left} pieces", requested=sale.pieces)
    if quota.value_usd is not None and sale.value_usd > left:
        raise QuotaExceeded(category=quota.name, left=f"USD {left:,.2f}", requested=f"USD {sale.value_usd:,.2f}")

"""Lists of reference rates, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction

from emporion.domain.reference.models import Currency, ReferenceRate
from emporion.domain.reference.queries import rates_for
from emporion.domain.reference.rules import rate_rows
from emporion.domain.reference.rules.rate_rows import HIGHEST_RATE, RateRow, problem_of
from emporion.domain.reference.rules.rates import ECB, EURO, plain
from emporion.domain.refusal import BulkOutcome, Refusal, RowProblem

Key = tuple[str, date]
PLACES = 6


@transaction.atomic
def record_rates(rows: Iterable[RateRow], *, at: datetime, problems: Iterable[RowProblem] = ()) -> BulkOutcome:
    """Record the rates of a list or bring them up to date; nothing is written while a row has a problem.

    ``problems``: those found before, while the list was read. A rate per another currency than the euro is kept per
    euro by that currency's rate of the day. The European Central Bank's rates are replaced by its own alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('emporion.rates'))")
    listed = list(rows)
    stored = _stored(listed)
    found = [*problems, *_problems(listed, stored, at)]
    good = [] if found else list(_per_euro(listed, found))
    if found:
        return BulkOutcome(problems=sorted(found, key=lambda one: one.row))
    return _write(good, stored)


def _stored(rows: Sequence[RateRow]) -> dict[Key, ReferenceRate]:
    if not rows:
        return {}
    span = (min(row.day for row in rows), max(row.day for row in rows))
    stored = ReferenceRate.objects.filter(day__range=span, currency__in={row.currency for row in rows})
    return {(rate.currency_id, rate.day): rate for rate in stored.iterator()}


def _problems(rows: Sequence[RateRow], stored: dict[Key, ReferenceRate], at: datetime) -> Iterator[RowProblem]:
    currencies = frozenset(Currency.objects.values_list("pk", flat=True))
    first: dict[Key, int] = {}
    for row in rows:
        for column, named in (("currency", row.currency), ("per", row.per)):
            if named not in currencies:
                unknown = rate_rows.CurrencyUnknown(named)
                yield RowProblem(row.row, column, unknown, rate_rows.AddCurrency())
        if problem := problem_of(row, at=at):
            yield problem
        before = first.setdefault((row.currency, row.day), row.row)
        if before != row.row:
            twice = rate_rows.RateGivenTwice(before, row.currency, row.day)
            yield RowProblem(row.row, "day", twice, rate_rows.KeepOneRate())
        known = stored.get((row.currency, row.day))
        if known and known.source == ECB and row.source != ECB:
            other = rate_rows.OtherThanPublished(plain(known.per_euro))
            yield RowProblem(row.row, "rate", other, rate_rows.LeaveToBank())


def _per_euro(rows: Sequence[RateRow], found: list[RowProblem]) -> Iterator[RateRow]:
    """The rows with their rates per euro, as they are kept; what hinders that is added to what was found."""
    anchors = rates_for({(row.per, row.day) for row in rows if row.per != EURO})
    for row in rows:
        try:
            rate = round(row.rate * anchors.on(row.per, row.day).per_euro, PLACES)
        except Refusal:
            missing = rate_rows.NoRateOfAnchor(row.per, row.day)
            found.append(RowProblem(row.row, "per", missing, rate_rows.LoadAnchorFirst()))
            continue
        if 0 < rate < HIGHEST_RATE:
            yield replace(row, rate=rate, per=EURO)
        else:
            unusable = rate_rows.RateUnreadable(f"{row.rate}")
            found.append(RowProblem(row.row, "rate", unusable, rate_rows.WriteRate()))


def _write(rows: Sequence[RateRow], stored: dict[Key, ReferenceRate]) -> BulkOutcome:
    new = [row for row in rows if (row.currency, row.day) not in stored]
    changed = []
    for row in rows:
        rate = stored.get((row.currency, row.day))
        if rate and (rate.per_euro, rate.source) != (row.rate, row.source):
            rate.per_euro, rate.source = row.rate, row.source
            changed.append(rate)
    columns = "day, currency_id, per_euro, source"
    with connection.cursor() as cursor, cursor.copy(f"COPY reference_referencerate ({columns}) FROM STDIN") as copy:
        for row in new:
            copy.write_row((row.day, row.currency, row.rate, row.source))
    ReferenceRate.objects.bulk_update(changed, ["per_euro", "source"], 1000)
    return BulkOutcome(len(new), len(changed), len(rows) - len(new) - len(changed))

"""Importing visitors: 410,000 of them by COPY into a temporary table, then a few statements over whole sets.

Units and their organisations are recognised with the people. What a row states replaces what is recorded; what it
leaves empty stays as it is. Memory grows with the number of units, not with the number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Reason
from emporion.domain.refusal import BulkOutcome, RowProblem, refusal_of
from emporion.domain.row_problems import RepeatsRow
from emporion.domain.visitors import row_problems as problems
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions import statements
from emporion.domain.visitors.actions.registration import form_of_numbers, highest_number, lock_limited
from emporion.domain.visitors.actions.units import Complaint, Units, VisitorRow
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.domain.visitors.queries import coming_on, day_quotas, exhibitors_staff, registered_in
from emporion.domain.visitors.rules import document_key
from emporion.kernels.text.names import vector

__all__ = ["UNNUMBERED", "VisitorRow", "import_visitors"]

# How the number of a person begins who has none yet; the number of the row follows.
UNNUMBERED = "*"
PROGRESS_STEP = 10_000
WORTH_ANALYSING = 1_000
Staged = tuple[object, ...]


def import_visitors(
    edition: Edition,
    rows: Iterable[VisitorRow],
    *,
    context: ActionContext,
    leaders: Delegation | None = None,
    progress: Callable[[int], None] | None = None,
) -> BulkOutcome:
    """Register the people of a list with their units, or bring them up to date, in one transaction.

    Rows that cannot be taken are problems of the outcome; all others are written. States stay as they are, new people
    and units are registered and await approval. ``leaders``: the list is brought by a leader of this delegation; rows
    that name one name it or a sub-group. Those whose number begins with ``UNNUMBERED`` are given one, and are confirmed
    by the list. ``progress`` hears the number of rows taken so far. Writes one entry in the journal.
    """
    outcome = BulkOutcome()
    paths = dict(Delegation.objects.filter(edition=edition).values_list("path", "id"))
    units = Units(paths, context.at, by_leader=leaders is not None)
    staff = exhibitors_staff(edition)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements.CREATE_STAGED)
        _stage(cursor, _checked(edition, rows, units, staff, outcome, progress))
        _copy(cursor, statements.COPY_UNITS, units.recognised())
        cursor.execute("ANALYZE staged_visitor; ANALYZE staged_unit")
        cursor.execute(statements.SPELL_NUMBERS, {"edition": edition.pk})
        _take_repeated(cursor, outcome)
        _take_shared(cursor, edition, outcome, names_others=leaders is None)
        if leaders is not None:
            _take_outside(cursor, leaders, outcome)
        _take_beyond_quotas(cursor, edition, outcome)
        numbers = _give_numbers(cursor, edition) if leaders is not None else []
        cursor.execute(statements.UPSERT_UNITS, {"edition": edition.pk})
        cursor.execute(statements.UPSERT_VISITORS, {"edition": edition.pk, "at": context.at})
        outcome.created, outcome.updated, staged = cursor.fetchone()
        outcome.unchanged = staged - outcome.created - outcome.updated
        cursor.execute(statements.DROP_STAGED)
        if outcome.created > WORTH_ANALYSING:
            # Without fresh statistics the next queries would be planned for the tables as they were before the list.
            cursor.execute("ANALYZE organisations_organisation, visitors_visitingunit, visitors_visitor")
        Visitor.objects.filter(edition=edition, number__in=numbers).update(review=Visitor.Review.CONFIRMED)
        _record(edition, leaders, outcome, context)
    return outcome


def _record(edition: Edition, leaders: Delegation | None, outcome: BulkOutcome, context: ActionContext) -> None:
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    if leaders is None:
        record("visitors.imported", edition, context=context, edition=edition.pk, **counts)
    else:
        subject = subject_of(leaders, leaders.path)
        record("delegation.members_imported", subject, context=context, edition=edition.pk, **counts)


def _stage(cursor: CursorWrapper, rows: Iterable[Staged]) -> None:
    _copy(cursor, statements.COPY_STAGED, rows)


def _copy(cursor: CursorWrapper, statement: str, rows: Iterable[Staged]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _checked(
    edition: Edition,
    rows: Iterable[VisitorRow],
    units: Units,
    staff: frozenset[str],
    outcome: BulkOutcome,
    progress: Callable[[int], None] | None,
) -> Iterable[Staged]:
    """The rows that pass, as the temporary table takes them; arrays as text, learnt once for all equal ones."""
    arrays: dict[tuple[object, ...], str] = {}
    for count, row in enumerate(rows, 1):
        place = units.of(row)
        if row.email and row.email.lower() in staff:
            place = _staff_complaint(row.email, staff)
        if row.days and (wrong := _days_complaint(row.days, edition)):
            place = wrong
        if isinstance(place, Complaint):
            outcome.problems.append(place.at(row.row))
            continue
        sectors, headings, days = (
            arrays.get(one) or arrays.setdefault(one, _array(one)) for one in (row.sectors, row.hs_headings, row.days)
        )
        document = document_key(row.document) if row.document else ""
        contact = (row.email.lower(), row.phone, row.position)
        found = vector(row.name, row.name_latin)
        yield (
            *row[:3],
            found,
            row.country,
            *contact,
            place,
            sectors,
            headings,
            row.registered,
            document,
            row.name_latin,
            days,
        )
        if progress and count % PROGRESS_STEP == 0:
            progress(count)


def _array(values: tuple[object, ...]) -> str:
    return "{" + ",".join(str(value) for value in values) + "}"


def _staff_complaint(email: str, staff: frozenset[str]) -> Complaint:
    refusal = refusal_of(lambda: rules.require_not_staff(email, staff))
    if refusal is None:
        raise AssertionError(email)
    return Complaint("email", refusal, problems.LeaveStaffOut())


def _days_complaint(days: Sequence[date], edition: Edition) -> Complaint | None:
    first, last = edition.first_day, edition.last_day
    refusal = refusal_of(lambda: rules.require_days(days, first, last))
    if refusal is None:
        return None
    return Complaint("days", problems.DayNotOfTheShow(refusal.data["day"]), problems.GiveDaysOfTheShow(first, last))


def _take_repeated(cursor: CursorWrapper, outcome: BulkOutcome) -> None:
    cursor.execute(statements.TAKE_REPEATED)
    outcome.problems += [
        RowProblem(row, "number", RepeatsRow(number, first), problems.NumberOfEachPerson())
        for row, number, first in cursor.fetchall()
    ]


def _take_shared(cursor: CursorWrapper, edition: Edition, outcome: BulkOutcome, *, names_others: bool) -> None:
    """Leave out rows whose address or document is somebody else's, in the list or registered."""

    def why(value: str, first: int | None, number: str) -> Reason:
        if first:
            return RepeatsRow(value, first)
        return problems.BelongsToAlready(value, number) if names_others else problems.RegisteredAlready(value)

    for column, statement in (
        ("email", statements.TAKE_TAKEN_ADDRESSES),
        ("email", statements.TAKE_SHARED_ADDRESSES),
        ("document", statements.TAKE_TAKEN_DOCUMENTS),
        ("document", statements.TAKE_SHARED_DOCUMENTS),
    ):
        cursor.execute(statement, {"edition": edition.pk})
        outcome.problems += [
            RowProblem(row, column, why(value, first, number), problems.GiveEachTheirOwn())
            for row, value, first, number in cursor.fetchall()
        ]


def _take_outside(cursor: CursorWrapper, leaders: Delegation, outcome: BulkOutcome) -> None:
    """Leave out rows whose unit is registered outside the delegation that its leader's list is of."""
    own: dict[str, int | str] = {"edition": leaders.edition_id, "path": leaders.path, "delegation": leaders.pk}
    cursor.execute(statements.PUT_INTO_OWN, own)
    cursor.execute(statements.TAKE_OUTSIDE, own)
    wrong, fix = problems.UnitOutside(), problems.AskToMoveUnit()
    outcome.problems += [RowProblem(row, "organisation", wrong, fix) for (row,) in cursor.fetchall()]


def _take_beyond_quotas(cursor: CursorWrapper, edition: Edition, outcome: BulkOutcome) -> None:
    """Leave out people beyond a quota, sub-groups before their groups; whoever registers meanwhile waits."""
    for delegation in reversed(lock_limited(edition.pk)):
        _take_beyond_quota(cursor, delegation, outcome)
        for day, quota in day_quotas(delegation).items():
            coming = coming_on(delegation, day)
            full = problems.BeyondDayQuota(day, quota, str(delegation), coming)
            rows = _beyond(cursor, statements.TAKE_BEYOND_DAY_QUOTA, delegation, quota - coming, day=day)
            outcome.problems += [RowProblem(row, "days", full, problems.ChooseOtherDays()) for row in rows]


def _take_beyond_quota(cursor: CursorWrapper, delegation: Delegation, outcome: BulkOutcome) -> None:
    if delegation.quota is None:
        return
    registered = registered_in(delegation)
    full = problems.BeyondQuota(str(delegation), delegation.quota, registered)
    rows = _beyond(cursor, statements.TAKE_BEYOND_QUOTA, delegation, delegation.quota - registered)
    outcome.problems += [RowProblem(row, "delegation", full, problems.RaiseQuota()) for row in rows]


def _beyond(
    cursor: CursorWrapper, statement: str, delegation: Delegation, free: int, *, day: date | None = None
) -> list[int]:
    """The rows that a quota with so many places left has no room for."""
    branch: dict[str, int | str] = {"edition": delegation.edition_id, "path": delegation.path, "free": max(0, free)}
    cursor.execute(statement, {**branch, "day": day.isoformat()} if day else branch)
    return [row for (row,) in cursor.fetchall()]


def _give_numbers(cursor: CursorWrapper, edition: Edition) -> list[str]:
    """Give the next numbers to people without one; those numbers."""
    named = {"unnumbered": UNNUMBERED, "form": form_of_numbers(edition)}
    cursor.execute(statements.GIVE_NUMBERS, {**named, "highest": highest_number(edition)})
    return [number for (number,) in cursor.fetchall()]

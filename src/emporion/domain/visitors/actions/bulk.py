"""Importing visitors: 410,000 of them by COPY into a temporary table, then a few statements over whole sets.

Units and their organisations are recognised with the people. What a row states replaces what is recorded; what it
leaves empty stays as it is. Memory grows with the number of units, not with the number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, RowProblem, refusal_of
from emporion.domain.row_problems import RepeatsRow
from emporion.domain.visitors import row_problems as problems
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions import statements
from emporion.domain.visitors.actions.units import Complaint, Units, VisitorRow
from emporion.domain.visitors.models import Delegation
from emporion.domain.visitors.queries import exhibitors_staff, registered_in
from emporion.domain.visitors.rules import document_key
from emporion.kernels.text.names import vector

__all__ = ["VisitorRow", "import_visitors"]

PROGRESS_STEP = 10_000
WORTH_ANALYSING = 1_000
Staged = tuple[object, ...]


def import_visitors(
    edition: Edition,
    rows: Iterable[VisitorRow],
    *,
    context: ActionContext,
    progress: Callable[[int], None] | None = None,
) -> BulkOutcome:
    """Register the people of a list with their units, or bring them up to date, in one transaction.

    Rows that cannot be taken are problems of the outcome; all others are written. States stay as they are, new people
    and units are registered and await approval. ``progress`` hears the number of rows taken so far. Writes one entry
    in the journal.
    """
    outcome = BulkOutcome()
    units = Units(dict(Delegation.objects.filter(edition=edition).values_list("path", "id")), context.at)
    staff = exhibitors_staff(edition)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements.CREATE_STAGED)
        _stage(cursor, _checked(rows, units, staff, outcome, progress))
        _copy(cursor, statements.COPY_UNITS, units.recognised())
        cursor.execute("ANALYZE staged_visitor; ANALYZE staged_unit")
        cursor.execute(statements.SPELL_NUMBERS, {"edition": edition.pk})
        _take_repeated(cursor, outcome)
        _take_shared(cursor, edition, outcome)
        _take_beyond_quota(cursor, edition, outcome)
        cursor.execute(statements.UPSERT_UNITS, {"edition": edition.pk})
        cursor.execute(statements.UPSERT_VISITORS, {"edition": edition.pk, "at": context.at})
        outcome.created, outcome.updated, staged = cursor.fetchone()
        outcome.unchanged = staged - outcome.created - outcome.updated
        cursor.execute(statements.DROP_STAGED)
        if outcome.created > WORTH_ANALYSING:
            # Without fresh statistics the next queries would be planned for the tables as they were before the list.
            cursor.execute("ANALYZE organisations_organisation, visitors_visitingunit, visitors_visitor")
        _record(edition, outcome, context)
    return outcome


def _record(edition: Edition, outcome: BulkOutcome, context: ActionContext) -> None:
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("visitors.imported", edition, context=context, edition=edition.pk, **counts)


def _stage(cursor: CursorWrapper, rows: Iterable[Staged]) -> None:
    _copy(cursor, statements.COPY_STAGED, rows)


def _copy(cursor: CursorWrapper, statement: str, rows: Iterable[Staged]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _checked(
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
        if isinstance(place, Complaint):
            outcome.problems.append(place.at(row.row))
            continue
        sectors = arrays.get(row.sectors) or arrays.setdefault(row.sectors, _array(row.sectors))
        headings = arrays.get(row.hs_headings) or arrays.setdefault(row.hs_headings, _array(row.hs_headings))
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


def _take_repeated(cursor: CursorWrapper, outcome: BulkOutcome) -> None:
    cursor.execute(statements.TAKE_REPEATED)
    outcome.problems += [
        RowProblem(row, "number", RepeatsRow(number, first), problems.NumberOfEachPerson())
        for row, number, first in cursor.fetchall()
    ]


def _take_shared(cursor: CursorWrapper, edition: Edition, outcome: BulkOutcome) -> None:
    """Leave out rows whose address or document is somebody else's, in the list or registered."""
    for column, statement in (
        ("email", statements.TAKE_TAKEN_ADDRESSES),
        ("email", statements.TAKE_SHARED_ADDRESSES),
        ("document", statements.TAKE_TAKEN_DOCUMENTS),
        ("document", statements.TAKE_SHARED_DOCUMENTS),
    ):
        cursor.execute(statement, {"edition": edition.pk})
        outcome.problems += [
            RowProblem(
                row, column, RepeatsRow(value, first) if first else problems.BelongsToAlready(value, number),
                problems.GiveEachTheirOwn(),
            )
            for row, value, first, number in cursor.fetchall()
        ]  # fmt: skip


def _take_beyond_quota(cursor: CursorWrapper, edition: Edition, outcome: BulkOutcome) -> None:
    for delegation in Delegation.objects.filter(edition=edition, quota__isnull=False).order_by("-path"):
        quota, registered = delegation.quota or 0, registered_in(delegation)
        full, fix = problems.BeyondQuota(str(delegation), quota, registered), problems.RaiseQuota()
        parameters: dict[str, int | str] = {
            "edition": edition.pk,
            "path": delegation.path,
            "free": max(0, quota - registered),
        }
        cursor.execute(statements.TAKE_BEYOND_QUOTA, parameters)
        outcome.problems += [RowProblem(row, "delegation", full, fix) for (row,) in cursor.fetchall()]

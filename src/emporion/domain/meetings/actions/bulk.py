"""Importing meeting requests with their answers, by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import note_interest
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.meetings.rules import row_problems as problems
from emporion.domain.reason import Phrase
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.domain.row_problems import NamesNo, WriteOneOf

AT_A_TIME = 20_000
WORDS = {"wish": Phrase("wish"), "state": Phrase("state")}


class RequestRow(NamedTuple):
    """A request as a list names it, by the visitor's and the exhibitor's number."""

    row: int
    visitor: str
    exhibitor: str
    by_exhibitor: bool
    wish: str
    state: str
    requested: datetime
    answered: datetime | None = None


_STAGE = """CREATE TEMPORARY TABLE staged_request (row int, visitor text, exhibitor text, by_exhibitor bool, wish text,
    state text, requested timestamptz, answered timestamptz) ON COMMIT DROP"""
# Every row with what it names; the first row of a pair is the one that counts.
_FOUND = """CREATE TEMPORARY TABLE found_request ON COMMIT DROP AS
    SELECT s.*, v.id AS visitor_id, v.state AS visitor_state, e.id AS exhibitor_id,
        coalesce(u.organisation_id = e.organisation_id, false) AS within,
        row_number() OVER (PARTITION BY s.visitor, s.exhibitor ORDER BY s.row) AS turn
    FROM staged_request s
    LEFT JOIN visitors_visitor v ON v.edition_id = %(edition)s AND v.number = s.visitor
    LEFT JOIN visitors_visitingunit u ON u.id = v.unit_id
    LEFT JOIN exhibitors_exhibitor e ON e.edition_id = %(edition)s AND e.number = s.exhibitor"""
_GOOD = "visitor_state = 'approved' AND exhibitor_id IS NOT NULL AND NOT within AND turn = 1"
_UPSERT = f"""WITH written AS (
    INSERT INTO meetings_meetingrequest AS old
        (edition_id, visitor_id, exhibitor_id, by_exhibitor, wish, state, requested, answered)
    SELECT %(edition)s, visitor_id, exhibitor_id, by_exhibitor, wish, state, requested, answered
    FROM found_request WHERE {_GOOD} ORDER BY row
    ON CONFLICT (visitor_id, exhibitor_id) DO UPDATE SET by_exhibitor = excluded.by_exhibitor, wish = excluded.wish,
        state = excluded.state, requested = excluded.requested, answered = excluded.answered
    WHERE (old.by_exhibitor, old.wish, old.state, old.requested, old.answered)
        IS DISTINCT FROM (excluded.by_exhibitor, excluded.wish, excluded.state, excluded.requested, excluded.answered)
    RETURNING id, state, xmax = 0 AS new
), gone AS (
    DELETE FROM meetings_meeting m USING written w WHERE m.request_id = w.id AND NOT w.new AND w.state <> 'accepted'
)
SELECT count(*) FILTER (WHERE new), count(*) FILTER (WHERE NOT new) FROM written"""
_BAD = f"""SELECT row, visitor, exhibitor, visitor_id IS NULL, visitor_state <> 'approved', exhibitor_id IS NULL, within
    FROM found_request WHERE ({_GOOD}) IS NOT TRUE ORDER BY row"""


@transaction.atomic
def import_requests(edition: Edition, rows: Iterable[RequestRow], *, context: ActionContext) -> BulkOutcome:
    """Write the requests of a list or bring them up to date, by visitor and exhibitor. One journal entry.

    Rows that cannot be taken are problems of the outcome; all others are written. A request that is not accepted any
    more loses its meeting.
    """
    outcome = BulkOutcome()
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        readable = _readable(rows, outcome)
        # A part is read to its end before it is sent: the rows may themselves come out of this database.
        while part := list(islice(readable, AT_A_TIME)):
            with cursor.copy("COPY staged_request FROM STDIN") as copy:
                for row in part:
                    copy.write_row(row)
        cursor.execute(_FOUND, {"edition": edition.pk})
        cursor.execute(_BAD)
        outcome.problems += [_problem(*row) for row in cursor.fetchall()]
        cursor.execute(_UPSERT, {"edition": edition.pk})
        outcome.created, outcome.updated = cursor.fetchone()
        cursor.execute(f"SELECT visitor_id, exhibitor_id, by_exhibitor FROM found_request WHERE {_GOOD}")
        requested = cursor.fetchall()
        outcome.unchanged = len(requested) - outcome.created - outcome.updated
        note_interest(requested, at=context.at)
        cursor.execute("DROP TABLE staged_request, found_request")
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("requests.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _readable(rows: Iterable[RequestRow], outcome: BulkOutcome) -> Iterator[RequestRow]:
    """The rows whose wish and state are known words; the others become problems."""
    known = (("wish", set(MeetingRequest.Wish.values)), ("state", set(MeetingRequest.State.values)))
    for row in rows:
        unknown = next((name for name, words in known if getattr(row, name) not in words), None)
        if unknown is None:
            yield row
        else:
            words = ", ".join(sorted(dict(known)[unknown]))
            wrong = problems.NoWordOfRequest(WORDS[unknown], getattr(row, unknown))
            outcome.problems.append(RowProblem(row.row, unknown, wrong, WriteOneOf(words)))


def _problem(
    row: int, visitor: str, exhibitor: str, no_visitor: bool, waiting: bool, no_exhibitor: bool, within: bool
) -> RowProblem:
    if no_visitor:
        unregistered = NamesNo(Phrase("visitor of this edition"), visitor)
        return RowProblem(row, "visitor", unregistered, problems.RegisterVisitorFirst())
    if waiting:
        return RowProblem(row, "visitor", problems.VisitorIsNotApproved(visitor), problems.ApproveRegistrationFirst())
    if no_exhibitor:
        unknown = NamesNo(Phrase("exhibitor of this edition"), exhibitor)
        return RowProblem(row, "exhibitor", unknown, problems.GiveContractNumber())
    if within:
        own = problems.OfOwnOrganisation(visitor, exhibitor)
        return RowProblem(row, "exhibitor", own, problems.LeaveOutOwnOrganisation())
    return RowProblem(row, "visitor", problems.RepeatsRequest(visitor, exhibitor), problems.KeepOneRowForTwo())

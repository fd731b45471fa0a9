"""Entries: the gates' scans, as many as they are, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from emporion.domain.admission.row_problems import LetServiceDeskLook
from emporion.domain.admission.rules import KnownBadge, require_entry
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, Refusal, RowProblem

# What the rule ``require_entry`` asks, for a whole list at once; the rule itself words what is set apart.
_STANDS = """b.id IS NOT NULL AND (b.revoked IS NULL OR s.at < b.revoked) AND (v.id IS NULL OR s.at < v.decided)
    AND (s.at AT TIME ZONE %(zone)s)::date BETWEEN COALESCE(b.first_day, %(first_day)s) AND
    COALESCE(b.last_day, %(last_day)s)"""
# The visitor is there only where the registration has ended.
_SCANNED = """ FROM scanned s LEFT JOIN admission_badge b ON b.edition_id = %(edition)s AND b.number = s.number
    LEFT JOIN visitors_visitor v ON v.id = b.visitor_id AND v.state IN ('cancelled', 'rejected') WHERE """
_TABLE = "CREATE TEMP TABLE scanned (row serial, scan uuid, number text, gate text, at timestamptz) ON COMMIT DROP"
_INSERT = f"""INSERT INTO admission_entry (scan, badge_id, gate, at) SELECT s.scan, b.id, s.gate, s.at {_SCANNED}
    {_STANDS} ORDER BY s.row ON CONFLICT (scan) DO NOTHING"""
AT_A_TIME = 20_000


@transaction.atomic
def record_entries(
    edition: Edition,
    scans: Iterable[tuple[UUID, str, str, datetime]],
    *,
    context: ActionContext,
) -> BulkOutcome:
    """Record the scans of gates, each (id of the scan, badge's number, gate, time): one journal entry for the list.

    A scan whose id is known changes nothing, so a gate may send its list twice. A scan that the rule refuses is
    recorded nowhere and told as a problem; rows count from 1. All goes by COPY, part by
    part: memory does not grow.
    """
    zone = edition.zone
    facts: dict[str, int | str | date] = {
        "edition": edition.pk,
        "first_day": edition.first_day,
        "last_day": edition.last_day,
        "zone": str(zone),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        _copy(cursor, iter(scans))
        cursor.execute(
            f"SELECT s.row, s.number, s.at, b.id, b.revoked, v.decided, b.first_day, b.last_day {_SCANNED}"
            f" NOT ({_STANDS}) ORDER BY s.row",
            facts,
        )
        problems = [_problem(edition, row, zone) for row in cursor.fetchall()]
        cursor.execute(_INSERT, facts)
        created = cursor.rowcount
        cursor.execute("SELECT count(*) FROM scanned")
        unchanged = int(cursor.fetchone()[0]) - created - len(problems)
        cursor.execute("DROP TABLE scanned")
        if created >= AT_A_TIME:
            # The database plans figures of the day by what it knows of the table, and would learn of it too late.
            cursor.execute("ANALYZE admission_entry")
    counts = {"admitted": created, "known": unchanged, "refused": len(problems)}
    record("entries.recorded", edition, context=context, edition=edition.pk, **counts)
    return BulkOutcome(created=created, unchanged=unchanged, problems=problems)


def _copy(cursor: CursorWrapper, scans: Iterator[tuple[UUID, str, str, datetime]]) -> None:
    # A part is read to its end before it is sent: the scans may themselves come out of this database.
    while part := list(islice(scans, AT_A_TIME)):
        with cursor.copy("COPY scanned (scan, number, gate, at) FROM STDIN") as copy:
            for scan in part:
                copy.write_row(scan)


_Scan = tuple[int, str, datetime, int | None, datetime | None, datetime | None, date | None, date | None]


def _problem(edition: Edition, scan: _Scan, zone: tzinfo) -> RowProblem:
    row, number, at, badge, revoked, ended, first_day, last_day = scan
    local = [moment and moment.astimezone(zone) for moment in (revoked, ended)]
    known = None if badge is None else KnownBadge(number, *local)
    days = {"first_day": first_day or edition.first_day, "last_day": last_day or edition.last_day}
    try:
        require_entry(number, known, at=at.astimezone(zone), **days)
    except Refusal as refusal:
        return RowProblem(row, "badge", refusal.with_traceback(None), LetServiceDeskLook())
    raise AssertionError(f"scan {row} of badge {number} was set apart, yet the rule lets it in")

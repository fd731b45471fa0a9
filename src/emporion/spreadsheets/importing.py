"""Importing a list: read, act, and either everything is written or nothing, with what is wrong told row by row."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Reason
from emporion.domain.refusal import BulkOutcome, RowProblem
from emporion.spreadsheets.cells.reference import Reference
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.mending import Mending, mended
from emporion.spreadsheets.notices import ReadingStopped, RejectsNotWritten
from emporion.spreadsheets.reading import MAX_BAD_ROWS, Progress, Reading, open_list
from emporion.spreadsheets.refusals import NoRows
from emporion.spreadsheets.rejects import rejects_beside, write_rejects


@dataclass
class Report:
    """What an import did. ``written`` is false when nothing was: a dry run, or a problem without ``partial``.

    ``problems`` are in the order of the rows, their columns named as in the file; ``bad_rows`` counts their rows.
    ``places``: where the columns stand, by those names.
    """

    kind: str
    rows: int
    created: int
    updated: int
    unchanged: int
    written: bool
    described: str
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[Reason] = field(default_factory=list)
    rejects_path: Path | None = None
    places: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def bad_rows(self) -> int:
        """How many rows have problems."""
        return len({problem.row for problem in self.problems})


def import_file(
    kind: str | Kind,
    path: str | Path,
    *,
    edition: Edition,
    context: ActionContext,
    dry_run: bool = False,
    partial: bool = False,
    rejects: str | Path | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    mending: Mending | None = None,
) -> Report:
    """Import a list of a kind (``exhibitors``, ``visitors`` …, or one at hand) from CSV or XLSX into an edition.

    One transaction: by default nothing is written unless every row is good; ``partial`` writes the good rows. Rows
    with problems go to ``rejects`` (beside the file when not given), which can be fixed and imported; what is wrong
    is written there in ``language``, else in the one in force. ``progress`` hears the number of rows read so far.
    ``mending``: what was corrected of the list without changing the file.

    Raises a refusal of ``spreadsheets.refusals`` for a file that cannot be taken as a whole.
    """
    started = time.perf_counter()
    definition, file = kind if isinstance(kind, Kind) else kind_named(kind), Path(path)
    table, target = open_list(definition, file), rejects_beside(file, rejects)
    table = mended(definition, table, mending) if mending else table
    reading = Reading(definition, table, Reference.load(edition), progress)
    with transaction.atomic():
        _take_turns()
        outcome = definition.apply(edition, reading.rows(), context=context)
        written = _may_write(reading, outcome, dry_run, partial)
        if not written:
            transaction.set_rollback(True)
    if not reading.count:
        raise NoRows(file=file.name)
    report = _report(reading, outcome, written)
    if report.problems:
        _put_aside(reading, report, target, language)
    report.seconds = time.perf_counter() - started
    return report


def _take_turns() -> None:
    """Let imports wait for one another: two lists at once would lock the same organisations in different orders."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('emporion.import'))")


def _may_write(reading: Reading, outcome: BulkOutcome, dry_run: bool, partial: bool) -> bool:
    bad = bool(reading.problems or outcome.problems)
    return bool(reading.count) and not dry_run and not reading.stopped and (partial or not bad)


def _put_aside(reading: Reading, report: Report, target: Path, language: str | None) -> None:
    """Write the rejects; the list has been dealt with by now, so a folder that takes no file is only told."""
    try:
        write_rejects(reading, report.problems, target, language)
        report.rejects_path = target
    except OSError as error:
        where = f"{target} ({error.strerror or error})"
        report.notices.append(RejectsNotWritten(where))


def _report(reading: Reading, outcome: BulkOutcome, written: bool) -> Report:
    problems = [reading.titled(problem) for problem in (*reading.problems, *outcome.problems)]
    notices = [*reading.notices, *outcome.notices]
    if reading.stopped:
        notices.append(ReadingStopped(MAX_BAD_ROWS))
    return Report(
        kind=reading.kind.name, rows=reading.count, created=outcome.created, updated=outcome.updated,
        unchanged=outcome.unchanged, written=written, described=reading.table.described,
        problems=sorted(problems, key=lambda problem: problem.row), notices=notices, places=reading.places,
    )  # fmt: skip

"""Lists that came in the browser: checked without writing anything, then imported whole or in part."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from emporion.domain.exhibitors.queries import exhibitor_of_list, pavilion_of_list
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored
from emporion.domain.refusal import RowProblem
from emporion.domain.visitors.queries import delegation_at
from emporion.domain.visitors.rules import DelegationGone
from emporion.domain.work.actions import remember_columns
from emporion.domain.work.models import TaskDocument, UploadedList
from emporion.domain.work.queries import remembered_columns
from emporion.domain.work.rules import OF_EXHIBITOR, OF_PAVILION
from emporion.jobs.running import Outcome, Run
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.importing import Report, import_file
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.kinds.members import members_of
from emporion.spreadsheets.kinds.own_products import products_of
from emporion.spreadsheets.kinds.pavilion import exhibitors_of
from emporion.spreadsheets.mending import FIRST_ROW, Mending, header_digest, mended, mending_of
from emporion.spreadsheets.reading import open_list

# So many problems a page shows; the file of rows to mend has all.
MOST_SHOWN = 200


def list_check(run: Run) -> Outcome:
    """Read the whole list as if it were imported, and write nothing."""
    return _import(run, dry_run=True)


def list_import(run: Run) -> Outcome:
    """Import the list; with ``partial`` the good rows of one that has others."""
    return _import(run, partial=bool(run.task.arguments["partial"]))


def _import(run: Run, *, dry_run: bool = False, partial: bool = False) -> Outcome:
    arguments = run.task.arguments
    brought = UploadedList.objects.get(pk=arguments["list"])
    with TemporaryDirectory() as folder:
        file = Path(folder) / Path(brought.name).name
        file.write_bytes(brought.content)
        # A leader is not told by mail of a page in the office, and so does not stand as who asked for the work.
        context = ActionContext(run.context.at, run.context.actor or brought.uploaded_by)
        kind = _kind_of(brought)
        mending = _mending(brought, kind, file)
        report = import_file(
            kind, file, edition=run.edition, context=context, dry_run=dry_run, partial=partial,
            language=arguments["language"], progress=lambda rows: run.progress(rows, 0),
            mending=mending,
        )  # fmt: skip
        return Outcome(_facts(report, _cells(report, kind, file, mending)), _document(report.rejects_path))


def _kind_of(brought: UploadedList) -> str | Kind:
    """The kind of a list; one that does not come from the office takes records of whoever brings it alone."""
    owner, _separator, key = brought.path.partition("/")
    if not brought.path:
        return brought.kind
    if owner == OF_EXHIBITOR:
        return products_of(exhibitor_of_list(brought.edition, key))
    if owner == OF_PAVILION:
        return exhibitors_of(pavilion_of_list(brought.edition, key))
    delegation = delegation_at(brought.edition, brought.path)
    if delegation is None:
        raise DelegationGone(path=brought.path)
    return members_of(delegation)


def _mending(brought: UploadedList, kind: str | Kind, file: Path) -> Mending:
    """What was corrected of the list; columns as they were corrected of the last one that had the same."""
    if brought.columns is None:
        header = open_list(kind if isinstance(kind, Kind) else kind_named(kind), file).header
        remember_columns(brought, remembered_columns(brought, header_digest(header)))
    return mending_of(brought.columns, brought.cells)


def _cells(report: Report, kind: str | Kind, file: Path, mending: Mending) -> dict[tuple[int, int], str]:
    """What stands in the cells that the page shows problems of, by row and place."""
    wanted = {
        (problem.row, report.places[problem.column])
        for problem in report.problems[:MOST_SHOWN]
        if problem.column in report.places
    }
    if not wanted:
        return {}
    definition = kind if isinstance(kind, Kind) else kind_named(kind)
    records = mended(definition, open_list(definition, file), mending).records()
    last = max(row for row, _place in wanted)
    return {
        (row, place): record[place] if place < len(record) else ""
        for row, record in enumerate(islice(records, last - FIRST_ROW + 1), FIRST_ROW)
        for place in (place for of, place in wanted if of == row)
    }


def _facts(report: Report, cells: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    counts = {
        name: getattr(report, name) for name in ("rows", "created", "updated", "unchanged", "bad_rows", "written")
    }
    problems = [_as_facts(problem, report, cells) for problem in report.problems[:MOST_SHOWN]]
    left_out = max(0, len(report.problems) - MOST_SHOWN)
    notices = [stored(notice) for notice in report.notices]
    return {**counts, "list": report.kind, "problems": problems, "left_out": left_out, "notices": notices}


def _as_facts(problem: RowProblem, report: Report, cells: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    wrong, fix = stored(problem.wrong), stored(problem.fix)
    place = report.places.get(problem.column)
    told = {"row": problem.row, "column": problem.column, "wrong": wrong, "fix": fix}
    return told if place is None else {**told, "place": place, "cell": cells.get((problem.row, place), "")}


def _document(rejects: Path | None) -> TaskDocument | None:
    if rejects is None:
        return None
    kind = mimetypes.guess_type(rejects.name)[0] or "application/octet-stream"
    return TaskDocument(name=rejects.name, content_type=kind, content=rejects.read_bytes())

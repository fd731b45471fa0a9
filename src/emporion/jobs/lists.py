"""Lists that came in the browser: checked without writing anything, then imported whole or in part."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from emporion.domain.exhibitors.queries import exhibitor_of_list, pavilion_of_list
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored
from emporion.domain.refusal import RowProblem
from emporion.domain.visitors.queries import delegation_at
from emporion.domain.visitors.rules import DelegationGone
from emporion.domain.work.models import TaskDocument, UploadedList
from emporion.domain.work.rules import OF_EXHIBITOR, OF_PAVILION
from emporion.jobs.running import Outcome, Run
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.importing import Report, import_file
from emporion.spreadsheets.kinds.members import members_of
from emporion.spreadsheets.kinds.own_products import products_of
from emporion.spreadsheets.kinds.pavilion import exhibitors_of

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
        report = import_file(
            _kind_of(brought), file, edition=run.edition, context=context, dry_run=dry_run, partial=partial,
            language=arguments["language"], progress=lambda rows: run.progress(rows, 0),
        )  # fmt: skip
        return Outcome(_facts(report), _document(report.rejects_path))


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


def _facts(report: Report) -> dict[str, Any]:
    counts = {
        name: getattr(report, name) for name in ("rows", "created", "updated", "unchanged", "bad_rows", "written")
    }
    problems = [_as_facts(problem) for problem in report.problems[:MOST_SHOWN]]
    left_out = max(0, len(report.problems) - MOST_SHOWN)
    notices = [stored(notice) for notice in report.notices]
    return {**counts, "list": report.kind, "problems": problems, "left_out": left_out, "notices": notices}


def _as_facts(problem: RowProblem) -> dict[str, Any]:
    wrong, fix = stored(problem.wrong), stored(problem.fix)
    return {"row": problem.row, "column": problem.column, "wrong": wrong, "fix": fix}


def _document(rejects: Path | None) -> TaskDocument | None:
    if rejects is None:
        return None
    kind = mimetypes.guess_type(rejects.name)[0] or "application/octet-stream"
    return TaskDocument(name=rejects.name, content_type=kind, content=rejects.read_bytes())

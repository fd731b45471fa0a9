"""Progress of long work: bars on standard error where that is a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ReportProgress = Callable[[int, int, str], None]


@contextmanager
def progress_bars() -> Iterator[ReportProgress]:
    """Yields a callback (done, total, what): a bar for each ``what``, removed at the end; a total of 0 is unknown."""
    if not sys.stderr.isatty():
        yield _to_nobody
        return
    # A tenth of a second to load, which only a terminal needs.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bars:

        def report(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=total or None)

        yield report


def _to_nobody(done: int, total: int, what: str) -> None:
    """Nobody watches."""

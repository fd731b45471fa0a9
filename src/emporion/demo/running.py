"""Running the demonstration: step after step, each once, with progress; a killed run goes on where it stopped."""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from emporion.demo.calendar import EDITION
from emporion.demo.published import SLUG, load_editions
from emporion.demo.sizes import Size
from emporion.demo.steps import STEPS, Fair, Step
from emporion.domain.editions.models import Fair as FairRecord
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.reference.actions import load_reference

SEED = 6
DONE = "demo.step"


class NotADemonstration(Exception):
    """The database holds an edition that the demonstration did not make; it is left as it is."""


@dataclass(frozen=True)
class Timed:
    """A step and how long it took in this run; 0 where an earlier run had done it."""

    name: str
    seconds: float


def run(size: Size, folder: Path, console: Console, *, fresh: bool = False) -> list[Timed]:
    """Make the demonstration fair of a size, or what is left to do of it.

    Every step is one transaction with its mark in the journal, so that a killed run loses the step it was in and
    nothing else. A demonstration of another size, or any with ``fresh``, is cleared away first. Raises
    :class:`NotADemonstration` where the edition or the database holds other people's records that clearing would lose.
    """
    with _progress(console) as bars:
        timed = [_prepared(bars)]
        done = _clear(size, fresh)
        with ThreadPoolExecutor(os.cpu_count()) as executor:
            fair = Fair(size, SEED, folder, executor)
            timed += [_done(fair, step, bars, step.name in done) for step in STEPS]
    return timed


def peak_memory_mib() -> int:
    """The largest memory that this process held so far, in MiB; the database server's own apart."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        yield bars


def _prepared(bars: Progress) -> Timed:
    task, began = bars.add_task("Prepare the database", total=1), time.perf_counter()
    call_command("prepare", stdout=io.StringIO())
    load_editions()
    bars.update(task, completed=1)
    return Timed("Prepare the database", time.perf_counter() - began)


def _clear(size: Size, fresh: bool) -> set[str]:
    """What is done already, after clearing away what is not to stay."""
    marks = JournalEntry.objects.filter(event=DONE).values_list("subject_id", "data")
    done = {subject for subject, data in marks if data["size"] == size.name}
    others = FairRecord.objects.exclude(slug=SLUG).exists()
    if not marks and Application.objects.filter(edition__fair__slug=SLUG, edition__number=EDITION).exists():
        raise NotADemonstration
    if marks and (fresh or len(done) < len(marks)):
        if others:
            raise NotADemonstration
        call_command("flush", interactive=False, verbosity=0)
        load_reference()
        load_editions()
        return set()
    return done


def _done(fair: Fair, step: Step, bars: Progress, before: bool) -> Timed:
    task, began = bars.add_task(step.name, total=1), time.perf_counter()
    if before:
        bars.update(task, completed=1)
        return Timed(step.name, 0.0)

    def report(done: int, total: int, what: str) -> None:
        bars.update(task, completed=done, total=total or None)

    with transaction.atomic():
        step.run(fair, report)
        record(
            DONE,
            Subject("demo_step", step.name, step.name),
            context=ActionContext(timezone.now()),
            edition=fair.edition.pk,
            size=fair.size.name,
            seed=fair.seed,
        )
    bars.update(task, completed=1, total=1)
    return Timed(step.name, time.perf_counter() - began)

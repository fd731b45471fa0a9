"""Running one background task: its progress, its end, and telling whoever asked for it when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.refusal import Refusal
from emporion.domain.work.actions import begin, fail, finish, note_progress
from emporion.domain.work.models import BackgroundTask, TaskDocument
from emporion.domain.work.rules import KINDS, MOST_WORKERS, UnexpectedFailure, WorkersEnded
from emporion.language import translate
from emporion.language.message_texts import LANGUAGES

# A page looks every two seconds; what changes faster need not be written.
PROGRESS_EVERY = timedelta(seconds=1)


@dataclass
class Outcome:
    """What came of a piece of work: facts for the page, and a file where one was made."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    document: TaskDocument | None = None


@dataclass
class Run:
    """One run of a task, as the work sees it. ``writer``: one thread, whose connection notes the progress at once.

    Most work writes all that it makes in one transaction, in which nobody would see how far it is.
    """

    task: BackgroundTask
    context: ActionContext
    writer: Executor
    clock: Callable[[], datetime] = timezone.now
    noted: datetime | None = None

    @property
    def edition(self) -> Edition:
        assert self.task.edition is not None
        return self.task.edition

    def progress(self, done: int, total: int) -> None:
        """Note how far the work is, at most once a second."""
        now = self.clock()
        if self.noted is None or done == total or now - self.noted >= PROGRESS_EVERY:
            self.writer.submit(note_progress, self.task, done, total)
            self.noted = now


Work = Callable[[Run], Outcome | None]


def run(task: BackgroundTask, work: Work, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do the work of a task and note how it ended. A fault nobody foresaw is raised again, for the worker's log."""
    if not begin(task, at=clock()):
        return
    try:
        with _writer() as writer:
            outcome = work(Run(task, ActionContext(clock(), task.requested_by), writer, clock)) or Outcome()
    except Refusal as refusal:
        _failed(task, refusal, clock())
    except Exception as fault:
        _failed(task, UnexpectedFailure(fault=f"{type(fault).__name__}: {fault}"[:300]), clock())
        raise
    else:
        finish(task, at=clock(), result=outcome.facts, document=outcome.document)


def give_up(task: int, *, at: datetime) -> None:
    """Tell of work as failed at which one worker after another ended; it is done no more unless somebody asks again."""
    found = BackgroundTask.objects.filter(pk=task).first()
    if found is not None and found.under_way:
        _failed(found, WorkersEnded(times=MOST_WORKERS), at)


@contextmanager
def _writer() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress") as writer:
        try:
            yield writer
        finally:
            writer.submit(connection.close)


def _failed(task: BackgroundTask, why: Refusal, at: datetime) -> None:
    cause = in_each_language(lambda: translate(why))
    fail(task, cause=cause, at=at)
    if task.requested_by is not None:
        facts: dict[str, Any] = {
            "kind": in_each_language(lambda: gettext(KINDS[task.kind])),
            "why": cause,
            "task": task.pk,
        }
        key, to = f"task.failed:{task.pk}", task.requested_by
        message = Message(key, to.email, "task_failed", facts, to.language, task.edition_id)
        notify_all([message], at=at)


def in_each_language(write: Callable[[], str]) -> dict[str, str]:
    """A text by language."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = write()
    return texts

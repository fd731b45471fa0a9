"""Creating background tasks, and what their worker notes of them. The domain never enqueues: doors and jobs do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.work.models import BackgroundTask, ColumnMapping, TaskDocument, UploadedList
from emporion.domain.work.rules import KEEP_DONE, KEEP_FAILED, TaskNotFailed, TaskUnderWay, key_of, require_list_size

State = BackgroundTask.State


@transaction.atomic
def create_task(
    kind: str,
    edition: Edition | None = None,
    arguments: Mapping[str, Any] | None = None,
    *,
    context: ActionContext,
) -> BackgroundTask:
    """Create a task. Raises: TaskUnderWay."""
    given = dict(arguments or {})
    key = key_of(kind, edition.pk if edition else None, given)
    by = {"requested_by": context.actor, "requested": context.at}
    task = BackgroundTask(kind=kind, key=key, edition=edition, arguments=given, **by)
    try:
        # Of two who ask at the same moment the constraint lets one in.
        with transaction.atomic():
            task.save()
    except IntegrityError:
        raise TaskUnderWay() from None
    return task


def upload_list(
    edition: Edition, kind: str, name: str, content: bytes, *, path: str = "", context: ActionContext
) -> UploadedList:
    """Store a list until it has been imported; ``path``: that of a delegation's leader. Raises: ListTooLarge."""
    require_list_size(name, len(content))
    by = {"uploaded": context.at, "uploaded_by": context.actor}
    return UploadedList.objects.create(edition=edition, kind=kind, path=path, name=name[-150:], content=content, **by)


def remember_columns(brought: UploadedList, columns: Mapping[str, str]) -> None:
    """Note on a list which column fills which field, by the column's place."""
    brought.columns = dict(columns)
    brought.save(update_fields=["columns"])


@transaction.atomic
def correct_columns(brought: UploadedList, columns: Mapping[str, str], headers: str) -> None:
    """Say which column of a list fills which field; lists of the fair with the same headers follow it from now on."""
    remember_columns(brought, columns)
    ColumnMapping.objects.update_or_create(
        fair=brought.edition.fair, kind=brought.kind, headers=headers, defaults={"columns": dict(columns)}
    )


@transaction.atomic
def mend_cells(brought: UploadedList, cells: Mapping[str, str]) -> None:
    """Say what stands in cells of a list, by ``row:place``, in place of what the file has."""
    stored = UploadedList.objects.select_for_update().get(pk=brought.pk)
    stored.cells = {**stored.cells, **cells}
    stored.save(update_fields=["cells"])


@transaction.atomic
def run_again(task: BackgroundTask, *, context: ActionContext) -> BackgroundTask:
    """Ask once more for work that has failed. Raises: TaskNotFailed, TaskUnderWay."""
    if task.state != State.FAILED:
        raise TaskNotFailed()
    return create_task(task.kind, task.edition, task.arguments, context=context)


def begin(task: BackgroundTask, *, at: datetime) -> bool:
    """Note that a worker has begun; false when the work is over. One taken up after a worker's end begins again."""
    under_way = BackgroundTask.objects.filter(pk=task.pk, state__in=[State.WAITING, State.RUNNING])
    begun = under_way.update(state=State.RUNNING, started=at, steps_done=0, steps=0)
    return begun == 1


def note_progress(task: BackgroundTask, done: int, total: int) -> None:
    """Note how far the work is."""
    BackgroundTask.objects.filter(pk=task.pk).update(steps_done=done, steps=total)


@transaction.atomic
def finish(
    task: BackgroundTask, *, at: datetime, result: Mapping[str, Any], document: TaskDocument | None = None
) -> None:
    """Note that the work is done, with what came of it."""
    done = {"state": State.DONE, "finished": at, "result": _without_nul(dict(result)), "cause": {}}
    BackgroundTask.objects.filter(pk=task.pk).update(**done)
    if document is not None:
        TaskDocument.objects.filter(task=task).delete()
        document.task = task
        document.save()


def fail(task: BackgroundTask, *, cause: Mapping[str, str], at: datetime) -> None:
    """Note why the work could not be done, in each language."""
    BackgroundTask.objects.filter(pk=task.pk).update(state=State.FAILED, finished=at, cause=_without_nul(dict(cause)))


def _without_nul(value: Any) -> Any:
    """What the database takes: a cell or the message of a fault may hold a NUL, and no text of PostgreSQL does."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, Mapping):
        return {key: _without_nul(one) for key, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list | tuple) else value


def purge(*, at: datetime) -> int:
    """Remove the records of work that ended long ago, and the lists of then; how many records."""
    done = Q(state=State.DONE, finished__lt=at - KEEP_DONE)
    failed = Q(state=State.FAILED, finished__lt=at - KEEP_FAILED)
    UploadedList.objects.filter(uploaded__lt=at - KEEP_FAILED).delete()
    _all, by_model = BackgroundTask.objects.filter(done | failed).delete()
    return by_model.get("work.BackgroundTask", 0)

"""What is asked of background work: what is under way and how it ended, and whether workers do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.work.models import BackgroundTask, ColumnMapping, TaskDocument, UploadedList

# A worker tells every ten seconds that it lives.
SILENT_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class QueueState:
    """Workers that live, jobs that wait and since when, jobs of workers that died, jobs that failed."""

    workers: int
    waiting: int
    waiting_since: datetime | None
    abandoned: int
    failed: int


def queue_state(at: datetime) -> QueueState:
    """The queue of jobs at a moment. A job planned for later does not wait yet."""
    alive = Q(last_heartbeat__gt=at - SILENT_AFTER)
    waiting = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=at)
    since = waiting.aggregate(since=Min("procrastinateevent__at"))["since"]
    running = ProcrastinateJob.objects.filter(status="doing")
    living = ProcrastinateWorker.objects.filter(alive)
    return QueueState(
        workers=living.count(),
        waiting=waiting.count(),
        waiting_since=since,
        abandoned=running.exclude(worker__in=living).count(),
        failed=ProcrastinateJob.objects.filter(status="failed").count(),
    )


def tasks_of(edition: Edition, reader: User) -> QuerySet[BackgroundTask]:
    """The background work of an edition, the latest first.

    Work that belongs to no edition is seen by who asked for it; the operator sees all of that.
    """
    of_none = Q(edition=None) if reader.is_superuser else Q(edition=None, requested_by=reader)
    found = BackgroundTask.objects.filter(Q(edition=edition) | of_none).order_by("-id")
    return found.select_related("requested_by", "edition")


def tasks_without_job() -> list[BackgroundTask]:
    """The work under way, begun or not, for which no worker has a job and none is in the queue, the oldest first."""
    state = BackgroundTask.State
    under_way = list(BackgroundTask.objects.filter(state__in=[state.WAITING, state.RUNNING]).order_by("id"))
    jobs = ProcrastinateJob.objects.filter(task_name="run_task", status__in=["todo", "doing"])
    having = set(jobs.values_list("args__task", flat=True)) if under_way else set()
    return [task for task in under_way if task.pk not in having]


def count_failed_jobs(task: BackgroundTask) -> int:
    """How many jobs of this work have failed, and not the work itself as one of them would note."""
    return ProcrastinateJob.objects.filter(task_name="run_task", status="failed", args__task=task.pk).count()


def latest_task(key: str) -> BackgroundTask | None:
    """The last time that this work was asked for."""
    return BackgroundTask.objects.filter(key=key).order_by("-id").first()


def document_of(task: BackgroundTask | None) -> TaskDocument | None:
    """The file that a task has made."""
    return TaskDocument.objects.filter(task=task).first() if task else None


def worker_alive(at: datetime) -> bool:
    """Whether a worker has given a sign of life shortly before."""
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - SILENT_AFTER).exists())


def lists_of(edition: Edition) -> QuerySet[UploadedList]:
    """The lists that were brought to an edition, the latest first; their contents are not read."""
    return UploadedList.objects.filter(edition=edition).select_related("uploaded_by").defer("content")


def lists_brought_by(edition: Edition, path: str) -> QuerySet[UploadedList]:
    """The lists that were brought for a delegation, an exhibitor or a pavilion, the newest first; without contents."""
    return lists_of(edition).filter(path=path)


def tasks_of_list(brought: UploadedList) -> QuerySet[BackgroundTask]:
    """The checks and imports of a list, the latest first."""
    of_list = {"edition": brought.edition_id, "kind__in": ["list_check", "list_import"], "arguments__list": brought.pk}
    return BackgroundTask.objects.filter(**of_list).order_by("-id")


def remembered_columns(brought: UploadedList, headers: str) -> dict[str, str]:
    """Which column fills which field in lists with these headers, as it was corrected last; empty if it never was."""
    own = {"fair": brought.edition.fair_id, "kind": brought.kind, "headers": headers}
    found = ColumnMapping.objects.filter(**own).values_list("columns", flat=True).first()
    return dict(found or {})

"""What is asked of background work: does a worker run, does a job wait for too long, which jobs failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

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

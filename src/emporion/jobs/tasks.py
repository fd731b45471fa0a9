"""The jobs that a worker runs: each a thin call of an action, that done twice does the same as once.

The worker imports this module when it starts. Long work is a background task, whose row in ``domain/work`` tells how it
goes; work of one edition shares a lock, so that it runs one after another. A worker that was killed leaves what was
there before, and its job is taken up again.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import cast

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from emporion.domain.billing.actions import invoice_services, remind_of_contracts
from emporion.domain.billing.queries.ordered import editions_invoicing_services
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import current_editions, window_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import encode_texts
from emporion.domain.meetings.actions import remind
from emporion.domain.meetings.queries import editions_with_slots
from emporion.domain.preparation.actions import remind_of_tasks
from emporion.domain.selling.actions import settle
from emporion.domain.work.actions import create_task, purge
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import count_failed_jobs, tasks_without_job
from emporion.domain.work.rules import MOST_WORKERS, TaskUnderWay, locks_of
from emporion.jobs.outbox import send_all
from emporion.jobs.running import give_up, run
from emporion.jobs.work import WORK

# With seconds: a message with a code is waited for.
EVERY_TEN_SECONDS = "* * * * * */10"
EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_HOUR = "17 * * * *"
AT_NIGHT = "30 18 * * *"  # by universal time: half past two in Shanghai
# The day after the next evening begins within it.
AHEAD = timedelta(days=2)
# Queues with millions of finished jobs start slowly, and nobody looks at them.
KEEP_JOBS_HOURS, KEEP_FAILED_JOBS_HOURS = 24, 30 * 24


@app.periodic(cron=EVERY_TEN_SECONDS)
@app.task(name="send_notices", queueing_lock="send_notices", lock="send_notices")
def send_notices(timestamp: int) -> int:
    """Send what is in the outbox."""
    return send_all(clock=timezone.now).sent


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="resume", queueing_lock="resume")
async def resume(timestamp: int) -> int:
    """Take up the jobs of workers that died; work at which one worker after another dies is told as failed."""
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        if job.task_name == run_task.name and job.attempts + 1 >= MOST_WORKERS:
            await sync_to_async(give_up)(cast(int, job.task_kwargs["task"]), at=timezone.now())
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await app.job_manager.retry_job(job)
    return len(stalled)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="purge_jobs", queueing_lock="purge_jobs")
async def purge_jobs(timestamp: int) -> None:
    """Remove jobs that ended a day ago, and after a month those that failed."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_JOBS_HOURS, include_cancelled=True, include_aborted=True)
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_FAILED_JOBS_HOURS, include_failed=True)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="purge_tasks", queueing_lock="purge_tasks")
def purge_tasks(timestamp: int) -> int:
    """Remove the records of background tasks that ended long ago."""
    return purge(at=timezone.now())


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="remind", queueing_lock="remind", lock="remind")
def remind_of_meetings(timestamp: int) -> int:
    """Remind those who meet today or tomorrow, each once."""
    at = timezone.now()
    return sum(remind(edition, at=at) for edition in editions_with_slots(at, at + AHEAD))


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="settle_stands", queueing_lock="settle_stands", lock="settle_stands")
def settle_stands(timestamp: int) -> int:
    """Free the stands of the current editions whose time is over, and offer what is free to those who wait."""
    return sum(settle(edition, context=ActionContext(timezone.now())) for edition in current_editions())


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="remind_of_tasks", queueing_lock="remind_of_tasks", lock="remind_of_tasks")
def remind_exhibitors(timestamp: int) -> int:
    """Remind the current editions' applicants and exhibitors of what is due, each once a day."""
    at, current = timezone.now(), current_editions()
    return sum(remind_of_tasks(edition, at=at) + remind_of_contracts(edition, at=at) for edition in current)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="invoice_fixed_orders", queueing_lock="invoice_fixed_orders", lock="invoice_fixed_orders")
def invoice_fixed_orders(timestamp: int) -> int:
    """Invoice the services that exhibitors can cancel no more, where the organiser wants it; how many invoices."""
    at = timezone.now()
    wanting = editions_invoicing_services()
    return sum(invoice_services(edition, context=ActionContext(at), fixed_at=at).invoices for edition in wanting)


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="encode_texts", queueing_lock="encode_texts", lock="encode_texts")
def encode_new_texts(timestamp: int) -> int:
    """Encode what exhibitors and buyers of the current editions have said since, so that newcomers' words count."""
    return sum(encode_texts(edition, at=timezone.now()) for edition in current_editions())


@app.periodic(cron=AT_NIGHT)
@app.task(name="nightly", queueing_lock="nightly")
def nightly(timestamp: int) -> int:
    """Ask for suggestions to the visitors of each fair's current edition, while its days of matching last."""
    return sum(_start_matching(edition) for edition in current_editions())


def _start_matching(edition: Edition) -> bool:
    window = window_of(edition, Phase.Kind.MATCHING)
    if window is None or not window.holds(timezone.now()):
        return False
    try:
        enqueue(create_task("matching", edition, context=ActionContext(timezone.now())))
    except TaskUnderWay:
        return False
    return True


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="start_waiting", queueing_lock="start_waiting")
def start_waiting(timestamp: int) -> int:
    """Enqueue the background tasks under way that have no job: it was lost between their asking and the queue, or it
    ended while the database could not note how; how many there are.
    """
    without = tasks_without_job()
    for task in without:
        if count_failed_jobs(task) >= MOST_WORKERS:
            give_up(task.pk, at=timezone.now())
        else:
            enqueue(task)
    return len(without)


@app.task(name="run_task")
def run_task(task: int) -> None:
    """Do the work of a background task."""
    found = BackgroundTask.objects.select_related("edition__venue", "requested_by").filter(pk=task).first()
    if found is not None:
        run(found, WORK[found.kind])


def enqueue(task: BackgroundTask) -> None:
    """Put a task's job into the queue, unless it is there."""
    locks = locks_of(task.pk, task.kind, task.edition_id)
    with suppress(AlreadyEnqueued):
        app.configure_task("run_task", lock=locks["lock"], queueing_lock=locks["queueing_lock"]).defer(task=task.pk)

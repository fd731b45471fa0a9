"""The jobs that a worker runs: each a thin call of an action, that done twice does the same as once.

Doors ask for a job by its name; the worker imports this module when it starts. Long deeds of one edition share a lock,
so that they run one after another; a worker that was killed leaves what was there before, and its job is taken up
again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.accounts.models import User
from emporion.domain.admission.actions import issue_badges
from emporion.domain.booths.actions import allocate, grant_free_booths
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import current_editions, editions, local_day, window_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import keep_texts, run_matching
from emporion.domain.meetings.actions import make_timetable, open_slots, publish_timetable, remind
from emporion.domain.meetings.queries import editions_with_slots, slots_by_day
from emporion.domain.notices.actions import tell
from emporion.domain.organisations.actions import list_likely_duplicates
from emporion.domain.refusal import Refusal
from emporion.jobs.outbox import send_all

EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
AT_NIGHT = "30 18 * * *"  # by universal time: half past two in Shanghai
# The day after the next evening begins within it.
AHEAD = timedelta(days=2)


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="send_notices", queueing_lock="send_notices", lock="send_notices")
def send_notices(timestamp: int) -> int:
    """Send what is in the outbox."""
    return send_all(clock=timezone.now).sent


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="resume", queueing_lock="resume")
async def resume(timestamp: int) -> int:
    """Take up the jobs of workers that died."""
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


@app.periodic(cron=EVERY_FIVE_MINUTES)
@app.task(name="remind", queueing_lock="remind", lock="remind")
def remind_of_meetings(timestamp: int) -> int:
    """Remind those who meet today or tomorrow, each once."""
    at = timezone.now()
    return sum(remind(edition, at=at) for edition in editions_with_slots(at, at + AHEAD))


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="keep_texts", queueing_lock="keep_texts", lock="keep_texts")
def keep_new_texts(timestamp: int) -> int:
    """Encode what exhibitors and buyers of the current editions have said since, so that newcomers' words count."""
    return sum(keep_texts(edition, at=timezone.now()) for edition in current_editions())


@app.periodic(cron=AT_NIGHT)
@app.task(name="nightly", queueing_lock="nightly")
def nightly(timestamp: int) -> int:
    """Ask for suggestions to the visitors of each fair's current edition, while its days of matching last."""
    return sum(_ask_for_suggestions(edition) for edition in current_editions())


def _ask_for_suggestions(edition: Edition) -> bool:
    window = window_of(edition, Phase.Kind.MATCHING)
    if window is None or not window.holds(timezone.now()):
        return False
    locks = {"lock": f"edition-{edition.pk}", "queueing_lock": f"run_matching-{edition.pk}"}
    try:
        app.configure_task("run_matching", **locks).defer(edition=edition.pk)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="run_allocation", pass_context=True)
def run_allocation(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Allocate the halls."""
    _do(context, edition, asked_by, allocate)


@app.task(name="run_free_booths", pass_context=True)
def run_free_booths(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Grant the free booths that are left, in the turn of their applications."""

    def grant(which: Edition, *, context: ActionContext) -> None:
        grant_free_booths(which, day=local_day(context.at), context=context)

    _do(context, edition, asked_by, grant)


@app.task(name="run_badges", pass_context=True)
def run_badges(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Make the badges of approved visitors."""
    _do(context, edition, asked_by, issue_badges)


@app.task(name="run_matching", pass_context=True)
def run_suggestions(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Suggest both sides to each other."""
    _do(context, edition, asked_by, run_matching)


@app.task(name="run_timetable", pass_context=True)
def run_timetable(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Give accepted requests their times; where nobody has opened slots, the usual ones are opened."""

    def make(which: Edition, *, context: ActionContext) -> None:
        if not slots_by_day(which):
            open_slots(which, context=context)
        make_timetable(which, context=context)

    _do(context, edition, asked_by, make)


@app.task(name="run_publication", pass_context=True)
def run_publication(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """Show the timetable to those in it and tell them."""
    _do(context, edition, asked_by, publish_timetable)


@app.task(name="run_duplicates", pass_context=True)
def run_duplicates(context: JobContext, edition: int, asked_by: int | None = None) -> None:
    """List the organisations that may be one, for a person to decide."""
    _do(context, edition, asked_by, lambda _edition, *, context: list_likely_duplicates(context=context))


def _do(context: JobContext, key: int, asked_by: int | None, deed: Callable[..., object]) -> None:
    """Do a deed to an edition; whoever asked for it is told when a rule says no."""
    at, actor = timezone.now(), User.objects.filter(pk=asked_by).first()
    edition = editions().get(pk=key)
    try:
        deed(edition, context=ActionContext(at, actor))
    except Refusal as refusal:
        facts = {"deed": context.job.task_name, "why": refusal.sentence, "edition": edition.number}
        tell(
            f"job.refused:{context.job.id}",
            recipient=actor.email if actor else "",
            template="deed_refused",
            context=facts,
            at=at,
        )

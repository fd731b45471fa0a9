"""What leaves the site and what runs in the background: mail, the worker, its jobs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from django.utils import timezone

from emporion.cli.doctor.findings import Finding, error, warning
from emporion.domain.notices.queries import OutboxState, mail_is_set, outbox_state
from emporion.domain.work.queries import queue_state
from emporion.jobs.mail_server import check_server
from emporion.site.environment import SMTP_EXAMPLE

LONGEST_WAIT = timedelta(minutes=10)
OFFICE = "Look at them in the office, under background work."


def mail() -> Iterator[Finding]:
    """The mail server answers, and lets us sign in."""
    if not mail_is_set():
        wrong = "No mail server is set: no message leaves, those written wait in the outbox."
        yield error("mail-not-set", wrong, f"Set EMPORION_SMTP_URL, as in {SMTP_EXAMPLE}")
        return
    for step in check_server():
        if step.trouble:
            yield error("mail-server", step.trouble.wrong, step.trouble.fix)


def outbox() -> Iterator[Finding]:
    """No message was given up, and none waits for long."""
    state = _outbox()
    if state is None:
        return
    if state.failed:
        wrong = f"Messages given up: {state.failed:,}."
        yield warning("messages-failed", wrong, "See why with `emporion mail outbox`; send them again in the office.")
    if mail_is_set() and state.oldest and timezone.now() - state.oldest > timedelta(hours=1):
        wrong = f"Messages that wait: {state.waiting:,}, the oldest since {state.oldest:%Y-%m-%d %H:%M} UTC."
        yield warning("messages-waiting", f"{wrong} {state.last_error}".strip(), "Check that a worker is running.")


def worker() -> Iterator[Finding]:
    """A worker lives, and takes the jobs that wait."""
    at = timezone.now()
    try:
        state = queue_state(at)
    except (OperationalError, ProgrammingError):
        # The database's own check tells that it does not answer, or lacks its tables.
        connection.close()
        return
    if not state.workers:
        wrong = "No worker is running: no message leaves, and no long work is done."
        yield error("worker-missing", wrong, "Run `emporion worker` beside the site, under a supervisor (systemd).")
    elif state.waiting_since and at - state.waiting_since > LONGEST_WAIT:
        wrong = f"Jobs that wait: {state.waiting}, the oldest since {state.waiting_since:%Y-%m-%d %H:%M} UTC."
        yield warning("jobs-waiting", wrong, "Run another `emporion worker`, or look at its log.")
    if state.workers and state.abandoned:
        wrong = f"Jobs left by workers that ended: {state.abandoned}."
        yield warning("jobs-abandoned", wrong, "The running worker takes them up within minutes; look again then.")
    if state.failed:
        yield warning("jobs-failed", f"Jobs that failed: {state.failed}.", OFFICE)


def _outbox() -> OutboxState | None:
    try:
        return outbox_state()
    except (OperationalError, ProgrammingError):
        connection.close()
        return None

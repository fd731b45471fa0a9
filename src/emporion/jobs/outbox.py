"""Handing what the outbox holds to the mail server, one message at a time.

Backoff: a message that the server refuses for now waits longer each time; one refused for good is given up and shown to
the organiser's staff. When the server itself does not answer, the pass ends and the next one tries again.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError

from emporion.domain.notices.actions import (
    UNKNOWN_OUTCOME,
    begin_delivery,
    give_up,
    give_up_unknown,
    mark_sent,
    postpone,
)
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import mail_is_set
from emporion.jobs.mail_server import explain
from emporion.jobs.messages import message_for
from emporion.jobs.smtp import OutcomeUnknown

# A worker that is asked to end waits for the pass at hand.
LONGEST_PASS = timedelta(seconds=45)
SERVICE_CLOSES = 421
log = logging.getLogger(__name__)


@dataclass
class Pass:
    """What one pass through the outbox did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    server_error: str = ""


def send_all(*, clock: Callable[[], datetime]) -> Pass:
    """Send what is due, until nothing is, the server does not answer, or a pass's time is over.

    A sender killed in the middle has noted all that it sent; the one message in its hands is given up as unknown, for
    nobody may get a message twice. Two senders at once take different messages.
    """
    done = Pass()
    started = clock()
    give_up_unknown(at=started)
    if not mail_is_set():
        return done
    connection = get_connection()
    try:
        while clock() - started < LONGEST_PASS and not done.server_error:
            notice = begin_delivery(at=clock())
            if notice is None:
                break
            _deliver(notice, connection, done, clock)
    finally:
        _close(connection)
    return done


def _deliver(notice: Notice, connection: BaseEmailBackend, done: Pass, clock: Callable[[], datetime]) -> None:
    """Hand over one message and note how that ended."""
    try:
        message = message_for(notice)
        message.message()
    except Exception as error:
        # Whatever a template or a header fails of, the messages behind it go out.
        log.exception("notice %s cannot be written", notice.key)
        _fail(notice, f"The message cannot be written: {error}", done, clock())
        return
    try:
        connection.open()
    except OSError as error:
        done.server_error = str(explain(error))
        _postpone(notice, done.server_error, done, clock())
        return
    try:
        connection.send_messages([message])
    except OutcomeUnknown:
        done.server_error = UNKNOWN_OUTCOME
        _fail(notice, UNKNOWN_OUTCOME, done, clock())
    except (OSError, ValueError, BadHeaderError) as error:
        _refused(notice, error, connection, done, clock())
    else:
        mark_sent(notice, at=clock())
        done.sent += 1


def _refused(notice: Notice, error: Exception, connection: BaseEmailBackend, done: Pass, at: datetime) -> None:
    code = reply_code(error)
    explanation = str(explain(error))
    if code >= 500 or isinstance(error, ValueError):
        _fail(notice, explanation, done, at, bounced=isinstance(error, smtplib.SMTPRecipientsRefused))
        return
    _postpone(notice, explanation, done, at)
    if code == 0 or code == SERVICE_CLOSES:
        # The server has hung up, or answers no more; the next message needs a connection of its own.
        _close(connection)
    if isinstance(error, TimeoutError):
        done.server_error = explanation


def reply_code(error: Exception) -> int:
    """The server's three digits, of the first recipient where it refused recipients; 0 when it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else 0


def _postpone(notice: Notice, error: str, done: Pass, at: datetime) -> None:
    if postpone(notice, error=error, at=at):
        done.postponed += 1
    else:
        done.failed += 1


def _fail(notice: Notice, error: str, done: Pass, at: datetime, *, bounced: bool = False) -> None:
    give_up(notice, error=error, at=at, bounced=bounced)
    done.failed += 1


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        log.info("the mail server had closed the connection")

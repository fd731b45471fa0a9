"""Sending what the outbox holds, as plain text in the language of the person it goes to."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template import Context
from django.template.loader import get_template

from emporion.domain.accounts.models import User
from emporion.domain.notices.actions import mark_sent
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import take_unsent
from emporion.domain.reason import restored
from emporion.language import translate

AT_A_TIME = 50
LANGUAGES = ("en", "zh-hans")
log = logging.getLogger(__name__)


def send_all(*, at: datetime) -> int:
    """Send every message that has not gone out; how many were sent.

    One that cannot be sent stays in the outbox for the next time and holds up none behind it. A sender killed in the
    middle has noted what it sent up to the last part; of two senders at once each takes other messages.
    """
    sent, last = 0, 0
    while part := _send_some(last, at):
        sent += part[0]
        last = part[1]
    return sent


def text_of(notice: Notice, language: str) -> tuple[str, str]:
    """The subject and the body of a message: its template's first line, and what follows the empty line after it."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    template = get_template(f"notices/{chosen}/{notice.template}.txt")
    # A message is no page: what fills it stands as it is.
    text = template.template.render(Context(_written(notice.context, chosen), autoescape=False))  # type: ignore[attr-defined]
    subject, _separator, body = text.partition("\n\n")
    return " ".join(subject.split()), body.strip() + "\n"


def _written(context: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What fills a message, with the reasons among it as sentences in its language."""
    return {
        name: translate(restored(fact), language) if isinstance(fact, dict) and "reason" in fact else fact
        for name, fact in context.items()
    }


@transaction.atomic
def _send_some(after: int, at: datetime) -> tuple[int, int] | None:
    """Send the next messages; how many went out and the id of the last, or none when there are none."""
    notices = take_unsent(AT_A_TIME, after=after)
    if not notices:
        return None
    languages = _languages(notice.recipient for notice in notices)
    with get_connection() as connection:
        sent = sum(_send(one, languages.get(one.recipient.lower(), one.language), connection, at) for one in notices)
    return sent, notices[-1].pk


def _send(notice: Notice, language: str, connection: BaseEmailBackend, at: datetime) -> bool:
    subject, body = text_of(notice, language)
    try:
        EmailMessage(subject, body, to=[notice.recipient], connection=connection).send()
    except OSError as error:
        # Every failure of a mail server is one of these; the message waits for the next time.
        log.warning("notice %s was not sent: %s", notice.key, error)
        return False
    mark_sent(notice, at=at)
    return True


def _languages(addresses: Iterable[str]) -> dict[str, str]:
    """The language of those who have an account, by their address."""
    wanted = {address.lower() for address in addresses}
    return dict(User.objects.filter(email__in=wanted).values_list("email", "language"))

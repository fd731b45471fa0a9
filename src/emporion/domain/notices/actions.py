"""Putting messages into the outbox; call these inside the transaction that gives cause to tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emporion.domain.notices.models import Notice


@dataclass(frozen=True)
class Message:
    """What is to be told to whom. ``key`` names the cause, as in ``application.approved:17``."""

    key: str
    recipient: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = "en"


def tell(
    key: str, *, recipient: str, template: str, context: dict[str, Any], language: str = "en", at: datetime
) -> bool:
    """Put one message into the outbox. Told twice under one key it goes out once; false when it was there already."""
    return tell_all([Message(key, recipient, template, context, language)], at=at) == 1


def tell_all(messages: Iterable[Message], *, at: datetime) -> int:
    """Put messages into the outbox in one go; how many were new. Those without a recipient are left out."""
    addressed = {message.key: message for message in messages if message.recipient}
    known = set(Notice.objects.filter(key__in=addressed).values_list("key", flat=True))
    new = [Notice(**{**vars(message), "created": at}) for message in addressed.values() if message.key not in known]
    # Someone else may tell the same at the same moment: the key's constraint keeps the first.
    Notice.objects.bulk_create(new, batch_size=2000, ignore_conflicts=True)
    return len(new)


def take_back(keys: Iterable[str]) -> int:
    """Take messages that no longer hold out of the outbox, unless they have gone out; how many were taken."""
    gone, _ = Notice.objects.filter(key__in=list(keys), sent=None).delete()
    return gone


def mark_sent(notice: Notice, *, at: datetime) -> None:
    """Note that a message has gone out; a message that has gone out keeps its first moment."""
    Notice.objects.filter(pk=notice.pk, sent=None).update(sent=at)

"""Messages to groups: written, tried on oneself, put into the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.desk import rules
from emporion.domain.desk.models import GroupMessage
from emporion.domain.desk.queries.messages import AT_A_TIME, Reader, audience, readers_of
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.notices.queries import TO_GROUP
from emporion.domain.notices.rules.texts import require_fields
from emporion.domain.reason import stored

TEXTS = ("subject_en", "body_en", "subject_zh", "body_zh")
CHINESE_READERS = ("CN",)


def begin_message(edition: Edition, queue: str, terms: Mapping[str, str], *, context: ActionContext) -> GroupMessage:
    """A draft to those whom a list's filter finds."""
    return GroupMessage.objects.create(
        edition=edition, queue=queue, terms=dict(terms), made=context.at, made_by=context.actor
    )


@transaction.atomic
def write_message(message: GroupMessage, texts: Mapping[str, str]) -> GroupMessage:
    """Write what a draft says. Raises: MessageSent, FieldUnknown, BraceAlone."""
    locked = _locked(message)
    for text in texts.values():
        require_fields(text, rules.FIELDS)
    for name in TEXTS:
        setattr(locked, name, texts.get(name, "").strip())
    locked.save(update_fields=TEXTS)
    return locked


def try_message(message: GroupMessage, user: User, *, context: ActionContext) -> None:
    """Send the message to oneself, as its first reader would get it. Raises: NobodyToWriteTo, TextMissing."""
    _require_complete(message)
    reader = next(readers_of(message), None)
    if reader is None:
        raise rules.NobodyToWriteTo()
    key = f"group-test:{message.pk}:{user.pk}:{context.at:%Y%m%d%H%M%S}"
    notify_all([_message(message, reader, key, user.email, user.language)], at=context.at)


@transaction.atomic
def release_message(message: GroupMessage, *, context: ActionContext) -> GroupMessage:
    """Decide that the message goes out; a worker then puts it into the outbox.

    Raises: MessageSent, TextMissing, NobodyToWriteTo.
    """
    locked = _locked(message)
    _require_complete(locked)
    count, out = audience(locked)
    if not count:
        raise rules.NobodyToWriteTo()
    locked.sent, locked.left_out = context.at, out
    locked.save(update_fields=["sent", "left_out"])
    record("group_message.sent", locked, context=context, edition=locked.edition_id, readers=count, left_out=out)
    return locked


def send_message(
    message: GroupMessage, *, context: ActionContext, progress: Callable[[int, int], None] | None = None
) -> int:
    """Put the message into the outbox for each reader, a thousand at a time; how many were new.

    Run again after a stop, nobody gets it twice.
    """
    readers, total = readers_of(message), audience(message)[0]
    done = new = 0
    while part := list(islice(readers, AT_A_TIME)):
        new += notify_all((_message(message, one, f"group:{message.pk}:{one.key}") for one in part), at=context.at)
        done += len(part)
        if progress is not None:
            progress(done, total)
    return new


def _locked(message: GroupMessage) -> GroupMessage:
    found = GroupMessage.objects.select_related("edition__fair").select_for_update(of=("self",)).get(pk=message.pk)
    if found.sent is not None:
        raise rules.MessageSent()
    return found


def _require_complete(message: GroupMessage) -> None:
    """In each language of the fair there is something to read."""
    texts = {"en": (message.subject_en, message.body_en), "zh-hans": (message.subject_zh, message.body_zh)}
    rules.require_texts(texts[language] for language in message.edition.fair.languages if language in texts)


def _message(message: GroupMessage, reader: Reader, key: str, address: str = "", language: str = "") -> Message:
    facts: dict[str, Any] = {
        "message": message.pk, "name": stored(reader.name), "number": reader.number,
        "organisation_name": stored(reader.organisation) if reader.organisation else "",
    }  # fmt: skip
    if reader.organisation_id is not None:
        facts["organisation_id"] = reader.organisation_id
    usual = "zh-hans" if reader.country in CHINESE_READERS else "en"
    return Message(key, address or reader.address, TO_GROUP, facts, language or usual, message.edition_id)

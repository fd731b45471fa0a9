"""Putting messages into the outbox; call these inside the transaction that gives cause to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.editions.models import Edition, Fair
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import MessageText, Notice, OptOut
from emporion.domain.notices.queries import OWN_TEXTS, TEST, TO_GROUP, by_language, due, waiting
from emporion.domain.notices.rules import LONGEST_ATTEMPT, wait_after
from emporion.domain.notices.rules import texts as rules
from emporion.domain.notices.rules.kinds import kind_of

UNKNOWN_OUTCOME = "The sender ended before the mail server answered: the message may have arrived."


@dataclass(frozen=True)
class Message:
    """A message to one recipient. ``key`` names the cause, as in ``application.approved:17``.

    ``edition_id``: the edition it is about; the message names that fair, links to its pages, in its languages and its
    venue's time. A context with an ``organisation_id`` leads to that organisation's own pages, one without to the
    visitor's. ``urgent``: somebody waits for it at a page, so it goes before ten thousand invitations.
    """

    key: str
    recipient: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    language: str = "en"
    edition_id: int | None = None
    urgent: bool = False


def notify(
    key: str,
    *,
    recipient: str,
    template: str,
    context: dict[str, Any],
    language: str = "en",
    edition_id: int | None = None,
    urgent: bool = False,
    at: datetime,
) -> bool:
    """Put one message into the outbox. A key goes out once; false when it was there already."""
    return notify_all([Message(key, recipient, template, context, language, edition_id, urgent)], at=at) == 1


def notify_all(messages: Iterable[Message], *, at: datetime) -> int:
    """Put messages into the outbox in one go; how many were new. Those without a recipient are left out."""
    addressed = {message.key: message for message in messages if message.recipient}
    known = set(Notice.objects.filter(key__in=addressed).values_list("key", flat=True))
    new = [Notice(**{**vars(message), "created": at}) for message in addressed.values() if message.key not in known]
    # Somebody else may send the same at the same moment: the key's constraint keeps the first.
    Notice.objects.bulk_create(new, batch_size=2000, ignore_conflicts=True)
    return len(new)


def take_back(keys: Iterable[str]) -> int:
    """Take messages that no longer hold out of the outbox, unless a sender has begun with them; how many."""
    gone, _ = waiting().filter(key__in=list(keys), started=None).delete()
    return gone


@transaction.atomic
def begin_delivery(*, at: datetime) -> Notice | None:
    """Reserve the message that is due first for one attempt, an urgent one before others; none when nothing is.

    Two senders get different ones.

    The reservation is committed before the mail server sees the message: a sender that is killed in the middle leaves
    a message whose outcome is unknown, and nobody sends it a second time.
    """
    found = due(at).select_related("edition__fair", "edition__venue")
    notice = found.select_for_update(skip_locked=True, of=("self",)).first()
    if notice is not None:
        notice.started, notice.attempts = at, notice.attempts + 1
        notice.save(update_fields=["started", "attempts"])
    return notice


def mark_sent(notice: Notice, *, at: datetime) -> None:
    """Note that the mail server has accepted a message; its first moment stays."""
    Notice.objects.filter(pk=notice.pk, sent=None).update(sent=at, started=None, failed=None, due=None, last_error="")


def postpone(notice: Notice, *, error: str, at: datetime) -> bool:
    """Note why an attempt failed for now; the next waits longer each time, and after three days none follows.

    Gives whether the message will be tried again.
    """
    wait = wait_after(notice.attempts)
    if wait is None:
        give_up(notice, error=error, at=at)
        return False
    Notice.objects.filter(pk=notice.pk, sent=None).update(due=at + wait, started=None, last_error=error[:500])
    return True


def give_up(notice: Notice, *, error: str, at: datetime, bounced: bool = False) -> None:
    """Note that a message will not be accepted; staff sees it with its error and can send it again.

    ``bounced``: the mail server refused its address.
    """
    ended = Notice.objects.filter(pk=notice.pk, sent=None)
    ended.update(failed=at, started=None, last_error=error[:500], bounced=bounced)


def give_up_unknown(*, at: datetime) -> int:
    """Give up the messages whose sender ended in the middle of an attempt; how many.

    The mail server may have accepted them: a person decides whether to send them again.
    """
    lost = waiting().filter(started__lt=at - LONGEST_ATTEMPT)
    return lost.update(failed=at, started=None, last_error=UNKNOWN_OUTCOME)


def send_again(notices: QuerySet[Notice]) -> int:
    """Let given-up messages be tried anew, from now on without a wait; how many."""
    return notices.filter(failed__isnull=False).update(failed=None, due=None, attempts=0, started=None, bounced=False)


def discard(notices: QuerySet[Notice]) -> int:
    """Remove messages that need not be sent any more, unless a sender has begun with them; how many."""
    gone, _ = notices.filter(sent=None, started=None).delete()
    return gone


@transaction.atomic
def opt_out(fair: Fair, address: str, *, at: datetime) -> None:
    """Send an address no more messages to groups of a fair, those that wait included; what must be sent goes on."""
    OptOut.objects.get_or_create(fair=fair, address=address.lower(), defaults={"since": at})
    discard(waiting().filter(template=TO_GROUP, edition__fair=fair, recipient__iexact=address))


def opt_in(fair: Fair, address: str) -> None:
    """Take an opting-out back."""
    OptOut.objects.filter(fair=fair, address=address.lower()).delete()


TEXTS = ("subject_en", "body_en", "subject_zh", "body_zh")


@transaction.atomic
def write_text(edition: Edition, template: str, texts: Mapping[str, str], *, context: ActionContext) -> None:
    """Say an automatic message in the edition's own words; a language left empty keeps the product's.

    Messages that leave from now on are written so, those that wait included. Raises: NotYours, TextHalfWritten,
    FieldUnknown, BraceAlone, FieldMissing, FieldMayBeEmpty.
    """
    kept = _checked(template, texts)
    before = MessageText.objects.select_for_update().filter(edition=edition, template=template).first()
    if before is not None and all(getattr(before, name) == kept[name] for name in TEXTS):
        return
    if not any(kept.values()):
        reset_text(edition, template, context=context)
        return
    values = {**kept, "changed": context.at, "changed_by": context.actor}
    MessageText.objects.update_or_create(edition=edition, template=template, defaults=values)
    _record("message_text.changed", edition, template, context, texts={name: kept[name] for name in TEXTS})


@transaction.atomic
def reset_text(edition: Edition, template: str, *, context: ActionContext) -> None:
    """Say a message in the product's words again."""
    gone, _ = MessageText.objects.filter(edition=edition, template=template).delete()
    if gone:
        _record("message_text.reset", edition, template, context)


def try_text(
    edition: Edition, template: str, texts: Mapping[str, str], facts: Mapping[str, Any], *, context: ActionContext
) -> None:
    """Send oneself the message as it would read with these texts and facts; nobody else sees them.

    Raises what :func:`write_text` does.
    """
    kept, user = _checked(template, texts), context.actor
    assert user is not None
    key = f"{TEST}{edition.pk}:{template}:{user.pk}:{context.at:%Y%m%d%H%M%S}"
    own = {language: list(text) for language, text in by_language(kept).items()}
    notify(
        key, recipient=user.email, template=template, context={**facts, OWN_TEXTS: own}, language=user.language,
        edition_id=edition.pk, urgent=True, at=context.at,
    )  # fmt: skip


def _checked(template: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are kept."""
    kind = kind_of(template)
    rules.require_own(kind)
    kept = {name: texts.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
    for subject, body in (("subject_en", "body_en"), ("subject_zh", "body_zh")):
        rules.require_whole(kept[subject], kept[body])
        if kept[subject]:
            rules.require_subject(kind, kept[subject])
            rules.require_body(kind, kept[body])
    return kept


def subject_of_text(edition: Edition, template: str) -> Subject:
    """A message of an edition as the journal names it."""
    return Subject("message_text", f"{edition.pk}:{template}", template)


def _record(event: str, edition: Edition, template: str, context: ActionContext, **data: Any) -> None:
    record(event, subject_of_text(edition, template), context=context, edition=edition.pk, **data)

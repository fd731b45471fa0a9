"""What is asked of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Count, Max, Min, Q, QuerySet

from emporion.domain.editions.models import Edition, Fair
from emporion.domain.notices.models import MessageText, Notice, OptOut

# Django's backend that takes everything and sends nothing: no mail server is configured.
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
# Messages whose text holds a code or a link of its own; every other one leads to a page of the site.
OWN_LINK = "account_mail"


# Messages of the organiser to a group, which nobody must get; every other one follows from what its reader did.
TO_GROUP = "group_message"
# How the key of a message begins that somebody sends to oneself, to see how its text reads.
TEST = "text-test:"
# What a message of its own texts holds them under, by language.
OWN_TEXTS = "own_texts"


@dataclass(frozen=True)
class OutboxState:
    """How many messages wait, since when, how many were given up, and the last trouble of those that wait."""

    waiting: int
    oldest: datetime | None
    failed: int
    last_error: str


def waiting() -> QuerySet[Notice]:
    """The messages that are still to be accepted, the oldest first."""
    return Notice.objects.filter(sent=None, failed=None).order_by("id")


def due(at: datetime) -> QuerySet[Notice]:
    """The waiting messages whose time has come and that no sender is handing over, the urgent ones first.

    Without a public address a link would lead nowhere, and nobody gets a message twice: those with one wait.
    """
    ready = waiting().filter(Q(due=None) | Q(due__lte=at), started=None).order_by("-urgent", "id")
    return ready if address_is_set() else ready.filter(template=OWN_LINK)


def failed() -> QuerySet[Notice]:
    """The messages that were given up, the latest first."""
    return Notice.objects.filter(failed__isnull=False).order_by("-failed", "-id")


def about(fair: Fair | None) -> Q:
    """The messages about a fair; without one, all, those to accounts of no fair included."""
    return Q() if fair is None else Q(edition__fair=fair)


def outbox_state(fair: Fair | None = None) -> OutboxState:
    """The outbox in figures: of a fair, else whole."""
    last = Max("id", filter=~Q(last_error=""))
    counts = waiting().filter(about(fair)).aggregate(count=Count("id"), oldest=Min("created"), last=last)
    error = Notice.objects.filter(pk=counts["last"]).values_list("last_error", flat=True).first() or ""
    return OutboxState(counts["count"], counts["oldest"], failed().filter(about(fair)).count(), error)


def address_is_set() -> bool:
    """Whether the site's public address is known; without one, messages with a link wait."""
    return bool(settings.PUBLIC_URL)


def mail_is_set() -> bool:
    """Whether a mail server is configured; without one, messages wait."""
    return bool(settings.EMAIL_BACKEND != NOWHERE)


def opt_out_token(fair: Fair, address: str) -> str:
    """The token of the address at which messages to groups are unsubscribed: it holds for as long as the site's key."""
    return signing.dumps([fair.pk, address.lower()], salt=TO_GROUP, compress=True)


def opt_out_of(token: str) -> tuple[Fair, str] | None:
    """The fair and the address of such a token; none for what is none."""
    try:
        pk, address = signing.loads(token, salt=TO_GROUP)
    except signing.BadSignature:
        return None
    fair = Fair.objects.filter(pk=pk).first()
    return (fair, address) if fair is not None else None


def opted_out(fair: Fair) -> frozenset[str]:
    """The addresses, in lower case, that want no messages to groups of a fair."""
    return frozenset(OptOut.objects.filter(fair=fair).values_list("address", flat=True))


@dataclass(frozen=True)
class Outcome:
    """How the messages of a kind went out: those in all, taken by the mail server, waiting, bounced, given up else."""

    messages: int = 0
    delivered: int = 0
    waiting: int = 0
    bounces: int = 0
    given_up: int = 0


# What is counted of messages, one figure for each field of an Outcome.
COUNTS = {
    "messages": Count("pk"),
    "delivered": Count("pk", filter=Q(sent__isnull=False)),
    "waiting": Count("pk", filter=Q(sent=None, failed=None)),
    "bounces": Count("pk", filter=Q(failed__isnull=False, bounced=True)),
    "given_up": Count("pk", filter=Q(failed__isnull=False, bounced=False)),
}


def outcomes_of(edition: Edition) -> dict[str, Outcome]:
    """How the edition's messages went out, by template; one query."""
    rows = Notice.objects.filter(edition=edition).exclude(key__startswith=TEST).order_by()
    counted = rows.values_list("template").annotate(**COUNTS)
    return {template: Outcome(*counts) for template, *counts in counted}


def undelivered(edition: Edition, template: str) -> QuerySet[Notice]:
    """The messages of a kind that were given up, the latest first."""
    return failed().filter(edition=edition, template=template)


def latest_of(edition: Edition, template: str) -> Notice | None:
    """The latest message of a kind in the edition; it shows how a text reads. No test of one."""
    return Notice.objects.filter(edition=edition, template=template).exclude(key__startswith=TEST).first()


def texts_of(edition: Edition) -> dict[str, MessageText]:
    """The messages that an edition says in its own words, by template."""
    return {one.template: one for one in MessageText.objects.filter(edition=edition).select_related("changed_by")}


def own_text(edition: Edition | None, template: str) -> dict[str, tuple[str, str]]:
    """The edition's own subject and text of a message, by language; a language without them is left out."""
    found = MessageText.objects.filter(edition=edition, template=template).first() if edition is not None else None
    return by_language(vars(found)) if found is not None else {}


def by_language(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Subjects and texts, by language; a language without either is left out."""
    both = {
        "en": (texts.get("subject_en", ""), texts.get("body_en", "")),
        "zh-hans": (texts.get("subject_zh", ""), texts.get("body_zh", "")),
    }
    return {language: text for language, text in both.items() if all(text)}

"""What is asked of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Count, Max, Min, Q, QuerySet

from emporion.domain.editions.models import Fair
from emporion.domain.notices.models import Notice, OptOut

# Django's backend that takes everything and sends nothing: no mail server is configured.
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
# Messages whose text holds a code or a link of its own; every other one leads to a page of the site.
OWN_LINK = "account_mail"


# Messages of the organiser to a group, which nobody must get; every other one follows from what its reader did.
TO_GROUP = "group_message"


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

"""What is asked of badges and entries: who came, how often, through which gate."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate, TruncTime

from emporion.domain.admission.models import Badge, Entry, SigningKey
from emporion.domain.admission.rules import Pass, badge_code, badge_text
from emporion.domain.editions.models import Edition
from emporion.domain.visitors.models import Visitor


def public_key(edition: Edition) -> bytes:
    """The key by which gates tell a true badge. Raises ``SigningKey.DoesNotExist`` before the first badge."""
    return bytes(SigningKey.objects.get(edition=edition).public)


def badge_of(visitor: Visitor) -> Badge | None:
    """A visitor's badge, once it is made."""
    return Badge.objects.filter(visitor=visitor).first()


def code_of(badge: Badge) -> str:
    """What the QR code of a badge holds."""
    return badge_code(badge_text(pass_of(badge.edition, badge.number, badge.kind)), bytes(badge.signature))


def pass_of(edition: Edition, number: str, kind: str) -> Pass:
    """What a badge of ``edition`` says; it is valid on all days of the show."""
    return Pass(edition.fair.slug, edition.number, number, kind, edition.first_day, edition.last_day)


def visits(edition: Edition) -> QuerySet[Entry]:
    """The entries that are counted: of visitors' badges, within the show's daily hours where the edition has them.

    Passes of exhibitors, the press, the organiser's staff and service firms are not among them. What happened stays:
    whoever came before the registration was cancelled or rejected did come.
    """
    return in_hours(Entry.objects.filter(badge__edition=edition, badge__kind=Badge.Kind.VISITOR), edition)


def in_hours(entries: QuerySet[Entry], edition: Edition) -> QuerySet[Entry]:
    """The entries within the daily hours, both ends included, in the venue's time; all where no hours are set."""
    if edition.opens_daily is None or edition.closes_daily is None:
        return entries
    with_hour = entries.annotate(hour=TruncTime("at", tzinfo=edition.zone))
    return with_hour.filter(hour__gte=edition.opens_daily, hour__lte=edition.closes_daily)


def came(edition: Edition, visitor: str) -> Exists:
    """Whether the visitor at ``visitor`` (a key of the outer query) has an entry that is counted."""
    return Exists(visits(edition).filter(badge__visitor=OuterRef(visitor)))


def visitors_present(edition: Edition) -> QuerySet[Visitor]:
    """The visitors who came: those with at least one entry, each once."""
    return Visitor.objects.filter(edition=edition, badge__in=visits(edition).values("badge"))


def visits_by_day(edition: Edition) -> dict[date, int]:
    """How many entries of visitors each day had, in the venue's time."""
    by_day = visits(edition).annotate(day=TruncDate("at", tzinfo=edition.zone))
    rows = by_day.values_list("day").annotate(n=Count("scan"))
    return dict(rows.order_by("day"))

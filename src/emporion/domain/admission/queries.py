"""What is asked of badges and entries: who came, how often, through which gate."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

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
    """The entries of visitors. Exhibitors' passes are not among them, however often they pass the gate."""
    return Entry.objects.filter(badge__edition=edition, badge__kind=Badge.Kind.VISITOR)


def visitors_present(edition: Edition) -> QuerySet[Visitor]:
    """The visitors who came: those with at least one entry, each once."""
    return Visitor.objects.filter(edition=edition, badge__in=visits(edition).values("badge"))


def visits_by_day(edition: Edition) -> dict[date, int]:
    """How many entries of visitors each day had, in the venue's time."""
    by_day = visits(edition).annotate(day=TruncDate("at", tzinfo=edition.zone))
    rows = by_day.values_list("day").annotate(n=Count("scan"))
    return dict(rows.order_by("day"))

"""The programme, one day at a time."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.programme.models import Session
from emporion.web import access
from emporion.web.public.labels import SESSIONS
from emporion.web.public.page import page


def programme(request: HttpRequest, day: dt.date | None = None) -> HttpResponse:
    """The sessions of a day; without one, of today, else of the first day."""
    edition = access.current_edition()
    days = days_of(edition)
    shown = access.day_of_programme(days, day) if day else opening_day(days, timezone.localdate())
    sessions = list(on_day(edition, shown)) if shown else []
    context = {"days": days, "day": shown, "sessions": sessions, "kinds": SESSIONS}
    return page(request, "public/programme.html", edition, context)


def days_of(edition: Edition) -> list[dt.date]:
    """The days on which the programme has sessions, at the venue."""
    starts = Session.objects.filter(edition=edition).values_list("starts", flat=True)
    return sorted({timezone.localtime(start).date() for start in starts})


def opening_day(days: list[dt.date], today: dt.date) -> dt.date | None:
    """Today when the programme has sessions today, else its first day; none without a programme."""
    if today in days:
        return today
    return days[0] if days else None


def with_days(sessions: QuerySet[Session]) -> list[Session]:
    """Sessions that know their day at the venue, by which their page of the programme is addressed."""
    found = list(sessions)
    for session in found:
        session.day = timezone.localtime(session.starts).date()  # type: ignore[attr-defined]
    return found


def on_day(edition: Edition, day: dt.date) -> QuerySet[Session]:
    """The sessions that start on a day, with what the programme shows of them."""
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return (
        Session.objects.filter(edition=edition, starts__gte=begins, starts__lt=begins + dt.timedelta(days=1))
        .select_related("hall", "host", "debut__product")
        .prefetch_related("speakers")
        .order_by("starts", "number")
    )

"""The programme, one day at a time."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.programme import queries
from emporion.domain.programme.models import Session
from emporion.web.shell import access
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import page
from emporion.web.shell.show_days import opening_day


@cached_page()
def programme(request: HttpRequest, day: dt.date | None = None) -> HttpResponse:
    """The sessions of a day; without one, of today, else of the first day."""
    edition = access.public_edition(request)
    by_day = queries.by_day(edition)
    days = sorted(by_day)
    shown = access.day_of_programme(days, day) if day else opening_day(days, timezone.localdate())
    context = {"days": days, "day": shown, "sessions": by_day[shown] if shown else [], "kinds": SESSIONS}
    return page(request, "programme/programme.html", edition, context)


def with_days(sessions: list[Session]) -> list[Session]:
    """Sessions that know their day at the venue, by which their page of the programme is addressed."""
    for session in sessions:
        session.day = timezone.localtime(session.starts).date()  # type: ignore[attr-defined]
    return sessions

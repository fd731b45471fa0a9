"""Somebody's meetings as a calendar that other programs read (RFC 5545), at a private address."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from emporion.domain.booths.queries import stand_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import Meeting
from emporion.domain.meetings.queries import calendar_of, day_of
from emporion.domain.programme.models import ChosenSession
from emporion.domain.programme.queries import chosen_by
from emporion.domain.visitors.models import Visitor
from emporion.web.shell.templatetags.fair import words


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The published meetings of whoever gave out this address."""
    person = calendar_of(token)
    if person is None:
        raise Http404(_("This calendar is not shared, or no longer shared."))
    response = calendar_file(person, "inline")
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_file(person: Visitor | Exhibitor, disposition: str) -> HttpResponse:
    """Somebody's published meetings and chosen sessions as a file for calendars; no cache keeps it."""
    response = HttpResponse(as_calendar(person, day_of(person)), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{disposition}; filename="meetings-{person.number}.ics"'
    add_never_cache_headers(response)
    return response


def as_calendar(person: Visitor | Exhibitor, meetings: Sequence[Meeting]) -> bytes:
    """Meetings as a calendar; a meeting that moves keeps its identity, so that programs move it too."""
    calendar = Calendar()
    calendar.add("prodid", "-//Emporion//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Meetings at %(edition)s") % {"edition": words(person.edition)})
    for meeting in meetings:
        calendar.add_component(_event(person, meeting))
    for chosen in chosen_by(person) if isinstance(person, Visitor) else ():
        calendar.add_component(_session(chosen))
    return bytes(calendar.to_ical())


def _event(person: Visitor | Exhibitor, meeting: Meeting) -> Event:
    visitor, exhibitor = meeting.request.visitor, meeting.request.exhibitor
    other = words(exhibitor.organisation) if isinstance(person, Visitor) else _of(visitor)
    event = Event()
    event.add("uid", f"request-{meeting.request_id}@emporion")
    event.add("dtstamp", meeting.run.finished)
    event.add("dtstart", meeting.slot.starts)
    event.add("dtend", meeting.slot.ends)
    event.add("summary", other)
    if stand := stand_of(exhibitor):
        event.add("location", _("Stand %(number)s") % {"number": stand.number})
    return event


def _session(chosen: ChosenSession) -> Event:
    """A session that a visitor has chosen; one that is cancelled meanwhile says so."""
    session = chosen.session
    event = Event()
    event.add("uid", f"session-{session.pk}@emporion")
    event.add("dtstamp", chosen.at)
    event.add("dtstart", session.starts)
    event.add("dtend", session.ends)
    event.add("summary", words(session, "title"))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    if place := words(session, "place") or (session.hall and session.hall.code):
        event.add("location", place)
    return event


def _of(visitor: Visitor) -> str:
    unit = words(visitor.unit.organisation) if visitor.unit else ""
    return f"{words(visitor)}, {unit}" if unit else words(visitor)

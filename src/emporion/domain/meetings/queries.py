"""What is asked of meetings: requests, the timetable, somebody's day."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import CalendarLink, Meeting, MeetingRequest, TimetableRun
from emporion.domain.visitors.models import Delegation, Visitor

SHOWN_WITH = (
    "slot",
    "request__visitor__unit__organisation",
    "request__exhibitor__organisation",
    "request__exhibitor__occupancy__stand__hall",
    "request__exhibitor__main__occupancy__stand__hall",
)


def day_of(person: Visitor | Exhibitor, day: date | None = None) -> list[Meeting]:
    """The published meetings of a visitor or an exhibitor in order of time, of one day or of all; one query."""
    side = Q(request__visitor=person) if isinstance(person, Visitor) else Q(request__exhibitor=person)
    found = Meeting.objects.filter(side, published=True).select_related(*SHOWN_WITH).order_by("slot__number", "pk")
    return [meeting for meeting in found if day is None or timezone.localtime(meeting.slot.starts).date() == day]


def meetings_on(edition: Edition, day: date) -> list[Meeting]:
    """All published meetings of an edition on a day, in order of time."""
    shown = (*SHOWN_WITH, "request__exhibitor__application")
    found = Meeting.objects.filter(request__edition=edition, published=True, slot__starts__date=day)
    return list(found.select_related(*shown).order_by("slot__number", "pk"))


def days_of_delegation(delegation: Delegation) -> list[tuple[Visitor, list[Meeting]]]:
    """The published meetings of everybody in a delegation and its sub-groups, person by person, by name."""
    inside = Q(path=delegation.path) | Q(path__startswith=f"{delegation.path}.")
    groups = Delegation.objects.filter(inside, edition=delegation.edition_id)
    found = Meeting.objects.filter(request__visitor__unit__delegation__in=groups, published=True)
    ordered = found.select_related(*SHOWN_WITH).order_by("request__visitor__name", "request__visitor", "slot__number")
    people = groupby(ordered, key=lambda meeting: meeting.request.visitor)
    return [(visitor, list(held)) for visitor, held in people]


def calendar_of(token: str) -> Visitor | Exhibitor | None:
    """Whose calendar a private address shows; nobody's once it is revoked."""
    link = CalendarLink.objects.select_related("visitor__edition", "exhibitor__edition").filter(token=token).first()
    return (link.visitor or link.exhibitor) if link else None


def link_of(person: Visitor | Exhibitor) -> CalendarLink | None:
    """The private address of somebody's calendar, when there is one."""
    side = Q(visitor=person) if isinstance(person, Visitor) else Q(exhibitor=person)
    return CalendarLink.objects.filter(side).first()


def requests_of(person: Visitor | Exhibitor) -> QuerySet[MeetingRequest]:
    """The requests of a visitor or an exhibitor, asked and received, newest first, with their meetings."""
    side = Q(visitor=person) if isinstance(person, Visitor) else Q(exhibitor=person)
    shown = ("visitor__unit__organisation", "exhibitor__organisation", "meeting__slot")
    return MeetingRequest.objects.filter(side).select_related(*shown).order_by("-asked", "-pk")


def unplaced(edition: Edition) -> QuerySet[MeetingRequest]:
    """Accepted requests for which the last timetable has no slot, each with its reason; must meets first."""
    waiting = MeetingRequest.objects.filter(edition=edition, state=MeetingRequest.State.ACCEPTED)
    told = waiting.filter(meeting__isnull=True).exclude(unplaced_reason="")
    return told.select_related("visitor", "exhibitor__organisation").order_by("-wish", "pk")


def latest_timetable(edition: Edition) -> TimetableRun | None:
    """The last run of the scheduling kernel over the edition."""
    return TimetableRun.objects.filter(edition=edition).order_by("-id").first()

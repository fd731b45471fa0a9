"""What is asked of meetings: requests, the timetable, somebody's day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import Meeting, MeetingRequest, TimetableRun
from emporion.domain.visitors.models import Visitor

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

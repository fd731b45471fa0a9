"""A visitor's days on one page: meetings and chosen sessions in the order of time, and the stands marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import stand_of
from emporion.domain.editions.models import Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.queries import marks_of
from emporion.domain.meetings.models import Meeting
from emporion.domain.meetings.queries.timetable import day_of
from emporion.domain.meetings.rules import too_far
from emporion.domain.programme.models import Session
from emporion.domain.programme.queries import chosen_by
from emporion.domain.visitors.models import Visitor


@dataclass(frozen=True)
class Stop:
    """Where a visitor is to be from when to when: at a meeting or in a session.

    ``came_from``: the other hall in which they were before on that day, empty where there is none; ``is_far``: the walk
    from there is too far for the timetable to let one follow on the other. ``overlaps``: what came before is not over.
    """

    starts: datetime
    ends: datetime
    meeting: Meeting | None = None
    session: Session | None = None
    hall: Hall | None = None
    stand: Stand | None = None
    came_from: str = ""
    is_far: bool = False
    overlaps: bool = False


def plan_of(visitor: Visitor) -> list[tuple[date, list[Stop]]]:
    """The days of a visitor in the venue's time, each in the order of time; two queries."""
    stops = sorted((*_meetings(visitor), *_sessions(visitor)), key=lambda stop: (stop.starts, stop.ends))
    days = groupby(stops, key=lambda stop: stop.starts.astimezone(visitor.edition.zone).date())
    return [(day, _in_turn(list(held))) for day, held in days]


def stands_to_visit(visitor: Visitor) -> list[tuple[Exhibitor, Stand | None]]:
    """The exhibitors whom a visitor has marked as favourites, in the order of halls and stands; two queries."""
    keys = [key for key, kind in marks_of(visitor).items() if kind == "favourite"]
    shown = ("organisation", "occupancy__stand__hall", "main__occupancy__stand__hall")
    marked = [(one, stand_of(one)) for one in Exhibitor.objects.filter(pk__in=keys).select_related(*shown)]
    return sorted(marked, key=_place)


def _place(marked: tuple[Exhibitor, Stand | None]) -> tuple[str, str, str]:
    exhibitor, stand = marked
    # Those without a stand yet come last.
    return (stand.hall.code, stand.number, "") if stand else ("\uffff", "", exhibitor.number)


def _meetings(visitor: Visitor) -> list[Stop]:
    stops = []
    for meeting in day_of(visitor):
        stand = stand_of(meeting.request.exhibitor)
        hall = stand.hall if stand else None
        stops.append(Stop(meeting.slot.starts, meeting.slot.ends, meeting=meeting, hall=hall, stand=stand))
    return stops


def _sessions(visitor: Visitor) -> list[Stop]:
    sessions = [one.session for one in chosen_by(visitor)]
    return [Stop(one.starts, one.ends, session=one, hall=one.hall) for one in sessions]


def _in_turn(stops: Sequence[Stop]) -> list[Stop]:
    """The stops of a day, each with the way that leads to it."""
    turned: list[Stop] = []
    hall, until = "", None
    for stop in stops:
        overlaps = until is not None and stop.starts < until
        came_from = hall if stop.hall and hall and stop.hall.code != hall else ""
        is_far = bool(came_from and stop.hall and too_far([came_from, stop.hall.code])[0][1])
        turned.append(replace(stop, overlaps=overlaps, came_from=came_from, is_far=is_far))
        hall = stop.hall.code if stop.hall else hall
        until = stop.ends if until is None else max(until, stop.ends)
    return turned

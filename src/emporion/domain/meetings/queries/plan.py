"""A visitor's days on one page: meetings and chosen sessions in the order of time, and the stands marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import stand_of
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.queries import marks_of
from emporion.domain.meetings.models import Meeting
from emporion.domain.meetings.queries.timetable import day_of
from emporion.domain.meetings.rules import too_far
from emporion.domain.programme.models import Session
from emporion.domain.programme.queries import chosen_by
from emporion.domain.visitors.models import Visitor
from emporion.domain.wayfinding.queries import minutes_between_halls, way
from emporion.domain.wayfinding.rules import whole_minutes


@dataclass(frozen=True)
class Stop:
    """Where a visitor is to be from when to when: at a meeting or in a session.

    ``came_from``: the other hall in which they were before on that day, empty where there is none; ``is_far``: the walk
    from there is too far for the timetable to let one follow on the other. ``walk_minutes``: how long one walks from
    what came before, None where nothing came or the plan does not tell. ``overlaps``: what came before is not over.
    """

    starts: datetime
    ends: datetime
    meeting: Meeting | None = None
    session: Session | None = None
    hall: Hall | None = None
    stand: Stand | None = None
    came_from: str = ""
    is_far: bool = False
    walk_minutes: int | None = None
    overlaps: bool = False


def plan_of(visitor: Visitor) -> list[tuple[date, list[Stop]]]:
    """The days of a visitor in the venue's time, each in the order of time; two queries."""
    stops = sorted((*_meetings(visitor), *_sessions(visitor)), key=lambda stop: (stop.starts, stop.ends))
    days = groupby(stops, key=lambda stop: stop.starts.astimezone(visitor.edition.zone).date())
    return [(day, _in_turn(list(held), visitor.edition)) for day, held in days]


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


def _in_turn(stops: Sequence[Stop], edition: Edition) -> list[Stop]:
    """The stops of a day, each with the way that leads to it."""
    turned: list[Stop] = []
    before, until = None, None
    for stop in stops:
        overlaps = until is not None and stop.starts < until
        turned.append(replace(stop, overlaps=overlaps, **(_way_to(stop, before, edition) if before else {})))
        before = stop if stop.hall else before
        until = stop.ends if until is None else max(until, stop.ends)
    return turned


def _way_to(stop: Stop, before: Stop, edition: Edition) -> dict[str, Any]:
    """How one comes to a stop from the last one that had a place."""
    if stop.hall is None or before.hall is None:
        return {}
    if stop.hall.code == before.hall.code:
        return {"walk_minutes": _walk_minutes(stop, before, edition)}
    far = too_far([before.hall.code, stop.hall.code], minutes_between_halls(edition))[0][1]
    return {"came_from": before.hall.code, "is_far": far, "walk_minutes": _walk_minutes(stop, before, edition)}


def _walk_minutes(stop: Stop, before: Stop, edition: Edition) -> int | None:
    if stop.stand is None or before.stand is None or stop.stand == before.stand:
        return None
    found = way(edition, before.stand.number, stop.stand.number)
    return None if found.problem else whole_minutes(found.minutes)

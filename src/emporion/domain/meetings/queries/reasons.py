"""Why a request has no slot, what keeps it from the one it had, and whether two still have a time in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import (
    HallClosure,
    Meeting,
    MeetingRequest,
    MeetingSlot,
    Presence,
    TimetableChange,
)
from emporion.domain.meetings.rules import DAILY_MEETINGS, absence, hosts, too_far, why_no_slot, why_not_then
from emporion.domain.meetings.rules.reasons import Called
from emporion.domain.reason import Reason
from emporion.domain.wayfinding.queries import minutes_between_halls

Cause = dict[str, Any]
RELATED = ("visitor", "exhibitor__organisation", "exhibitor__occupancy__stand__hall", "agreed_slot__edition__venue")


def names_of(request: MeetingRequest) -> dict[str, Called]:
    """The names of the two by side."""
    return {"visitor": request.visitor.proper_name, "exhibitor": request.exhibitor.organisation.proper_name}


def why_unplaced(request: MeetingRequest) -> Reason | None:
    """Why the last timetable has no slot for a request; ``None`` when it has one."""
    return None if request.unplaced is None else why_no_slot(request.unplaced, *names_of(request).values())


def why_of(change: TimetableChange) -> tuple[Reason, ...]:
    """Why a replan changed a meeting, as it was known when it did."""
    if change.kind == TimetableChange.Kind.PLACED:
        return ()
    # Changes made before causes were kept have none.
    cause = change.cause or {"code": "unknown" if change.forced else "room"}
    return why_changed(cause, change.no_other, names_of(change.request))


def why_changed(
    cause: Mapping[str, Any] | None, no_other: Mapping[str, Any] | None, names: Mapping[str, Called]
) -> tuple[Reason, ...]:
    """What took a meeting's time and, when it has none now, why there is no other; nothing of a new meeting."""
    found = (why_not_then(cause, names),) if cause else ()
    return (*found, why_no_slot(no_other, names["visitor"], names["exhibitor"])) if no_other else found


def causes(edition: Edition, times: Mapping[int, MeetingSlot]) -> dict[int, Cause]:
    """By request, what keeps it from the slot it had, by what is known now: a code with its facts."""
    if not times:
        return {}
    found = MeetingRequest.objects.select_related(*RELATED).in_bulk(times)
    constraints = _Constraints(edition, found.values())
    return {pk: constraints.hinders(one, times[pk]) for pk, one in found.items()}


class _SlottedMeeting(NamedTuple):
    """A meeting that has a slot, as those beside it see it."""

    visitor: int
    exhibitor: int
    slot: int
    hall: str | None


class _Constraints:
    """What requests have to keep to, read once: absences and limits, closed halls, other meetings."""

    def __init__(self, edition: Edition, requests: Iterable[MeetingRequest]) -> None:
        visitors, exhibitors = zip(*((one.visitor_id, one.exhibitor_id) for one in requests), strict=True)
        found_presences = Presence.objects.filter(Q(visitor__in=set(visitors)) | Q(exhibitor__in=set(exhibitors)))
        self.minutes = minutes_between_halls(edition)
        self.presences = {(one.visitor_id, one.exhibitor_id): one for one in found_presences}
        closed = HallClosure.objects.filter(hall__edition=edition).select_related(
            "hall", "first__edition__venue", "last__edition__venue"
        )
        self.closures = list(closed.order_by("first__number"))
        self.slots = list(edition.meeting_slots.order_by("number"))
        self.day = {slot.number: slot.local_start.date() for slot in self.slots}
        of_them = Q(request__visitor__in=set(visitors)) | Q(request__exhibitor__in=set(exhibitors))
        held = Meeting.objects.filter(of_them & (Q(published=True) | Q(pinned=True)), request__edition=edition)
        self._count(held.values_list(*_SLOTTED))

    def _count(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Meetings of each person in a slot and on a day, and the halls of visitors."""
        held = [_SlottedMeeting(*row) for row in rows]
        sides = [(("visitor", one.visitor), ("exhibitor", one.exhibitor), one) for one in held]
        each = [(person, one) for visitor, exhibitor, one in sides for person in (visitor, exhibitor)]
        self.at_once = Counter((person, one.slot) for person, one in each)
        self.on_day = Counter((person, self.day[one.slot]) for person, one in each)
        self.halls = {(one.visitor, one.slot): one.hall for one in held}

    def presences_of(self, request: MeetingRequest) -> dict[str, Presence | None]:
        """What the two have said of themselves, by side."""
        visitor, exhibitor = (request.visitor_id, None), (None, request.exhibitor_id)
        return {"visitor": self.presences.get(visitor), "exhibitor": self.presences.get(exhibitor)}

    def hinders(self, request: MeetingRequest, slot: MeetingSlot) -> Cause:
        """What hinders, by the rule's word for it, with its facts."""
        return (
            self._away(request, slot)
            or self._closed(request, slot)
            or self._agreed(request, slot)
            or self._too_many(request, slot)
            or self._too_far(request, slot)
            or {"code": "beside"}
        )

    def _away(self, request: MeetingRequest, slot: MeetingSlot) -> Cause | None:
        for side, found_presences in self.presences_of(request).items():
            if found_presences and slot.number in found_presences.away:
                day = {one.number: one for one in self.slots if self.day[one.number] == self.day[slot.number]}
                code, bound = absence(slot.number, list(day), found_presences.away)
                facts = {"code": code, "side": side}
                if bound is None:
                    return facts
                moment = day[bound].local_start if code == "away_before" else day[bound].local_end
                return {**facts, "time": f"{moment:%H:%M}"}
        return None

    def _closed(self, request: MeetingRequest, slot: MeetingSlot) -> Cause | None:
        for one in self.closures_at(request.exhibitor, slot):
            bounds = {"first": one.first.local_start.isoformat(), "last": one.last.local_end.isoformat()}
            return {"code": "closed", "hall": one.hall.code, **bounds}
        return None

    def closures_at(self, exhibitor: Exhibitor, slot: MeetingSlot) -> list[HallClosure]:
        """The closures that hold in a slot in the hall of an exhibitor's stand."""
        hall = _hall_of(exhibitor)
        here = [one for one in self.closures if hall and one.hall_id == hall.pk]
        return [one for one in here if one.first.number <= slot.number <= one.last.number]

    def _agreed(self, request: MeetingRequest, slot: MeetingSlot) -> Cause | None:
        if request.agreed_slot is None or request.agreed_slot == slot:
            return None
        return {"code": "agreed", "agreed": request.agreed_slot.local_start.isoformat()}

    def _too_many(self, request: MeetingRequest, slot: MeetingSlot) -> Cause | None:
        for side, seats, limit in self.bounds(request):
            person = (side, getattr(request, f"{side}_id"))
            if (meetings := self.at_once[person, slot.number]) > seats:
                return {"code": "full", "side": side, "meetings": meetings, "most": seats}
            if limit and (meetings := self.on_day[person, self.day[slot.number]]) > limit:
                return {"code": "limit", "side": side, "meetings": meetings, "most": limit}
        return None

    def bounds(self, request: MeetingRequest) -> tuple[tuple[str, int, int | None], ...]:
        """Of each side: how many meetings at once, and how many on a day, if there is a limit."""
        visitor, stand = self.presences_of(request).values()
        seats = (stand and stand.hosts) or hosts(_share_of(request.exhibitor))
        limit = (visitor and visitor.daily_limit) or DAILY_MEETINGS
        return ("exhibitor", seats, stand.daily_limit if stand else None), ("visitor", 1, limit)

    def _too_far(self, request: MeetingRequest, slot: MeetingSlot) -> Cause | None:
        hall = _hall_of(request.exhibitor)
        for beside in self.slots:
            if hall and (beside.ends == slot.starts or beside.starts == slot.ends):
                other = self.halls.get((request.visitor_id, beside.number))
                if other and too_far([hall.code, other], self.minutes)[0][1]:
                    return {"code": "far", "side": "visitor", "hall": hall.code, "other": other}
        return None


def common_time_left(request: MeetingRequest, at: datetime) -> bool:
    """Whether a time lies ahead at which both can meet beside what is published; also while no slots are open yet."""
    constraints = _Constraints(request.edition, [request])
    away = {number for one in constraints.presences_of(request).values() if one for number in one.away}

    def room(side: str, seats: int, limit: int | None, slot: MeetingSlot) -> bool:
        person = (side, getattr(request, f"{side}_id"))
        on_day = constraints.on_day[person, constraints.day[slot.number]]
        return constraints.at_once[person, slot.number] < seats and (not limit or on_day < limit)

    return not constraints.slots or any(
        slot.starts > at
        and slot.number not in away
        and not constraints.closures_at(request.exhibitor, slot)
        and all(room(*bound, slot) for bound in constraints.bounds(request))
        for slot in constraints.slots
    )


_SLOTTED = (
    "request__visitor", "request__exhibitor", "slot__number",
    "request__exhibitor__occupancy__stand__hall__code",
)  # fmt: skip


def _hall_of(exhibitor: Exhibitor) -> Hall | None:
    occupancy = getattr(exhibitor, "occupancy", None)
    return occupancy.stand.hall if occupancy else None


def _share_of(exhibitor: Exhibitor) -> int:
    occupancy = getattr(exhibitor, "occupancy", None)
    return occupancy.area_m2 if occupancy else 0

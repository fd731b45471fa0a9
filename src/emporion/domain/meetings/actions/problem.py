"""From the records to the problem that the scheduling kernel solves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from emporion.domain.booths.models import Occupancy
from emporion.domain.editions.models import Edition
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingRequest, MeetingSlot, Presence
from emporion.domain.meetings.rules import DAILY_MEETINGS, NOTICE, NoSlots, hosts, too_far
from emporion.domain.reason import ProperName
from emporion.domain.wayfinding.queries import minutes_between_halls
from emporion.kernels import scheduling

NO_LIMIT = 2**31 - 1


class Accepted(NamedTuple):
    """An accepted request as the timetable sees it."""

    pk: int
    visitor: int
    exhibitor: int
    wish: str
    visitor_name: ProperName
    exhibitor_name: ProperName
    visitor_email: str
    contact_email: str
    agreed: int | None


@dataclass(frozen=True)
class Agenda:
    """The accepted requests, the slots and the kernel's problem, whose meetings are the requests in their order.

    ``published`` is each request's published slot, -1 for none.
    """

    requests: Sequence[Accepted]
    slots: Sequence[MeetingSlot]
    problem: scheduling.Problem
    published: npt.NDArray[np.int64]


class SlottedMeeting(NamedTuple):
    """A meeting that has a slot, as the timetable sees it."""

    request: int
    slot: int
    published: bool
    pinned: bool


@dataclass(frozen=True)
class Presences:
    """What people have said of themselves: by id, the slots they are away in, their limit of a day, their hosts."""

    away: dict[int, list[int]]
    limits: dict[int, int]
    hosts: dict[int, int]

    def there(self, ids: list[int], slots: int) -> npt.NDArray[np.bool_]:
        """(N, T) whether each is there; a slot that is no longer one is passed over."""
        rows = np.ones((len(ids), slots), bool)
        for row, pk in enumerate(ids):
            rows[row, [slot for slot in self.away.get(pk, []) if slot < slots]] = False
        return rows


def load_agenda(edition: Edition, *, replan_at: datetime | None = None) -> Agenda:
    """What is to be put into the timetable of an edition, in nine queries. Raises NoSlots.

    Visitors and exhibitors are free but for what they have said; an exhibitor holds as many meetings at once as it
    has named hosts, or else as its share of the stand has, in the hall of its stand and not while that is closed. A
    time both sides agreed on is the only one. Published and pinned meetings keep their slots. With ``replan_at``
    published meetings may move, but for those pinned and those that have begun; nothing moves to a time that is nearer
    than the notice people need.
    """
    slots = list(edition.meeting_slots.order_by("number"))
    if not slots:
        raise NoSlots
    requests = _accepted(edition)
    visitor_ids, visitors = _places([one.visitor for one in requests])
    exhibitor_ids, exhibitors = _places([one.exhibitor for one in requests])
    halls, shares = _stands(edition)
    codes = sorted(set(halls.values()))
    hall_number = {code: place for place, code in enumerate(codes)}
    buyers, stands = _presences(edition, "visitor"), _presences(edition, "exhibitor")
    slotted = _slotted(edition)
    begun = sum(slot.starts <= replan_at for slot in slots) if replan_at else 0
    near = sum(slot.starts < replan_at + NOTICE for slot in slots) if replan_at else 0
    keep = [one for one in slotted if one.pinned or one.slot < begun or (one.published and replan_at is None)]
    there = (buyers.there(visitor_ids, len(slots)), stands.there(exhibitor_ids, len(slots)))
    for side in there:
        # Who did not come in the morning changes nothing of what was held then.
        side[:, :begun] = True
    published = np.full(len(requests), -1, np.int64)
    scheduled = _slots_of(requests, [one for one in slotted if one.published])
    published[scheduled[:, 0]] = scheduled[:, 1]
    problem = scheduling.two_sided(
        meetings=np.column_stack([visitors, exhibitors]),
        slots=len(slots),
        buyer_availability=there[0],
        exhibitor_availability=there[1],
        exhibitor_parallel=[stands.hosts.get(pk) or hosts(shares.get(pk, 0)) for pk in exhibitor_ids],
        exhibitor_hall=[hall_number[halls[pk]] if pk in halls else -1 for pk in exhibitor_ids],
        daily_limit=[buyers.limits.get(pk, DAILY_MEETINGS) for pk in visitor_ids],
        must=np.array([one.wish == MeetingRequest.Wish.MUST for one in requests], bool),
        too_far=np.array(too_far(codes, minutes_between_halls(edition)), bool).reshape(len(codes), len(codes)),
        allowed_slots=_allowed(edition, requests, halls, len(slots), (begun, near), published),
        pinned=_slots_of(requests, keep),
        **_times(slots),
    )
    limits = problem.daily_limit.copy()
    limits[len(visitor_ids) :] = [stands.limits.get(pk, NO_LIMIT) for pk in exhibitor_ids]
    return Agenda(requests, slots, replace(problem, daily_limit=limits), published)


def _accepted(edition: Edition) -> list[Accepted]:
    rows = MeetingRequest.objects.filter(edition=edition, state=MeetingRequest.State.ACCEPTED).order_by("pk")
    fields = (
        "pk", "visitor", "exhibitor", "wish", "visitor__name_latin", "visitor__name", "exhibitor__organisation__name",
        "exhibitor__organisation__name_zh", "visitor__email", "exhibitor__application__contact_email",
        "agreed_slot__number",
    )  # fmt: skip
    return [
        Accepted(
            pk, visitor, exhibitor, wish, ProperName(latin, name, is_person=True), ProperName(stand, stand_zh),
            email, contact, agreed,
        )
        for pk, visitor, exhibitor, wish, latin, name, stand, stand_zh, email, contact, agreed in rows.values_list(
            *fields
        )
    ]  # fmt: skip


def _places(ids: list[int]) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The different ids, rising, and the place of each given one among them."""
    different, places = np.unique(np.array(ids, np.int64), return_inverse=True)
    return different.tolist(), places.astype(np.int64)


def _stands(edition: Edition) -> tuple[dict[int, str], dict[int, int]]:
    """By exhibitor: the code of the hall it stands in, and its share of the stand in m²."""
    rows = Occupancy.objects.filter(stand__edition=edition)
    found = list(rows.values_list("exhibitor", "stand__hall__code", "area_m2"))
    return {pk: hall for pk, hall, _ in found}, {pk: share for pk, _, share in found}


def _presences(edition: Edition, side: str) -> Presences:
    rows = Presence.objects.filter(**{f"{side}__edition": edition}).values_list(side, "away", "daily_limit", "hosts")
    found = list(rows)
    return Presences(
        away={pk: away for pk, away, _, _ in found},
        limits={pk: limit for pk, _, limit, _ in found if limit is not None},
        hosts={pk: count for pk, _, _, count in found if count},
    )


def _slotted(edition: Edition) -> list[SlottedMeeting]:
    accepted = MeetingRequest.State.ACCEPTED
    held = Meeting.objects.filter(request__edition=edition, request__state=accepted)
    scheduled = held.filter(Q(published=True) | Q(pinned=True)).order_by("request")
    return [SlottedMeeting(*row) for row in scheduled.values_list("request", "slot__number", "published", "pinned")]


def _slots_of(requests: Sequence[Accepted], slotted: Sequence[SlottedMeeting]) -> npt.NDArray[np.int64]:
    """(k, 2) place of the request and slot; a request accepted or cancelled in this moment is passed over."""
    place = {one.pk: number for number, one in enumerate(requests)}
    pairs = [(place[one.request], one.slot) for one in slotted if one.request in place]
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _allowed(
    edition: Edition,
    requests: Sequence[Accepted],
    halls: dict[int, str],
    slots: int,
    past: tuple[int, int],
    published: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """(M, T) the slots each meeting may take: not in a closed hall, only the agreed one.

    ``past``: how many slots have begun, and how many have or are too near to move to; there meetings stay or are lost.
    """
    begun, near = past
    allowed = np.ones((len(requests), slots), bool)
    for hall, first, last in _closures(edition):
        here = [place for place, one in enumerate(requests) if halls.get(one.exhibitor) == hall]
        allowed[here, first : last + 1] = False
    for place, one in enumerate(requests):
        if one.agreed is not None:
            allowed[place] &= np.arange(slots) == one.agreed
    held = published[:, None] == np.arange(near)
    agreed = np.array([-1 if one.agreed is None else one.agreed for one in requests], np.int64)
    allowed[:, begun:near] &= (held | (agreed[:, None] == np.arange(near)))[:, begun:]
    allowed[:, :begun] = held[:, :begun]
    return allowed


def _closures(edition: Edition) -> list[tuple[str, int, int]]:
    rows = HallClosure.objects.filter(hall__edition=edition)
    return list(rows.values_list("hall__code", "first__number", "last__number"))


def _times(slots: Sequence[MeetingSlot]) -> dict[str, npt.NDArray[Any]]:
    """The day of every slot, counted from 0, and whether it begins as the one before ends."""
    _, day = np.unique([slot.local_start.toordinal() for slot in slots], return_inverse=True)
    follows = [before.ends == slot.starts for before, slot in pairwise(slots)]
    return {"slot_day": day.astype(np.int64), "follows": np.array([False, *follows])}

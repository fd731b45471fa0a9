"""From the records to the problem that the scheduling kernel solves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from emporion.domain.booths.models import Occupancy
from emporion.domain.editions.models import Edition
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot
from emporion.domain.meetings.rules import DAILY_MEETINGS, NoSlots, hosts, too_far
from emporion.kernels import scheduling

# Names are cut in the sentences that say why two do not meet, so that a sentence fits its column.
LONGEST_NAME = 60


class Accepted(NamedTuple):
    """An accepted request as the timetable sees it."""

    pk: int
    visitor: int
    exhibitor: int
    wish: str
    visitor_name: str
    exhibitor_name: str


@dataclass(frozen=True)
class Agenda:
    """The accepted requests, the slots and the kernel's problem, whose meetings are the requests in their order.

    ``names`` are those of the problem's participants: visitors, then exhibitors.
    """

    requests: Sequence[Accepted]
    slots: Sequence[MeetingSlot]
    names: Sequence[str]
    problem: scheduling.Problem


def load_agenda(edition: Edition) -> Agenda:
    """What is to be put into the timetable of an edition, in five queries. Raises NoSlots.

    Every visitor and exhibitor is free in all slots; an exhibitor holds as many meetings at once as its share of the
    stand has hosts, in the hall of its stand; published meetings keep their slots.
    """
    slots = list(MeetingSlot.objects.filter(edition=edition).order_by("number"))
    if not slots:
        raise NoSlots
    requests = _accepted(edition)
    visitor_ids, visitors = _places([one.visitor for one in requests])
    exhibitor_ids, exhibitors = _places([one.exhibitor for one in requests])
    halls, shares = _stands(edition)
    codes = sorted(set(halls.values()))
    near = {code: place for place, code in enumerate(codes)}
    here = [near[halls[pk]] if pk in halls else -1 for pk in exhibitor_ids]
    problem = scheduling.two_sided(
        meetings=np.column_stack([visitors, exhibitors]),
        slots=len(slots),
        buyer_availability=np.ones((len(visitor_ids), len(slots)), bool),
        exhibitor_availability=np.ones((len(exhibitor_ids), len(slots)), bool),
        exhibitor_parallel=[hosts(shares.get(pk, 0)) for pk in exhibitor_ids],
        exhibitor_hall=here,
        daily_limit=np.full(len(visitor_ids), DAILY_MEETINGS),
        must=np.array([one.wish == MeetingRequest.Wish.MUST for one in requests], bool),
        too_far=np.array(too_far(codes), bool).reshape(len(codes), len(codes)),
        pinned=_pinned(edition, requests),
        **_times(slots),
    )
    return Agenda(requests, slots, _names(requests), problem)


def _accepted(edition: Edition) -> list[Accepted]:
    rows = MeetingRequest.objects.filter(edition=edition, state=MeetingRequest.State.ACCEPTED).order_by("pk")
    fields = ("pk", "visitor", "exhibitor", "wish", "visitor__name", "exhibitor__organisation__name")
    return [Accepted(*row) for row in rows.values_list(*fields)]


def _places(ids: list[int]) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The different ids, rising, and the place of each given one among them."""
    different, places = np.unique(np.array(ids, np.int64), return_inverse=True)
    return different.tolist(), places.astype(np.int64)


def _names(requests: Sequence[Accepted]) -> list[str]:
    """The names of the participants, in the order of the ids of visitors and then of exhibitors."""
    visitors = {one.visitor: one.visitor_name for one in requests}
    exhibitors = {one.exhibitor: one.exhibitor_name for one in requests}
    return [side[pk][:LONGEST_NAME] for side in (visitors, exhibitors) for pk in sorted(side)]


def _stands(edition: Edition) -> tuple[dict[int, str], dict[int, int]]:
    """By exhibitor: the code of the hall it stands in, and its share of the stand in m²."""
    rows = Occupancy.objects.filter(stand__edition=edition)
    found = list(rows.values_list("exhibitor", "stand__hall__code", "area_m2"))
    return {pk: hall for pk, hall, _ in found}, {pk: share for pk, _, share in found}


def _pinned(edition: Edition, requests: Sequence[Accepted]) -> npt.NDArray[np.int64]:
    place = {one.pk: number for number, one in enumerate(requests)}
    accepted = MeetingRequest.State.ACCEPTED
    published = Meeting.objects.filter(request__edition=edition, request__state=accepted, published=True)
    pinned = [(place[request], slot) for request, slot in published.values_list("request", "slot__number")]
    return np.array(sorted(pinned), np.int64).reshape(-1, 2)


def _times(slots: Sequence[MeetingSlot]) -> dict[str, npt.NDArray[Any]]:
    """The day of every slot, counted from 0, and whether it begins as the one before ends."""
    _, day = np.unique([timezone.localtime(slot.starts).toordinal() for slot in slots], return_inverse=True)
    follows = [before.ends == slot.starts for before, slot in pairwise(slots)]
    return {"slot_day": day.astype(np.int64), "follows": np.array([False, *follows])}

"""From what two lists say to the timetable as the workbook tells it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock_time
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.management.base import CommandError

from emporion.cli.progress import ReportProgress
from emporion.cli.timetable_files.lists import Event
from emporion.cli.timetable_files.notices import HoldsNoSlot, InListRow, MoreHoldNoSlot
from emporion.cli.timetable_files.spans import Slot, Span, holds_slot, joined, shared, shared_time
from emporion.domain.meetings.rules import NoWholeSlot, require_whole_slots, slots, stored_reason, too_far, why_no_slot
from emporion.domain.reason import Reason
from emporion.language import CHINESE, ENGLISH, translate
from emporion.spreadsheets.notices import InList

NO_LIMIT = 2**31 - 1
MAX_REPORTED = 5
LANGUAGES = (ENGLISH, CHINESE)
ROUNDS = "rounds of the timetable"


class Held(NamedTuple):
    """A meeting with its time and the hall of the stand."""

    starts: datetime
    ends: datetime
    buyer: str
    stand: str
    hall: str


class Left(NamedTuple):
    """A request without a slot, with its reason in English and in Chinese."""

    buyer: str
    stand: str
    wish: str
    why: str
    why_zh: str


@dataclass(frozen=True)
class Plan:
    """The timetable in order of time, and what is left without a slot."""

    held: Sequence[Held]
    left: Sequence[Left]
    bound: int
    method: str


def times_of(event: Event, hours: Sequence[tuple[clock_time, clock_time]], minutes: int) -> list[Slot]:
    """The slots of all days on which somebody is there. Raises CommandError when there is none, NoSlotFits when some of
    the hours hold none.
    """
    days = sorted({span.starts.date() for person in event.people.values() for span in person.times})
    if not days:
        raise CommandError(
            "The list of availability names no day for anybody in a request, so there is no time to meet; "
            "name one at least."
        )
    try:
        found = [slot for day in days for slot in slots(day, day, UTC, hours=hours, minutes=minutes)]
        require_whole_slots(hours, minutes)
    except ValueError as error:
        raise CommandError(f"{error}.") from error
    return found


def too_short(event: Event, times: Sequence[Slot], availability: str) -> list[Reason]:
    """A notice for each time of somebody that holds no whole slot, by its row; of many, how many more."""
    found: list[Reason] = [
        InListRow(availability, span.row, HoldsNoSlot(person.name, shared_time(span, times)))
        for person in event.people.values() for span in joined(person.times) if not holds_slot(span, times)
    ]  # fmt: skip
    more = len(found) - MAX_REPORTED
    return found[:MAX_REPORTED] + ([InList(availability, MoreHoldNoSlot(more))] if more > 0 else [])


def plan(event: Event, times: Sequence[Slot], options: dict[str, Any], report: ReportProgress) -> Plan:
    """Solve the event, telling of every round. Raises ValueError when there is no such timetable.

    The compiled search is imported here, so that wrong lists are told of at once.
    """
    from emporion.kernels import scheduling
    from emporion.kernels.stop import MaxSeconds

    wanted, people = event.wanted(), list(event.people.values())
    stop = MaxSeconds(options["seconds"], time.perf_counter) if options["seconds"] else None
    # How many rounds fit into a time is not known.
    rounds = 0 if stop else scheduling.Params().rounds
    report(0, 0, ROUNDS)
    result = scheduling.solve(
        _problem(event, times, options), stop=stop, seed=options["seed"],
        progress=lambda done, _best: report(done, rounds, ROUNDS),
    )  # fmt: skip
    held = sorted(
        Held(times[slot][0], times[slot][1], buyer, stand, event.people[stand].hall)
        for (buyer, stand, _), slot in zip(wanted, result.slots.tolist(), strict=True) if slot >= 0
    )  # fmt: skip
    left = []
    for reason in result.reasons:
        buyer, stand, must = wanted[reason.meeting]
        a, b = (people[number].name for number in reason.participants)
        why = _why(event, times, reason, (a, b))
        left.append(Left(buyer, stand, "must" if must else "like", *(translate(why, one) for one in LANGUAGES)))
    return Plan(held, left, result.bound, f"{result.method}, {result.chosen}")


def _why(event: Event, times: Sequence[Slot], reason: Any, names: tuple[str, str]) -> Reason:
    """Why two have no slot; who are there at once, but too shortly for a slot, are told so rather than "never"."""
    both = [] if reason.slots else shared(*(joined(event.people[name].times) for name in names))
    if not both:
        return why_no_slot(stored_reason(reason), *names)
    found = [shared_time(span, times) for span in both[:MAX_REPORTED]]
    return NoWholeSlot(*names, (*found, "…") if len(both) > MAX_REPORTED else tuple(found))


def _problem(event: Event, times: Sequence[Slot], options: dict[str, Any]) -> Any:
    import numpy as np

    from emporion.kernels import scheduling

    wanted, people = event.wanted(), list(event.people.values())
    place = {person.name: number for number, person in enumerate(people)}
    buyers, stands = {buyer for buyer, _, _ in wanted}, {stand for _, stand, _ in wanted}
    halls = sorted({person.hall for person in people} - {""})
    return scheduling.Problem(
        participants=len(people),
        slots=len(times),
        meetings=np.array([(place[buyer], place[stand]) for buyer, stand, _ in wanted], int).reshape(-1, 2),
        must=np.array([must for _, _, must in wanted], bool),
        slot_day=np.unique([starts.toordinal() for starts, _ in times], return_inverse=True)[1],
        follows=np.array([False, *(before[1] == after[0] for before, after in pairwise(times))]),
        availability=np.array([_is_there(joined(person.times), times) for person in people], bool),
        capacity=np.array([person.hosts or 1 for person in people]),
        hall=np.array([_hall(event.people[stand].hall, halls) for _, stand, _ in wanted], int),
        too_far=np.array(too_far(halls, {}), bool).reshape(len(halls), len(halls)),
        daily_limit=np.array([options["daily_limit"] if one.name in buyers else NO_LIMIT for one in people]),
        tables=options["tables"],
        counts_breaks=np.array([one.name in buyers or one.name not in stands for one in people]),
    )


def _is_there(spans: Sequence[Span], times: Sequence[Slot]) -> list[bool]:
    return [not spans or any(span.starts <= starts and ends <= span.ends for span in spans) for starts, ends in times]


def _hall(code: str, halls: list[str]) -> int:
    return halls.index(code) if code else -1

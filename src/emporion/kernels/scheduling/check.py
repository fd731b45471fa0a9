"""An independent look at a timetable: every rule of the problem, read again from the problem alone.

Nothing here is shared with the search; it counts with plain dictionaries where the search keeps bit masks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.result import Result


@dataclass(frozen=True)
class Violation:
    """One broken rule: its code, who and what is concerned, and a sentence."""

    code: str
    meetings: tuple[int, ...]
    participants: tuple[int, ...]
    slot: int | None
    sentence: str


def check(problem: Problem, result: Result | npt.ArrayLike) -> list[Violation]:
    """Every rule that ``result`` (a Result, or just the slot of each meeting with -1 for none) breaks.

    For a Result also what it says of itself: its counts, and one reason for every meeting without a slot.
    """
    slots = np.asarray(result.slots if isinstance(result, Result) else result).tolist()
    if len(slots) != len(problem.meetings):
        sentence = f"The timetable has {len(slots)} slots for {len(problem.meetings)} meetings."
        return [Violation("length", (), (), None, sentence)]
    outside = [m for m, slot in enumerate(slots) if slot not in range(-1, problem.slots)]
    if outside:
        return [Violation("slot", (m,), (), slots[m], f"Meeting {m} has no slot {slots[m]}.") for m in outside]
    slots = [int(slot) for slot in slots]
    found = [*_meeting_rules(problem, slots), *_slot_rules(problem, slots), *_day_rules(problem, slots)]
    found += [*_walking(problem, slots), *_order(problem, slots), *_fairness(problem, slots)]
    return found + (list(_claims(problem, result, slots)) if isinstance(result, Result) else [])


def count_breaks(problem: Problem, slots: list[int]) -> dict[int, int]:
    """Breaks of every participant whose breaks count: idle stretches between two meetings of one day."""
    busy: defaultdict[int, set[int]] = defaultdict(set)
    for meeting, slot in _held(slots):
        for person in problem.meetings[meeting]:
            busy[int(person)].add(slot)
    counted = {int(person): 0 for person in np.flatnonzero(problem.counts_breaks)}
    for person in counted:
        times = sorted(busy[person])
        counted[person] = sum(_is_break(problem, a, b) for a, b in pairwise(times))
    return counted


def _is_break(problem: Problem, earlier: int, later: int) -> bool:
    return later - earlier > 1 and bool(problem.slot_day[earlier] == problem.slot_day[later])


def _held(slots: list[int]) -> Iterator[tuple[int, int]]:
    return ((meeting, slot) for meeting, slot in enumerate(slots) if slot >= 0)


def _meeting_rules(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    for meeting, slot in _held(slots):
        if not problem.allowed_slots[meeting, slot]:
            yield Violation("allowed", (meeting,), (), slot, f"Meeting {meeting} may not be held in slot {slot}.")
        for person in map(int, problem.meetings[meeting]):
            if not problem.availability[person, slot]:
                sentence = f"Participant {person} is not available in slot {slot} (meeting {meeting})."
                yield Violation("availability", (meeting,), (person,), slot, sentence)
    for meeting, slot in problem.pinned.tolist():
        if slots[meeting] != slot:
            sentence = f"Meeting {meeting} is pinned to slot {slot} and has {slots[meeting]}."
            yield Violation("pinned", (meeting,), (), slot, sentence)
    if problem.every_meeting:
        for meeting in (m for m, slot in enumerate(slots) if slot < 0):
            yield Violation("every_meeting", (meeting,), (), None, f"Meeting {meeting} has no slot.")


def _slot_rules(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    held: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for meeting, slot in _held(slots):
        for person in map(int, problem.meetings[meeting]):
            held[person, slot].append(meeting)
    for (person, slot), meetings in held.items():
        if len(meetings) > problem.capacity[person]:
            sentence = (
                f"Participant {person} has meetings {meetings} in slot {slot}, {problem.capacity[person]} at most."
            )
            yield Violation("capacity", tuple(meetings), (person,), slot, sentence)
    for slot, count in Counter(slot for _, slot in _held(slots)).items():
        if problem.tables is not None and count > problem.tables:
            sentence = f"Slot {slot} has {count} meetings and {problem.tables} tables."
            yield Violation("tables", (), (), slot, sentence)


def _day_rules(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    held: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for meeting, slot in _held(slots):
        for person in map(int, problem.meetings[meeting]):
            held[person, int(problem.slot_day[slot])].append(meeting)
    for (person, day), meetings in held.items():
        if len(meetings) > problem.daily_limit[person]:
            limit = problem.daily_limit[person]
            sentence = f"Participant {person} has {len(meetings)} meetings on day {day}, {limit} at most."
            yield Violation("daily_limit", tuple(meetings), (person,), None, sentence)


def _walking(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    if not problem.too_far.size:
        return
    halls: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for meeting, slot in _held(slots):
        if problem.hall[meeting] >= 0:
            for person in map(int, problem.meetings[meeting]):
                halls[person, slot].append(meeting)
    for (person, slot), later in list(halls.items()):
        earlier = halls.get((person, slot - 1), []) if problem.follows[slot] else []
        for a, b in ((a, b) for a in earlier for b in later):
            if problem.too_far[problem.hall[a], problem.hall[b]]:
                sentence = f"Participant {person} cannot walk from meeting {a} to meeting {b} before slot {slot}."
                yield Violation("too_far", (a, b), (person,), slot, sentence)


def _order(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    for first, second in problem.precedences.tolist():
        if slots[first] >= 0 and slots[second] >= 0 and slots[first] >= slots[second]:
            sentence = f"Meeting {first} must be held before meeting {second}."
            yield Violation("precedences", (first, second), (), slots[first], sentence)


def _fairness(problem: Problem, slots: list[int]) -> Iterator[Violation]:
    if problem.fairness is None:
        return
    breaks = count_breaks(problem, slots)
    least = min(breaks.values(), default=0)
    for person, count in breaks.items():
        if count - least > problem.fairness:
            sentence = f"Participant {person} has {count} breaks and somebody has {least}."
            yield Violation("fairness", (), (person,), None, sentence)


def _claims(problem: Problem, result: Result, slots: list[int]) -> Iterator[Violation]:
    placed = [meeting for meeting, _ in _held(slots)]
    counted = (
        int(problem.must[placed].sum()),
        len(placed),
        int(problem.strength[placed].sum()),
        sum(count_breaks(problem, slots).values()),
    )
    if counted != tuple(result.objective):
        sentence = f"The result says {tuple(result.objective)}; musts, placed, strength and breaks are {counted}."
        yield Violation("objective", (), (), None, sentence)
    left_out = {meeting for meeting, slot in enumerate(slots) if slot < 0}
    explained = Counter(reason.meeting for reason in result.reasons)
    for meeting in sorted(left_out ^ set(explained) | {m for m, n in explained.items() if n > 1}):
        sentence = f"Meeting {meeting} has {explained[meeting]} reasons; one belongs to each meeting without a slot."
        yield Violation("reasons", (meeting,), (), None, sentence)

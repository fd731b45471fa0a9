"""Why a meeting has no slot, in words somebody can act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem

# What stands in the way of a meeting in a slot, in the order in which it is named when several things do.
OBSTACLES = ("busy_a", "busy_b", "daily_limit_a", "daily_limit_b", "no_table", "too_far", "order")

WHOLE = {
    "no_common_slot": "{a} and {b} are never both available in a slot this meeting may take: "
    "ask one of them for more time.",
    "displaced": "Every slot {a} and {b} share is taken by a stronger wish ({blockers} of them): "
    "mark this meeting as a must, or open more time.",
    "full_a": "{a} is full in all {slots} slots in which {b} is available: a second host or more time would make room.",
    "full_b": "{b} is full in all {slots} slots in which {a} is available: a second host or more time would make room.",
    "daily_limit_a": "{a} has reached the daily limit on every day the two could meet: raise it, or drop a meeting.",
    "daily_limit_b": "{b} has reached the daily limit on every day the two could meet: raise it, or drop a meeting.",
    "no_table": "No table is free in any of the {slots} slots {a} and {b} share: add tables or slots.",
    "too_far": "In every free slot {a} and {b} share, the walk from or to the neighbouring meeting is too far: "
    "move that meeting.",
    "order": "No free slot of {a} and {b} keeps the order asked for among their meetings: relax the order.",
    "fairness": "A slot is free for {a} and {b}, but it would give one of them more breaks than is fair.",
    "free": "A slot is free for {a} and {b}: the search was ended before it was tried again. Let it run longer.",
}
PARTS = {
    "busy_a": "{a} is in another meeting",
    "busy_b": "{b} is in another meeting",
    "daily_limit_a": "{a} has reached the daily limit",
    "daily_limit_b": "{b} has reached the daily limit",
    "no_table": "no table is free",
    "too_far": "the walk is too far",
    "order": "the order asked for would be broken",
}


@dataclass(frozen=True)
class Reason:
    """Why ``meeting`` between ``participants`` (a, b) has no slot.

    ``code`` is a key of the sentences above or ``no_free_slot``, which lists what stands in the way. ``slots`` is the
    number of slots the two share; ``obstacles`` says in how many of them what stands in the way; ``blockers`` are
    the meetings that hold those slots.
    """

    code: str
    meeting: int
    participants: tuple[int, int]
    slots: int
    obstacles: tuple[tuple[str, int], ...] = ()
    blockers: tuple[int, ...] = ()

    def sentence(self, name: Callable[[int], str] = "participant {}".format) -> str:
        """In English; ``name`` gives a participant's name."""
        a, b = map(name, self.participants)
        if self.code in WHOLE:
            said = WHOLE[self.code].format(a=a, b=b, slots=self.slots, blockers=len(self.blockers))
            return said[0].upper() + said[1:]
        parts = [f"{PARTS[what].format(a=a, b=b)} in {count}" for what, count in self.obstacles]
        return f"Of the {self.slots} slots {a} and {b} share, {_list(parts)}: more time of either would help."


def reasons(problem: Problem, slots: npt.ArrayLike) -> tuple[Reason, ...]:
    """One Reason for every meeting without a slot in ``slots`` ((M,), -1 for none)."""
    look = _Look(problem, np.asarray(slots, np.int64))
    return tuple(look.reason(int(meeting)) for meeting in np.flatnonzero(look.slots < 0))


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


class _Look:
    """The timetable as the reasons read it: who is where, when."""

    def __init__(self, problem: Problem, slots: IntArray) -> None:
        self.problem, self.slots = problem, slots
        self.possible = problem.possible
        self.rank = list(zip(problem.must.tolist(), problem.strength.tolist(), strict=True))
        self.held = np.flatnonzero(slots >= 0)
        self.load = np.zeros((problem.participants, problem.slots), np.int64)
        self.day_load = np.zeros((problem.participants, problem.days), np.int64)
        self.mine: list[list[int]] = [[] for _ in range(problem.participants)]
        for end in (0, 1):
            people = problem.meetings[self.held, end]
            np.add.at(self.load, (people, slots[self.held]), 1)
            np.add.at(self.day_load, (people, problem.slot_day[slots[self.held]]), 1)
            for person, meeting in zip(people.tolist(), self.held.tolist(), strict=True):
                self.mine[person].append(meeting)
        self.per_slot = np.bincount(slots[self.held], minlength=problem.slots)
        self.bound_to = {int(m) for m in problem.precedences.ravel()}

    def reason(self, meeting: int) -> Reason:
        a, b = map(int, self.problem.meetings[meeting])
        shared = np.flatnonzero(self.possible[meeting])
        if not len(shared):
            return Reason("no_common_slot", meeting, (a, b), 0)
        masks = self._obstacles(meeting, a, b, shared)
        first = np.argmax(np.vstack([*masks, np.ones(len(shared), bool)]), axis=0)
        counts = tuple((what, int((first == i).sum())) for i, what in enumerate(OBSTACLES) if (first == i).any())
        blockers = self._blockers(a, b, shared)
        code = self._code(meeting, masks, first, blockers)
        return Reason(code, meeting, (a, b), len(shared), counts, blockers)

    def _code(self, meeting: int, masks: list[BoolArray], first: IntArray, blockers: tuple[int, ...]) -> str:
        if (first == len(OBSTACLES)).any():
            return "free" if self.problem.fairness is None else "fairness"
        if bool((masks[0] | masks[1]).all()) and self._stronger(meeting, blockers):
            return "displaced"
        for what, mask in zip(OBSTACLES, masks, strict=True):
            if mask.all():
                return what.replace("busy", "full")
        return "no_free_slot"

    def _obstacles(self, meeting: int, a: int, b: int, shared: IntArray) -> list[BoolArray]:
        problem, day = self.problem, self.problem.slot_day[shared]
        tables = np.inf if problem.tables is None else problem.tables
        return [
            self.load[a, shared] >= problem.capacity[a],
            self.load[b, shared] >= problem.capacity[b],
            self.day_load[a, day] >= problem.daily_limit[a],
            self.day_load[b, day] >= problem.daily_limit[b],
            np.asarray(self.per_slot[shared] >= tables, bool),
            self._too_far(meeting, (a, b))[shared],
            self._out_of_order(meeting)[shared],
        ]

    def _too_far(self, meeting: int, people: tuple[int, int]) -> BoolArray:
        problem, blocked = self.problem, np.zeros(self.problem.slots + 1, bool)
        if problem.hall[meeting] >= 0 and problem.too_far.size:
            near = [other for person in people for other in self.mine[person] if problem.hall[other] >= 0]
            for slot in (self.slots[o] for o in near if problem.too_far[problem.hall[meeting], problem.hall[o]]):
                blocked[slot + 1] |= slot + 1 < problem.slots and problem.follows[slot + 1]
                blocked[slot - 1] |= slot > 0 and problem.follows[slot]
        return blocked[:-1]

    def _out_of_order(self, meeting: int) -> BoolArray:
        times, broken = np.arange(self.problem.slots), np.zeros(self.problem.slots, bool)
        if meeting in self.bound_to:
            for first, second in self.problem.precedences:
                if first == meeting and self.slots[second] >= 0:
                    broken |= times >= self.slots[second]
                if second == meeting and self.slots[first] >= 0:
                    broken |= times <= self.slots[first]
        return broken

    def _blockers(self, a: int, b: int, shared: IntArray) -> tuple[int, ...]:
        wanted = set(shared.tolist())
        return tuple(sorted({m for person in (a, b) for m in self.mine[person] if int(self.slots[m]) in wanted}))

    def _stronger(self, meeting: int, blockers: tuple[int, ...]) -> bool:
        return all(self.rank[other] > self.rank[meeting] for other in blockers)

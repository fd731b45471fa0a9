"""Why a meeting has no slot: a code, what stands in the way and in how many slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem

# What stands in the way of a meeting in a slot, in the order in which it is named when several things do.
OBSTACLES = ("busy_a", "busy_b", "daily_limit_a", "daily_limit_b", "no_table", "too_far", "order")

# Meetings looked at together: the masks of many are faster, those of all might not fit into memory.
AT_ONCE = 20_000

# What one reason says of all shared slots at once.
WHOLE = (
    "absent_a", "absent_b", "no_common_slot", "displaced", "full_a", "full_b", "daily_limit_a", "daily_limit_b",
    "no_table", "too_far", "order", "fairness", "free",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why ``meeting`` between ``participants`` (a, b) has no slot.

    ``code`` is one of ``WHOLE`` or ``no_free_slot``, where different things stand in the way. ``slots`` is the
    number of slots the two share; ``obstacles`` says in how many of them what stands in the way; ``blockers`` are
    the meetings that hold those slots.
    """

    code: str
    meeting: int
    participants: tuple[int, int]
    slots: int
    obstacles: tuple[tuple[str, int], ...] = ()
    blockers: tuple[int, ...] = ()


def reasons(problem: Problem, slots: npt.ArrayLike) -> tuple[Reason, ...]:
    """One Reason for every meeting without a slot in ``slots`` ((M,), -1 for none)."""
    look = _Look(problem, np.asarray(slots, np.int64))
    left_out = np.flatnonzero(look.slots < 0)
    parts = np.split(left_out, range(AT_ONCE, len(left_out), AT_ONCE))
    return tuple(reason for part in parts for reason in look.reasons(part))


class _Look:
    """The timetable as the reasons read it: who is where, when."""

    def __init__(self, problem: Problem, slots: IntArray) -> None:
        self.problem, self.slots = problem, slots
        self.rank = list(zip(problem.must.tolist(), problem.strength.tolist(), strict=True))
        self.load = np.zeros((problem.participants, problem.slots), np.int64)
        self.day_load = np.zeros((problem.participants, problem.days), np.int64)
        # The hall of a participant in each slot; whoever holds several meetings at once holds them in one.
        self.where = np.full((problem.participants, problem.slots), -1)
        self.mine: list[list[tuple[int, int]]] = [[] for _ in range(problem.participants)]
        held = np.flatnonzero(slots >= 0)
        for people in problem.meetings[held].T:
            np.add.at(self.load, (people, slots[held]), 1)
            np.add.at(self.day_load, (people, problem.slot_day[slots[held]]), 1)
            self.where[people, slots[held]] = problem.hall[held]
            for person, meeting, slot in zip(people.tolist(), held.tolist(), slots[held].tolist(), strict=True):
                self.mine[person].append((meeting, slot))
        self.per_slot = np.bincount(slots[held], minlength=problem.slots)

    def reasons(self, meetings: IntArray) -> Iterator[Reason]:
        """The reasons of some of the meetings left out."""
        shared = self.problem.possible[meetings]
        masks = self._obstacles(meetings)
        first = np.argmax(np.concatenate([masks, np.ones((1, *shared.shape), bool)]), axis=0)
        first[~shared] = -1
        counts = np.stack([(first == i).sum(axis=1) for i in range(len(OBSTACLES))], axis=1).tolist()
        free: list[bool] = (first == len(OBSTACLES)).any(axis=1).tolist()
        full = np.asarray((masks | ~shared).all(axis=2)).T.tolist()
        share: list[int] = shared.sum(axis=1).tolist()
        busy: list[bool] = (masks[0] | masks[1] | ~shared).all(axis=1).tolist()
        for row, meeting in enumerate(meetings.tolist()):
            a, b = map(int, self.problem.meetings[meeting])
            blockers = self._blockers(a, b, shared[row].tolist())
            obstacles = tuple((what, n) for what, n in zip(OBSTACLES, counts[row], strict=True) if n)
            displaced = busy[row] and self._stronger(meeting, blockers)
            code = self._code(free[row], displaced, full[row]) if share[row] else self._never(a, b)
            yield Reason(code, meeting, (a, b), share[row], obstacles, blockers)

    def _never(self, a: int, b: int) -> str:
        for code, person in (("absent_a", a), ("absent_b", b)):
            if not self.problem.availability[person].any():
                return code
        return "no_common_slot"

    def _blockers(self, a: int, b: int, shared: list[bool]) -> tuple[int, ...]:
        return tuple(sorted({meeting for person in (a, b) for meeting, slot in self.mine[person] if shared[slot]}))

    def _code(self, free: bool, displaced: bool, full: list[bool]) -> str:
        if free:
            return "free" if self.problem.fairness is None else "fairness"
        if displaced:
            return "displaced"
        whole = [what.replace("busy", "full") for what, everywhere in zip(OBSTACLES, full, strict=True) if everywhere]
        return whole[0] if whole else "no_free_slot"

    def _obstacles(self, meetings: IntArray) -> BoolArray:
        """(7, N, T) what stands in the way of each meeting in each slot, in the order of OBSTACLES."""
        problem, (a, b) = self.problem, self.problem.meetings[meetings].T
        day, shape = problem.slot_day, (len(meetings), problem.slots)
        tables = np.inf if problem.tables is None else problem.tables
        return np.stack(
            [
                self.load[a] >= problem.capacity[a, None],
                self.load[b] >= problem.capacity[b, None],
                self.day_load[a][:, day] >= problem.daily_limit[a, None],
                self.day_load[b][:, day] >= problem.daily_limit[b, None],
                np.broadcast_to(self.per_slot >= tables, shape),
                self._too_far(meetings, a) | self._too_far(meetings, b),
                self._out_of_order(meetings),
            ]
        )

    def _too_far(self, meetings: IntArray, people: IntArray) -> BoolArray:
        """(N, T) whether the walk from or to what a participant has in the slots beside is too far."""
        problem, blocked = self.problem, np.zeros((len(meetings), self.problem.slots), bool)
        if problem.too_far.size:
            # The last row and column are for nowhere in particular.
            far = np.pad(problem.too_far, (0, 1))[problem.hall[meetings, None], self.where[people]]
            blocked[:, 1:] |= far[:, :-1] & problem.follows[1:]
            blocked[:, :-1] |= far[:, 1:] & problem.follows[1:]
        return blocked

    def _out_of_order(self, meetings: IntArray) -> BoolArray:
        """(N, T) whether a slot breaks the order asked for with meetings that have one."""
        times, broken = np.arange(self.problem.slots), np.zeros((len(meetings), self.problem.slots), bool)
        first, second = self.problem.precedences.T
        for own, other, early in ((first, second, False), (second, first, True)):
            bound = (self.slots[other] >= 0) & np.isin(own, meetings)
            row, limit = np.searchsorted(meetings, own[bound]), self.slots[other[bound], None]
            np.logical_or.at(broken, row, times <= limit if early else times >= limit)
        return broken

    def _stronger(self, meeting: int, blockers: tuple[int, ...]) -> bool:
        return all(self.rank[other] > self.rank[meeting] for other in blockers)

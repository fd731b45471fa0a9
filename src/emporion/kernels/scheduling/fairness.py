"""Fair shares of breaks in a large timetable: whoever has too many gives up the fewest meetings that fix it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.problem import IntArray, Problem

Array = npt.NDArray[Any]


def breaks_each(problem: Problem, slots: Array) -> IntArray:
    """(P,) breaks of every participant, 0 for those whose breaks do not count.

    A break lies before every stretch of slots in meetings but the first of a day.
    """
    busy, held = np.zeros((problem.participants, problem.slots), bool), np.flatnonzero(slots >= 0)
    busy[problem.meetings[held], slots[held, None]] = True
    same_day = np.diff(problem.slot_day) == 0
    begins = busy.copy()
    begins[:, 1:] &= ~(busy[:, :-1] & same_day)
    first = np.flatnonzero(np.diff(problem.slot_day, prepend=-1))
    days = np.logical_or.reduceat(busy, first, axis=1)
    return np.asarray((begins.sum(axis=1) - days.sum(axis=1)) * problem.counts_breaks, np.int64)


def is_fair(problem: Problem, slots: Array) -> bool:
    """Whether nobody has more breaks than anybody else by more than the fairness bound."""
    if problem.fairness is None:
        return True
    breaks = breaks_each(problem, slots)[problem.counts_breaks]
    return not len(breaks) or bool(breaks.max() - breaks.min() <= problem.fairness)


def make_fair(problem: Problem, slots: Array) -> Array:
    """``slots`` without the meetings that give somebody more breaks than the fairness bound allows.

    Leaving out a block of meetings at the edge of a day removes a break there, but may make one for the other
    participants of these meetings: they are looked at again until nobody has more than the bound allows. Nobody's
    share is then larger than ``fairness``, so nobody's is larger than another's by more. Pinned meetings stay.
    """
    if problem.fairness is None:
        return slots
    slots, fixed = slots.copy(), set(problem.pinned[:, 0].tolist())
    mine = [np.flatnonzero((problem.meetings == p).any(axis=1)) for p in range(problem.participants)]
    waiting = [int(p) for p in np.flatnonzero(problem.counts_breaks)]
    while waiting:
        person = waiting.pop()
        left_out = _too_many(problem, slots, mine[person], fixed)
        slots[left_out] = -1
        waiting += [int(p) for p in problem.meetings[left_out].ravel() if problem.counts_breaks[p]]
    return slots


def _too_many(problem: Problem, slots: Array, mine: Array, fixed: set[int]) -> list[int]:
    """Meetings of one participant to leave out next: the smallest block at the edge of a day, of the weakest wishes."""
    days = [_blocks(slots, mine, problem.slot_day == day) for day in range(problem.days)]
    if sum(max(len(blocks) - 1, 0) for blocks in days) <= (problem.fairness or 0):
        return []
    edges = [block for blocks in days if len(blocks) > 1 for block in (blocks[0], blocks[-1])]
    free = [block for block in edges if not fixed & set(block)]
    return min(free, key=lambda block: (int(problem.must[block].sum()), len(block)), default=[])


def _blocks(slots: Array, mine: Array, on_day: Array) -> list[list[int]]:
    """The meetings of one day, those in adjacent slots together, in order of time."""
    held = sorted((int(slots[m]), int(m)) for m in mine if slots[m] >= 0 and on_day[slots[m]])
    blocks: list[list[int]] = []
    last = -2
    for slot, meeting in held:
        if slot - last > 1:
            blocks.append([])
        blocks[-1].append(meeting)
        last = slot
    return blocks

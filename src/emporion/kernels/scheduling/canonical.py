"""An order of participants and meetings that their names have no part in.

Every participant and every meeting gets a colour from what it is (availability, capacity, wishes …) and, round after
round, from the colours of what it is joined to (colour refinement, Weisfeiler and Leman 1968). The search then runs
on the problem sorted by colour, so that whatever it prefers, it prefers for a reason: renumbering or reshuffling the
input changes nothing but the numbers. Where refinement ends with equal colours the two are, but for rare regular
structures, interchangeable, and the order given decides between equals.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem

Colours = npt.NDArray[np.uint64]
ROUNDS = 8


def canonical(problem: Problem) -> tuple[Problem, IntArray]:
    """The same problem sorted by colour, and (M,) which meeting of the given problem each of its meetings is."""
    people, meetings = _colours(problem)
    old_person, old_meeting = np.argsort(people, kind="stable"), np.argsort(meetings, kind="stable")
    new_person, new_meeting = np.argsort(old_person), np.argsort(old_meeting)
    sorted_problem = replace(
        problem,
        meetings=np.sort(new_person[problem.meetings[old_meeting]], axis=1),
        must=problem.must[old_meeting],
        strength=problem.strength[old_meeting],
        hall=problem.hall[old_meeting],
        allowed_slots=problem.allowed_slots[old_meeting],
        availability=problem.availability[old_person],
        capacity=problem.capacity[old_person],
        daily_limit=problem.daily_limit[old_person],
        counts_breaks=problem.counts_breaks[old_person],
        pinned=_sorted_rows(np.c_[new_meeting[problem.pinned[:, 0]], problem.pinned[:, 1]]),
        precedences=_sorted_rows(new_meeting[problem.precedences]),
    )
    return sorted_problem, old_meeting


def _colours(problem: Problem) -> tuple[Colours, Colours]:
    people, meetings = _own_colours(problem)
    for _ in range(ROUNDS):
        neighbours = _mix(people)[problem.meetings].sum(axis=1, dtype=np.uint64)
        for end, salt in ((0, 3), (1, 5)):
            order = np.zeros(len(meetings), np.uint64)
            np.add.at(order, problem.precedences[:, end], _mix(meetings[problem.precedences[:, 1 - end]], salt))
            neighbours = neighbours + _mix(order, salt)
        meetings = _mix(meetings * np.uint64(31) + neighbours)
        gathered = np.zeros(len(people), np.uint64)
        for end in (0, 1):
            np.add.at(gathered, problem.meetings[:, end], _mix(meetings, 7))
        people = _mix(people * np.uint64(31) + gathered)
    return people, meetings


def _own_colours(problem: Problem) -> tuple[Colours, Colours]:
    people = _rows(problem.availability)
    for column in (problem.capacity, problem.daily_limit, problem.counts_breaks):
        people = _mix(people * np.uint64(31) + column.astype(np.uint64))
    meetings = _rows(problem.allowed_slots)
    pins = np.full(len(meetings), -1)
    pins[problem.pinned[:, 0]] = problem.pinned[:, 1]
    for column in (problem.must, problem.strength, problem.hall, pins):
        meetings = _mix(meetings * np.uint64(31) + column.astype(np.int64).view(np.uint64))
    return people, meetings


def _rows(rows: BoolArray) -> Colours:
    """(N,) a colour for each row of bits."""
    colour = np.zeros(len(rows), np.uint64)
    for column in np.packbits(rows, axis=1).T:
        colour = _mix(colour * np.uint64(31) + column.astype(np.uint64))
    return colour


def _mix(values: Colours, salt: int = 1) -> Colours:
    """SplitMix64 (Steele, Lea and Flood 2014): spreads every bit of the input over the whole output."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15 * salt % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), np.uint64)


def _sorted_rows(pairs: IntArray) -> IntArray:
    return pairs[np.lexsort(pairs.T[::-1])]

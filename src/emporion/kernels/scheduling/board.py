"""The problem and a timetable as flat arrays and bit masks, for the compiled search.

Resources are the participants, and last, where tables are shared, the tables: one resource with as many seats as
there are tables, that every meeting needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.bound import asked_for
from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem

Array = npt.NDArray[Any]
Function = TypeVar("Function", bound=Callable[..., Any])

TRAIL = 4096
QUEUE = 4096
MUST_RANK = 2_000_000


def inlined(function: Function) -> Function:
    """Compiled into whatever calls it."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function))


def compiled(function: Function) -> Function:
    """Compiled by Numba on first call, kept on disk, free of the interpreter's lock."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


# Columns of Board.meeting: the resources it needs (-1 for none), its wish, where it is held, which rows of Board.order
# are its own, its slot (-1 for none), the last chain that met it; then the words of the slots it may take.
FIRST, SECOND, TABLE, RANK, MUST, PINNED, HALL, ORDER_FROM, ORDER_TO, SLOT, SEEN, POSSIBLE = range(12)
# Columns of Board.resource: where its seats begin, seats in a slot, meetings in a day and in all at most, whether its
# breaks count, whether some of its meetings are too far from each other, and meetings it has.
BASE, CAPACITY, LIMIT, MOST, COUNTS, WALKS, HELD = range(7)
# Columns of Board.time: the day, and whether the slot begins as the one before ends.
DAY, FOLLOWS = range(2)
# Columns of Board.order: the other meeting, and whether it has to be the later one.
OTHER, LATER = range(2)
# Board.scratch: the length of the trail, the number of the present chain, the state of the random numbers, the trail
# (meeting and the slot it had), and the queue of a chain (meeting, where it stands in the way, whose way).
TRAIL_END, STAMP, RANDOM, TRAIL_AT = range(4)
QUEUE_AT = TRAIL_AT + 2 * TRAIL


class Board(NamedTuple):
    """The rules, and a timetable that the search changes in place.

    M meetings, R resources, T slots, D days, W words of 64 slots. Few wide arrays rather than many narrow ones:
    each array costs time to compile and to pass. A resource's seats in a slot are filled from the front.
    """

    meeting: Array  # (M, 11 + W)
    resource: Array  # (R, 7)
    used: Array  # (R, W) words of the slots with a meeting
    busy: Array  # (R, W) words of the slots with every seat taken
    load: Array  # (R, T + D) int16, meetings in each slot, then on each day
    seats: Array  # int32, meetings
    time: Array  # (T, 2)
    same_day: Array  # (W,) words of the slots on the same day as the slot before
    days: Array  # (D, W) words of the slots of each day
    order: Array  # (2 k, 2), those of one meeting together
    far: Array  # (H + 1, H + 1), the last for nowhere
    scratch: Array


def pack(rows: BoolArray) -> Array:
    """(N, T) bool as (N, W) int64, slot t in bit t % 64 of word t // 64."""
    words = -(-rows.shape[1] // 64)
    padded = np.zeros((len(rows), words * 64), bool)
    padded[:, : rows.shape[1]] = rows
    return np.packbits(padded, axis=1, bitorder="little").view("<i8").astype(np.int64)


def empty_board(problem: Problem, seed: int) -> Board:
    """The problem as the compiled search reads it, with no meeting placed; ``seed`` starts its random numbers."""
    resource = _resource_columns(problem)
    words, seats = -(-problem.slots // 64), int(resource[:, CAPACITY].sum()) * problem.slots
    scratch = np.zeros(QUEUE_AT + 3 * QUEUE, np.int64)
    scratch[RANDOM] = np.random.default_rng(seed).integers(1, 2**63 - 1)
    return Board(
        meeting=_meeting_columns(problem),
        resource=resource,
        used=np.zeros((len(resource), words), np.int64),
        busy=np.zeros((len(resource), words), np.int64),
        load=np.zeros((len(resource), problem.slots + problem.days), np.int16),
        seats=np.full(seats, -1, np.int32),
        time=np.c_[problem.slot_day, problem.follows].astype(np.int64),
        same_day=pack(np.r_[False, np.diff(problem.slot_day) == 0][None, :])[0],
        days=pack(problem.slot_day == np.arange(problem.days)[:, None]),
        order=_order(problem)[1],
        far=np.pad(problem.too_far, (0, 1)).astype(np.int64),
        scratch=scratch,
    )


def wanted(problem: Problem) -> IntArray:
    """(R, T) how many meetings of each resource could take each slot."""
    count = asked_for(problem.participants, problem.meetings, problem.possible)
    return count if problem.tables is None else np.vstack([count, problem.possible.sum(axis=0)])


def _meeting_columns(problem: Problem) -> IntArray:
    columns = np.zeros((len(problem.meetings), POSSIBLE), np.int64)
    columns[:, SLOT] = -1
    columns[:, [FIRST, SECOND]] = problem.meetings
    columns[:, TABLE] = -1 if problem.tables is None else problem.participants
    columns[:, RANK] = problem.must * MUST_RANK + problem.strength
    columns[:, MUST] = problem.must
    columns[problem.pinned[:, 0], PINNED] = 1
    nowhere = len(problem.too_far)
    columns[:, HALL] = np.where(problem.hall < 0, nowhere, problem.hall) if nowhere else 0
    starts = _order(problem)[0]
    columns[:, ORDER_FROM], columns[:, ORDER_TO] = starts[:-1], starts[1:]
    return np.asarray(np.c_[columns, pack(problem.possible)], np.int64)


def _resource_columns(problem: Problem) -> IntArray:
    tables = [] if problem.tables is None else [problem.tables]
    capacity = np.r_[problem.capacity, tables].astype(np.int64)
    limit = np.r_[problem.daily_limit, [2**31] * len(tables)].astype(np.int64)
    day = np.eye(problem.days, dtype=np.int64)[problem.slot_day]
    in_a_day = np.minimum(wanted(problem), capacity[:, None]) @ day
    columns = np.zeros((len(capacity), HELD + 1), np.int64)
    columns[:, BASE] = (np.cumsum(capacity) - capacity) * problem.slots
    columns[:, CAPACITY], columns[:, LIMIT] = capacity, limit
    columns[:, MOST] = np.minimum(in_a_day, limit[:, None]).sum(axis=1)
    columns[: problem.participants, COUNTS] = problem.counts_breaks
    columns[: problem.participants, WALKS] = _walks(problem)
    return columns


def _walks(problem: Problem) -> BoolArray:
    """(P,) whether two meetings of a participant are in halls too far from each other."""
    halls, (first, second) = len(problem.too_far), problem.meetings[problem.hall >= 0].T
    visits, hall = np.zeros((problem.participants, halls), bool), problem.hall[problem.hall >= 0]
    if not halls:
        return np.zeros(problem.participants, bool)
    visits[first, hall] = visits[second, hall] = True
    return np.asarray(((visits.astype(np.int32) @ problem.too_far.astype(np.int32) > 0) & visits).any(axis=1))


def _order(problem: Problem) -> tuple[IntArray, IntArray]:
    """(M + 1,) where the order rules of each meeting begin, and the rules: the other meeting, whether it is later."""
    first, second = problem.precedences.T
    meeting, other = np.r_[first, second], np.r_[second, first]
    later = np.r_[np.ones(len(first), np.int64), np.zeros(len(second), np.int64)]
    by_meeting = np.argsort(meeting, kind="stable")
    starts = np.searchsorted(meeting[by_meeting], np.arange(len(problem.meetings) + 1))
    return np.asarray(starts, np.int64), np.c_[other, later][by_meeting].astype(np.int64)

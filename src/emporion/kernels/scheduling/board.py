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

from emporion.kernels.scheduling.problem import BoolArray, IntArray, Problem

Array = npt.NDArray[Any]
Function = TypeVar("Function", bound=Callable[..., Any])

TRAIL = 4096
QUEUE = 4096
MUST_RANK = 2_000_000


def compiled(function: Function) -> Function:
    """Compiled by Numba on first call, kept on disk, free of the interpreter's lock."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


# Columns of Rules.meeting. The first three are the resources a meeting needs, -1 for none.
FIRST, SECOND, TABLE, RANK, MUST, PINNED, HALL, ORDER_FROM, ORDER_TO = range(9)
# Columns of Rules.resource: where its seats begin, seats in a slot, meetings in a day and in all, whether breaks count.
BASE, CAPACITY, LIMIT, MOST, COUNTS = range(5)
# Columns of Rules.time: the day, and whether the slot begins as the one before ends.
DAY, FOLLOWS = range(2)
# Columns of Rules.order: the other meeting, and whether it has to be the later one.
OTHER, LATER = range(2)
# Entries of Board.marks: the length of the trail, and the stamp of the present chain.
TRAIL_END, STAMP = range(2)


class Rules(NamedTuple):
    """What does not change. M meetings, R resources, T slots, D days, W words of 64 slots.

    Few wide arrays rather than many narrow ones: every array costs time to compile and to pass.
    """

    meeting: Array  # (M, 9) int64
    resource: Array  # (R, 5) int64
    time: Array  # (T, 2) int64
    order: Array  # (2 k, 2) int64, those of one meeting together
    far: Array  # (H + 1, H + 1), the last for nowhere
    possible: Array  # (M, W) uint64, slots the meeting may take in an empty timetable
    same_day: Array  # (W,) uint64, slots on the same day as the slot before


class Board(NamedTuple):
    """A timetable that the search changes in place. ``seats`` of a resource in a slot are filled from the front."""

    slot: Array  # (M,) int16
    seats: Array  # int32 meetings
    load: Array  # (R, T + D + 1) int16: meetings of a resource in each slot, on each day, in all
    full: Array  # (R, W) uint64
    used: Array  # (R, W) uint64
    trail: Array  # (TRAIL, 2) int32: meeting and the slot it had
    marks: Array  # (2,) int64
    random: Array  # (1,) uint64
    queue: Array  # (QUEUE, 3) int32: meeting, where it stands in the way, whose way
    seen: Array  # (M,) int64 stamps


def pack(rows: BoolArray) -> Array:
    """(N, T) bool as (N, W) uint64, slot t in bit t % 64 of word t // 64."""
    words = -(-rows.shape[1] // 64)
    padded = np.zeros((len(rows), words * 64), bool)
    padded[:, : rows.shape[1]] = rows
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def rules_of(problem: Problem) -> Rules:
    """The problem as the compiled search reads it."""
    return Rules(
        meeting=_meeting_columns(problem),
        resource=_resource_columns(problem),
        time=np.c_[problem.slot_day, problem.follows].astype(np.int64),
        order=_order(problem)[1],
        far=np.pad(problem.too_far, (0, 1)),
        possible=pack(problem.possible()),
        same_day=pack(np.r_[False, np.diff(problem.slot_day) == 0][None, :])[0],
    )


def wanted(problem: Problem) -> IntArray:
    """(R, T) how many meetings of each resource could take each slot."""
    possible = problem.possible()
    count = np.zeros((problem.participants, problem.slots), np.int64)
    for end in (0, 1):
        np.add.at(count, problem.meetings[:, end], possible)
    return count if problem.tables is None else np.vstack([count, possible.sum(axis=0)])


def _meeting_columns(problem: Problem) -> IntArray:
    count = len(problem.meetings)
    columns = np.zeros((count, 9), np.int64)
    columns[:, [FIRST, SECOND]] = problem.meetings
    columns[:, TABLE] = -1 if problem.tables is None else problem.participants
    columns[:, RANK] = problem.must * MUST_RANK + problem.strength
    columns[:, MUST] = problem.must
    columns[problem.pinned[:, 0], PINNED] = 1
    nowhere = len(problem.too_far)
    columns[:, HALL] = np.where(problem.hall < 0, nowhere, problem.hall) if nowhere else 0
    starts = _order(problem)[0]
    columns[:, ORDER_FROM], columns[:, ORDER_TO] = starts[:-1], starts[1:]
    return columns


def _resource_columns(problem: Problem) -> IntArray:
    tables = [] if problem.tables is None else [problem.tables]
    capacity = np.r_[problem.capacity, tables].astype(np.int64)
    limit = np.r_[problem.daily_limit, [2**31] * len(tables)].astype(np.int64)
    day = np.eye(problem.days, dtype=np.int64)[problem.slot_day]
    in_a_day = np.minimum(wanted(problem), capacity[:, None]) @ day
    columns = np.zeros((len(capacity), 5), np.int64)
    columns[:, BASE] = (np.cumsum(capacity) - capacity) * problem.slots
    columns[:, CAPACITY], columns[:, LIMIT] = capacity, limit
    columns[:, MOST] = np.minimum(in_a_day, limit[:, None]).sum(axis=1)
    columns[: problem.participants, COUNTS] = problem.counts_breaks
    return columns


def _order(problem: Problem) -> tuple[IntArray, IntArray]:
    """(M + 1,) where the order rules of each meeting begin, and the rules: the other meeting, whether it is later."""
    first, second = problem.precedences.T
    meeting, other = np.r_[first, second], np.r_[second, first]
    later = np.r_[np.ones(len(first), np.int64), np.zeros(len(second), np.int64)]
    by_meeting = np.argsort(meeting, kind="stable")
    starts = np.searchsorted(meeting[by_meeting], np.arange(len(problem.meetings) + 1))
    return np.asarray(starts, np.int64), np.c_[other, later][by_meeting].astype(np.int64)


def empty_board(rules: Rules, seed: int) -> Board:
    """A timetable without meetings; ``seed`` starts its random numbers."""
    resources, (meetings, words) = len(rules.resource), rules.possible.shape
    slots, days = len(rules.time), int(rules.time[-1, DAY]) + 1
    return Board(
        slot=np.full(meetings, -1, np.int16),
        seats=np.full(int(rules.resource[:, CAPACITY].sum()) * slots, -1, np.int32),
        load=np.zeros((resources, slots + days + 1), np.int16),
        full=np.zeros((resources, words), np.uint64),
        used=np.zeros((resources, words), np.uint64),
        trail=np.zeros((TRAIL, 2), np.int32),
        marks=np.zeros(2, np.int64),
        random=np.random.default_rng(seed).integers(1, 2**63, 1).astype(np.uint64),
        queue=np.zeros((QUEUE, 3), np.int32),
        seen=np.zeros(meetings, np.int64),
    )

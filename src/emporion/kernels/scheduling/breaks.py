"""How many breaks a timetable has, and what one meeting more or less does to them, by bits and compiled.

A break is an idle stretch between two meetings of one day. Entering a slot changes the breaks of a participant by
-1 where it joins two stretches of meetings, by 0 beside one (or on a day without any) and by 1 elsewhere; leaving one
by as much the other way round. So the slots that cost no more than a given number are a few operations on words.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import (
    COUNTS,
    DAY,
    FIRST,
    SECOND,
    SLOT,
    Array,
    Board,
    compiled,
    inlined,
)
from emporion.kernels.scheduling.problem import IntArray, Problem
from emporion.kernels.scheduling.words import ones

# Meetings of one person up to which the fewest breaks are counted.
MAX_FORCED = 255


@inlined
def beside(board: Board, person: int, word: int) -> tuple[int, int]:
    """The slots of a word right after one in which the person is in a meeting that day, and those right before one."""
    used, same_day = board.used[person], board.same_day
    after, before = used[word] << 1, (used[word] & same_day[word]) >> 1 & 0x7FFFFFFFFFFFFFFF
    if word > 0:
        after |= (used[word - 1] >> 63) & 1
    if word + 1 < len(same_day):
        before |= (used[word + 1] & same_day[word + 1] & 1) << 63
    return after & same_day[word], before


@inlined
def entering(board: Board, person: int, word: int) -> tuple[int, int]:
    """The slots of a word in which one more meeting closes a break of the person, and those in which it is all one."""
    if not board.resource[person, COUNTS]:
        return 0, -1
    after, before = beside(board, person, word)
    used, slots = board.used[person, word], len(board.time)
    closes, same = after & before & ~used, (after ^ before) | used
    for day in range(len(board.days)):
        if board.days[day, word] and board.load[person, slots + day] == 0:
            same |= board.days[day, word]
    return closes, same & ~closes


@inlined
def costing(board: Board, meeting: int, word: int, most: int) -> int:
    """The slots of a word in which a meeting that has none changes the breaks of both participants by ``most`` or less.

    Whether it may take them is another question.
    """
    if most < -2 or most > 1:
        return -1 if most > 1 else 0
    a_closes, a_same = entering(board, board.meeting[meeting, FIRST], word)
    b_closes, b_same = entering(board, board.meeting[meeting, SECOND], word)
    if most == 1:
        return a_closes | a_same | b_closes | b_same
    if most == 0:
        return a_closes | b_closes | (a_same & b_same)
    both = a_closes & b_closes
    return both if most == -2 else both | (a_closes & b_same) | (a_same & b_closes)


@inlined
def entry(board: Board, meeting: int, slot: int) -> int:
    """By how much the breaks change if a meeting that has no slot takes this one."""
    count = 0
    for end in range(2):
        closes, same = entering(board, board.meeting[meeting, end], slot >> 6)
        if (closes >> (slot & 63)) & 1:
            count -= 1
        elif not (same >> (slot & 63)) & 1:
            count += 1
    return count


@inlined
def leaving(board: Board, meeting: int) -> int:
    """By how much the breaks change if a meeting leaves its slot."""
    slot, count = board.meeting[meeting, SLOT], 0
    for end in range(2):
        person = board.meeting[meeting, end]
        alone = board.load[person, len(board.time) + board.time[slot, DAY]] == 1
        if board.resource[person, COUNTS] and board.load[person, slot] == 1 and not alone:
            after, before = beside(board, person, slot >> 6)
            count += ((after >> (slot & 63)) & 1) + ((before >> (slot & 63)) & 1) - 1
    return count


@inlined
def breaks_of(board: Board, person: int) -> int:
    """Breaks of a person: the stretches of slots with a meeting, less one for each day that has any."""
    if not board.resource[person, COUNTS]:
        return 0
    count = 0
    for word in range(len(board.same_day)):
        after, _ = beside(board, person, word)
        count += ones(board.used[person, word] & ~after)
    for day in range(len(board.days)):
        count -= 1 if board.load[person, len(board.time) + day] > 0 else 0
    return count


@compiled
def all_breaks(board: Board) -> int:
    """Breaks of everybody whose breaks count."""
    count = 0
    for person in range(len(board.resource)):
        count += breaks_of(board, person)
    return count


def forced_breaks(problem: Problem, wanted: IntArray) -> Array:
    """(P, N + 1) int16, the fewest breaks a person with 0 to N meetings can have, whatever everybody else does.

    ``wanted`` (P, T) is how many of a person's meetings could take each slot. j meetings of a day need as many
    stretches of such slots as it takes of the longest ones to hold j; the days share the meetings out as is best.
    0 for whoever holds meetings in parallel. With more than N meetings there are no fewer than with N.
    """
    there, counted = wanted[: problem.participants] > 0, problem.counts_breaks & (problem.capacity == 1)
    most = int(there[counted].sum(axis=1).max(initial=0))
    fewest = np.zeros((problem.participants, min(most, MAX_FORCED) + 1), np.int16)
    limit = np.minimum(problem.daily_limit, problem.slots)
    force(there, problem.slot_day, limit, np.flatnonzero(counted), fewest)
    return fewest


@compiled
def force(there: Array, slot_day: Array, limit: Array, people: Array, fewest: Array) -> None:
    """Fills the rows of ``people`` in ``fewest``."""
    slots = len(slot_day)
    for person in people:
        row = np.full(fewest.shape[1], slots, np.int64)
        row[0], begin = 0, 0
        while begin < slots:
            end = begin
            while end < slots and slot_day[end] == slot_day[begin]:
                end += 1
            share_out(row, needed(there[person, begin:end], limit[person]))
            begin = end
        fewest[person] = row


@compiled
def needed(there: Array, limit: int) -> Array:
    """The fewest breaks of a day with 0, 1, 2 … meetings, as many as it can hold."""
    stretches = np.zeros(len(there) + 1, np.int64)
    length, total = 0, 0
    for t in range(len(there)):
        length = length + 1 if there[t] else 0
        total += 1 if there[t] else 0
        if length and (t + 1 == len(there) or not there[t + 1]):
            stretches[t] = length
    stretches = np.sort(stretches)[::-1]
    breaks, used, held = np.zeros(min(total, limit) + 1, np.int64), 0, 0
    for meetings in range(1, len(breaks)):
        if meetings > held:
            held, used = held + stretches[used], used + 1
        breaks[meetings] = used - 1
    return breaks


@compiled
def share_out(row: Array, day: Array) -> None:
    """Adds a day to the fewest breaks with 0, 1, 2 … meetings."""
    for meetings in range(len(row) - 1, -1, -1):
        best = row[meetings]
        for here in range(1, min(len(day), meetings + 1)):
            best = min(best, row[meetings - here] + day[here])
        row[meetings] = best

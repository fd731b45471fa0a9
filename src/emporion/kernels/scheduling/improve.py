"""More meetings from a good timetable: ejection chains and exchanges.

An ejection chain (Glover 1996) places a meeting by moving the one in its way, and the one in that one's way, until a
slot is free; Kempe's chains are the special case of two slots. An exchange places a meeting for another that is no
stronger, and so walks over the plateau of equally good timetables. Neither ever places fewer or weaker meetings.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import (
    FIRST,
    MUST,
    RANK,
    SECOND,
    STAMP,
    TRAIL,
    TRAIL_END,
    Array,
    Board,
    Rules,
    compiled,
)
from emporion.kernels.scheduling.moves import begin, draw, fits, has, hopeless, in_the_way, lift, put, rise, sit, undo


@compiled
def place_more(rules: Rules, board: Board, waiting: Array, chain: int) -> None:
    """A chain or else an exchange for each meeting of ``waiting``, in random order."""
    shuffle(board, waiting)
    for meeting in waiting:
        if board.slot[meeting] < 0:
            begin(board)
            if not room_for(rules, board, meeting, chain):
                displace(rules, board, meeting, chain, False)


@compiled
def make_room(rules: Rules, board: Board, waiting: Array, chain: int) -> None:
    """Chains for each meeting of ``waiting``, in this order; musts may also take the place of others."""
    for meeting in waiting:
        if board.slot[meeting] < 0:
            begin(board)
            if not room_for(rules, board, meeting, chain) and rules.meeting[meeting, MUST]:
                displace(rules, board, meeting, chain, True)


@compiled
def shuffle(board: Board, items: Array) -> None:
    """Fisher and Yates."""
    for last in range(len(items) - 1, 0, -1):
        other = draw(board, last + 1)
        items[last], items[other] = items[other], items[last]


@compiled
def chain_in(rules: Rules, board: Board, meeting: int, limit: int) -> bool:
    """Places a meeting by the shortest chain of moves among the first ``limit`` meetings met; False changes nothing."""
    if hopeless(rules, board, meeting):
        return False
    board.marks[STAMP] += 1
    board.seen[meeting] = board.marks[STAMP]
    board.queue[0, 0], board.queue[0, 1], board.queue[0, 2] = meeting, -1, -1
    head, tail = 0, 1
    while head < tail and head < limit:
        mover = int(board.queue[head, 0])
        home = int(board.slot[mover])
        if home >= 0:
            rise(rules, board, mover)
        tail, free = look_round(rules, board, head, tail, home)
        if home >= 0:
            sit(rules, board, mover, home)
        if free >= 0 and follow(rules, board, head, free):
            return True
        head += 1
    return False


@compiled
def look_round(rules: Rules, board: Board, head: int, tail: int, home: int) -> tuple[int, int]:
    """Where the meeting at ``head`` could go: the new end of the queue, and a free slot or -1."""
    mover, slots = int(board.queue[head, 0]), len(rules.time)
    a, b = rules.meeting[mover, FIRST], rules.meeting[mover, SECOND]
    found, start = np.empty(2, np.int64), draw(board, slots)
    for step in range(slots):
        slot = (start + step) % slots
        if slot == home or not has(rules.possible[mover], slot):
            continue
        if has(board.full[a], slot) and has(board.full[b], slot):
            continue
        if fits(rules, board, mover, slot):
            return tail, slot
        if in_the_way(rules, board, mover, slot, found) == 1 and board.seen[found[0]] != board.marks[STAMP]:
            if tail == len(board.queue):
                break
            board.seen[found[0]] = board.marks[STAMP]
            board.queue[tail, 0], board.queue[tail, 1], board.queue[tail, 2] = found[0], slot, head
            tail += 1
    return tail, -1


@compiled
def follow(rules: Rules, board: Board, last: int, free: int) -> bool:
    """Makes the moves of a chain from its end; undoes them all when one has become impossible."""
    mark, place, slot = board.marks[TRAIL_END], last, free
    while place >= 0:
        mover = int(board.queue[place, 0])
        if board.slot[mover] >= 0:
            lift(rules, board, mover)
        if board.marks[TRAIL_END] >= TRAIL - 2 or not fits(rules, board, mover, slot):
            undo(rules, board, mark)
            return False
        put(rules, board, mover, slot)
        slot, place = int(board.queue[place, 1]), int(board.queue[place, 2])
    return True


@compiled
def room_for(rules: Rules, board: Board, meeting: int, limit: int) -> bool:
    """Places a meeting by a chain, or by chains for all that stand in its way in some slot; False changes nothing."""
    if hopeless(rules, board, meeting):
        return False
    if chain_in(rules, board, meeting, limit):
        return True
    slots, found = len(rules.time), np.empty(4, np.int64)
    start = draw(board, slots)
    for step in range(slots):
        slot = (start + step) % slots
        if has(rules.possible[meeting], slot):
            count = in_the_way(rules, board, meeting, slot, found)
            if count > 1 and all_move_on(rules, board, meeting, slot, found[:count], limit):
                return True
    return False


@compiled
def all_move_on(rules: Rules, board: Board, meeting: int, slot: int, others: Array, limit: int) -> bool:
    """Puts a meeting in the place of others if each of them finds a slot by a chain; False changes nothing."""
    mark = board.marks[TRAIL_END]
    for other in others:
        lift(rules, board, other)
    done = fits(rules, board, meeting, slot)
    if done:
        put(rules, board, meeting, slot)
    for other in others:
        done = done and chain_in(rules, board, other, limit)
    if not done:
        undo(rules, board, mark)
    return done


@compiled
def displace(rules: Rules, board: Board, meeting: int, limit: int, no_musts: bool) -> bool:
    """Places a meeting where what must leave is no stronger (or no must), and tries to place again what left."""
    slots, found = len(rules.time), np.empty(4, np.int64)
    start, mark = draw(board, slots), board.marks[TRAIL_END]
    for step in range(slots):
        slot = (start + step) % slots
        if not has(rules.possible[meeting], slot):
            continue
        count = in_the_way(rules, board, meeting, slot, found)
        if count < 0 or not may_leave(rules, meeting, found[:count], no_musts):
            continue
        for i in range(count):
            lift(rules, board, found[i])
        if fits(rules, board, meeting, slot):
            put(rules, board, meeting, slot)
            for i in range(count):
                chain_in(rules, board, found[i], limit)
            return True
        undo(rules, board, mark)
    return False


@compiled
def may_leave(rules: Rules, meeting: int, others: Array, no_musts: bool) -> bool:
    """Whether ``others`` may leave for ``meeting``: one that is no stronger, or, for a must, any that are not."""
    if len(others) == 1 and not no_musts:
        return rules.meeting[others[0], RANK] <= rules.meeting[meeting, RANK]
    allowed = rules.meeting[meeting, MUST] == 1
    for other in others:
        allowed = allowed and rules.meeting[other, MUST] == 0
    return allowed

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
    QUEUE,
    QUEUE_AT,
    RANK,
    SECOND,
    SEEN,
    SLOT,
    STAMP,
    TRAIL,
    TRAIL_END,
    Array,
    Board,
    compiled,
)
from emporion.kernels.scheduling.moves import (
    begin,
    change,
    fits,
    full,
    hopeless,
    in_the_way,
    possible,
    rise,
    sit,
    undo,
)
from emporion.kernels.scheduling.words import draw, shuffle


@compiled
def place_more(board: Board, waiting: Array, chain: int) -> None:
    """Chains or else an exchange for each meeting of ``waiting``, in random order."""
    shuffle(board, waiting)
    for meeting in waiting:
        if board.meeting[meeting, SLOT] < 0:
            begin(board)
            if not room_for(board, meeting, chain):
                displace(board, meeting, chain, False)


@compiled
def make_room(board: Board, waiting: Array, chain: int) -> None:
    """Chains for each meeting of ``waiting``, in this order; musts may also take the place of others."""
    for meeting in waiting:
        if board.meeting[meeting, SLOT] < 0:
            begin(board)
            if not room_for(board, meeting, chain) and board.meeting[meeting, MUST]:
                displace(board, meeting, chain, True)


@compiled
def room_for(board: Board, meeting: int, limit: int) -> bool:
    """Places a meeting by a chain, or by chains for all that stand in its way in some slot; False changes nothing."""
    if hopeless(board, meeting):
        return False
    if chain_in(board, meeting, limit):
        return True
    slots, found = len(board.time), np.empty(4, np.int64)
    start = draw(board, slots)
    for step in range(slots):
        slot = (start + step) % slots
        if possible(board, meeting, slot):
            count = in_the_way(board, meeting, slot, found)
            if count > 1 and all_move_on(board, meeting, slot, found[:count], limit):
                return True
    return False


@compiled
def all_move_on(board: Board, meeting: int, slot: int, others: Array, limit: int) -> bool:
    """Puts a meeting in the place of others if each of them finds a slot by a chain; False changes nothing."""
    mark = board.scratch[TRAIL_END]
    for other in others:
        change(board, other, -1)
    done = fits(board, meeting, slot)
    if done:
        change(board, meeting, slot)
    for other in others:
        done = done and chain_in(board, other, limit)
    if not done:
        undo(board, mark)
    return done


@compiled
def chain_in(board: Board, meeting: int, limit: int) -> bool:
    """Places a meeting by the shortest chain of moves among the first ``limit`` meetings met; False changes nothing."""
    if hopeless(board, meeting):
        return False
    board.scratch[STAMP] += 1
    head, tail = 0, enqueue(board, 0, meeting, -1, -1)
    while head < tail and head < limit:
        mover = board.scratch[QUEUE_AT + 3 * head]
        home = board.meeting[mover, SLOT]
        if home >= 0:
            rise(board, mover)
        tail, free = look_round(board, head, tail, home)
        if home >= 0:
            sit(board, mover, home)
        if free >= 0 and follow(board, head, free):
            return True
        head += 1
    return False


@compiled
def enqueue(board: Board, tail: int, meeting: int, slot: int, mover: int) -> int:
    """Puts a meeting that stands in ``slot`` in the way of ``mover`` (a place in the queue) at the end of the queue."""
    board.meeting[meeting, SEEN] = board.scratch[STAMP]
    board.scratch[QUEUE_AT + 3 * tail] = meeting
    board.scratch[QUEUE_AT + 3 * tail + 1] = slot
    board.scratch[QUEUE_AT + 3 * tail + 2] = mover
    return tail + 1


@compiled
def look_round(board: Board, head: int, tail: int, home: int) -> tuple[int, int]:
    """Where the meeting at ``head`` could go: the new end of the queue, and a free slot or -1."""
    mover, slots = board.scratch[QUEUE_AT + 3 * head], len(board.time)
    a, b = board.meeting[mover, FIRST], board.meeting[mover, SECOND]
    found, start = np.empty(2, np.int64), draw(board, slots)
    for step in range(slots):
        slot = (start + step) % slots
        if slot == home or not possible(board, mover, slot):
            continue
        if full(board, a, slot) and full(board, b, slot):
            continue
        if fits(board, mover, slot):
            return tail, slot
        alone = tail < QUEUE and in_the_way(board, mover, slot, found) == 1
        if alone and board.meeting[found[0], SEEN] != board.scratch[STAMP]:
            tail = enqueue(board, tail, found[0], slot, head)
    return tail, -1


@compiled
def follow(board: Board, last: int, free: int) -> bool:
    """Makes the moves of a chain from its end; undoes them all when one has become impossible."""
    mark, place, slot = board.scratch[TRAIL_END], last, free
    while place >= 0:
        mover = board.scratch[QUEUE_AT + 3 * place]
        if board.meeting[mover, SLOT] >= 0:
            change(board, mover, -1)
        if board.scratch[TRAIL_END] >= TRAIL - 2 or not fits(board, mover, slot):
            undo(board, mark)
            return False
        change(board, mover, slot)
        slot, place = board.scratch[QUEUE_AT + 3 * place + 1], board.scratch[QUEUE_AT + 3 * place + 2]
    return True


@compiled
def displace(board: Board, meeting: int, limit: int, no_musts: bool) -> bool:
    """Places a meeting where what must leave is no stronger (or no must), and tries to place again what left."""
    slots, found = len(board.time), np.empty(4, np.int64)
    start, mark = draw(board, slots), board.scratch[TRAIL_END]
    for step in range(slots):
        slot = (start + step) % slots
        if not possible(board, meeting, slot):
            continue
        count = in_the_way(board, meeting, slot, found)
        if count < 0 or not may_leave(board, meeting, found[:count], no_musts):
            continue
        for other in found[:count]:
            change(board, other, -1)
        if fits(board, meeting, slot):
            change(board, meeting, slot)
            for other in found[:count]:
                chain_in(board, other, limit)
            return True
        undo(board, mark)
    return False


@compiled
def may_leave(board: Board, meeting: int, others: Array, no_musts: bool) -> bool:
    """Whether ``others`` may leave for ``meeting``: one that is no stronger, or, for a must, any that are not."""
    if len(others) == 1 and not no_musts:
        return board.meeting[others[0], RANK] <= board.meeting[meeting, RANK]
    allowed = board.meeting[meeting, MUST] == 1
    for other in others:
        allowed = allowed and board.meeting[other, MUST] == 0
    return allowed

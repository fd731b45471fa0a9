"""Single steps on a timetable, compiled: put, lift, undo, what fits, what stands in the way.

Every step leaves a timetable without a broken rule. A trail remembers the steps since the last ``begin``, so that an
attempt that fails is undone to the exact timetable before it.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

from emporion.kernels.scheduling.board import (
    BASE,
    CAPACITY,
    DAY,
    FOLLOWS,
    HALL,
    HELD,
    LATER,
    LIMIT,
    MOST,
    ORDER_FROM,
    ORDER_TO,
    OTHER,
    PINNED,
    POSSIBLE,
    SLOT,
    TRAIL_AT,
    TRAIL_END,
    WALKS,
    Array,
    Board,
    compiled,
    inlined,
)
from emporion.kernels.scheduling.words import draw


@inlined
def possible(board: Board, meeting: int, slot: int) -> bool:
    """Whether the meeting may take the slot in an empty timetable."""
    return (board.meeting[meeting, POSSIBLE + (slot >> 6)] >> (slot & 63)) & 1 == 1


@inlined
def full(board: Board, resource: int, slot: int) -> bool:
    """Whether every seat of a resource is taken in the slot."""
    return (board.busy[resource, slot >> 6] >> (slot & 63)) & 1 == 1


@inlined
def open_slots(board: Board, meeting: int, word: int) -> int:
    """The slots of a word that the meeting may take and in which everything it needs has a seat left."""
    slots = board.meeting[meeting, POSSIBLE + word]
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0:
            slots &= ~board.busy[resource, word]
    return int(slots)


@inlined
def fits_open(board: Board, meeting: int, slot: int) -> bool:
    """Whether a meeting that has no slot may take this one of its ``open_slots``."""
    for end in range(2):
        if day_is_full(board, board.meeting[meeting, end], slot):
            return False
    return in_order(board, meeting, slot) and walkable(board, meeting, slot)


@inlined
def walkable(board: Board, meeting: int, slot: int) -> bool:
    """Whether both participants can walk to the meeting from what they have before the slot, and on to what is next."""
    for end in range(2):
        for step in (-1, 1):
            if too_far(board, meeting, board.meeting[meeting, end], slot, step) >= 0:
                return False
    return True


@inlined
def count_in(board: Board, resource: int, slot: int, change: int) -> None:
    """Adds ``change`` (1 or -1) meetings to a resource's load: in the slot, on its day, in all."""
    was = int(board.load[resource, slot])
    board.load[resource, slot] = was + change
    board.load[resource, len(board.time) + board.time[slot, DAY]] += change
    board.resource[resource, HELD] += change
    if was == 0 or was + change == 0:
        board.used[resource, slot >> 6] ^= 1 << (slot & 63)
    if max(was, was + change) == board.resource[resource, CAPACITY]:
        board.busy[resource, slot >> 6] ^= 1 << (slot & 63)


@inlined
def sit(board: Board, meeting: int, slot: int) -> None:
    """Puts a meeting into a slot, whatever the rules say."""
    board.meeting[meeting, SLOT] = slot
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0:
            first = board.resource[resource, BASE] + slot * board.resource[resource, CAPACITY]
            board.seats[first + board.load[resource, slot]] = meeting
            count_in(board, resource, slot, 1)


@inlined
def rise(board: Board, meeting: int) -> None:
    """Takes a meeting out of its slot."""
    slot = board.meeting[meeting, SLOT]
    board.meeting[meeting, SLOT] = -1
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0:
            first = board.resource[resource, BASE] + slot * board.resource[resource, CAPACITY]
            place = first
            while board.seats[place] != meeting:
                place += 1
            board.seats[place] = board.seats[first + board.load[resource, slot] - 1]
            count_in(board, resource, slot, -1)


@compiled
def begin(board: Board) -> None:
    """Forgets the trail: what follows can be undone to here."""
    board.scratch[TRAIL_END] = 0


@inlined
def change(board: Board, meeting: int, slot: int) -> None:
    """Lifts a meeting out of its slot, puts it into ``slot`` (-1: neither), and notes the slot it had on the trail."""
    was, end = board.meeting[meeting, SLOT], board.scratch[TRAIL_END]
    board.scratch[TRAIL_AT + 2 * end] = meeting
    board.scratch[TRAIL_AT + 2 * end + 1] = was
    board.scratch[TRAIL_END] = end + 1
    if was >= 0:
        rise(board, meeting)
    if slot >= 0:
        sit(board, meeting, slot)


@compiled
def undo(board: Board, mark: int) -> None:
    """Takes back every step after the first ``mark`` of the trail, last step first."""
    while board.scratch[TRAIL_END] > mark:
        board.scratch[TRAIL_END] -= 1
        end = board.scratch[TRAIL_END]
        change(board, board.scratch[TRAIL_AT + 2 * end], board.scratch[TRAIL_AT + 2 * end + 1])
        board.scratch[TRAIL_END] = end


@inlined
def too_far(board: Board, meeting: int, resource: int, slot: int, step: int) -> int:
    """The resource's meeting in the slot before (``step`` -1) or after (1) if the walk is too far, else -1."""
    later = slot + max(step, 0)
    if (
        not board.resource[resource, WALKS]
        or later == len(board.time)
        or not board.time[later, FOLLOWS]
        or board.load[resource, slot + step] == 0
    ):
        return -1
    other = int(board.seats[board.resource[resource, BASE] + (slot + step) * board.resource[resource, CAPACITY]])
    return other if board.far[board.meeting[meeting, HALL], board.meeting[other, HALL]] else -1


@inlined
def in_order(board: Board, meeting: int, slot: int) -> bool:
    """Whether the meetings that must come before or after leave ``slot`` to this one."""
    for i in range(board.meeting[meeting, ORDER_FROM], board.meeting[meeting, ORDER_TO]):
        other = board.meeting[board.order[i, OTHER], SLOT]
        if other >= 0 and (other <= slot if board.order[i, LATER] else other >= slot):
            return False
    return True


@inlined
def day_is_full(board: Board, resource: int, slot: int) -> bool:
    """Whether the resource has reached its limit on the day of the slot."""
    return board.load[resource, len(board.time) + board.time[slot, DAY]] >= board.resource[resource, LIMIT]


@inlined
def fits(board: Board, meeting: int, slot: int) -> bool:
    """Whether a meeting that has no slot may take this one as things stand."""
    opened = (open_slots(board, meeting, slot >> 6) >> (slot & 63)) & 1 == 1
    return opened and fits_open(board, meeting, slot)


@inlined
def hopeless(board: Board, meeting: int) -> bool:
    """Whether a participant (or the tables) already holds as many meetings as it ever can: no chain makes room."""
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0 and board.resource[resource, HELD] >= board.resource[resource, MOST]:
            return True
    return False


@compiled
def add(board: Board, found: Array, count: int, meeting: int) -> int:
    """Adds a meeting in the way to ``found``; the new count, or -1 where it cannot be moved or there are too many."""
    if count < 0 or meeting < 0:
        return count
    for i in range(count):
        if found[i] == meeting:
            return count
    if board.meeting[meeting, PINNED] or count == len(found):
        return -1
    found[count] = meeting
    return count + 1


@inlined
def someone(board: Board, resource: int, slot: int, whole_day: bool) -> int:
    """A meeting of the resource in the slot, or on its day, drawn at random; -1 if it has none."""
    chosen, seen = -1, 0
    for other in range(0 if whole_day else slot, len(board.time) if whole_day else slot + 1):
        held = int(board.load[resource, other])
        if held > 0 and board.time[other, DAY] == board.time[slot, DAY]:
            seen += held
            place = draw(board, seen)
            if place < held:
                first = board.resource[resource, BASE] + other * board.resource[resource, CAPACITY]
                chosen = int(board.seats[first + place])
    return chosen


@compiled
def in_the_way(board: Board, meeting: int, slot: int, found: Array) -> int:
    """Fills ``found`` with meetings whose leaving makes room in a possible slot: their number, -1 if none would help.

    Where several could leave (hosts of a stand, tables, a day's limit) one is drawn at random.
    """
    if not in_order(board, meeting, slot):
        return -1
    count = 0
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0:
            crowded = full(board, resource, slot)
            if crowded or day_is_full(board, resource, slot):
                other = someone(board, resource, slot, not crowded)
                count = add(board, found, count, other) if other >= 0 else -1
            for step in (-1, 1):
                if end < 2:
                    count = add(board, found, count, too_far(board, meeting, resource, slot, step))
        if count < 0:
            return -1
    return count

"""Single steps on a timetable, compiled: put, lift, undo, what fits, what stands in the way, how many breaks.

Every step leaves a timetable without a broken rule. A trail remembers the steps since the last ``begin``, so that an
attempt that fails is undone to the exact timetable before it.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import (
    BASE,
    CAPACITY,
    COUNTS,
    DAY,
    FIRST,
    FOLLOWS,
    HALL,
    LATER,
    LIMIT,
    MOST,
    ORDER_FROM,
    ORDER_TO,
    OTHER,
    PINNED,
    SECOND,
    TRAIL_END,
    Array,
    Board,
    Rules,
    compiled,
)

ONE = np.uint64(1)
NONE = np.uint64(0)


@compiled
def has(words: Array, slot: int) -> bool:
    """Whether bit ``slot`` is set."""
    return (words[slot >> 6] >> np.uint64(slot & 63)) & ONE != NONE


@compiled
def flip(words: Array, slot: int) -> None:
    words[slot >> 6] ^= ONE << np.uint64(slot & 63)


@compiled
def ones(word: np.uint64) -> int:
    """Number of set bits."""
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@compiled
def draw(board: Board, below: int) -> int:
    """A random number from 0 to below - 1 (xorshift64*, Marsaglia 2003 and Vigna 2016)."""
    state = board.random[0]
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    state ^= state >> np.uint64(27)
    board.random[0] = state
    return int(np.int64(((state * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(33)) % np.uint64(below)))


@compiled
def seat(rules: Rules, resource: int, slot: int) -> int:
    """Index of the first seat of a resource in a slot."""
    return rules.resource[resource, BASE] + slot * rules.resource[resource, CAPACITY]


@compiled
def count_in(rules: Rules, board: Board, resource: int, slot: int, change: int) -> None:
    """Adds ``change`` meetings to a resource's load: in the slot, on its day, in all."""
    board.load[resource, slot] += change
    board.load[resource, len(rules.time) + rules.time[slot, DAY]] += change
    board.load[resource, board.load.shape[1] - 1] += change


@compiled
def sit(rules: Rules, board: Board, meeting: int, slot: int) -> None:
    """Puts a meeting into a slot, whatever the rules say."""
    board.slot[meeting] = slot
    for end in range(3):
        resource = rules.meeting[meeting, end]
        if resource >= 0:
            held = int(board.load[resource, slot])
            board.seats[seat(rules, resource, slot) + held] = meeting
            if held == 0:
                flip(board.used[resource], slot)
            if held + 1 == rules.resource[resource, CAPACITY]:
                flip(board.full[resource], slot)
            count_in(rules, board, resource, slot, 1)


@compiled
def rise(rules: Rules, board: Board, meeting: int) -> None:
    """Takes a meeting out of its slot."""
    slot = int(board.slot[meeting])
    board.slot[meeting] = -1
    for end in range(3):
        resource = rules.meeting[meeting, end]
        if resource >= 0:
            held = int(board.load[resource, slot])
            first = seat(rules, resource, slot)
            place = first
            while board.seats[place] != meeting:
                place += 1
            board.seats[place] = board.seats[first + held - 1]
            if held == 1:
                flip(board.used[resource], slot)
            if held == rules.resource[resource, CAPACITY]:
                flip(board.full[resource], slot)
            count_in(rules, board, resource, slot, -1)


@compiled
def begin(board: Board) -> None:
    """Forgets the trail: what follows can be undone to here."""
    board.marks[TRAIL_END] = 0


@compiled
def put(rules: Rules, board: Board, meeting: int, slot: int) -> None:
    board.trail[board.marks[TRAIL_END], 0] = meeting
    board.trail[board.marks[TRAIL_END], 1] = -1
    board.marks[TRAIL_END] += 1
    sit(rules, board, meeting, slot)


@compiled
def lift(rules: Rules, board: Board, meeting: int) -> None:
    board.trail[board.marks[TRAIL_END], 0] = meeting
    board.trail[board.marks[TRAIL_END], 1] = board.slot[meeting]
    board.marks[TRAIL_END] += 1
    rise(rules, board, meeting)


@compiled
def undo(rules: Rules, board: Board, mark: int) -> None:
    """Takes back every step after the first ``mark`` of the trail, last step first."""
    while board.marks[TRAIL_END] > mark:
        board.marks[TRAIL_END] -= 1
        meeting = board.trail[board.marks[TRAIL_END], 0]
        slot = int(board.trail[board.marks[TRAIL_END], 1])
        if slot < 0:
            rise(rules, board, meeting)
        else:
            sit(rules, board, meeting, slot)


@compiled
def too_far(rules: Rules, board: Board, meeting: int, resource: int, slot: int) -> int:
    """The resource's meeting in ``slot`` if it is too far to walk to or from ``meeting``, else -1."""
    if board.load[resource, slot] == 0:
        return -1
    other = int(board.seats[seat(rules, resource, slot)])
    return other if rules.far[rules.meeting[meeting, HALL], rules.meeting[other, HALL]] else -1


@compiled
def before(rules: Rules, board: Board, meeting: int, resource: int, slot: int) -> int:
    """The meeting just before ``slot`` from which the resource could not walk here, else -1."""
    return too_far(rules, board, meeting, resource, slot - 1) if rules.time[slot, FOLLOWS] else -1


@compiled
def after(rules: Rules, board: Board, meeting: int, resource: int, slot: int) -> int:
    """The meeting just after ``slot`` to which the resource could not walk from here, else -1."""
    if slot + 1 < len(rules.time) and rules.time[slot + 1, FOLLOWS]:
        return too_far(rules, board, meeting, resource, slot + 1)
    return -1


@compiled
def in_order(rules: Rules, board: Board, meeting: int, slot: int) -> bool:
    """Whether the meetings that must come before or after leave ``slot`` to this one."""
    for i in range(rules.meeting[meeting, ORDER_FROM], rules.meeting[meeting, ORDER_TO]):
        other = board.slot[rules.order[i, OTHER]]
        if other >= 0 and (other <= slot if rules.order[i, LATER] else other >= slot):
            return False
    return True


@compiled
def day_is_full(rules: Rules, board: Board, resource: int, slot: int) -> bool:
    """Whether the resource has reached its limit on the day of the slot."""
    return board.load[resource, len(rules.time) + rules.time[slot, DAY]] >= rules.resource[resource, LIMIT]


@compiled
def fits(rules: Rules, board: Board, meeting: int, slot: int) -> bool:
    """Whether a meeting that has no slot may take this one as things stand."""
    if not has(rules.possible[meeting], slot) or not in_order(rules, board, meeting, slot):
        return False
    for end in range(3):
        resource = rules.meeting[meeting, end]
        if resource >= 0:
            if has(board.full[resource], slot) or day_is_full(rules, board, resource, slot):
                return False
            if end < 2 and before(rules, board, meeting, resource, slot) >= 0:
                return False
            if end < 2 and after(rules, board, meeting, resource, slot) >= 0:
                return False
    return True


@compiled
def hopeless(rules: Rules, board: Board, meeting: int) -> bool:
    """Whether a participant (or the tables) already holds as many meetings as it ever can: no chain makes room."""
    for end in range(3):
        resource = rules.meeting[meeting, end]
        if resource >= 0 and board.load[resource, board.load.shape[1] - 1] >= rules.resource[resource, MOST]:
            return True
    return False


@compiled
def add(rules: Rules, found: Array, count: int, meeting: int) -> int:
    """Adds a meeting in the way to ``found``; the new count, or -1 where it cannot be moved or there are too many."""
    if count < 0 or meeting < 0:
        return count
    for i in range(count):
        if found[i] == meeting:
            return count
    if rules.meeting[meeting, PINNED] or count == len(found):
        return -1
    found[count] = meeting
    return count + 1


@compiled
def someone(rules: Rules, board: Board, resource: int, slot: int) -> int:
    """A meeting of the resource in the slot, drawn at random."""
    return int(board.seats[seat(rules, resource, slot) + draw(board, int(board.load[resource, slot]))])


@compiled
def someone_that_day(rules: Rules, board: Board, resource: int, slot: int) -> int:
    """A meeting of the resource on the day of the slot, drawn at random among the slots it uses; -1 if it has none."""
    found, seen, day = -1, 0, rules.time[slot, DAY]
    for other in range(len(rules.time)):
        if rules.time[other, DAY] == day and board.load[resource, other] > 0:
            seen += 1
            if draw(board, seen) == 0:
                found = int(board.seats[seat(rules, resource, other)])
    return found


@compiled
def in_the_way(rules: Rules, board: Board, meeting: int, slot: int, found: Array) -> int:
    """Fills ``found`` with meetings whose leaving makes room in a possible slot: their number, -1 if none would help.

    Where several could leave (hosts of a stand, tables, a day's limit) one is drawn at random.
    """
    if not in_order(rules, board, meeting, slot):
        return -1
    count = 0
    for end in range(3):
        resource = rules.meeting[meeting, end]
        if resource >= 0:
            if has(board.full[resource], slot):
                count = add(rules, found, count, someone(rules, board, resource, slot))
            elif day_is_full(rules, board, resource, slot):
                other = someone_that_day(rules, board, resource, slot)
                count = add(rules, found, count, other) if other >= 0 else -1
            if end < 2:
                count = add(rules, found, count, before(rules, board, meeting, resource, slot))
                count = add(rules, found, count, after(rules, board, meeting, resource, slot))
        if count < 0:
            return -1
    return count


@compiled
def breaks_with(rules: Rules, board: Board, resource: int, slot: int) -> int:
    """Breaks of a resource if it were also in a meeting in ``slot`` (-1: as it is).

    A break is an idle stretch between two meetings of one day: count the blocks of used slots, less one for each day.
    """
    if not rules.resource[resource, COUNTS]:
        return 0
    blocks, carry = 0, NONE
    for word in range(len(rules.same_day)):
        used = board.used[resource, word]
        if slot >= 0 and slot >> 6 == word:
            used |= ONE << np.uint64(slot & 63)
        blocks += ones(used & ~(((used << ONE) | carry) & rules.same_day[word]))
        carry = used >> np.uint64(63)
    extra = rules.time[slot, DAY] if slot >= 0 else -1
    for day in range(board.load.shape[1] - 1 - len(rules.time)):
        blocks -= 1 if day == extra or board.load[resource, len(rules.time) + day] > 0 else 0
    return blocks


@compiled
def breaks_of(rules: Rules, board: Board, meeting: int, slot: int) -> int:
    """Breaks of both participants of a meeting if they were also in a meeting in ``slot`` (-1: as they are)."""
    first, second = rules.meeting[meeting, FIRST], rules.meeting[meeting, SECOND]
    return breaks_with(rules, board, first, slot) + breaks_with(rules, board, second, slot)


@compiled
def all_breaks(rules: Rules, board: Board) -> int:
    """Breaks of everybody whose breaks count."""
    count = 0
    for resource in range(len(rules.resource)):
        count += breaks_with(rules, board, resource, -1)
    return count

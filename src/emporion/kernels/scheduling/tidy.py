"""Fewer breaks: chains of moves that bring a person's meetings of a day together, and exchanges that cost no break.

A chain gives a meeting a slot that costs no more breaks than there are to spend; where somebody sits in it, that
meeting moves on with what is left. All is undone where the chain does not end. With a temperature a chain may now and
then spend a break more than it saves (Kirkpatrick, Gelatt and Vecchi 1983). No chain leaves a placed meeting out.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import (
    BASE,
    CAPACITY,
    FIRST,
    HELD,
    PINNED,
    POSSIBLE,
    RANK,
    SECOND,
    SLOT,
    TABLE,
    TRAIL_END,
    Array,
    Board,
    compiled,
    inlined,
)
from emporion.kernels.scheduling.breaks import breaks_of, costing, entry, leaving
from emporion.kernels.scheduling.moves import (
    begin,
    change,
    fits,
    fits_open,
    full,
    hopeless,
    open_slots,
    rise,
    sit,
    someone,
    undo,
    walkable,
)
from emporion.kernels.scheduling.words import draw, lowest, rotated

# Meetings moved in one chain at most, and breaks that any meeting may cost.
DEPTH = 3
ANY = 2


@compiled
def close_breaks(board: Board, people: Array, forced: Array, temperature: float) -> None:
    """Chains for every meeting of ``people``; ``forced`` (P, N + 1) are the breaks that cannot be spared them."""
    for person in people:
        for word in range(len(board.same_day)):
            left = board.used[person, word]
            while left:
                tidy(board, person, 64 * word + lowest(left), forced, temperature)
                left &= left - 1


@compiled
def tidy(board: Board, person: int, slot: int, forced: Array, temperature: float) -> None:
    """A chain that saves a break, if there is one to save, or else one that moves things about at no cost."""
    first = board.resource[person, BASE] + slot * board.resource[person, CAPACITY]
    for seat in range(first, first + board.resource[person, CAPACITY]):
        if seat < first + board.load[person, slot]:
            meeting = int(board.seats[seat])
            if board.meeting[meeting, PINNED]:
                continue
            if not (can_spare(board, person, forced) and chain(board, meeting, -1, DEPTH)):
                chain(board, meeting, to_spend(board, temperature), 1 + draw(board, DEPTH))


@inlined
def can_spare(board: Board, person: int, forced: Array) -> bool:
    """Whether a person has more breaks than so many meetings force on anybody with that much time."""
    meetings = min(board.resource[person, HELD], forced.shape[1] - 1)
    return breaks_of(board, person) > forced[person, meetings]


@compiled
def to_visit(board: Board, people: Array, forced: Array, one_in: int) -> Array:
    """Those of ``people`` who can be spared a break, and one in ``one_in`` of the others, drawn at random."""
    chosen, count = np.empty_like(people), 0
    for person in people:
        if can_spare(board, person, forced) or draw(board, one_in) == 0:
            chosen[count] = person
            count += 1
    return chosen[:count]


@compiled
def to_spend(board: Board, temperature: float) -> int:
    """How many breaks a chain may cost: mostly none, more with probability exp(-breaks / temperature)."""
    chance = (draw(board, 1 << 30) + 1) / (1 << 30)
    return int(-temperature * np.log(chance))


@compiled
def place_at_no_cost(board: Board, waiting: Array) -> None:
    """Places meetings of ``waiting`` with as few breaks as can be, or in the place of one at no break more."""
    for meeting in waiting:
        if board.meeting[meeting, SLOT] >= 0:
            continue
        if hopeless(board, meeting) or not (chain(board, meeting, 0, DEPTH) or chain(board, meeting, ANY, DEPTH)):
            exchange(board, meeting)


@compiled
def chain(board: Board, meeting: int, most: int, depth: int) -> bool:
    """Moves (or places) a meeting, and those in its way, for ``most`` breaks more at most; False changes nothing."""
    begin(board)
    mover, spare, home = meeting, most, board.meeting[meeting, SLOT]
    if home >= 0:
        spare -= leaving(board, meeting)
        change(board, meeting, -1)
    for step in range(depth):
        slot = free_slot(board, mover, spare, home)
        if slot >= 0:
            change(board, mover, slot)
            return True
        if step + 1 < depth:
            mover, cost = take_place(board, mover, spare, home, meeting)
            if mover < 0:
                break
            # Only the meeting that began must not come back to where it was.
            spare, home = spare - cost, -1
    undo(board, 0)
    return False


@inlined
def free_slot(board: Board, meeting: int, most: int, forbidden: int) -> int:
    """A random slot other than ``forbidden`` that fits and costs ``most`` breaks at most; -1 for none."""
    words, cut = len(board.same_day), draw(board, len(board.time))
    for step in range(words + 1):
        word = ((cut >> 6) + step) % words
        left = open_slots(board, meeting, word)
        if left:
            left &= costing(board, meeting, word, most)
        left = part(left, word, step, cut, words, forbidden)
        while left:
            slot, left = 64 * word + lowest(left), left & (left - 1)
            if fits_open(board, meeting, slot):
                return slot
    return -1


@inlined
def part(bits: int, word: int, step: int, cut: int, words: int, forbidden: int) -> int:
    """The bits of a word met at ``step`` of a walk over all slots that begins at ``cut``, without ``forbidden``."""
    if forbidden >> 6 == word:
        bits &= ~(1 << (forbidden & 63))
    later, earlier = rotated(bits, cut & 63)
    return later if step == 0 else earlier if step == words else bits


@compiled
def take_place(board: Board, meeting: int, spare: int, forbidden: int, kept: int) -> tuple[int, int]:
    """Puts a meeting in the place of another but ``kept``: which, and the breaks both steps cost; -1 for none.

    They may cost one more than there are to spend, which the other has to save where it goes.
    """
    words, cut = len(board.same_day), draw(board, len(board.time))
    for step in range(words + 1):
        word = ((cut >> 6) + step) % words
        left = held_slots(board, meeting, word)
        if left:
            left &= costing(board, meeting, word, spare + 1)
        left = part(left, word, step, cut, words, forbidden)
        while left:
            slot, left = 64 * word + lowest(left), left & (left - 1)
            if not walkable(board, meeting, slot):
                continue
            other, mark = holder(board, meeting, slot), board.scratch[TRAIL_END]
            if other == kept or board.meeting[other, PINNED]:
                continue
            cost = leaving(board, other)
            change(board, other, -1)
            cost += entry(board, meeting, slot)
            if cost <= spare + 1 and fits(board, meeting, slot):
                change(board, meeting, slot)
                return other, cost
            undo(board, mark)
    return -1, 0


@inlined
def held_slots(board: Board, meeting: int, word: int) -> int:
    """The slots of a word that a meeting may take where one of its participants is full, or else the tables are."""
    a, b = board.busy[board.meeting[meeting, FIRST], word], board.busy[board.meeting[meeting, SECOND], word]
    table = board.meeting[meeting, TABLE]
    tables = board.busy[table, word] & ~(a | b) if table >= 0 else 0
    return board.meeting[meeting, POSSIBLE + word] & ((a ^ b) | tables)


@inlined
def holder(board: Board, meeting: int, slot: int) -> int:
    """A meeting that holds what the meeting lacks in one of its ``held_slots``."""
    for end in range(3):
        resource = board.meeting[meeting, end]
        if resource >= 0 and full(board, resource, slot):
            return someone(board, resource, slot, False)
    return -1


@compiled
def exchange(board: Board, meeting: int) -> bool:
    """Places a meeting for one that is no stronger where that costs no break, and saves most."""
    best, out, least, ties = -1, -1, 0, 0
    begin(board)
    for word in range(len(board.same_day)):
        left = held_slots(board, meeting, word)
        while left:
            slot, left = 64 * word + lowest(left), left & (left - 1)
            other = holder(board, meeting, slot) if walkable(board, meeting, slot) else -1
            if other < 0 or board.meeting[other, PINNED] or board.meeting[other, RANK] > board.meeting[meeting, RANK]:
                continue
            cost = price(board, meeting, slot, other, least)
            if cost <= least:
                ties = ties + 1 if cost == least else 1
                if draw(board, ties) == 0:
                    best, out, least = slot, other, cost
    if best >= 0:
        rise(board, out)
        sit(board, meeting, best)
    return best >= 0


@compiled
def price(board: Board, meeting: int, slot: int, other: int, most: int) -> int:
    """The breaks it costs to put a meeting in the place of another; more than ``most`` where it does not fit."""
    cost = leaving(board, other)
    if cost - ANY > most:
        return most + 1
    change(board, other, -1)
    cost = cost + entry(board, meeting, slot) if fits(board, meeting, slot) else most + 1
    undo(board, 0)
    return cost

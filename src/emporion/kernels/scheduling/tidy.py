"""Fewer breaks: moves and trades of slots that bring a participant's meetings of a day together.

None of them takes a meeting out of the timetable, and the breaks of all participants together never grow.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import CAPACITY, FIRST, PINNED, SECOND, Array, Board, Rules, compiled
from emporion.kernels.scheduling.greedy import fewest_breaks
from emporion.kernels.scheduling.improve import shuffle
from emporion.kernels.scheduling.moves import (
    begin,
    breaks_of,
    breaks_with,
    draw,
    fits,
    has,
    in_the_way,
    lift,
    put,
    rise,
    seat,
    sit,
    undo,
)


@compiled
def close_breaks(rules: Rules, board: Board) -> None:
    """One sweep over everybody with breaks, in random order."""
    people: Array = np.arange(len(rules.resource))
    shuffle(board, people)
    for person in people:
        if breaks_with(rules, board, person, -1) > 0:
            tidy(rules, board, person)


@compiled
def tidy(rules: Rules, board: Board, person: int) -> None:
    """Looks for a better slot for each meeting of a participant."""
    for slot in range(len(rules.time)):
        for i in range(rules.resource[person, CAPACITY]):
            if i < board.load[person, slot]:
                meeting = int(board.seats[seat(rules, person, slot) + i])
                if not rules.meeting[meeting, PINNED] and not move(rules, board, meeting):
                    trade(rules, board, meeting)


@compiled
def move(rules: Rules, board: Board, meeting: int) -> bool:
    """Moves a meeting to the free slot with the fewest breaks; True if there are fewer than before.

    Where there are as many it moves every other time, so that one sweep does not repeat the last.
    """
    home, was = int(board.slot[meeting]), breaks_of(rules, board, meeting, -1)
    rise(rules, board, meeting)
    slot = fewest_breaks(rules, board, meeting, home)
    now = breaks_of(rules, board, meeting, slot) if slot >= 0 else was + 1
    goes = now < was or (now == was and draw(board, 2) == 0)
    sit(rules, board, meeting, slot if goes else home)
    return now < was


@compiled
def trade(rules: Rules, board: Board, meeting: int) -> bool:
    """Takes the slot of one other meeting, which goes where it has the fewest breaks, if that leaves fewer in all."""
    home, was = int(board.slot[meeting]), breaks_of(rules, board, meeting, -1)
    slots, found = len(rules.time), np.empty(1, np.int64)
    start = draw(board, slots)
    begin(board)
    lift(rules, board, meeting)
    for step in range(slots):
        slot = (start + step) % slots
        if slot == home or not has(rules.possible[meeting], slot):
            continue
        if breaks_of(rules, board, meeting, slot) < was and in_the_way(rules, board, meeting, slot, found) == 1:
            if swap(rules, board, meeting, slot, found[0], home):
                return True
            undo(rules, board, 1)
    undo(rules, board, 0)
    return False


@compiled
def swap(rules: Rules, board: Board, meeting: int, slot: int, other: int, home: int) -> bool:
    """Whether ``meeting`` (lifted from ``home``) in ``slot`` and ``other`` elsewhere have fewer breaks than before."""
    sit(rules, board, meeting, home)
    was = joint_breaks(rules, board, meeting, other)
    rise(rules, board, meeting)
    lift(rules, board, other)
    if not fits(rules, board, meeting, slot):
        return False
    put(rules, board, meeting, slot)
    place = fewest_breaks(rules, board, other, -1)
    if place < 0:
        return False
    put(rules, board, other, place)
    return joint_breaks(rules, board, meeting, other) < was


@compiled
def joint_breaks(rules: Rules, board: Board, meeting: int, other: int) -> int:
    """Breaks of the participants of two meetings, each participant once."""
    a, b = rules.meeting[meeting, FIRST], rules.meeting[meeting, SECOND]
    count = breaks_of(rules, board, meeting, -1)
    for end in range(2):
        person = rules.meeting[other, end]
        if person not in (a, b):
            count += breaks_with(rules, board, person, -1)
    return count

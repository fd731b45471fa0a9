"""Fewer breaks: moves and trades of slots that bring a participant's meetings of a day together.

None of them takes a meeting out of the timetable, and the breaks of all participants together never grow.
"""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import BASE, CAPACITY, FIRST, PINNED, SECOND, SLOT, Array, Board, compiled
from emporion.kernels.scheduling.greedy import fewest_breaks
from emporion.kernels.scheduling.improve import shuffle
from emporion.kernels.scheduling.moves import (
    begin,
    breaks_of,
    breaks_with,
    change,
    draw,
    fits,
    in_the_way,
    possible,
    rise,
    sit,
    undo,
)


@compiled
def close_breaks(board: Board) -> None:
    """One sweep over everybody with breaks, in random order."""
    people: Array = np.arange(len(board.resource))
    shuffle(board, people)
    for person in people:
        if breaks_with(board, person, -1) > 0:
            tidy(board, person)


@compiled
def tidy(board: Board, person: int) -> None:
    """Looks for a better slot for each meeting of a participant."""
    for slot in range(len(board.time)):
        for i in range(board.resource[person, CAPACITY]):
            if i < board.load[person, slot]:
                first = board.resource[person, BASE] + slot * board.resource[person, CAPACITY]
                meeting = int(board.seats[first + i])
                if not board.meeting[meeting, PINNED] and not move(board, meeting):
                    trade(board, meeting)


@compiled
def move(board: Board, meeting: int) -> bool:
    """Moves a meeting to the free slot with the fewest breaks; True if there are fewer than before.

    Where there are as many it moves every other time, so that one sweep does not repeat the last.
    """
    home, was = board.meeting[meeting, SLOT], breaks_of(board, meeting, -1)
    rise(board, meeting)
    slot = fewest_breaks(board, meeting, home)
    now = breaks_of(board, meeting, slot) if slot >= 0 else was + 1
    goes = now < was or (now == was and draw(board, 2) == 0)
    sit(board, meeting, slot if goes else home)
    return now < was


@compiled
def trade(board: Board, meeting: int) -> bool:
    """Takes the slot of one other meeting, which goes where it has the fewest breaks, if that leaves no more in all."""
    home, was = board.meeting[meeting, SLOT], breaks_of(board, meeting, -1)
    slots, found = len(board.time), np.empty(1, np.int64)
    start = draw(board, slots)
    begin(board)
    change(board, meeting, -1)
    for step in range(slots):
        slot = (start + step) % slots
        if slot == home or not possible(board, meeting, slot):
            continue
        if breaks_of(board, meeting, slot) < was and in_the_way(board, meeting, slot, found) == 1:
            if swap(board, meeting, slot, found[0], home):
                return True
            undo(board, 1)
    undo(board, 0)
    return False


@compiled
def swap(board: Board, meeting: int, slot: int, other: int, home: int) -> bool:
    """Whether ``meeting`` (from ``home``) in ``slot`` and ``other`` elsewhere leave no more breaks than before."""
    sit(board, meeting, home)
    was = joint_breaks(board, meeting, other)
    rise(board, meeting)
    change(board, other, -1)
    if not fits(board, meeting, slot):
        return False
    change(board, meeting, slot)
    place = fewest_breaks(board, other, -1)
    if place < 0:
        return False
    change(board, other, place)
    now = joint_breaks(board, meeting, other)
    # A break that only changes hands may close there: every other time it does.
    return now < was or (now == was and draw(board, 2) == 0)


@compiled
def joint_breaks(board: Board, meeting: int, other: int) -> int:
    """Breaks of the participants of two meetings, each participant once."""
    a, b = board.meeting[meeting, FIRST], board.meeting[meeting, SECOND]
    count = breaks_of(board, meeting, -1)
    for end in range(2):
        person = board.meeting[other, end]
        if person not in (a, b):
            count += breaks_with(board, person, -1)
    return count

"""The first timetable: the tightest meetings first, each into the slot that is asked for least."""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import FIRST, MOST, MUST, PINNED, POSSIBLE, SECOND, SLOT, Array, Board, compiled
from emporion.kernels.scheduling.breaks import entry
from emporion.kernels.scheduling.moves import fits, fits_open, open_slots, sit
from emporion.kernels.scheduling.words import draw, lowest

# A slot without a break is taken before one that so many fewer meetings want.
A_BREAK = 10


def by_tightness(board: Board, seed: int) -> Array:
    """Meetings in the order of placing: pinned, musts, then those with few slots among much asked participants.

    Ties are broken by random keys from ``seed``.
    """
    choice = np.bitwise_count(board.meeting[:, POSSIBLE:].view(np.uint64)).sum(axis=1).astype(np.int64)
    people = board.meeting[:, [FIRST, SECOND]]
    room = board.resource[:, MOST]
    load = np.bincount(people.ravel(), minlength=len(room)) / np.maximum(room, 1)
    pressure = choice / (1 + load[people].max(axis=1))
    keys = np.random.default_rng(seed).random(len(choice))
    return np.lexsort((keys, pressure, -board.meeting[:, MUST], -board.meeting[:, PINNED])).astype(np.int64)


@compiled
def place_all(board: Board, order: Array, wanted: Array) -> None:
    """Places, in this order, every meeting that still finds a slot; ``wanted`` (R, T) is how much each is asked for."""
    for meeting in order:
        if board.meeting[meeting, SLOT] < 0:
            slot = least_wanted(board, meeting, wanted)
            if slot >= 0:
                sit(board, meeting, slot)


@compiled
def keep(board: Board, order: Array, slots: Array) -> None:
    """Gives, in this order, every meeting its slot in ``slots`` (-1 for none) if that still fits."""
    for meeting in order:
        if slots[meeting] >= 0 and fits(board, meeting, slots[meeting]):
            sit(board, meeting, slots[meeting])


@compiled
def least_wanted(board: Board, meeting: int, wanted: Array) -> int:
    """The slot that fits and is wanted least by the other meetings of both, a break counted in; -1 for none."""
    best, least, ties = -1, 1 << 60, 0
    a, b = board.meeting[meeting, FIRST], board.meeting[meeting, SECOND]
    for word in range(len(board.same_day)):
        left = open_slots(board, meeting, word)
        while left:
            slot, left = 64 * word + lowest(left), left & (left - 1)
            cost = wanted[a, slot] + wanted[b, slot] + A_BREAK * entry(board, meeting, slot)
            if cost <= least and fits_open(board, meeting, slot):
                ties = ties + 1 if cost == least else 1
                if draw(board, ties) == 0:
                    best, least = slot, cost
    return best

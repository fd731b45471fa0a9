"""Bits of a word of 64 slots, and random numbers, for the compiled search."""

# mypy: disable-error-code="no-any-return"
from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling.board import RANDOM, Array, Board, compiled, inlined


@inlined
def ones(word: int) -> int:
    """Number of set bits of 64."""
    bits = np.uint64(word)
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@inlined
def lowest(word: int) -> int:
    """The place of the lowest set bit of a word that has one."""
    return ones((word & -word) - 1)


@inlined
def rotated(word: int, by: int) -> tuple[int, int]:
    """The bits of a word from place ``by`` on, and those before it."""
    later = -1 << by
    return word & later, word & ~later


@inlined
def draw(board: Board, below: int) -> int:
    """A random number from 0 to below - 1 (xorshift64*, Marsaglia 2003 and Vigna 2016)."""
    state = np.uint64(board.scratch[RANDOM])
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    state ^= state >> np.uint64(27)
    board.scratch[RANDOM] = np.int64(state)
    return int(np.int64(((state * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(33)) % np.uint64(below)))


@compiled
def shuffle(board: Board, items: Array) -> None:
    """Fisher and Yates."""
    for last in range(len(items) - 1, 0, -1):
        other = draw(board, last + 1)
        items[last], items[other] = items[other], items[last]

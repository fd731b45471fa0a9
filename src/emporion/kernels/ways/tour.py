"""A good order of places to go to, from the first on: exact for few, improved by moves for many."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt

# Up to so many places after the first, every order is weighed (Held and Karp, 1962).
EXACT = 11


def order(apart: npt.NDArray[np.float64]) -> list[int]:
    """The places in a good order that begins with place 0 and ends anywhere. ``apart``: metres, places × places.

    The shortest order up to ``EXACT`` places after the first; for more, the nearest next place each time, improved by
    turning round and by moving stretches until nothing is gained.
    """
    count = len(apart)
    if count <= 2:
        return list(range(count))
    # Places that no way leads to come last, far apart rather than never.
    finite = np.where(np.isfinite(apart), apart, 1e9)
    return _exact(finite) if count - 1 <= EXACT else _improved(finite, _nearest(finite))


def length(apart: npt.NDArray[np.float64], places: list[int]) -> float:
    """How long a way through places in their order is."""
    return float(apart[places[:-1], places[1:]].sum())


def _exact(apart: npt.NDArray[np.float64]) -> list[int]:
    others = range(1, len(apart))
    best: dict[tuple[frozenset[int], int], tuple[float, int]] = {
        (frozenset([one]), one): (float(apart[0, one]), 0) for one in others
    }
    for size in range(2, len(apart)):
        for chosen in map(frozenset, combinations(others, size)):
            for last in chosen:
                before = chosen - {last}
                best[chosen, last] = min((best[before, one][0] + float(apart[one, last]), one) for one in before)
    chosen = frozenset(others)
    last = min(others, key=lambda one: best[chosen, one])
    turned = [last]
    while len(turned) < len(apart) - 1:
        came_from = best[chosen, turned[-1]][1]
        chosen -= {turned[-1]}
        turned.append(came_from)
    return [0, *turned[::-1]]


def _nearest(apart: npt.NDArray[np.float64]) -> list[int]:
    places, left = [0], set(range(1, len(apart)))
    while left:
        places.append(min(left, key=lambda one: (apart[places[-1], one], one)))
        left.remove(places[-1])
    return places


def _improved(apart: npt.NDArray[np.float64], places: list[int]) -> list[int]:
    while True:
        shorter = _turned(apart, places) or _moved(apart, places)
        if shorter is None:
            return places
        places = shorter


def _turned(apart: npt.NDArray[np.float64], places: list[int]) -> list[int] | None:
    """The order with one stretch turned round, where that is shorter (2-opt)."""
    for first in range(1, len(places) - 1):
        for last in range(first + 1, len(places)):
            turned = [*places[:first], *places[first : last + 1][::-1], *places[last + 1 :]]
            if length(apart, turned) < length(apart, places) - 1e-9:
                return turned
    return None


def _moved(apart: npt.NDArray[np.float64], places: list[int]) -> list[int] | None:
    """The order with one place moved elsewhere, where that is shorter (or-opt)."""
    for at in range(1, len(places)):
        rest = [*places[:at], *places[at + 1 :]]
        for to in range(1, len(places)):
            moved = [*rest[:to], places[at], *rest[to:]]
            if length(apart, moved) < length(apart, places) - 1e-9:
                return moved
    return None

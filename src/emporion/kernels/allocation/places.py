"""Places that are no stands: what the stands leave over is given to lounges and services, and to a stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .geometry import MODULE, Rect, meet
from .reach import Floor, open_sides

# From these areas on, in m², a place is a lounge, and a stage; a smaller one holds a service, as water or an
# information desk. Nothing useful fits below the least.
_STAGE_M2 = 150
_LOUNGE_M2 = 27
_LEAST_M2 = 6


def kind_of(area_m2: float) -> str:
    """What a place of this size is for: ``stage``, ``lounge`` or ``service``."""
    return "stage" if area_m2 >= _STAGE_M2 else "lounge" if area_m2 >= _LOUNGE_M2 else "service"


def settle(
    whole: Rect,
    solid: Sequence[Rect],
    stands: Mapping[str, Rect],
    spare: Sequence[Rect],
    doors: Sequence[Rect],
    fronts: Sequence[Rect],
    asked: Mapping[str, int],
    reached: NDArray[np.bool_],
    aisle: int,
) -> tuple[list[Rect], NDArray[np.bool_]]:
    """The spare rectangles that become places, and the floor that is still reached from the doors.

    A place takes nobody an open side that is asked for, no door and no front of a locked stand its aisle, and lies on
    an aisle itself.
    """
    free = [rect for rect in spare if _large(rect) and not any(meet(rect, other) for other in stands.values())]
    placed: list[Rect] = []
    batch = free
    while batch:
        now = _reached(whole, [*solid, *placed, *batch], stands, doors, aisle)
        if _serves(now, [*placed, *batch], stands, [*doors, *fronts], asked, reached):
            placed, reached = [*placed, *batch], now
            free = free[len(batch) :]
            batch = free
        elif len(batch) == 1:
            free = free[1:]
            batch = free
        else:
            batch = batch[: len(batch) // 2]
    return placed, reached


def _large(rect: Rect) -> bool:
    width, depth = rect.x1 - rect.x0, rect.y1 - rect.y0
    return min(width, depth) >= MODULE and width * depth >= _LEAST_M2 * 16


def _reached(
    whole: Rect, solid: Sequence[Rect], stands: Mapping[str, Rect], doors: Sequence[Rect], aisle: int
) -> NDArray[np.bool_]:
    floor = Floor(whole, solid, stands, aisle)
    return floor.reached(floor.main(doors))


def _serves(
    now: NDArray[np.bool_],
    places: Sequence[Rect],
    stands: Mapping[str, Rect],
    kept: Sequence[Rect],
    asked: Mapping[str, int],
    before: NDArray[np.bool_],
) -> bool:
    """Whether all that was reached and must be is reached still, and every place too."""
    same = all(now[_cells(rect)].sum() == before[_cells(rect)].sum() for rect in kept)
    sides = all(len(open_sides(rect, now)) >= asked[key] for key, rect in stands.items())
    return same and sides and all(open_sides(rect, now) for rect in places)


def _cells(rect: Rect) -> tuple[slice, slice]:
    return slice(max(rect.y0, 0), rect.y1), slice(max(rect.x0, 0), rect.x1)

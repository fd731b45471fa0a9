"""What no plan can exceed.

Let the aisles be the floor that a square of one aisle's width w can sweep without leaving the free floor, all of it
connected. Sweeping over new floor of area dA adds at most 2·dA/w to the perimeter, and the first square has 4w, so the
perimeter P and the area A of the aisles satisfy P ≤ 2A/w + 2w. Every open side of every stand is a part of that
perimeter, of which each exit keeps its own width e, and stands and aisles share the floor F of a hall, so over the
stands placed in it

    Σ (area + w/2 · open length) ≤ F + w² − w/2 · Σ e.

With the least open length each request can have in any allowed shape this is a knapsack; its continuous relaxation over
all halls together (Dantzig 1957) is the bound.
"""

from __future__ import annotations

import math

from .problem import MODULE_M, Hall, Problem, Request, fits_hall, in_zone


def bound(problem: Problem) -> float:
    """An upper bound on the placed area in m² weighted by priority."""
    floor = sum(usable_m2(hall, problem.aisle_m) for hall in problem.halls)
    locked = {one.key for hall in problem.halls for one in hall.locked}
    total = sum(request.value for request in problem.requests if request.key in locked)
    able = [
        (request.value, request.area_m2 + problem.aisle_m / 2 * least_open_m(request, problem))
        for request in problem.requests
        if request.key not in locked and _welcome(request, problem)
    ]
    for value, weight in sorted(able, key=lambda pair: pair[0] / pair[1], reverse=True):
        share = min(1.0, max(floor, 0.0) / weight)
        total += share * value
        floor -= weight
    return total


def least_open_m(request: Request, problem: Problem) -> float:
    """The least total length of open sides that the request can have in any allowed shape, in metres."""
    if request.kind == "standard":
        return _standard(request.area_m2, request.open_sides_min)
    return min(_raw(request.area_m2, sides, problem) for sides in range(request.open_sides_min, 5))


def usable_m2(hall: Hall, aisle_m: float) -> float:
    """What stands can share of a hall, each counted as its area and half the aisle before its open sides."""
    columns = sum(box.width * box.depth for box in hall.obstacles) * MODULE_M**2
    doors = MODULE_M * len(set(hall.exits))
    locked = sum(one.width * one.depth for one in hall.locked)
    return hall.gross_m2 - columns - locked + aisle_m**2 - aisle_m / 2 * doors


def _welcome(request: Request, problem: Problem) -> bool:
    return any(fits_hall(request, hall) and (problem.overflow or in_zone(request, hall)) for hall in problem.halls)


def _standard(area: float, sides: int) -> float:
    """Shells are 3 m deep, or 6 m back to back: a side along the aisle is a third, or a sixth twice."""
    along = area / MODULE_M
    if sides == 4:
        return min(along + 4 * MODULE_M, 2 * along + 2 * MODULE_M)
    return along + (2 * MODULE_M if sides == 3 else 0)


def _raw(area: float, sides: int, problem: Problem) -> float:
    """The least open length with exactly these sides over whole modules of one side; infinite if none is allowed."""
    lengths = [math.inf]
    for modules in range(1, math.isqrt(int(area * problem.max_aspect)) // MODULE_M + 2):
        side = float(modules * MODULE_M)
        other = area / side
        if max(side, other) <= problem.max_aspect * min(side, other) + 1e-9:
            lengths += _open_lengths(side, other, sides, problem.max_depth_m)
            lengths += _open_lengths(other, side, sides, problem.max_depth_m)
    return min(lengths)


def _open_lengths(width: float, depth: float, sides: int, deepest: float) -> list[float]:
    """Open lengths of a stand with its front along ``width``, where no point is too far from an open side."""
    if sides == 1:
        return [width] if depth <= deepest else []
    if sides == 2:
        corner = [width + depth] if min(width, depth) <= deepest else []
        return corner + ([2 * width] if depth <= 2 * deepest else [])
    return [2 * depth + width] if sides == 3 else [2 * (width + depth)]

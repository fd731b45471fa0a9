"""What no plan can exceed.

Let the aisles be the floor that a square of one aisle's width w can sweep without leaving the free floor, all of it
connected. Sweeping over new floor of area dA adds at most 2·dA/w to the perimeter, and the first square has 4w, so the
perimeter P and the area A of the aisles satisfy P ≤ 2A/w + 2w. Every open side of every stand is a part of that
perimeter, and stands and aisles share the floor F of a hall, so over the stands placed in it

    Σ (area + w/2 · open length) ≤ F + w².

With the least open length each request can have in any allowed shape this is a knapsack; its continuous relaxation over
all halls together (Dantzig 1957) is the bound.
"""

from __future__ import annotations

import math

from .problem import MODULE_M, Hall, Problem, Request, fits_hall, in_zone


def bound(problem: Problem) -> float:
    """An upper bound on the placed area in m² weighted by priority."""
    floor = sum(floor_m2(hall) + problem.aisle_m**2 for hall in problem.halls)
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


def floor_m2(hall: Hall) -> float:
    """Floor without obstacles and locked stands."""
    columns = sum(box.width * box.depth for box in hall.obstacles) * MODULE_M**2
    return hall.gross_m2 - columns - sum(one.width * one.depth for one in hall.locked)


def _welcome(request: Request, problem: Problem) -> bool:
    return any(fits_hall(request, hall) and (problem.overflow or in_zone(request, hall)) for hall in problem.halls)


def _standard(area: float, sides: int) -> float:
    """Shells are 3 m deep, or 6 m back to back: a side along the aisle is a third, or a sixth twice."""
    along = area / MODULE_M
    if sides == 4:
        return min(along + 4 * MODULE_M, 2 * along + 2 * MODULE_M)
    return along + (2 * MODULE_M if sides == 3 else 0)


def _raw(area: float, sides: int, problem: Problem) -> float:
    """Continuous shapes a by area/a with a from sqrt(area/aspect) to sqrt(area·aspect); infinite if none is allowed."""
    short, long = math.sqrt(area / problem.max_aspect), math.sqrt(area * problem.max_aspect)
    deep = problem.max_depth_m
    if sides == 1:
        return _if(area / deep <= long, max(short, area / deep))
    if sides == 2:
        through = _if(area / (2 * deep) <= long, 2 * max(short, area / (2 * deep)))
        side = max(math.sqrt(area), area / deep)
        return min(through, _if(side <= long, side + area / side))
    if sides == 3:
        side = max(short, math.sqrt(area / 2))
        return 2 * side + area / side
    return 4 * math.sqrt(area)


def _if(allowed: bool, length: float) -> float:
    return length if allowed else math.inf

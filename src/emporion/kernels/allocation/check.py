"""Whether a plan keeps every rule, found out from the problem and the result alone.

Nothing here is shared with the solver: the floor is painted on a grid of quarter metres, and an aisle is what a square
of one aisle's width can reach over free cells from the exits.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from .painted import Floor, Violation, cells_of
from .problem import MODULE_M, Hall, Problem, Request
from .result import Placement, Result


def check(problem: Problem, result: Result) -> list[Violation]:
    """Every rule the plan breaks; an empty list for a plan that may be published."""
    return [
        *_accounts(problem, result),
        *_stands(problem, result),
        *_halls(problem, result),
        *_together_and_apart(problem, result),
        *_locked(problem, result),
        *_free_first(problem, result),
    ]


def _accounts(problem: Problem, result: Result) -> Iterator[Violation]:
    """Each request is placed once or has a reason, and the totals are the sums of the placements."""
    keys = {request.key for request in problem.requests}
    for name, placement in result.placements.items():
        if placement.key != name:
            yield Violation("placed twice", name, f"the place of {placement.key} is listed under {name}")
        if name not in keys:
            yield Violation("unknown request", name, "placed, but never asked for")
        if placement.hall not in {hall.code for hall in problem.halls}:
            yield Violation("unknown hall", name, f"placed in hall {placement.hall}, which is not in the problem")
    for key in sorted(keys):
        if (key in result.placements) == (key in result.unplaced):
            yield Violation("accounts", key, "must be either placed or unplaced with a reason")
    value = sum(request.area_m2 * request.priority for request in problem.requests if request.key in result.placements)
    if not math.isclose(value, result.objective, abs_tol=1e-6):
        yield Violation("accounts", "objective", f"says {result.objective}, the placements sum to {value}")
    if result.objective > result.bound + 1e-6:
        yield Violation("accounts", "bound", f"the objective {result.objective} is above the bound {result.bound}")


def _stands(problem: Problem, result: Result) -> Iterator[Violation]:
    """Area, shape, open sides asked for, and a hall that serves the request."""
    halls = {hall.code: hall for hall in problem.halls}
    for request in problem.requests:
        placement = result.placements.get(request.key)
        if placement is None or placement.hall not in halls:
            continue
        if not placement.locked and abs(placement.width * placement.depth - request.area_m2) > 1e-6:
            area = placement.width * placement.depth
            yield Violation("area", request.key, f"has {area} m², asked for {request.area_m2} m²")
        yield from _services(problem, request, placement, halls[placement.hall])
        if not placement.locked:
            yield from _shape(problem, request, placement)


def _services(problem: Problem, request: Request, placement: Placement, hall: Hall) -> Iterator[Violation]:
    meant = not request.zone or not hall.zones or request.zone in hall.zones
    if placement.in_zone != meant:
        yield Violation("zone", request.key, f"in_zone is {placement.in_zone} in hall {hall.code}")
    if placement.locked:
        return
    if not meant and not problem.overflow:
        yield Violation("zone", request.key, f"hall {hall.code} is not meant for zone {request.zone}")
    missing = sorted(set(request.needs) - set(hall.utilities))
    if missing:
        yield Violation("needs", request.key, f"hall {hall.code} does not offer {', '.join(missing)}")
    if request.floor_load > hall.floor_load:
        yield Violation("floor load", request.key, f"hall {hall.code} bears {hall.floor_load} kN/m² only")


def _shape(problem: Problem, request: Request, placement: Placement) -> Iterator[Violation]:
    short, long = sorted((placement.width, placement.depth))
    if request.kind == "raw" and long > problem.max_aspect * short + 1e-9:
        yield Violation(
            "shape", request.key, f"{long} m by {short} m is longer than {problem.max_aspect} times its depth"
        )
    if placement.width % MODULE_M and placement.depth % MODULE_M:
        yield Violation("shape", request.key, f"{long} m by {short} m is no whole number of modules deep or wide")
    if request.kind == "standard" and (short not in (3, 6) or long % 3):
        yield Violation("shape", request.key, f"{long} m by {short} m cannot be built of shells of 3 m by 3 m")
    if len(set(placement.open_sides)) < request.open_sides_min:
        count = len(set(placement.open_sides))
        yield Violation("open sides", request.key, f"has {count} open sides, asked for {request.open_sides_min}")
    if len(placement.open_sides) <= 2 and _farthest(placement) > problem.max_depth_m + 1e-9:
        yield Violation("depth", request.key, f"has points {_farthest(placement)} m from its open sides")


def _farthest(placement: Placement) -> float:
    """How far the stand's farthest point is from its nearest open side, for one or two open sides."""
    sides = set(placement.open_sides)
    along = [size / 2 if pair <= sides else size for pair, size in _pairs(placement) if pair & sides]
    return min(along, default=math.inf)


def _pairs(placement: Placement) -> list[tuple[set[str], float]]:
    return [({"north", "south"}, placement.depth), ({"east", "west"}, placement.width)]


def _halls(problem: Problem, result: Result) -> Iterator[Violation]:
    """Each hall's floor: overlaps, aisles, exits, and whether claimed sides are on a reachable aisle."""
    by_hall: dict[str, list[Placement]] = defaultdict(list)
    for placement in result.placements.values():
        by_hall[placement.hall].append(placement)
    for hall in problem.halls:
        plan = result.halls.get(hall.code)
        floor = Floor(hall, problem.aisle_m, by_hall[hall.code], plan.places if plan else ())
        yield from floor.problems
        empty = Floor(hall, problem.aisle_m, [])
        yield from floor.exits(empty)
        for placement in by_hall[hall.code]:
            if not placement.locked or empty.fronts(placement):
                yield from floor.sides(placement)
        for one in hall.locked:
            lost = set(one.open_sides) & (empty.fronts(one) - floor.fronts(one))
            if lost:
                yield Violation("locked", one.key, f"lost its open side to the {', '.join(sorted(lost))}")
        yield from _drawn_aisles(hall, problem, result, floor)
        yield from _lanes(hall, floor)
        yield from _order(hall, problem, result, floor)


def _drawn_aisles(hall: Hall, problem: Problem, result: Result, floor: Floor) -> Iterator[Violation]:
    plan = result.halls.get(hall.code)
    if plan is None:
        yield Violation("accounts", hall.code, "has no plan in the result")
        return
    for aisle in plan.aisles:
        if min(aisle.width, aisle.depth) < problem.aisle_m:
            yield Violation("aisle", hall.code, f"an aisle of {aisle.width} m by {aisle.depth} m is too narrow")
        if not floor.is_free(aisle):
            yield Violation("aisle", hall.code, f"the aisle {tuple(aisle)} is not free floor of the hall")


def _lanes(hall: Hall, floor: Floor) -> Iterator[Violation]:
    """Nothing of the plan stands on a fire lane; what is locked or part of the building is not the plan's."""
    fixed = {"an obstacle", *(one.key for one in hall.locked)}
    for lane in hall.lanes:
        start, end = cells_of(lane.at_m), cells_of(lane.at_m + lane.width_m)
        cells = floor.owner[:, start:end] if lane.wall in ("north", "south") else floor.owner[start:end]
        for number in np.unique(cells[cells > 0]):
            if floor.names[number] not in fixed:
                yield Violation("fire lane", floor.names[number], f"stands on the lane {tuple(lane)} of {hall.code}")


def _order(hall: Hall, problem: Problem, result: Result, floor: Floor) -> Iterator[Violation]:
    """The parts of areas and pavilions that the plan claims are those that can be counted on the floor."""
    plan = result.halls.get(hall.code)
    if plan is None:
        return
    requests = {request.key: request for request in problem.requests}
    neighbours = floor.neighbours()
    for name, claimed in (("zone", plan.area_parts), ("pavilion", plan.pavilion_parts)):
        groups = {key: getattr(requests[key], name) for key in neighbours if key in requests}
        counted = {group: _count_parts(group, groups, neighbours) for group in set(groups.values()) if group}
        if counted != dict(claimed):
            yield Violation("accounts", hall.code, f"claims {dict(claimed)} parts by {name}, there are {counted}")


def _count_parts(group: str, groups: dict[str, str], neighbours: dict[str, set[str]]) -> int:
    waiting = {key for key, mine in groups.items() if mine == group}
    parts = 0
    while waiting:
        parts += 1
        edge = {waiting.pop()}
        while edge:
            edge = {near for key in edge for near in neighbours[key]} & waiting
            waiting -= edge
    return parts


def _together_and_apart(problem: Problem, result: Result) -> Iterator[Violation]:
    halls: dict[str, set[str]] = defaultdict(set)
    for request in problem.requests:
        placement = result.placements.get(request.key)
        if placement is None:
            continue
        if request.pavilion:
            halls[request.pavilion].add(placement.hall)
        for key in request.keep_apart:
            other = result.placements.get(key)
            if other and other.hall == placement.hall and _metres_between(placement, other) < problem.apart_m - 1e-9:
                yield Violation(
                    "keep apart", request.key, f"stands {_metres_between(placement, other):.2f} m from {key}"
                )
    for pavilion, codes in sorted(halls.items()):
        if len(codes) > 1:
            yield Violation("pavilion", pavilion, f"stands in halls {', '.join(sorted(codes))}")


def _metres_between(a: Placement, b: Placement) -> float:
    across = max(a.x - b.x - b.width, b.x - a.x - a.width, 0)
    down = max(a.y - b.y - b.depth, b.y - a.y - a.depth, 0)
    return math.hypot(across, down)


def _locked(problem: Problem, result: Result) -> Iterator[Violation]:
    asked = {request.key for request in problem.requests}
    for hall in problem.halls:
        for one in hall.locked:
            if one.key not in asked:
                continue
            placement = result.placements.get(one.key)
            stays = placement is not None and placement.hall == hall.code
            if placement is None or not stays or (placement.x, placement.y) != (one.x, one.y):
                yield Violation("locked", one.key, f"must stay at ({one.x}, {one.y}) in hall {hall.code}")


def _free_first(problem: Problem, result: Result) -> Iterator[Violation]:
    """No free request waits while one that pays holds a place it could have had as it is."""
    halls = {hall.code: hall for hall in problem.halls}
    paying = [
        result.placements[request.key]
        for request in problem.requests
        if not request.free and request.key in result.placements and not result.placements[request.key].locked
    ]
    for request in problem.requests:
        if not request.free or request.key in result.placements or request.pavilion or _kept_apart(problem, request):
            continue
        for placement in paying:
            if placement.hall in halls and _could_take(problem, request, placement, halls[placement.hall]):
                yield Violation("free first", request.key, f"waits while {placement.key} has a place it could take")
                break


def _kept_apart(problem: Problem, request: Request) -> bool:
    return bool(request.keep_apart) or any(request.key in other.keep_apart for other in problem.requests)


def _could_take(problem: Problem, request: Request, placement: Placement, hall: Hall) -> bool:
    """Whether a free request could stand where another stands: the whole place, or a row of shells at its front."""
    if list(_services(problem, request, Placement(**{**vars(placement), "in_zone": _meant(request, hall)}), hall)):
        return False
    if list(_shape(problem, request, placement)) == [] and placement.width * placement.depth == request.area_m2:
        return True
    if request.kind != "standard" or request.open_sides_min > 1:
        return False
    fronts = [
        size
        for pair, size in (({"north", "south"}, placement.width), ({"east", "west"}, placement.depth))
        if pair & set(placement.open_sides)
    ]
    return any(front >= request.area_m2 / MODULE_M for front in fronts)


def _meant(request: Request, hall: Hall) -> bool:
    return not request.zone or not hall.zones or request.zone in hall.zones

"""Whether a plan keeps every rule, found out from the problem and the result alone.

Nothing here is shared with the solver: the floor is painted on a grid of quarter metres, and an aisle is what a square
of one aisle's width can reach over free cells from the exits.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .problem import MODULE_M, Hall, Locked, Problem, Request
from .result import Area, Place, Placement, Result

_CELL = 0.25
_SIDES = {"north": (0, -1), "south": (0, 1), "west": (-1, 0), "east": (1, 0)}


@dataclass(frozen=True)
class Violation:
    """A broken rule: its name, where (a request's key or a hall's code), and what is wrong in words."""

    rule: str
    where: str
    detail: str


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
        floor = _Floor(hall, problem.aisle_m, by_hall[hall.code], plan.places if plan else ())
        yield from floor.problems
        empty = _Floor(hall, problem.aisle_m, [])
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


def _drawn_aisles(hall: Hall, problem: Problem, result: Result, floor: _Floor) -> Iterator[Violation]:
    plan = result.halls.get(hall.code)
    if plan is None:
        yield Violation("accounts", hall.code, "has no plan in the result")
        return
    for aisle in plan.aisles:
        if min(aisle.width, aisle.depth) < problem.aisle_m:
            yield Violation("aisle", hall.code, f"an aisle of {aisle.width} m by {aisle.depth} m is too narrow")
        if not floor.is_free(aisle):
            yield Violation("aisle", hall.code, f"the aisle {tuple(aisle)} is not free floor of the hall")


def _lanes(hall: Hall, floor: _Floor) -> Iterator[Violation]:
    """Nothing of the plan stands on a fire lane; what is locked or part of the building is not the plan's."""
    fixed = {"an obstacle", *(one.key for one in hall.locked)}
    for lane in hall.lanes:
        start, end = _cells(lane.at_m), _cells(lane.at_m + lane.width_m)
        cells = floor.owner[:, start:end] if lane.wall in ("north", "south") else floor.owner[start:end]
        for number in np.unique(cells[cells > 0]):
            if floor.names[number] not in fixed:
                yield Violation("fire lane", floor.names[number], f"stands on the lane {tuple(lane)} of {hall.code}")


def _order(hall: Hall, problem: Problem, result: Result, floor: _Floor) -> Iterator[Violation]:
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


class _Floor:
    """The hall's cells: who stands on each, and which an aisle reaches."""

    def __init__(
        self, hall: Hall, aisle_m: float, placements: list[Placement], places: tuple[Place, ...] = ()
    ) -> None:
        self.hall = hall
        self.problems: list[Violation] = []
        self.owner = np.zeros((_cells(hall.depth_modules * MODULE_M), _cells(hall.width_modules * MODULE_M)), np.int32)
        self.names = ["the floor"]
        for box in hall.obstacles:
            self._paint("an obstacle", Area(*(float(side * MODULE_M) for side in box)))
        placed = {placement.key for placement in placements}
        for one in hall.locked:
            if one.key not in placed:
                self._paint(one.key, Area(one.x, one.y, one.width, one.depth))
        for placement in sorted(placements, key=lambda placement: placement.key):
            self._paint(placement.key, Area(placement.x, placement.y, placement.width, placement.depth))
        self.stands = len(self.names)
        for number, place in enumerate(places):
            self._paint(f"{place.kind} {number}", place.area)
        self.reached = self._reached(_cells(aisle_m))

    def _paint(self, name: str, area: Area) -> None:
        if not self._on_grid(area):
            self.problems.append(
                Violation("inside", name, f"{tuple(area)} is not inside hall {self.hall.code} on its grid")
            )
            return
        cells = self.owner[_span(area)]
        for other in np.unique(cells[cells > 0]):
            self.problems.append(Violation("overlap", name, f"overlaps {self.names[other]} in hall {self.hall.code}"))
        self.names.append(name)
        cells[:] = len(self.names) - 1

    def _on_grid(self, area: Area) -> bool:
        exact = all((value / _CELL).is_integer() for value in area)
        rows, columns = self.owner.shape
        inside = area.x >= 0 and area.y >= 0 and min(area.width, area.depth) > 0
        return exact and inside and _cells(area.x + area.width) <= columns and _cells(area.y + area.depth) <= rows

    def _reached(self, size: int) -> NDArray[np.bool_]:
        """Cells that a square of ``size`` cells covers while it moves over free floor from the first exit."""
        rows, columns = self.owner.shape
        if size > min(rows, columns):
            return np.zeros(self.owner.shape, bool)
        free = _window_sums(self.owner > 0, size) == 0
        parts, count = ndimage.label(free)
        if count == 0:
            return np.zeros(self.owner.shape, bool)
        part = self._main_part(parts, size)
        padded = np.pad(parts == part, size - 1)
        return _window_sums(padded, size) > 0

    def _main_part(self, parts: NDArray[np.int32], size: int) -> int:
        """The part of the aisles that most exits open on; of parts with as many exits, the largest."""
        wide = max(0, size - _cells(MODULE_M))
        squares = np.bincount(parts.ravel()).astype(float)
        squares[0] = -1
        for door in self.hall.exits:
            row, column = _door_cell(self.hall, door.wall, door.module)
            near = parts[max(row - wide, 0) : row + 1, max(column - wide, 0) : column + 1]
            squares[near.max(initial=0)] += parts.size * (near.max(initial=0) > 0)
        return int(squares.argmax())

    def neighbours(self) -> dict[str, set[str]]:
        """By stand, those that a straight line from one of its sides meets first; places are no hindrance."""
        found: dict[str, set[str]] = {name: set() for name in self.names[1 : self.stands] if name != "an obstacle"}
        floor = np.where(self.owner < self.stands, self.owner, 0)
        for number, span in enumerate(ndimage.find_objects(floor), start=1):
            name = self.names[number]
            if span is None or name not in found:
                continue
            rows, columns = span
            for lines in (floor[rows, columns.stop :], floor[rows.stop :, columns].T):
                for other in _first_met(lines):
                    if self.names[other] in found:
                        found[name].add(self.names[other])
                        found[self.names[other]].add(name)
        return found

    def is_free(self, area: Area) -> bool:
        return self._on_grid(area) and not self.owner[_span(area)].any()

    def exits(self, empty: _Floor) -> Iterator[Violation]:
        """Doors that the plan cuts off; one that obstacles alone cut off on the empty floor is not the plan's."""
        for door in self.hall.exits:
            row, column = _door_cell(self.hall, door.wall, door.module)
            wide = _cells(MODULE_M)
            door_cells = (slice(row, row + wide), slice(column, column + wide))
            if empty.reached[door_cells].all() and not self.reached[door_cells].all():
                yield Violation("exit", self.hall.code, f"no aisle joins the exit {tuple(door)} with the other exits")

    def sides(self, placement: Placement) -> Iterator[Violation]:
        """Claimed sides lie on the reached aisle along their whole length; a stand without one cannot be reached."""
        if not placement.open_sides:
            yield Violation("reach", placement.key, "has no open side")
        fronts = self.fronts(placement)
        for side in placement.open_sides:
            if side not in fronts:
                yield Violation("open side", placement.key, f"its {side} side is not on an aisle joined to the exits")

    def fronts(self, placement: Placement | Locked) -> set[str]:
        """The sides of a stand that lie on the reached aisle."""
        area = Area(placement.x, placement.y, placement.width, placement.depth)
        return {side for side in _SIDES if self._on_grid(area) and self._on_aisle(area, side)}

    def _on_aisle(self, area: Area, side: str) -> bool:
        across, down = _SIDES[side]
        rows, columns = _span(area)
        if across:
            column = columns.stop if across > 0 else columns.start - 1
            columns = slice(column, column + 1)
        else:
            row = rows.stop if down > 0 else rows.start - 1
            rows = slice(row, row + 1)
        inside = min(rows.start, columns.start) >= 0
        cells = self.reached[rows, columns] if inside else self.reached[:0]
        return cells.size > 0 and bool(cells.all())


def _first_met(lines: NDArray[np.int32]) -> list[int]:
    """The first number above 0 on each line, each once."""
    if lines.shape[1] == 0:
        return []
    first = lines[np.arange(len(lines)), (lines > 0).argmax(axis=1)]
    return [int(number) for number in np.unique(first[first > 0])]


def _cells(metres: float) -> int:
    return round(metres / _CELL)


def _span(area: Area) -> tuple[slice, slice]:
    return (
        slice(_cells(area.y), _cells(area.y + area.depth)),
        slice(_cells(area.x), _cells(area.x + area.width)),
    )


def _door_cell(hall: Hall, wall: str, module: int) -> tuple[int, int]:
    """The north-west cell of the module before a door."""
    row = {"north": 0, "south": hall.depth_modules - 1}.get(wall, module)
    column = {"west": 0, "east": hall.width_modules - 1}.get(wall, module)
    return _cells(row * MODULE_M), _cells(column * MODULE_M)


def _window_sums(cells: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """Sums over every square of ``size`` cells, by its north-west cell."""
    sums: NDArray[np.int64] = np.pad(cells.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    found: NDArray[np.int64] = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return found


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

"""One hall solved: from the most comfortable pattern that holds every request to the one that holds the most."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..stop import MaxIterations, Stop
from .draw import Drawn, draw
from .fill import Filling, fill, improve
from .geometry import (
    MODULE,
    TICKS_PER_M,
    Rect,
    cut,
    door_cell,
    exit_rect,
    front,
    hall_rect,
    lane_rect,
    locked_rect,
    meet,
    obstacle_rects,
)
from .homes import orders
from .pattern import Candidate, Pattern, Space, choose_pattern
from .places import settle
from .problem import Box, Exit, Hall, Lane, Locked, Request
from .reach import join, open_sides
from .shapes import Rules, options
from .strips import Blocker, Ground, Layout, lay_strips
from .tidiness import Tidiness, tidiness
from .tidy import tidy


@dataclass(frozen=True)
class Params:
    """How hard to search.

    ``pattern_nodes`` bounds the search tree for each pattern of a hall, ``trials`` the number of exchanges
    tried in a hall that cannot hold everything (used when no ``stop`` is given), ``rounds`` how often requests without
    a place are offered to other halls. ``fault_m2`` is how many square metres of stands a fault of tidiness weighs: a
    part more of an exhibition area or a pavilion, or a stand walled in by those of other areas.
    """

    pattern_nodes: int = 200
    trials: int = 2000
    rounds: int = 3
    fault_m2: float = 3.0

    def __post_init__(self) -> None:
        if self.pattern_nodes < 1:
            raise ValueError(f"Params: pattern_nodes must be 1 or more, got {self.pattern_nodes}")
        if self.trials < 0:
            raise ValueError(f"Params: trials must be 0 or more, got {self.trials}")
        if self.rounds < 0:
            raise ValueError(f"Params: rounds must be 0 or more, got {self.rounds}")
        if self.fault_m2 < 0:
            raise ValueError(f"Params: fault_m2 must be 0 or more, got {self.fault_m2}")


class Task(NamedTuple):
    """All that solving one hall needs; plain values, so that it can be sent to another process."""

    hall: Hall
    requests: tuple[Request, ...]
    apart: Mapping[str, frozenset[str]]
    aisle: int
    apart_ticks: int
    rules: Rules
    params: Params
    stop: Stop | None
    seed: int


class Spot(NamedTuple):
    """A stand's rectangle in ticks and its open sides."""

    rect: Rect
    open_sides: tuple[str, ...]


class HallAnswer(NamedTuple):
    """Stands and locked stands by key, aisles in ticks, why the search ended, who only lacked distance, and the places
    that are no stands."""

    code: str
    spots: dict[str, Spot]
    locked: dict[str, Spot]
    aisles: tuple[Rect, ...]
    stopped: str
    kept_apart: frozenset[str] = frozenset()
    places: tuple[Rect, ...] = ()


class Comfort(NamedTuple):
    """Widths of aisles along and across the hall in metres, and of the avenues that run straight from the doors through
    all strips, 0 for none; with a ring the aisles also run along all the walls."""

    aisle: float
    cross: float
    ring: bool
    avenue: float


# From the most generous plan to the tightest; the first that holds every request is taken.
_COMFORTS = (
    Comfort(6, 3, True, 6),
    Comfort(4.5, 3, True, 6),
    Comfort(3, 3, True, 6),
    Comfort(3, 3, False, 4.5),
    Comfort(3, 3, False, 0),
)
# Avenues are at least this far from one another and from the walls.
_APART = 30 * TICKS_PER_M
_COMFORT_TRIALS = 150


def solve_hall(task: Task) -> HallAnswer:
    """Place the task's requests in its hall, as many as can be, free stands first."""
    if task.hall.depth_modules > task.hall.width_modules:
        return _turned(task)
    best: tuple[tuple[float, float], HallAnswer] | None = None
    for comfort in _COMFORTS:
        answer = _attempt(task, comfort, everything=comfort != _COMFORTS[-1])
        if answer is None:
            continue
        value = worth(task.hall, answer, task.requests, task.params)
        if best is None or value > best[0]:
            best = (value, answer)
        if len(answer.spots) == len(task.requests):
            break
    return best[1] if best else _surveyed(task, Drawn({}, [], []), "everything placed", frozenset())


def worth(hall: Hall, answer: HallAnswer, requests: Iterable[Request], params: Params) -> tuple[float, float]:
    """The area of the free stands placed; the value of all, less what the plan's untidiness weighs."""
    placed = [request for request in requests if request.key in answer.spots]
    faults = tidiness_of(hall, answer, placed).faults
    free = sum(request.area_m2 for request in placed if request.free)
    return free, sum(request.value for request in placed) - params.fault_m2 * faults


def tidiness_of(hall: Hall, answer: HallAnswer, requests: Iterable[Request]) -> Tidiness:
    """How tidy an answer is."""
    stands = {key: spot.rect for key, spot in (answer.spots | answer.locked).items()}
    mine = [request for request in requests if request.key in stands]
    areas = {request.key: request.zone for request in mine}
    pavilions = {request.key: request.pavilion or "" for request in mine}
    return tidiness(hall_rect(hall), obstacle_rects(hall), stands, areas, pavilions)


def _attempt(task: Task, comfort: Comfort, *, everything: bool) -> HallAnswer | None:
    space = _space(task, comfort)
    candidates = [
        Candidate(request.key, request.value, request.free, options(request, task.rules), request.pavilion)
        for request in task.requests
    ]
    demands = ("everything",) if everything else ("free", "nothing")
    patterns = (
        choose_pattern(candidates, space, demand=demand, seed=task.seed, nodes=task.params.pattern_nodes)
        for demand in demands
    )
    pattern = next((found for found in patterns if found), None)
    if pattern is None or not pattern.strips:
        return None
    floor = Ground(hall_rect(task.hall), tuple(_blockers(task, comfort)), tuple(_marks(task)), task.aisle)
    layout = lay_strips(pattern, space, floor, task.seed)
    if everything:
        # A tighter pattern follows when this one fails by a little, so not much search is spent on it.
        task = task._replace(stop=None, params=replace(task.params, trials=min(task.params.trials, _COMFORT_TRIALS)))
    best: HallAnswer | None = None
    for order in _orders(task):
        answer = _laid(task, layout, pattern, space, order)
        value = worth(task.hall, answer, task.requests, task.params)
        if best is None or value > worth(task.hall, best, task.requests, task.params):
            best = answer
        if all(parts == 1 for parts in tidiness_of(task.hall, best, task.requests).area_parts.values()):
            break
    return best


def _laid(task: Task, layout: Layout, pattern: Pattern, space: Space, order: tuple[str, ...]) -> HallAnswer:
    """The layout filled; stretches that obstacles cut off are given up, and their stands go elsewhere."""
    answer, cut_off = _filled(task, layout, pattern, space, order)
    if cut_off:
        rest = tuple(one for number, one in enumerate(layout.stretches) if number not in cut_off)
        again, _ = _filled(task, replace(layout, stretches=rest), pattern, space, order)
        answer = max(answer, again, key=lambda one: worth(task.hall, one, task.requests, task.params))
    return answer


def _filled(
    task: Task, layout: Layout, pattern: Pattern, space: Space, order: tuple[str, ...]
) -> tuple[HallAnswer, set[int]]:
    """The layout filled, and the stretches in which a stand had to give up its place."""
    filling = _filling(task, layout, space.cross, order)
    fill(filling, pattern.chosen)
    stop = copy.deepcopy(task.stop) if task.stop else MaxIterations(task.params.trials)
    stopped = improve(filling, stop, task.seed)
    tidy(filling)
    answer = _answer(task, layout, filling, space, stopped)
    return answer, {number for key, number in filling.place.items() if key not in answer.spots}


def _space(task: Task, comfort: Comfort) -> Space:
    whole = hall_rect(task.hall)
    aisle = max(task.aisle, int(comfort.aisle * TICKS_PER_M))
    cross = max(task.aisle, int(comfort.cross * TICKS_PER_M))
    lost = sum(rect.x1 - rect.x0 for rect in obstacle_rects(task.hall))
    lost += sum(locked_rect(one).x1 - locked_rect(one).x0 + 2 * cross for one in task.hall.locked)
    if not comfort.ring:
        lost += cross * len(task.hall.exits) // 2
    avenues = _avenues(task, comfort)
    length = whole.x1 - 2 * cross * comfort.ring - sum(rect.x1 - rect.x0 for rect in avenues)
    depth = whole.y1 - sum(max(0, rect.y1 - rect.y0 - aisle) for rect in _lanes(task.hall, along=True))
    ends = 2 * comfort.ring + 2 * len(avenues)
    return Space(length, depth, ends, not comfort.ring, aisle, cross, lost, len(avenues))


def _lanes(hall: Hall, *, along: bool) -> list[Rect]:
    """The fire lanes along the hall, or those across it."""
    return [lane_rect(hall, lane) for lane in hall.lanes if (lane.wall in ("east", "west")) is along]


def _avenues(task: Task, comfort: Comfort) -> list[Rect]:
    """The floor kept free through all strips: fire lanes across the hall, and avenues straight from the doors in the
    north and south walls, those in the middle first."""
    hall, whole = task.hall, hall_rect(task.hall)
    width = int(comfort.avenue * TICKS_PER_M)
    found = _lanes(hall, along=False)
    doors = {door.module * MODULE + MODULE // 2 for door in hall.exits if door.wall in ("north", "south")}
    for middle in sorted(doors, key=lambda x: (abs(2 * x - whole.x1), x)) if width else ():
        edges = [edge for rect in found for edge in (rect.x0, rect.x1)]
        if all(abs(middle - edge) >= _APART for edge in [*edges, 0, whole.x1]):
            found.append(Rect(middle - width // 2, 0, middle - width // 2 + width, whole.y1))
    return sorted(found)


def _blockers(task: Task, comfort: Comfort) -> list[Blocker]:
    found = [Blocker(rect, False, False, False) for rect in obstacle_rects(task.hall)]
    for one in task.hall.locked:
        found.append(Blocker(locked_rect(one), "west" in one.open_sides, "east" in one.open_sides, False))
    floor = [*_avenues(task, comfort), *_lanes(task.hall, along=True)]
    floor += [exit_rect(task.hall, door, task.aisle) for door in task.hall.exits]
    return found + [Blocker(rect, False, False, True) for rect in floor]


def _marks(task: Task) -> list[Rect]:
    """What should lie on aisles along the hall: fire lanes, and the floor before doors in the west and east walls."""
    doors = [door_cell(task.hall, door) for door in task.hall.exits if door.wall in ("west", "east")]
    return _lanes(task.hall, along=True) or doors


def _filling(task: Task, layout: Layout, cross: int, order: tuple[str, ...]) -> Filling:
    return Filling(
        stretches=layout.stretches,
        cross=cross,
        requests={request.key: request for request in task.requests},
        ways={request.key: options(request, task.rules) for request in task.requests},
        apart=task.apart,
        apart_ticks=task.apart_ticks,
        fixed={one.key: locked_rect(one) for one in task.hall.locked},
        order=order,
    )


def _orders(task: Task) -> list[tuple[str, ...]]:
    """Orders of the exhibition areas from west to east."""
    floor: dict[str, float] = defaultdict(float)
    for request in task.requests:
        if request.zone:
            floor[request.zone] += request.area_m2
    return orders(floor, task.hall.zones)


def _answer(task: Task, layout: Layout, filling: Filling, space: Space, stopped: str) -> HallAnswer:
    plan = Drawn({}, [*layout.aisles], [])
    for stretch, units in zip(filling.stretches, filling.units, strict=True):
        drawn = draw(stretch, units, filling.cross)
        plan.stands.update(drawn.stands)
        plan.aisles.extend(drawn.aisles)
        plan.spare.extend(drawn.spare)
    if space.ring:
        plan.aisles.extend(_ring(hall_rect(task.hall), space))
    return _surveyed(task, plan, stopped, filling.kept_apart())


def _surveyed(task: Task, plan: Drawn, stopped: str, kept_apart: frozenset[str]) -> HallAnswer:
    """The stands with the sides that are open in fact; one that an obstacle cuts off gives up its place."""
    hall = task.hall
    whole = hall_rect(hall)
    locked = {one.key: locked_rect(one) for one in hall.locked}
    solid = obstacle_rects(hall) + list(locked.values())
    fronts = [front(locked_rect(one), side, task.aisle) for one in hall.locked for side in one.open_sides]
    clear = {key: rect for key, rect in plan.stands.items() if not any(meet(rect, other) for other in fronts)}
    doors = [door_cell(hall, door) for door in hall.exits]
    asked = {request.key: request.open_sides_min for request in task.requests}
    kept, reached = join(whole, solid, clear, doors, fronts, asked, task.aisle)
    spare = [rect for rect in plan.spare if not any(meet(rect, other) for other in [*solid, *fronts])]
    places, reached = settle(whole, solid, kept, spare, doors, fronts, asked, reached, task.aisle)
    spots = {key: Spot(rect, open_sides(rect, reached)) for key, rect in kept.items()}
    stay = {key: Spot(rect, open_sides(rect, reached)) for key, rect in locked.items()}
    free = tuple(piece for aisle in plan.aisles for piece in cut(aisle, [*solid, *places], task.aisle))
    return HallAnswer(hall.code, spots, stay, free, stopped, kept_apart, tuple(places))


def _ring(whole: Rect, space: Space) -> list[Rect]:
    """The aisles along the west and the east wall."""
    return [Rect(0, 0, space.cross, whole.y1), Rect(whole.x1 - space.cross, 0, whole.x1, whole.y1)]


_TURNED = {"north": "west", "west": "north", "south": "east", "east": "south"}


def _turned(task: Task) -> HallAnswer:
    """Solve the hall with its axes swapped, so that strips run along its longer side."""
    hall = task.hall
    turned = Hall(
        hall.code,
        hall.depth_modules,
        hall.width_modules,
        obstacles=tuple(Box(box.y, box.x, box.depth, box.width) for box in hall.obstacles),
        exits=tuple(Exit(_TURNED[door.wall], door.module) for door in hall.exits),
        locked=tuple(_turned_locked(one) for one in hall.locked),
        zones=hall.zones,
        lanes=tuple(Lane(_TURNED[lane.wall], lane.at_m, lane.width_m) for lane in hall.lanes),
    )
    answer = solve_hall(task._replace(hall=turned))
    spots, locked = _turned_spots(answer.spots), _turned_spots(answer.locked)
    return answer._replace(
        spots=spots,
        locked=locked,
        aisles=tuple(rect.transposed() for rect in answer.aisles),
        places=tuple(rect.transposed() for rect in answer.places),
    )


def _turned_spots(spots: dict[str, Spot]) -> dict[str, Spot]:
    return {
        key: Spot(spot.rect.transposed(), tuple(_TURNED[side] for side in spot.open_sides))
        for key, spot in spots.items()
    }


def _turned_locked(one: Locked) -> Locked:
    return Locked(one.key, one.y, one.x, one.depth, one.width, tuple(_TURNED[side] for side in one.open_sides))

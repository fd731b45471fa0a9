"""One hall solved: from the most comfortable pattern that holds every request to the one that holds the most."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..stop import MaxIterations, Stop
from .draw import draw
from .fill import Filling, fill, improve
from .geometry import (
    TICKS_PER_M,
    Rect,
    cut,
    door_cell,
    exit_rect,
    front,
    hall_rect,
    locked_rect,
    meet,
    obstacle_rects,
)
from .pattern import Candidate, Pattern, Space, choose_pattern
from .problem import Box, Exit, Hall, Locked, Request
from .reach import join, open_sides
from .shapes import Rules, options
from .strips import Blocker, Layout, lay_strips


@dataclass(frozen=True)
class Params:
    """How hard to search.

    ``pattern_nodes`` bounds the search tree for each pattern of a hall, ``trials`` the number of exchanges
    tried in a hall that cannot hold everything (used when no ``stop`` is given), ``rounds`` how often requests without
    a place are offered to other halls.
    """

    pattern_nodes: int = 200
    trials: int = 2000
    rounds: int = 3

    def __post_init__(self) -> None:
        if self.pattern_nodes < 1:
            raise ValueError(f"Params: pattern_nodes must be 1 or more, got {self.pattern_nodes}")
        if self.trials < 0:
            raise ValueError(f"Params: trials must be 0 or more, got {self.trials}")
        if self.rounds < 0:
            raise ValueError(f"Params: rounds must be 0 or more, got {self.rounds}")


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
    """Stands and locked stands by key, aisles in ticks, why the search ended, and who only lacked distance."""

    code: str
    spots: dict[str, Spot]
    locked: dict[str, Spot]
    aisles: tuple[Rect, ...]
    stopped: str
    kept_apart: frozenset[str] = frozenset()


class Comfort(NamedTuple):
    """Widths of main and cross-aisles in metres; with a ring the aisles also run along all the walls."""

    aisle: float
    cross: float
    ring: bool


# From the most generous plan to the tightest; the first that holds every request is taken.
_COMFORTS = (Comfort(6, 3, True), Comfort(4.5, 3, True), Comfort(3, 3, True), Comfort(3, 3, False))
_COMFORT_TRIALS = 150


def solve_hall(task: Task) -> HallAnswer:
    """Place the task's requests in its hall, as many as can be, free stands first."""
    if task.hall.depth_modules > task.hall.width_modules:
        return _turned(task)
    best: tuple[tuple[float, float], HallAnswer] | None = None
    for comfort in _COMFORTS:
        answer = _attempt(task, comfort, everything=comfort.ring)
        if answer is None:
            continue
        worth = _worth(task, answer)
        if best is None or worth > best[0]:
            best = (worth, answer)
        if len(answer.spots) == len(task.requests):
            break
    return best[1] if best else _surveyed(task, {}, [], "everything placed", frozenset())


def _worth(task: Task, answer: HallAnswer) -> tuple[float, float]:
    placed = [request for request in task.requests if request.key in answer.spots]
    return (sum(request.area_m2 for request in placed if request.free), sum(request.value for request in placed))


def _attempt(task: Task, comfort: Comfort, *, everything: bool) -> HallAnswer | None:
    space = _space(task, comfort)
    candidates = [
        Candidate(request.key, request.value, request.free, options(request, task.rules)) for request in task.requests
    ]
    demands = ("everything",) if everything else ("free", "nothing")
    patterns = (
        choose_pattern(candidates, space, demand=demand, seed=task.seed, nodes=task.params.pattern_nodes)
        for demand in demands
    )
    pattern = next((found for found in patterns if found), None)
    if pattern is None or not pattern.strips:
        return None
    layout = lay_strips(pattern, space, hall_rect(task.hall), _blockers(task, space.cross), task.aisle, task.seed)
    if everything:
        # A tighter pattern follows when this one fails by a little, so not much search is spent on it.
        task = task._replace(stop=None, params=replace(task.params, trials=min(task.params.trials, _COMFORT_TRIALS)))
    answer, cut_off = _filled(task, layout, pattern, space)
    if cut_off:
        # Stretches that obstacles cut off from the exits are given up, and their stands go elsewhere.
        rest = tuple(one for number, one in enumerate(layout.stretches) if number not in cut_off)
        again, _ = _filled(task, replace(layout, stretches=rest), pattern, space)
        answer = max(answer, again, key=lambda one: _worth(task, one))
    return answer


def _filled(task: Task, layout: Layout, pattern: Pattern, space: Space) -> tuple[HallAnswer, set[int]]:
    """The layout filled, and the stretches in which a stand had to give up its place."""
    filling = _filling(task, layout, space.cross)
    fill(filling, pattern.chosen)
    stop = copy.deepcopy(task.stop) if task.stop else MaxIterations(task.params.trials)
    stopped = improve(filling, stop, task.seed)
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
    length = whole.x1 - 2 * cross * comfort.ring
    return Space(length, whole.y1, 2 * comfort.ring, not comfort.ring, aisle, cross, lost)


def _blockers(task: Task, cross: int) -> list[Blocker]:
    found = [Blocker(rect, False, False, False) for rect in obstacle_rects(task.hall)]
    for one in task.hall.locked:
        found.append(Blocker(locked_rect(one), "west" in one.open_sides, "east" in one.open_sides, False))
    found += [Blocker(exit_rect(task.hall, door, task.aisle), False, False, True) for door in task.hall.exits]
    return found


def _filling(task: Task, layout: Layout, cross: int) -> Filling:
    return Filling(
        stretches=layout.stretches,
        cross=cross,
        requests={request.key: request for request in task.requests},
        ways={request.key: options(request, task.rules) for request in task.requests},
        apart=task.apart,
        apart_ticks=task.apart_ticks,
        fixed={one.key: locked_rect(one) for one in task.hall.locked},
    )


def _answer(task: Task, layout: Layout, filling: Filling, space: Space, stopped: str) -> HallAnswer:
    rects: dict[str, Rect] = {}
    crossings: list[Rect] = []
    for stretch, units in zip(filling.stretches, filling.units, strict=True):
        placed, aisles = draw(stretch, units, filling.cross)
        rects |= placed
        crossings += aisles
    ring = _ring(hall_rect(task.hall), space) if space.open_ends else []
    return _surveyed(task, rects, [*layout.aisles, *crossings, *ring], stopped, filling.kept_apart())


def _surveyed(
    task: Task, rects: dict[str, Rect], aisles: list[Rect], stopped: str, kept_apart: frozenset[str]
) -> HallAnswer:
    """The stands with the sides that are open in fact; one that an obstacle cuts off gives up its place."""
    hall = task.hall
    locked = {one.key: locked_rect(one) for one in hall.locked}
    solid = obstacle_rects(hall) + list(locked.values())
    fronts = [front(locked_rect(one), side, task.aisle) for one in hall.locked for side in one.open_sides]
    clear = {key: rect for key, rect in rects.items() if not any(meet(rect, other) for other in fronts)}
    doors = [door_cell(hall, door) for door in hall.exits]
    asked = {request.key: request.open_sides_min for request in task.requests}
    kept, reached = join(hall_rect(hall), solid, clear, doors, fronts, asked, task.aisle)
    spots = {key: Spot(rect, open_sides(rect, reached)) for key, rect in kept.items()}
    stay = {key: Spot(rect, open_sides(rect, reached)) for key, rect in locked.items()}
    free = tuple(piece for aisle in aisles for piece in cut(aisle, solid, task.aisle))
    return HallAnswer(hall.code, spots, stay, free, stopped, kept_apart)


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
    )
    answer = solve_hall(task._replace(hall=turned))
    spots, locked = _turned_spots(answer.spots), _turned_spots(answer.locked)
    return answer._replace(spots=spots, locked=locked, aisles=tuple(rect.transposed() for rect in answer.aisles))


def _turned_spots(spots: dict[str, Spot]) -> dict[str, Spot]:
    return {
        key: Spot(spot.rect.transposed(), tuple(_TURNED[side] for side in spot.open_sides))
        for key, spot in spots.items()
    }


def _turned_locked(one: Locked) -> Locked:
    return Locked(one.key, one.y, one.x, one.depth, one.width, tuple(_TURNED[side] for side in one.open_sides))

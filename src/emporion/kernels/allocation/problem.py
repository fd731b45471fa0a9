"""What is to be allocated: halls, requests for stands, and the constants that every plan must keep.

Lengths of halls and obstacles are in modules of 3 m, as venues draw them; everything a plan says is in metres.
``x`` runs from the west wall to the east wall, ``y`` from the north wall to the south wall.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

MODULE_M = 3
STANDARD_M2 = 9
RAW_MIN_M2 = 36
WALLS = ("north", "south", "east", "west")
KINDS = ("standard", "raw")


class Box(NamedTuple):
    """A rectangle in modules that no stand may touch: a column, a stair, a service core."""

    x: int
    y: int
    width: int
    depth: int


class Exit(NamedTuple):
    """A door one module wide: the ``module``-th along ``wall``, counted from the west or from the north."""

    wall: str
    module: int


class Lane(NamedTuple):
    """A fire lane straight through the hall from a wall to the opposite one: its edge along the wall, counted from the
    west or from the north, and its width, in metres."""

    wall: str
    at_m: float
    width_m: float


@dataclass(frozen=True)
class Locked:
    """A stand that stays where it is, in metres. ``open_sides`` are the walls' names it must keep open.

    With the key of a request it is that request's place; with any other key it only takes up floor.
    """

    key: str
    x: float
    y: float
    width: float
    depth: float
    open_sides: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("x", "y", "width", "depth"):
            value = float(getattr(self, name))
            on_grid = math.isfinite(value) and (value * 4).is_integer()
            _require(on_grid, f"Locked {self.key!r}: {name} must be a multiple of 0.25 m, got {value}")
        _require(self.width > 0 and self.depth > 0, f"Locked {self.key!r}: width and depth must be above 0")
        for side in self.open_sides:
            _require(side in WALLS, f"Locked {self.key!r}: open_sides must name {', '.join(WALLS)}, got {side!r}")


@dataclass(frozen=True)
class Hall:
    """A hall of ``width_modules`` (west to east) by ``depth_modules`` (north to south).

    ``zones`` are the codes of the exhibition areas it is meant for; none means any. ``utilities`` are what its floor
    offers ("water", "gas"), ``floor_load`` what it bears in kN/m². ``lanes`` is floor that stays free as the rule of
    fire lanes says: strips from one wall to the opposite one, in metres.
    """

    code: str
    width_modules: int
    depth_modules: int
    zones: tuple[str, ...] = ()
    obstacles: tuple[Box, ...] = ()
    exits: tuple[Exit, ...] = ()
    locked: tuple[Locked, ...] = ()
    utilities: tuple[str, ...] = ()
    floor_load: float = math.inf
    lanes: tuple[Lane, ...] = ()

    def __post_init__(self) -> None:
        _as_tuples(self, "zones", "utilities", "locked")
        object.__setattr__(self, "lanes", tuple(Lane(*lane) for lane in self.lanes))
        object.__setattr__(self, "obstacles", tuple(Box(*box) for box in self.obstacles))
        object.__setattr__(self, "exits", tuple(Exit(*door) for door in self.exits))
        name = f"Hall {self.code!r}"
        _require(bool(self.code), "Hall: code must not be empty")
        _require(self.width_modules >= 1, f"{name}: width_modules must be 1 or more, got {self.width_modules}")
        _require(self.depth_modules >= 1, f"{name}: depth_modules must be 1 or more, got {self.depth_modules}")
        _require(self.floor_load > 0, f"{name}: floor_load must be above 0, got {self.floor_load}")
        for i, box in enumerate(self.obstacles):
            self._require_obstacle(name, box)
            for other in self.obstacles[:i]:
                _require(not _overlap(_area(box), _area(other)), f"{name}: obstacles {other} and {box} overlap")
        for door in self.exits:
            self._require_exit(name, door)
        _require(len(set(self.exits)) == len(self.exits), f"{name}: exits must be distinct")
        self._require_locked(name)
        for lane in self.lanes:
            self._require_lane(name, lane)

    @property
    def gross_m2(self) -> int:
        return self.width_modules * self.depth_modules * MODULE_M**2

    def _require_obstacle(self, name: str, box: Box) -> None:
        inside = (
            box.x >= 0
            and box.y >= 0
            and min(box.width, box.depth) >= 1
            and box.x + box.width <= self.width_modules
            and box.y + box.depth <= self.depth_modules
        )
        _require(inside, f"{name}: obstacles must lie inside the hall and be 1 module or more, got {tuple(box)}")

    def _require_exit(self, name: str, door: Exit) -> None:
        _require(door.wall in WALLS, f"{name}: exits must name {', '.join(WALLS)}, got {door.wall!r}")
        length = self.width_modules if door.wall in ("north", "south") else self.depth_modules
        on_wall = 0 <= door.module < length
        _require(on_wall, f"{name}: exits must lie on the wall (0 to {length - 1}), got {tuple(door)}")
        x = {"west": 0, "east": self.width_modules - 1}.get(door.wall, door.module)
        y = {"north": 0, "south": self.depth_modules - 1}.get(door.wall, door.module)
        for other in (*map(_area, self.obstacles), *self.locked):
            free = not _overlap(_area(Box(x, y, 1, 1)), other)
            _require(free, f"{name}: something stands before the exit {tuple(door)}")

    def _require_lane(self, name: str, lane: Lane) -> None:
        _require(lane.wall in WALLS, f"{name}: lanes must name {', '.join(WALLS)}, got {lane.wall!r}")
        wall = (self.width_modules if lane.wall in ("north", "south") else self.depth_modules) * MODULE_M
        on_grid = all((value * 4).is_integer() for value in (float(lane.at_m), float(lane.width_m)))
        _require(on_grid, f"{name}: lanes must lie on quarter metres, got {tuple(lane)}")
        inside = lane.width_m >= MODULE_M and lane.at_m >= 0 and lane.at_m + lane.width_m <= wall
        _require(inside, f"{name}: lanes must be {MODULE_M} m or wider and inside the hall, got {tuple(lane)}")

    def _require_locked(self, name: str) -> None:
        for i, one in enumerate(self.locked):
            inside = (
                one.x >= 0
                and one.y >= 0
                and one.x + one.width <= self.width_modules * MODULE_M
                and one.y + one.depth <= self.depth_modules * MODULE_M
            )
            _require(inside, f"{name}: locked stand {one.key!r} must lie inside the hall")
            for box in self.obstacles:
                _require(not _overlap(one, _area(box)), f"{name}: locked stand {one.key!r} stands on an obstacle")
            for other in self.locked[:i]:
                _require(not _overlap(one, other), f"{name}: locked stands {other.key!r} and {one.key!r} overlap")


@dataclass(frozen=True)
class Request:
    """One stand asked for.

    ``area_m2`` is a multiple of 9 (raw space 36 or more); ``open_sides_min`` is 1 (row), 2 (corner or through),
    3 (peninsula) or 4 (island). Requests with the same ``pavilion`` stand together in one hall. A ``free`` request
    comes before all that pay. ``priority`` weighs its area in the objective. ``keep_apart`` names requests that must
    not stand near it; ``needs`` are utilities, ``floor_load`` is in kN/m². An empty ``zone`` fits every hall.
    """

    key: str
    area_m2: int
    open_sides_min: int = 1
    zone: str = ""
    kind: str = "standard"
    pavilion: str | None = None
    free: bool = False
    priority: float = 1.0
    keep_apart: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    floor_load: float = 0.0

    def __post_init__(self) -> None:
        _as_tuples(self, "keep_apart", "needs")
        name = f"Request {self.key!r}"
        _require(bool(self.key), "Request: key must not be empty")
        _require(self.kind in KINDS, f"{name}: kind must be 'standard' or 'raw', got {self.kind!r}")
        least = RAW_MIN_M2 if self.kind == "raw" else STANDARD_M2
        right = self.area_m2 >= least and self.area_m2 % STANDARD_M2 == 0
        _require(right, f"{name}: area_m2 must be a multiple of 9 from {least} on for {self.kind}, got {self.area_m2}")
        _require(
            self.open_sides_min in (1, 2, 3, 4), f"{name}: open_sides_min must be 1 to 4, got {self.open_sides_min}"
        )
        _require(
            math.isfinite(self.priority) and self.priority > 0, f"{name}: priority must be above 0, got {self.priority}"
        )
        _require(self.floor_load >= 0, f"{name}: floor_load must be 0 or more, got {self.floor_load}")
        _require(self.key not in self.keep_apart, f"{name}: keep_apart must not name the request itself")

    @property
    def value(self) -> float:
        """What placing it adds to the objective: square metres times priority."""
        return self.area_m2 * self.priority


@dataclass(frozen=True)
class Problem:
    """Halls, requests and the constants of a plan.

    Every stand is a whole number of modules deep or wide. ``aisle_m`` is the least width of an aisle. Raw space is
    never more than ``max_aspect`` times as long as deep. No point of a stand with one or two open sides lies more than
    ``max_depth_m`` from an open side. Requests kept apart are at least ``apart_m`` from each other, or in different
    halls. With ``overflow`` a request may go to a hall that is not meant for its exhibition area when those that are
    have no room.

    Raises ValueError naming the field when a value cannot be meant.
    """

    halls: tuple[Hall, ...]
    requests: tuple[Request, ...]
    aisle_m: float = 3.0
    max_aspect: float = 3.0
    max_depth_m: float = 9.0
    apart_m: float = 12.0
    overflow: bool = True

    def __post_init__(self) -> None:
        _as_tuples(self, "halls", "requests")
        _require(
            (self.aisle_m * 4) % 1 == 0 and self.aisle_m >= 3,
            f"Problem: aisle_m must be a multiple of 0.25 from 3 on, got {self.aisle_m}",
        )
        _require(self.max_aspect >= 1, f"Problem: max_aspect must be 1 or more, got {self.max_aspect}")
        _require(self.max_depth_m >= 3, f"Problem: max_depth_m must be 3 or more, got {self.max_depth_m}")
        _require(self.apart_m >= 0, f"Problem: apart_m must be 0 or more, got {self.apart_m}")
        _unique("halls", "code", (hall.code for hall in self.halls))
        _unique("requests", "key", (request.key for request in self.requests))
        _unique("halls", "locked key", (one.key for hall in self.halls for one in hall.locked))
        known = {request.key: request for request in self.requests}
        for request in self.requests:
            for key in request.keep_apart:
                _require(key in known, f"Request {request.key!r}: keep_apart names {key!r}, which is no request")
                together = request.pavilion is not None and request.pavilion == known[key].pavilion
                _require(not together, f"Request {request.key!r}: keep_apart names {key!r} of the same pavilion")

        self._require_pavilions(known)

    def _require_pavilions(self, known: dict[str, Request]) -> None:
        """Locked stands of one pavilion must be in one hall, since the whole pavilion stands there."""
        homes: dict[str, str] = {}
        for hall in self.halls:
            for one in hall.locked:
                pavilion = known[one.key].pavilion if one.key in known else None
                if pavilion is not None:
                    home = homes.setdefault(pavilion, hall.code)
                    message = (
                        f"Hall {hall.code!r}: locked stand {one.key!r} parts pavilion {pavilion!r} from hall {home!r}"
                    )
                    _require(home == hall.code, message)

    def apart(self) -> frozenset[tuple[str, str]]:
        """Pairs of keys to keep apart, both ways round."""
        pairs = {(request.key, other) for request in self.requests for other in request.keep_apart}
        return frozenset(pairs | {(b, a) for a, b in pairs})


def fits_hall(request: Request, hall: Hall) -> bool:
    """Whether the hall's floor can carry and serve the request."""
    return request.floor_load <= hall.floor_load and set(request.needs) <= set(hall.utilities)


def in_zone(request: Request, hall: Hall) -> bool:
    """Whether the hall is meant for the request's exhibition area."""
    return not request.zone or not hall.zones or request.zone in hall.zones


def _area(box: Box) -> Locked:
    """The modules of a box as metres."""
    x, y, width, depth = (float(side * MODULE_M) for side in box)
    return Locked("", x, y, width, depth)


def _overlap(a: Locked, b: Locked) -> bool:
    across = a.x < b.x + b.width and b.x < a.x + a.width
    return across and a.y < b.y + b.depth and b.y < a.y + a.depth


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _unique(field: str, what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        _require(value not in seen, f"Problem: {field} must have distinct {what}s, {value!r} comes twice")
        seen.add(value)


def _as_tuples(owner: object, *names: str) -> None:
    for name in names:
        value = getattr(owner, name)
        _require(not isinstance(value, str), f"{type(owner).__name__}: {name} must be a tuple, got a text")
        object.__setattr__(owner, name, tuple(value))

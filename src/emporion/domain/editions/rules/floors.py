"""What a hall is built of: shapes in metres from its north-west corner, x to the east and y to the south."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args
from uuid import NAMESPACE_OID, uuid5

from emporion.domain.editions.rules import MODULE_M

Point = tuple[float, float]
Ring = tuple[Point, ...]
Box = tuple[float, float, float, float]
Geometry = Literal["Point", "LineString", "Polygon"]

COLUMN, WALL, ENTRANCE, EXIT = "column", "wall", "entrance", "exit"
UTILITY, AISLE, ZONE = "utility", "aisle", "zone"
LIFT, STAIRS, ESCALATOR = "lift", "stairs", "escalator"
# What stands in people's way and where no stand can be.
BUILT = (COLUMN, WALL)
DOORS = (ENTRANCE, EXIT)
# What leads to the hall above or below: those of one name belong together.
CONNECTORS = (LIFT, STAIRS, ESCALATOR)
# Parts of the floor with a use of their own, on which no stand can be.
PLACES = ("lounge", "stage", "check_in", "service", "cafe", "first_aid", "toilets", *CONNECTORS, "closed")
KINDS = (COLUMN, WALL, ENTRANCE, EXIT, UTILITY, AISLE, ZONE, *PLACES)
SERVICES = ("power", "water", "air", "network")
# The keys of aisles and places that an allocation made begin so.
ALLOCATED = "allocated-"
# Lengths are kept to the millimetre.
DECIMALS = 3
# How far the floor before an emergency exit is kept free where nothing else is said.
EXIT_DEPTH_M = 3.0


@dataclass(frozen=True)
class Shape:
    """A point, a line or a polygon in metres; a polygon's first ring is its outline and the others are its holes.

    Rings are not closed: their first corner is not repeated.
    """

    kind: Geometry
    rings: tuple[Ring, ...]

    @property
    def corners(self) -> Ring:
        """The points of the outline, of the line, or the point alone."""
        return self.rings[0]

    @property
    def box(self) -> Box:
        """The rectangle around it: x, y, width and depth."""
        across, down = zip(*self.corners, strict=True)
        return min(across), min(down), max(across) - min(across), max(down) - min(down)

    @property
    def area_m2(self) -> float:
        """The area of a polygon without its holes; 0 of a point or line."""
        if self.kind != "Polygon":
            return 0.0
        outer, *holes = map(ring_area, self.rings)
        return outer - sum(holes)

    @property
    def middle(self) -> Point:
        """The middle of a point or line, the centroid of a polygon's outline."""
        return centroid(self.corners) if self.kind == "Polygon" else halfway(self.corners)

    @property
    def geojson(self) -> dict[str, Any]:
        """The shape as GeoJSON writes a geometry (RFC 7946), with the y of the plan."""
        lists = [[list(point) for point in ring] for ring in self.rings]
        if self.kind == "Polygon":
            return {"type": "Polygon", "coordinates": [[*ring, ring[0]] for ring in lists]}
        return {"type": self.kind, "coordinates": lists[0] if self.kind == "LineString" else lists[0][0]}


@dataclass(frozen=True)
class Element:
    """Something on a hall's floor that is no stand.

    ``key`` stays the same for as long as it is the same thing. ``width_m`` is the width of an aisle drawn as a line,
    ``depth_m`` how far the floor before a door is kept free, ``services`` what a utility point gives, ``area`` the
    code of a zone's exhibition area. ``main`` marks a main aisle or a main entrance; ``step_free`` says whether
    somebody in a wheelchair can pass.
    """

    key: str
    kind: str
    shape: Shape
    name: str = ""
    width_m: float | None = None
    depth_m: float | None = None
    services: tuple[str, ...] = ()
    area: str = ""
    main: bool = False
    step_free: bool = True

    @property
    def is_allocated(self) -> bool:
        """Whether the last allocation made it; such aisles and places are made anew and kept nowhere else."""
        return self.key.startswith(ALLOCATED)


def polygon(*rings: Iterable[Sequence[float]]) -> Shape:
    """A polygon of rings of points; a last corner that repeats the first is left out."""
    return Shape("Polygon", tuple(_open(line(ring).corners) for ring in rings))


def line(points: Iterable[Sequence[float]]) -> Shape:
    """A line through points, to the millimetre."""
    return Shape("LineString", (tuple((_rounded(x), _rounded(y)) for x, y, *_ in points),))


def point(x: float, y: float) -> Shape:
    """A point, to the millimetre."""
    return Shape("Point", (((_rounded(x), _rounded(y)),),))


def rectangle(x: float, y: float, width: float, depth: float) -> Shape:
    """A rectangle along the walls, clockwise on the plan from its north-west corner."""
    return polygon([(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)])


def shape_of(geometry: Mapping[str, Any]) -> Shape:
    """The shape of a geometry that this room stored. Raises ValueError for one of another kind."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return polygon(*coordinates)
    if kind not in get_args(Geometry):
        raise ValueError(f"a plan has no {kind}")
    return line(coordinates) if kind == "LineString" else point(*coordinates[:2])


def ring_area(ring: Ring) -> float:
    """The area within a ring, whichever way it turns."""
    return abs(_twice_signed_area(ring)) / 2


def centroid(ring: Ring) -> Point:
    """The centre of gravity of the area within a ring; of a ring without area, the middle of its corners."""
    twice = _twice_signed_area(ring)
    if not twice:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * twice)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * twice)
    return x, y


def halfway(points: Ring) -> Point:
    """The point in the middle of a line, by length."""
    left = sum(math.dist(a, b) for a, b in pairwise(points)) / 2
    for a, b in pairwise(points):
        long = math.dist(a, b)
        if long >= left and long:
            share = left / long
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= long
    return points[0]


def outline_in_modules(width: int, depth: int) -> Shape:
    """The outline of a hall that is measured in modules."""
    return rectangle(0, 0, width * MODULE_M, depth * MODULE_M)


def elements_in_modules(
    hall: str, width: int, depth: int, obstacles: Iterable[Sequence[int]], exits: Iterable[Sequence[int]]
) -> tuple[Element, ...]:
    """What stands on the floor of a hall that is measured in modules: columns, and emergency exits on its walls.

    ``hall`` tells its keys from those of other halls; an element that stays where it is keeps its key.
    """
    columns = [rectangle(*(side * MODULE_M for side in box)) for box in obstacles]
    doors = [_door(x, y, width, depth) for x, y in exits]
    return (
        *(Element(_key(hall, COLUMN, shape), COLUMN, shape) for shape in columns),
        *(Element(_key(hall, EXIT, shape), EXIT, shape, depth_m=EXIT_DEPTH_M) for shape in doors),
    )


def _door(x: int, y: int, width: int, depth: int) -> Shape:
    """The part of the wall through which the module's exit leads; a corner's leads through the north or south wall."""
    west, north = x * MODULE_M, y * MODULE_M
    east, south = west + MODULE_M, north + MODULE_M
    if y == 0 or y == depth - 1:
        wall = 0 if y == 0 else south
        return line([(west, wall), (east, wall)])
    wall = 0 if x == 0 else width * MODULE_M
    return line([(wall, north), (wall, south)])


def _key(hall: str, kind: str, shape: Shape) -> str:
    return str(uuid5(NAMESPACE_OID, f"{hall} {kind} {shape.rings}"))


def _open(ring: Ring) -> Ring:
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _twice_signed_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))


def _rounded(value: float) -> float:
    # Adding 0 turns a negative zero into the usual one.
    return round(float(value), DECIMALS) + 0.0

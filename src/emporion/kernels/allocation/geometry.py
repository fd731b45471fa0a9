"""Rectangles in ticks of a quarter metre, so that all arithmetic is exact, as halls and aisles need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .problem import MODULE_M, Exit, Hall, Lane, Locked
from .result import Area

TICKS_PER_M = 4
MODULE = MODULE_M * TICKS_PER_M


class Rect(NamedTuple):
    """A rectangle from (x0, y0) to (x1, y1) in ticks."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0

    def transposed(self) -> Rect:
        """The same rectangle in a hall whose axes are swapped."""
        return Rect(self.y0, self.x0, self.y1, self.x1)

    def area(self) -> Area:
        """The rectangle in metres."""
        size = (self.x0, self.y0, self.x1 - self.x0, self.y1 - self.y0)
        return Area(*(value / TICKS_PER_M for value in size))


def meet(a: Rect, b: Rect) -> bool:
    """Whether the insides of two rectangles share a point."""
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def distance(a: Rect, b: Rect) -> float:
    """The distance between two rectangles in ticks."""
    across = max(a.x0 - b.x1, b.x0 - a.x1, 0)
    down = max(a.y0 - b.y1, b.y0 - a.y1, 0)
    return float((across**2 + down**2) ** 0.5)


def hall_rect(hall: Hall) -> Rect:
    return Rect(0, 0, hall.width_modules * MODULE, hall.depth_modules * MODULE)


def obstacle_rects(hall: Hall) -> list[Rect]:
    return [
        Rect(box.x * MODULE, box.y * MODULE, (box.x + box.width) * MODULE, (box.y + box.depth) * MODULE)
        for box in hall.obstacles
    ]


def locked_rect(one: Locked) -> Rect:
    corners = (one.x, one.y, one.x + one.width, one.y + one.depth)
    return Rect(*(round(value * TICKS_PER_M) for value in corners))


def lane_rect(hall: Hall, lane: Lane) -> Rect:
    """The floor of a fire lane."""
    whole = hall_rect(hall)
    start, end = round(lane.at_m * TICKS_PER_M), round((lane.at_m + lane.width_m) * TICKS_PER_M)
    along = lane.wall in ("north", "south")
    return whole._replace(x0=start, x1=end) if along else whole._replace(y0=start, y1=end)


def exit_rect(hall: Hall, door: Exit, aisle: int) -> Rect:
    """The floor before a door that must stay free, one aisle deep and at least one aisle wide."""
    whole = hall_rect(hall)
    wall = whole.x1 if door.wall in ("north", "south") else whole.y1
    start = max(0, min(door.module * MODULE, wall - aisle))
    end = max((door.module + 1) * MODULE, start + aisle)
    return {
        "north": Rect(start, 0, end, aisle),
        "south": Rect(start, whole.y1 - aisle, end, whole.y1),
        "west": Rect(0, start, aisle, end),
        "east": Rect(whole.x1 - aisle, start, whole.x1, end),
    }[door.wall]


def door_cell(hall: Hall, door: Exit) -> Rect:
    """The module of floor before a door."""
    x = {"west": 0, "east": hall.width_modules - 1}.get(door.wall, door.module) * MODULE
    y = {"north": 0, "south": hall.depth_modules - 1}.get(door.wall, door.module) * MODULE
    return Rect(x, y, x + MODULE, y + MODULE)


def front(rect: Rect, side: str, aisle: int) -> Rect:
    """The floor, one aisle wide, before a side of a stand."""
    return {
        "north": Rect(rect.x0, rect.y0 - aisle, rect.x1, rect.y0),
        "south": Rect(rect.x0, rect.y1, rect.x1, rect.y1 + aisle),
        "east": Rect(rect.x1, rect.y0, rect.x1 + aisle, rect.y1),
        "west": Rect(rect.x0 - aisle, rect.y0, rect.x0, rect.y1),
    }[side]


def cut(rect: Rect, others: Sequence[Rect], least: int) -> list[Rect]:
    """What is left of an aisle when others stand in it: pieces at least ``least`` wide and deep.

    An aisle is cut across its length; where the rest beside an obstacle is wide enough the piece there is kept too.
    """
    pieces = [rect]
    for other in others:
        pieces = [part for piece in pieces for part in _minus(piece, other)]
    return [piece for piece in pieces if piece.x1 - piece.x0 >= least and piece.y1 - piece.y0 >= least]


def _minus(rect: Rect, other: Rect) -> list[Rect]:
    if not meet(rect, other):
        return [rect]
    x0, x1 = max(rect.x0, other.x0), min(rect.x1, other.x1)
    parts = (
        Rect(rect.x0, rect.y0, x0, rect.y1),
        Rect(x0, rect.y0, x1, other.y0),
        Rect(x0, other.y1, x1, rect.y1),
        Rect(x1, rect.y0, rect.x1, rect.y1),
    )
    return [part for part in parts if not part.empty]

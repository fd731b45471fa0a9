"""Rectangles in ticks of a quarter metre, so that all arithmetic is exact, and which sides of a stand are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .problem import MODULE_M, Exit, Hall, Locked
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


def exit_rect(hall: Hall, door: Exit, aisle: int) -> Rect:
    """The floor before a door that must stay free, one aisle deep."""
    whole = hall_rect(hall)
    start, end = door.module * MODULE, (door.module + 1) * MODULE
    return {
        "north": Rect(start, 0, end, aisle),
        "south": Rect(start, whole.y1 - aisle, end, whole.y1),
        "west": Rect(0, start, aisle, end),
        "east": Rect(whole.x1 - aisle, start, whole.x1, end),
    }[door.wall]


def bands(rect: Rect, aisle: int) -> dict[str, Rect]:
    """The strips of floor, one aisle wide, before the four sides of a stand."""
    return {
        "north": Rect(rect.x0, rect.y0 - aisle, rect.x1, rect.y0),
        "south": Rect(rect.x0, rect.y1, rect.x1, rect.y1 + aisle),
        "east": Rect(rect.x1, rect.y0, rect.x1 + aisle, rect.y1),
        "west": Rect(rect.x0 - aisle, rect.y0, rect.x0, rect.y1),
    }


def open_sides(rect: Rect, whole: Rect, taken: Iterable[Rect], aisle: int) -> tuple[str, ...]:
    """The sides before which a full aisle's width is free inside the hall."""
    near = [other for other in taken if distance(rect, other) < aisle and other != rect]
    return tuple(
        side
        for side, band in bands(rect, aisle).items()
        if within(band, whole) and not any(meet(band, other) for other in near)
    )


def within(inner: Rect, outer: Rect) -> bool:
    """Whether one rectangle lies inside another."""
    across = inner.x0 >= outer.x0 and inner.x1 <= outer.x1
    return across and inner.y0 >= outer.y0 and inner.y1 <= outer.y1


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

"""A floor as the rules of plans see it, and its shapes as Shapely computes with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from emporion.domain.editions.rules.floors import EXIT, EXIT_DEPTH_M, Element, Shape
from emporion.domain.reason import Phrase, Reason

# What is smaller counts as nothing: a strip of a millimetre along a stand of a few metres.
TINY_M2 = 0.01
# Lines that meet within this meet: drawings are exact to a few millimetres.
TOUCH_M = 0.02

WORDS = {
    "column": Phrase("column"),
    "wall": Phrase("wall"),
    "entrance": Phrase("entrance"),
    "exit": Phrase("emergency exit"),
    "utility": Phrase("utility point"),
    "aisle": Phrase("aisle"),
    "zone": Phrase("zone"),
    "lounge": Phrase("lounge"),
    "stage": Phrase("stage"),
    "check_in": Phrase("check-in"),
    "service": Phrase("service desk"),
    "cafe": Phrase("café"),
    "first_aid": Phrase("first aid"),
    "toilets": Phrase("toilets"),
    "lift": Phrase("lift"),
    "stairs": Phrase("stairs"),
    "escalator": Phrase("escalator"),
    "closed": Phrase("closed area"),
}


class NamedStand(Reason):
    """stand {number}"""

    number: str


class NamedElement(Reason):
    """{kind} {name}"""

    kind: Phrase
    name: str


class HallOutline(Reason):
    """outline of the hall"""


Thing = NamedStand | NamedElement | HallOutline | Phrase


@dataclass(frozen=True)
class FloorStand:
    """A stand as the rules see it. ``protected``: somebody shows on it, has reserved it, or it is locked."""

    key: str
    number: str
    shape: Shape
    kind: str = ""
    area: str = ""
    protected: bool = False

    @property
    def thing(self) -> Thing:
        """What a sentence calls it."""
        return NamedStand(self.number)


@dataclass(frozen=True)
class Floor:
    """A hall's outline, its stands and what else is on its floor."""

    outline: Shape
    stands: tuple[FloorStand, ...] = ()
    elements: tuple[Element, ...] = ()

    def of_kind(self, *kinds: str) -> list[Element]:
        """The elements of these kinds."""
        return [element for element in self.elements if element.kind in kinds]


def named(element: Element) -> Thing:
    """What a sentence calls an element."""
    word = WORDS[element.kind]
    return NamedElement(word, element.name) if element.name else word


def geometry(shape: Shape) -> BaseGeometry:
    """A shape for Shapely, as it was drawn: a polygon may cross itself."""
    if shape.kind == "Polygon":
        outer, *holes = shape.rings
        return shapely.Polygon(outer, holes) if len(outer) > 2 else shapely.LineString(outer)
    return shapely.LineString(shape.corners) if shape.kind == "LineString" else shapely.Point(shape.corners[0])


def area_of(shape: Shape, width_m: float = 0.0) -> BaseGeometry:
    """The floor that a shape covers, valid; a line is as wide as ``width_m``."""
    found = geometry(shape)
    if shape.kind == "Polygon":
        return found if found.is_valid else shapely.make_valid(found)
    return found.buffer(width_m / 2 or TOUCH_M, cap_style="flat" if shape.kind == "LineString" else "square")


def union_of(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """What some areas cover together."""
    return shapely.union_all(list(shapes))


def kept_free(door: Element, outline: BaseGeometry, depth_m: float = EXIT_DEPTH_M) -> BaseGeometry:
    """The floor before a door that nothing may stand on: as wide as the door, so deep into the hall."""
    depth = door.depth_m if door.depth_m is not None else depth_m if door.kind == EXIT else 0.0
    line = geometry(door.shape)
    if not depth or line.length == 0:
        return shapely.Polygon()
    sides = [line.buffer(side * depth, single_sided=True, cap_style="flat") for side in (1, -1)]
    inside = max(sides, key=lambda side: side.intersection(outline).area)
    return inside.intersection(outline)

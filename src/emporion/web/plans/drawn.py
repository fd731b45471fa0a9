"""A plan as the office looks at it: every shape as an SVG path, with findings at their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emporion.domain.editions.rules.floors import AISLE, BUILT, DOORS, UTILITY, ZONE, Box, Element, Shape
from emporion.domain.plans.rules.checks import Finding
from emporion.domain.plans.rules.differences import SAME, STAND, Change
from emporion.domain.plans.rules.floor import Floor
from emporion.web.booths.plan import shape_path
from emporion.web.shell.labels import FLOOR_PLACES

EDGE_M = 2.0
LOOKS = {UTILITY: "utility", AISLE: "aisle", ZONE: "zoned", **dict.fromkeys(BUILT, "built")}


@dataclass(frozen=True)
class Part:
    """Something drawn: its look, its path, and what is written on it at which place and how large."""

    look: str
    path: str
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    size: float = 1.0


@dataclass(frozen=True)
class Mark:
    """A finding at its place, with its number in the list."""

    number: int
    x: float
    y: float
    refused: bool


@dataclass(frozen=True)
class Picture:
    """A floor drawn: ``box`` is the view of the SVG, ``mark`` the radius of a finding's mark."""

    box: Box
    parts: list[Part]
    marks: list[Mark]
    mark: float


def picture(floor: Floor, findings: Sequence[Finding] = (), changes: Iterable[Change] = ()) -> Picture:
    """A floor with its findings; with ``changes``, stands and elements by what becomes of them."""
    changed = list(changes)
    x, y, width, depth = _around([floor.outline, *(one.shape for one in floor.stands)])
    states = {one.name: one.state for one in changed}
    order = {AISLE: 0, ZONE: 1}
    parts = [Part("outline", shape_path(floor.outline))]
    parts += [_element(one, states) for one in sorted(floor.elements, key=lambda one: order.get(one.kind, 2))]
    parts += [_stand(one.shape, one.number, states.get(one.key, "")) for one in floor.stands]
    parts += [Part("before", shape_path(one.before)) for one in changed if one.before and _left(one)]
    marks = [Mark(n, *one.at, one.severity == "refuse") for n, one in enumerate(findings, start=1)]
    box = (x - EDGE_M, y - EDGE_M, width + 2 * EDGE_M, depth + 2 * EDGE_M)
    return Picture(box, parts, marks, max(box[2], box[3]) / 60)


def _around(shapes: list[Shape]) -> Box:
    """The rectangle around shapes: what lies outside the hall is to be seen, too."""
    boxes = [shape.box for shape in shapes]
    west, north = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, south = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return west, north, east - west, south - north


def _left(change: Change) -> bool:
    """Whether something no longer stands where it stood."""
    return change.state != SAME and (change.what == STAND or change.after is None)


def _element(one: Element, states: dict[str, str]) -> Part:
    look = one.kind if one.kind in DOORS else LOOKS.get(one.kind, "place")
    label = (one.name or str(FLOOR_PLACES.get(one.kind, ""))) if look == "place" else ""
    return _labelled(f"{look} {states.get(one.key, '')}".strip(), one.shape, label)


def _stand(shape: Shape, number: str, state: str) -> Part:
    return _labelled(f"stand {state}".strip(), shape, number.rpartition("-")[2])


def _labelled(look: str, shape: Shape, label: str) -> Part:
    x, y = shape.middle
    width, depth = shape.box[2:]
    size = min(1.4, width / max(len(label) * 0.65, 1), depth * 0.6)
    return Part(look, shape_path(shape), label if size > 0.2 else "", x, y, round(size, 2))

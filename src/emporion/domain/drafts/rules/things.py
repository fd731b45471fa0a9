"""Stands and elements as a draft of a plan keeps them: a small record each, which a page reads and writes as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emporion.domain.editions.rules.floors import KINDS, SERVICES, Element, Shape, shape_of
from emporion.domain.plans.rules.floor import FloorStand, geometry
from emporion.domain.refusal import Refusal

STAND = "stand"
STAND_KINDS = ("standard", "special")
LONGEST_NUMBER = 20
LONGEST_NAME = 80
# What is smaller in one direction, in metres, is a slip of the hand.
LEAST_SIDE_M = 0.5
MOST_CORNERS = 200
# Coordinates beyond this, in metres, are on no fairground.
FARTHEST_M = 5_000.0

Json = Mapping[str, Any]


class ThingMalformed(Refusal):
    """The plan does not know how to read “{field}” of what was drawn; draw it again."""


class TooSmall(Refusal):
    """{what} would be less than {least} m wide or deep; make it larger."""


class DrawnAcrossItself(Refusal):
    """The outline of {what} would cross itself; move its corners so that its edges meet at corners alone."""


class NumberMissing(Refusal):
    """A stand needs a number."""


class NumberTooLong(Refusal):
    """The number {number} is longer than {most} characters."""


@dataclass(frozen=True)
class DraftStand:
    """A stand of a draft. ``area`` is the code of its exhibition area, ``placed`` the contracts' numbers of exhibitors
    who come to stand on it when the draft is published."""

    key: str
    shape: Shape
    number: str
    kind: str
    area: str
    locked: bool = False
    placed: tuple[str, ...] = ()

    @property
    def on_floor(self) -> FloorStand:
        """The stand as the checks of plans see it."""
        return FloorStand(self.key, self.number, self.shape, self.kind, self.area)


Thing = DraftStand | Element


def as_json(thing: Thing) -> dict[str, Any]:
    """A stand or an element as a draft keeps it and a page reads it."""
    if isinstance(thing, DraftStand):
        return {
            "kind": STAND, "geometry": thing.shape.geojson, "number": thing.number, "stand": thing.kind,
            "area": thing.area, "locked": thing.locked, "placed": list(thing.placed),
        }  # fmt: skip
    return {
        "kind": thing.kind, "geometry": thing.shape.geojson, "name": thing.name, "width_m": thing.width_m,
        "depth_m": thing.depth_m, "services": list(thing.services), "area": thing.area, "main": thing.main,
        "step_free": thing.step_free,
    }  # fmt: skip


def read(key: str, data: Any) -> Thing:
    """What a page wrote of a stand or an element.

    Raises: ThingMalformed, TooSmall, DrawnAcrossItself, NumberMissing, NumberTooLong.
    """
    if not isinstance(data, Mapping) or data.get("kind") not in (STAND, *KINDS):
        raise ThingMalformed(field="kind")
    shape = _shape(data)
    thing = _stand(key, shape, data) if data["kind"] == STAND else _element(key, shape, data)
    _require_sound(shape, thing.number if isinstance(thing, DraftStand) else thing.name or thing.kind)
    return thing


def restored(key: str, data: Json) -> Thing:
    """What :func:`as_json` kept."""
    shape = shape_of(data["geometry"])
    return _stand(key, shape, data) if data["kind"] == STAND else _element(key, shape, data)


def _shape(data: Json) -> Shape:
    try:
        shape = shape_of(data["geometry"])
        points = [point for ring in shape.rings for point in ring]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        raise ThingMalformed(field="geometry") from None
    if not points or len(points) > MOST_CORNERS or not all(_is_near(value) for point in points for value in point):
        raise ThingMalformed(field="geometry")
    return shape


def _is_near(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= FARTHEST_M


def _require_sound(shape: Shape, what: str) -> None:
    if shape.kind != "Polygon":
        if shape.kind == "LineString" and geometry(shape).length < LEAST_SIDE_M:
            raise TooSmall(what=what, least=LEAST_SIDE_M)
        return
    _x, _y, width, depth = shape.box
    if len(shape.corners) < 3 or min(width, depth) < LEAST_SIDE_M or not shape.area_m2:
        raise TooSmall(what=what, least=LEAST_SIDE_M)
    if not geometry(shape).is_valid:
        raise DrawnAcrossItself(what=what)


def _stand(key: str, shape: Shape, data: Json) -> DraftStand:
    number, placed = data.get("number"), data.get("placed", [])
    if shape.kind != "Polygon":
        raise ThingMalformed(field="geometry")
    if data.get("stand") not in STAND_KINDS:
        raise ThingMalformed(field="stand")
    if not isinstance(placed, list) or not all(isinstance(one, str) for one in placed):
        raise ThingMalformed(field="placed")
    number = " ".join(_text(data, "number").split())
    if not number:
        raise NumberMissing()
    if len(number) > LONGEST_NUMBER:
        raise NumberTooLong(number=number, most=LONGEST_NUMBER)
    area, locked = _text(data, "area"), bool(data.get("locked"))
    return DraftStand(key, shape, number, data["stand"], area, locked, tuple(dict.fromkeys(placed)))


def _element(key: str, shape: Shape, data: Json) -> Element:
    services = data.get("services") or []
    if not isinstance(services, list) or not set(map(str, services)) <= set(SERVICES):
        raise ThingMalformed(field="services")
    return Element(
        key=key, kind=data["kind"], shape=shape, name=_text(data, "name")[:LONGEST_NAME],
        width_m=_metres(data, "width_m"), depth_m=_metres(data, "depth_m"), services=tuple(services),
        area=_text(data, "area"), main=bool(data.get("main")), step_free=bool(data.get("step_free", True)),
    )  # fmt: skip


def _text(data: Json, field: str) -> str:
    value = data.get(field) or ""
    if not isinstance(value, str) or "\0" in value:
        raise ThingMalformed(field=field)
    return value.strip()


def _metres(data: Json, field: str) -> float | None:
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= FARTHEST_M:
        raise ThingMalformed(field=field)
    return float(value)

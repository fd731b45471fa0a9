"""What follows from a stand's shape: its kind, its open sides, the exhibition area it lies in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from emporion.domain.editions.rules import RAW_SPACE_FROM_M2
from emporion.domain.editions.rules.floors import ZONE, Element, Shape
from emporion.domain.plans.rules.floor import area_of

# A side is open where people can step along most of it.
STEP_M = 0.5
OPEN_SHARE = 0.5
STRAIGHT_M = 0.05


def open_sides(shape: Shape, free: BaseGeometry) -> int:
    """How many of a stand's sides lie on free floor, from 0 to 4. Corners on one line make one side."""
    ring = shapely.get_exterior_ring(area_of(shape).simplify(STRAIGHT_M))
    if ring is None:
        return 0
    corners = list(ring.coords)
    count = 0
    for a, b in pairwise(corners):
        side = shapely.LineString([a, b])
        strips = [side.buffer(turn * STEP_M, single_sided=True, cap_style="flat") for turn in (1, -1)]
        outer = min(strips, key=lambda strip: strip.intersection(area_of(shape)).area)
        count += outer.intersection(free).area > OPEN_SHARE * outer.area
    return min(count, 4)


def kind_of_stand(area_m2: float) -> str:
    """Raw space for a special-built booth from 36 m² on, else a standard booth."""
    return "special" if area_m2 >= RAW_SPACE_FROM_M2 else "standard"


def zone_at(shape: Shape, elements: Iterable[Element]) -> str:
    """The exhibition area of the zone in which most of a stand lies; empty outside all."""
    floor = area_of(shape)
    zones = [one for one in elements if one.kind == ZONE and one.area]
    shares = [(floor.intersection(area_of(zone.shape)).area, zone.area) for zone in zones]
    share, area = max(shares, default=(0.0, ""))
    return area if share * 2 > floor.area else ""

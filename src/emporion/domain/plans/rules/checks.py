"""What is wrong with a plan, each with its place, and whether that is refused or only warned of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from emporion.domain.editions.rules.floors import (
    AISLE,
    BUILT,
    DOORS,
    ENTRANCE,
    EXIT,
    EXIT_DEPTH_M,
    PLACES,
    Element,
    Point,
    Shape,
)
from emporion.domain.plans.rules.floor import (
    TINY_M2,
    TOUCH_M,
    Floor,
    HallOutline,
    Thing,
    area_of,
    geometry,
    kept_free,
    named,
    union_of,
)
from emporion.domain.reason import Phrase, Reason

REFUSE, WARN, IGNORE = "refuse", "warn", "ignore"
SEVERITIES = (REFUSE, WARN, IGNORE)
# What a wheelchair passes through (ISO 21542: 1,200 mm); what is narrower is no way.
PASSAGE_M = 1.2
# So much of a stand's edge must lie on a way for people to step onto it.
LEAST_FRONT_M = 0.9


class CrossesItself(Reason):
    """The outline of {what} crosses itself; draw it again so that its edges meet at its corners alone."""

    what: Thing


class OutsideHall(Reason):
    """{area_m2} m² of {what} lie outside the hall; move it in, or make it smaller."""

    what: Thing
    area_m2: str


class Overlap(Reason):
    """{what} and {other} overlap by {area_m2} m²; move one of them."""

    what: Thing
    other: Thing
    area_m2: str


class OnBuilt(Reason):
    """{what} stands on {other}; move it, or leave that part out of it."""

    what: Thing
    other: Thing


class OnAisle(Reason):
    """{what} reaches {area_m2} m² into {other}; move it out of the aisle."""

    what: Thing
    other: Thing
    area_m2: str


class ExitBlocked(Reason):
    """{what} stands within {depth} m of {other}, where the floor is kept free; move it away."""

    what: Thing
    other: Thing
    depth: str


class CutOff(Reason):
    """{what} can be reached from no entrance; leave it a way at least {width} m wide."""

    what: Thing
    width: str


class NarrowAisle(Reason):
    """Here the way is {width} m wide; the edition asks for {least} m."""

    width: str
    least: str


CHECKS: Mapping[str, Phrase] = {
    CrossesItself.code: Phrase("an outline crosses itself"),
    OutsideHall.code: Phrase("a stand lies outside the hall"),
    Overlap.code: Phrase("two stands overlap"),
    OnBuilt.code: Phrase("a stand is on a column, a wall or a lounge"),
    ExitBlocked.code: Phrase("the floor before an exit is not free"),
    CutOff.code: Phrase("a stand is cut off from the aisles"),
    OnAisle.code: Phrase("a stand reaches into an aisle"),
    NarrowAisle.code: Phrase("a way is narrower than the edition asks for"),
}
USUAL: Mapping[str, str] = {
    code: WARN if code in (OnAisle.code, NarrowAisle.code) else REFUSE for code in CHECKS
}  # fmt: skip


@dataclass(frozen=True)
class PlanRules:
    """What an edition asks of its plans; widths and depths in metres, severities by the code of the check."""

    least_aisle_m: float = 3.0
    exit_depth_m: float = EXIT_DEPTH_M
    severities: Mapping[str, str] = field(default_factory=lambda: USUAL)

    def severity(self, reason: Reason) -> str:
        """Whether the edition refuses, warns or ignores."""
        return self.severities.get(reason.code) or USUAL[reason.code]


@dataclass(frozen=True)
class Finding:
    """Something wrong at a place of the plan; ``keys`` are those of the stands and elements it speaks of."""

    reason: Reason
    severity: str
    at: Point
    keys: tuple[str, ...] = ()


Found = tuple[Reason, Point, tuple[str, ...]]


def check(floor: Floor, rules: PlanRules) -> list[Finding]:
    """All that is wrong with a plan, what is refused first, in the order of the checks and from north to south."""
    found = [
        Finding(reason, rules.severity(reason), at, keys)
        for reason, at, keys in _all(floor, rules)
        if rules.severity(reason) != IGNORE
    ]
    order = list(CHECKS)
    return sorted(found, key=lambda one: (one.severity != REFUSE, order.index(one.reason.code), one.at[1], one.at[0]))


def _all(floor: Floor, rules: PlanRules) -> Iterator[Found]:
    outline = area_of(floor.outline)
    stands = [(stand.key, stand.thing, area_of(stand.shape)) for stand in floor.stands]
    yield from _crossings(floor)
    yield from _outside(outline, stands)
    yield from _overlaps(stands)
    yield from _on_built(stands, floor.of_kind(*BUILT, *PLACES))
    yield from _blocked(floor, stands, outline, rules)
    yield from _on_aisles(stands, floor.of_kind(AISLE))
    yield from _ways(floor, stands, outline, rules)


Areas = list[tuple[str, Thing, BaseGeometry]]


def _crossings(floor: Floor) -> Iterator[Found]:
    shapes: list[tuple[str, Thing, Shape]] = [("outline", HallOutline(), floor.outline)]
    shapes += [(stand.key, stand.thing, stand.shape) for stand in floor.stands]
    shapes += [(one.key, named(one), one.shape) for one in floor.elements if one.shape.kind == "Polygon"]
    for key, thing, shape in shapes:
        drawn = geometry(shape)
        if shape.kind == "Polygon" and not drawn.is_valid:
            yield CrossesItself(thing), _told_place(drawn, shape), (key,)


def _told_place(drawn: BaseGeometry, shape: Shape) -> Point:
    """Where GEOS says that a shape is not valid, as in ``Self-intersection[3 4]``."""
    found = re.search(r"\[(\S+) (\S+)\]", shapely.is_valid_reason(drawn))
    return (float(found[1]), float(found[2])) if found else shape.middle


def _outside(outline: BaseGeometry, stands: Areas) -> Iterator[Found]:
    hall = outline.buffer(TOUCH_M, join_style="mitre")
    for key, thing, area in stands:
        beyond = area.difference(hall)
        if beyond.area > TINY_M2:
            yield OutsideHall(thing, _figure(area.difference(outline).area)), _place(beyond), (key,)


def _overlaps(stands: Areas) -> Iterator[Found]:
    areas = [area for _, _, area in stands]
    firsts, seconds = shapely.STRtree(areas).query(areas, predicate="intersects") if areas else ((), ())
    for first, second in sorted({(int(a), int(b)) for a, b in zip(firsts, seconds, strict=True) if a < b}):
        shared = areas[first].intersection(areas[second])
        if shared.area > TINY_M2 and not _is_strip(shared):
            keys = (stands[first][0], stands[second][0])
            yield Overlap(stands[first][1], stands[second][1], _figure(shared.area)), _place(shared), keys


def _on_built(stands: Areas, elements: Iterable[Element]) -> Iterator[Found]:
    for element, key, thing, shared in _shared(stands, elements):
        yield OnBuilt(thing, named(element)), _place(shared), (key, element.key)


def _on_aisles(stands: Areas, aisles: Iterable[Element]) -> Iterator[Found]:
    for aisle, key, thing, shared in _shared(stands, aisles):
        yield OnAisle(thing, named(aisle), _figure(shared.area)), _place(shared), (key, aisle.key)


def _shared(stands: Areas, elements: Iterable[Element]) -> Iterator[tuple[Element, str, Thing, BaseGeometry]]:
    """Each stand that covers part of an element, with that part."""
    tree = shapely.STRtree([area for _, _, area in stands])
    for element in elements:
        covered = area_of(element.shape, element.width_m or 0.0)
        for place in sorted(tree.query(covered, predicate="intersects")):
            key, thing, area = stands[place]
            shared = area.intersection(covered)
            if shared.area > TINY_M2 and not _is_strip(shared):
                yield element, key, thing, shared


def _blocked(floor: Floor, stands: Areas, outline: BaseGeometry, rules: PlanRules) -> Iterator[Found]:
    others = [(one.key, named(one), area_of(one.shape)) for one in floor.of_kind(*PLACES, *BUILT)]
    for door in floor.of_kind(*DOORS):
        free = kept_free(door, outline, rules.exit_depth_m)
        for key, thing, area in (*stands, *others):
            shared = area.intersection(free)
            if shared.area > TINY_M2 and not _is_strip(shared):
                depth = door.depth_m if door.depth_m is not None else rules.exit_depth_m
                yield ExitBlocked(thing, named(door), _figure(depth)), _place(shared), (key, door.key)


def _ways(floor: Floor, stands: Areas, outline: BaseGeometry, rules: PlanRules) -> Iterator[Found]:
    """Stands that no way leads to, and ways that are too narrow."""
    taken = [area for _, _, area in stands]
    taken += [area_of(one.shape, one.width_m or 0.0) for one in floor.of_kind(*BUILT, *PLACES)]
    free = outline.difference(union_of(taken))
    ways = reached(floor, free)
    for key, thing, area in stands:
        front = area.boundary.intersection(ways.buffer(TOUCH_M, join_style="mitre")).length
        if front < min(LEAST_FRONT_M, area.length / 8):
            yield CutOff(thing, _figure(PASSAGE_M)), _place(area), (key,)
    yield from _narrow(floor, ways, union_of(area for _, _, area in stands), rules)


def reached(floor: Floor, free: BaseGeometry) -> BaseGeometry:
    """The free floor to which a way leads from an entrance; without entrances from an exit, else its largest part."""
    parts = _parts(opened(free, PASSAGE_M))
    doors = floor.of_kind(ENTRANCE) or floor.of_kind(EXIT)
    lines = union_of(geometry(door.shape) for door in doors)
    found = [part for part in parts if doors and part.distance(lines) <= 10 * TOUCH_M]
    return union_of(found or sorted(parts, key=lambda part: part.area)[-1:])


def opened(free: BaseGeometry, width_m: float) -> BaseGeometry:
    """The part of a floor in which a square of this width can be moved about."""
    reach = max(width_m / 2 - TOUCH_M, 0)
    shrunk = free.buffer(-reach, join_style="mitre", mitre_limit=2)
    return shrunk.buffer(reach, join_style="mitre", mitre_limit=2).intersection(free)


def _narrow(floor: Floor, ways: BaseGeometry, stands: BaseGeometry, rules: PlanRules) -> Iterator[Found]:
    least = rules.least_aisle_m
    for aisle in floor.of_kind(AISLE):
        width = aisle_width(aisle)
        if width < least - TOUCH_M:
            yield NarrowAisle(_figure(width), _figure(least)), aisle.shape.middle, (aisle.key,)
    for part in _parts(ways.difference(opened(ways, least).buffer(TOUCH_M, join_style="mitre"))):
        beside = part.boundary.intersection(stands.buffer(2 * TOUCH_M)).length
        if part.area > PASSAGE_M**2 / 2 and beside > LEAST_FRONT_M:
            width = 2 * shapely.maximum_inscribed_circle(part, tolerance=TOUCH_M).length
            yield NarrowAisle(_figure(width), _figure(least)), _place(part), ()


def aisle_width(aisle: Element) -> float:
    """The width of an aisle: as it was given, else the shorter side of the rectangle around it."""
    if aisle.width_m:
        return aisle.width_m
    around = shapely.minimum_rotated_rectangle(area_of(aisle.shape))
    if around.geom_type != "Polygon":
        return 0.0
    a, b, c = (shapely.Point(corner) for corner in around.exterior.coords[:3])
    return float(min(a.distance(b), b.distance(c)))


def _parts(area: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of an area."""
    return [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > TINY_M2]


def _is_strip(shared: BaseGeometry) -> bool:
    """Whether something is no wider than lines that meet may overlap in a drawing."""
    return bool(shared.buffer(-TOUCH_M / 2).is_empty)


def _place(area: BaseGeometry) -> Point:
    inside = area.representative_point()
    return round(inside.x, 2), round(inside.y, 2)


def _figure(value: float) -> str:
    """A measure to the centimetre, without zeros at its end."""
    return f"{value:.2f}".rstrip("0").rstrip(".")

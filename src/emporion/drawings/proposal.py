"""From a drawing and what its layers are to a plan: areas become stands, texts within them their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely

from emporion.domain.editions.rules.floors import (
    DOORS,
    KINDS,
    SERVICES,
    UTILITY,
    Element,
    Shape,
    line,
    point,
    polygon,
    rectangle,
)
from emporion.domain.plans.rules.differences import (
    DrawnTwice,
    NotClosed,
    NumberOutside,
    NumberTwice,
    Proposal,
    ProposedStand,
    SeveralNumbers,
    StandWithoutNumber,
    plain,
)
from emporion.domain.plans.rules.floor import area_of
from emporion.domain.reason import Reason
from emporion.drawings.drawing import AREA, LINE, POINT, TEXT, Drawing, Entity

IGNORED, OUTLINE, STANDS, NUMBERS, NAMES = "ignored", "outline", "stand", "number", "name"
ROLES = (IGNORED, OUTLINE, STANDS, NUMBERS, NAMES, *KINDS)
Notice = tuple[Reason, tuple[float, float]]
LONGEST_NAME = 80
# Layers called so are likely to hold that; the first that matches counts.
_WORDS = (
    (NUMBERS, r"num|text|label|beschrift|编号|展位号|文字|_no\b|\bno\b"),
    (STANDS, r"stand|booth|stall|展位|摊位"),
    (OUTLINE, r"outline|hall|boundary|floor|轮廓|边界"),
    ("column", r"col|pillar|säule|柱"),
    ("wall", r"wall|wand|mur|墙"),
    ("exit", r"exit|emerg|notaus|fire|疏散|安全出口"),
    ("entrance", r"entr|door|gate|入口|门"),
    ("aisle", r"aisle|gang|corridor|通道"),
    ("utility", r"util|power|electr|water|air|network|socket|电|水|气"),
    ("lounge", r"lounge|休息"),
    ("stage", r"stage|舞台"),
    ("cafe", r"caf|restaurant|餐|咖啡"),
    ("first_aid", r"first|aid|医"),
    ("toilets", r"toilet|wc|restroom|洗手|卫生间"),
    ("lift", r"lift|elevator|电梯"),
    ("escalator", r"escal|扶梯"),
    ("stairs", r"stair|楼梯"),
)
_SERVICE_WORDS = {
    "power": r"power|electr|电", "water": r"water|水", "air": r"\bair|compress|气", "network": r"net|data|lan|网",
}  # fmt: skip


@dataclass(frozen=True)
class Placing:
    """How a drawing lies on the plan: metres to a length of one, and where the plan's origin is in its own units."""

    metres: float
    x: float = 0.0
    y: float = 0.0

    def place(self, points: Iterable[Sequence[float]]) -> list[tuple[float, float]]:
        """Points of the drawing on the plan."""
        return [((x - self.x) * self.metres, (y - self.y) * self.metres) for x, y in points]


def likely_role(layer: str, kinds: Mapping[str, int]) -> str:
    """What a layer is likely to hold, by its name and by what is drawn on it."""
    if layer in ROLES:
        return layer
    for role, words in _WORDS:
        if re.search(words, layer, re.IGNORECASE):
            # Texts on a layer of stands are their numbers, and areas there are the stands.
            only_texts = set(kinds) <= {TEXT}
            return NUMBERS if role in (STANDS, NUMBERS) and only_texts else STANDS if role == NUMBERS else role
    return IGNORED


def origin_of(drawing: Drawing, roles: Mapping[str, str]) -> tuple[float, float]:
    """The north-west corner of what the plan shows: of the outline, or of all that counts where there is none."""
    outline = [one for one in drawing.entities if roles.get(one.layer) == OUTLINE]
    shown = outline or [
        one for one in drawing.entities if roles.get(one.layer, IGNORED) != IGNORED and one.kind != TEXT
    ]
    points = [at for one in shown for at in one.points]
    return (min(x for x, _ in points), min(y for _, y in points)) if points else (0.0, 0.0)


def proposal_from(
    drawing: Drawing, roles: Mapping[str, str], placing: Placing, *, margin: float | None = None
) -> Proposal:
    """The plan that a drawing proposes. ``roles``: what each layer is, by its name, one of ``ROLES``.

    ``margin``: where no layer is the outline, it lies so many metres around the stands.
    """
    by_role: dict[str, list[Entity]] = {}
    for entity in drawing.entities:
        placed = replace(
            entity,
            points=tuple(placing.place(entity.points)),
            holes=tuple(map(tuple, map(placing.place, entity.holes))),
        )
        by_role.setdefault(roles.get(entity.layer, IGNORED), []).append(placed)
    notices: list[Notice] = []
    stands = _stands(by_role, notices)
    elements = [one for kind in KINDS for one in _elements(kind, by_role)]
    kinds = tuple(kind for kind in KINDS if kind in by_role)
    outline = _outline(by_role.get(OUTLINE, []))
    if outline is None and margin is not None and stands:
        outline = _around([one.shape for one in stands], margin)
    return Proposal(outline, tuple(stands), tuple(elements), kinds, tuple(notices))


def _outline(entities: Sequence[Entity]) -> Shape | None:
    """The largest area on the layers of the outline without those that lie within it; lines may enclose areas."""
    areas = [polygon(one.points, *one.holes) for one in entities if one.kind == AREA] + _closed(entities)[0]
    largest = max(areas, key=lambda shape: shape.area_m2, default=None)
    if largest is None:
        return None
    floor = area_of(largest)
    holes = [one.corners for one in areas if one is not largest and floor.contains_properly(area_of(one))]
    return polygon(*largest.rings, *holes)


def _around(shapes: Sequence[Shape], margin: float) -> Shape:
    west, north, east, south = shapely.total_bounds([area_of(shape) for shape in shapes])
    return rectangle(west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin)


def _closed(entities: Iterable[Entity]) -> tuple[list[Shape], int]:
    """The areas that lines enclose together, and how many lines enclose none."""
    lines = [shapely.LineString(one.points) for one in entities if one.kind == LINE]
    if not lines:
        return [], 0
    found, _cuts, dangles, _invalid = shapely.polygonize_full([shapely.unary_union(lines)])
    areas = [polygon(part.exterior.coords) for part in found.geoms]
    return areas, len(dangles.geoms)


def _stands(by_role: Mapping[str, list[Entity]], notices: list[Notice]) -> list[ProposedStand]:
    drawn = by_role.get(STANDS, [])
    areas = [(polygon(one.points), one) for one in drawn if one.kind == AREA]
    enclosed, open_lines = _closed(drawn)
    if open_lines:
        first = next(one for one in drawn if one.kind == LINE)
        notices.append((NotClosed(open_lines), first.points[0]))
    areas += [(shape, Entity("", AREA, shape.corners)) for shape in enclosed]
    areas = _once(areas, notices)
    texts = [one for one in (*by_role.get(NUMBERS, []), *drawn) if one.kind == TEXT]
    numbers = _numbers([shape for shape, _ in areas], texts, notices)
    named = [(shape, one, one.text or numbers.get(place, "")) for place, (shape, one) in enumerate(areas)]
    return list(_numbered(named, notices))


def _once(areas: list[tuple[Shape, Entity]], notices: list[Notice]) -> list[tuple[Shape, Entity]]:
    """Areas that were drawn twice on one another, once; numbers that are lost by that are told."""
    seen: dict[Any, tuple[Shape, Entity]] = {}
    for shape, entity in areas:
        if shape.area_m2 <= 0:
            continue
        _shape, first = seen.setdefault(frozenset(shape.corners), (shape, entity))
        if entity.text != first.text:
            notices.append((DrawnTwice(f"{first.text}, {entity.text}"), shape.middle))
    return list(seen.values())


def _numbers(stands: Sequence[Shape], texts: Sequence[Entity], notices: list[Notice]) -> dict[int, str]:
    """The text inside each stand by the stand's place; of several the one nearest its middle."""
    tree = shapely.STRtree([area_of(stand) for stand in stands])
    inside: dict[int, list[Entity]] = {}
    for text in texts:
        places = tree.query(shapely.Point(text.points[0]), predicate="intersects")
        if len(places):
            smallest = min((int(place) for place in places), key=lambda place: stands[place].area_m2)
            inside.setdefault(smallest, []).append(text)
        elif re.search(r"\d", text.text):
            notices.append((NumberOutside(text.text), text.points[0]))
    found = {}
    for place, there in inside.items():
        middle = shapely.Point(stands[place].middle)
        there.sort(key=lambda text: (not re.search(r"\d", text.text), middle.distance(shapely.Point(text.points[0]))))
        found[place] = there[0].text
        if sum(bool(re.search(r"\d", text.text)) for text in there) > 1:
            notices.append((SeveralNumbers(", ".join(text.text for text in there[:5])), there[0].points[0]))
    return found


def _numbered(named: Iterable[tuple[Shape, Entity, str]], notices: list[Notice]) -> Iterator[ProposedStand]:
    """Stands with a number each; one without gets a number of its own, one that has another's too."""
    seen: Counter[str] = Counter()
    for shape, entity, number in sorted(named, key=lambda one: (one[0].middle[1], one[0].middle[0])):
        number = " ".join(number.split())
        if not number:
            seen[""] += 1
            number = f"X{seen['']:03}"
            notices.append((StandWithoutNumber(number), shape.middle))
        seen[plain(number)] += 1
        if seen[plain(number)] > 1:
            notices.append((NumberTwice(number), shape.middle))
            number = f"{number}/{seen[plain(number)]}"
        said = entity.said
        kind = str(said.get("stand", "")) if said.get("stand") in ("standard", "special") else ""
        yield ProposedStand(number, shape, kind, str(said.get("area") or ""), str(said.get("key") or ""))


def _elements(kind: str, by_role: Mapping[str, list[Entity]]) -> Iterator[Element]:
    drawn = by_role.get(kind, [])
    names = [one for one in (*by_role.get(NAMES, []), *drawn) if one.kind == TEXT]
    for number, entity in enumerate(drawn, start=1):
        shape = _shape(kind, entity)
        if shape is None:
            continue
        said = entity.said
        inside = next((one.text for one in names if _is_inside(one, shape)), "")
        name = str(said.get("name") or inside or ("" if entity.kind == POINT else entity.text))[:LONGEST_NAME]
        yield Element(
            key=str(said.get("key") or f"{kind} {number}"), kind=kind, shape=shape, name=name,
            width_m=_measure(said.get("width_m")), depth_m=_measure(said.get("depth_m")),
            services=_services(entity) if kind == UTILITY else (), area=str(said.get("area") or ""),
            main=said.get("main") in (True, "true", "1"), step_free=said.get("step_free") not in (False, "false", "0"),
        )  # fmt: skip


def _shape(kind: str, entity: Entity) -> Shape | None:
    """An entity as a kind of element has its shape; none where it cannot have one."""
    if kind == UTILITY:
        return None if entity.kind == TEXT else point(*_middle(entity))
    if entity.kind in (TEXT, POINT):
        return None
    if kind in DOORS and entity.kind == AREA:
        return _door(entity)
    if entity.kind == LINE:
        return line(entity.points) if kind in (*DOORS, "wall", "aisle") else None
    return polygon(entity.points, *entity.holes)


def _middle(entity: Entity) -> tuple[float, float]:
    return polygon(entity.points).middle if entity.kind == AREA else entity.points[0]


def _door(entity: Entity) -> Shape | None:
    """A door that was drawn as an area: the line along its middle."""
    around = shapely.minimum_rotated_rectangle(shapely.Polygon(entity.points))
    if around.geom_type != "Polygon":
        return None
    a, b, c, d = list(around.exterior.coords)[:4]
    sides = ((a, b, c, d), (b, c, d, a))
    first = max(sides, key=lambda side: shapely.Point(side[0]).distance(shapely.Point(side[1])))
    halves = [((first[i][0] + first[j][0]) / 2, (first[i][1] + first[j][1]) / 2) for i, j in ((0, 3), (1, 2))]
    return line(halves)


def _services(entity: Entity) -> tuple[str, ...]:
    """What a utility point gives: as said, else as the name of its layer tells, else power."""
    said = entity.said.get("services")
    if isinstance(said, str):
        said = re.split(r"[\s,;]+", said)
    given = [one for one in said or [] if one in SERVICES]
    told = [one for one, words in _SERVICE_WORDS.items() if re.search(words, entity.layer, re.IGNORECASE)]
    return tuple(given or told or ["power"])


def _measure(said: Any) -> float | None:
    try:
        found = float(said)
    except (TypeError, ValueError):
        return None
    return found if 0 < found < 1000 else None


def _is_inside(text: Entity, shape: Shape) -> bool:
    return shape.kind == "Polygon" and bool(area_of(shape).intersects(shapely.Point(text.points[0])))

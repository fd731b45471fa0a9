"""The hall plan: where each stand, label and zone goes, in metres. The template writes it as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString

from emporion.domain.booths.queries import HallPlan, PlanStand
from emporion.domain.editions.models import ExhibitionArea, Hall
from emporion.domain.editions.rules.floors import BUILT, DOORS, ENTRANCE, PLACES, Box, Element, Shape
from emporion.web.shell.labels import FLOOR_PLACES

# Half of an aisle: stands of one area grow together into a zone.
REACH = 3.0
# The width in pixels for which labels are laid out before the reader zooms, and the size of their type there.
SCREEN = 1120.0
TYPE = 10.5
# An average letter is this much of its type's size wide; a Chinese character is as wide as its type.
LETTER, CHARACTER = 0.58, 1.0


class Placed(Protocol):
    """Anything that stands on a floor."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def depth(self) -> float: ...


@dataclass(frozen=True)
class Drawn:
    """A stand as drawn: its short number, whether that fits before zooming, and whether it is the one chosen.

    ``place`` and ``middle`` are the SVG attributes of its rectangle and of its label's place; of a stand that is no
    rectangle, ``outline`` is the SVG path.
    """

    stand: PlanStand
    area: ExhibitionArea
    label: str
    fits: bool
    selected: bool
    place: SafeString
    middle: SafeString
    outline: str


@dataclass(frozen=True)
class Door:
    """An entrance or exit: where its mark is drawn."""

    x: float
    y: float
    kind: str
    name: str


@dataclass(frozen=True)
class Place:
    """A lounge, a lift …: its floor as an SVG path, what it is called, and where that is written."""

    outline: str
    label: str
    x: float
    y: float
    fits: bool


@dataclass(frozen=True)
class Zone:
    """An area within a hall: its ground and its booths as one SVG path each, and where its name is written."""

    area: ExhibitionArea
    ground: str
    booths: str
    x: float
    y: float
    count: int


@dataclass(frozen=True)
class Plan:
    """A hall's drawing. ``type`` is the size in metres of its smallest labels before the reader zooms."""

    width: float
    depth: float
    zones: list[Zone]
    stands: list[Drawn]
    outline: str
    columns: str
    places: list[Place]
    doors: list[Door]
    type: float

    @property
    def zone_type(self) -> float:
        """The size of the zones' names."""
        return round(self.type * 1.4, 3)

    @property
    def exit_size(self) -> float:
        """The radius of an exit's mark."""
        return round(self.type * 0.55, 3)


@dataclass(frozen=True)
class Locator:
    """A small plan: the hall's outline, one stand, and all the others as one SVG path."""

    stand: Placed
    width: float
    depth: float
    outline: str
    others: str

    @property
    def middle(self) -> tuple[float, float]:
        return middle(self.stand)

    @property
    def ring(self) -> float:
        """The radius of the ring that leads the eye to the stand."""
        return max(self.stand.width, self.stand.depth) / 2 + self.width / 40


def draw(floor: HallPlan, areas: Mapping[str, ExhibitionArea], selected: str = "") -> Plan:
    """Lay out a hall's plan. ``areas``: the edition's areas by code; ``selected``: the number of the stand chosen."""
    size = round(TYPE * floor.width / SCREEN, 3)
    by_area: dict[str, list[PlanStand]] = {}
    for stand in floor.stands:
        by_area.setdefault(stand.area, []).append(stand)
    return Plan(
        width=floor.width,
        depth=floor.depth,
        zones=zones({areas[code]: stands for code, stands in by_area.items()}),
        stands=[_drawn(stand, areas[stand.area], size, selected) for stand in floor.stands],
        outline=shape_path(floor.outline),
        columns="".join(shape_path(element.shape) for element in floor.of_kind(*BUILT)),
        places=[_place(element, size) for element in floor.of_kind(*PLACES)],
        doors=[_door(element) for element in floor.of_kind(*DOORS)],
        type=size,
    )


def size(hall: Hall) -> dict[str, Any]:
    """A hall's width and depth in metres, and its outline as an SVG path."""
    _x, _y, width, depth = hall.floor.box
    return {"width": width, "depth": depth, "outline": shape_path(hall.floor)}


def locate(hall: Hall, stand: Placed, boxes: Iterable[Box]) -> Locator:
    """Where a stand is among its hall's others. ``boxes``: x, y, width and depth of every stand."""
    return Locator(stand=stand, others=path(boxes), **size(hall))


def zones(stands: Mapping[ExhibitionArea, Sequence[Placed]]) -> list[Zone]:
    """The zones that the stands of each area make together, in the order of the areas' numbers."""
    return [_zone(area, stands[area]) for area in sorted(stands, key=lambda area: area.number)]


def path(boxes: Iterable[Box], reach: float = 0) -> str:
    """Rectangles as one SVG path, each grown by ``reach`` on every side."""
    return "".join(_rectangle(x - reach, y - reach, w + 2 * reach, d + 2 * reach) for x, y, w, d in boxes)


def shape_path(shape: Shape) -> str:
    """A shape as an SVG path: rings are closed, lines are not, a point is a small square."""
    if shape.kind == "Point":
        x, y = shape.corners[0]
        return _rectangle(x - 0.25, y - 0.25, 0.5, 0.5)
    close = "z" if shape.kind == "Polygon" else ""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + close for ring in shape.rings)


def middle(placed: Placed) -> tuple[float, float]:
    """The centre of what stands on a floor."""
    return placed.x + placed.width / 2, placed.y + placed.depth / 2


def text_width(text: str, size: float) -> float:
    """About how wide a text is when set in type of this size."""
    return size * sum(CHARACTER if ord(letter) > 0x2E80 else LETTER for letter in text)


def short_number(number: str) -> str:
    """The part of a stand's number that the hall's plan shows: ``4.1-A012`` gives ``A012``."""
    return number.rpartition("-")[2]


def _zone(area: ExhibitionArea, stands: Sequence[Placed]) -> Zone:
    boxes: list[Any] = [(stand.x, stand.y, stand.width, stand.depth) for stand in stands]
    across, down = zip(*map(middle, stands), strict=True)
    return Zone(area, path(boxes, REACH), path(boxes), _median(across), _median(down), len(stands))


def _rectangle(x: float, y: float, width: float, depth: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{depth:g}h{-width:g}z"


def _drawn(stand: PlanStand, area: ExhibitionArea, size: float, selected: str) -> Drawn:
    label = short_number(stand.number)
    fits = text_width(label, size) <= stand.width * 0.94 and size <= stand.depth
    x, y = stand.shape.middle if stand.corners else middle(stand)
    return Drawn(
        stand,
        area,
        label,
        fits,
        stand.number == selected,
        place=format_html('x="{}" y="{}" width="{}" height="{}"', stand.x, stand.y, stand.width, stand.depth),
        middle=format_html('x="{}" y="{}"', x, y),
        outline=shape_path(stand.shape) if stand.corners else "",
    )


def _door(element: Element) -> Door:
    x, y = element.shape.middle
    return Door(x, y, "entrance" if element.kind == ENTRANCE else "exit", element.name)


def _place(element: Element, size: float) -> Place:
    label = element.name or str(FLOOR_PLACES[element.kind])
    x, y = element.shape.middle
    fits = text_width(label, size) <= element.shape.box[2] and size <= element.shape.box[3]
    return Place(shape_path(element.shape), label, x, y, fits)


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]

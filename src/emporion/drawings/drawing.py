"""What a drawing holds, whatever format it comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from emporion.domain.refusal import Refusal

Point = tuple[float, float]
AREA, LINE, TEXT, POINT = "area", "line", "text", "point"
MOST_ENTITIES = 60_000
MOST_POINTS = 600_000


class DrawingNotRead(Refusal):
    """“{name}” cannot be read as {kind}: {why}. Open it in the program it came from, save it again and bring that."""


class DrawingTooComplex(Refusal):
    """“{name}” has more than {most} lines and texts; leave out the layers that are not needed, and bring it again."""


class DrawingTooSlow(Refusal):
    """Reading “{name}” took longer than {seconds} seconds; leave out the layers that are not needed, and try again."""


class DrawingEmpty(Refusal):
    """“{name}” has no lines, areas or texts in it."""


@dataclass(frozen=True)
class Entity:
    """One line, closed area, text or point of a drawing, in its own units, y to the south.

    ``said`` is what the file says of it beyond its shape: number, name, width …
    """

    layer: str
    kind: str
    points: tuple[Point, ...]
    text: str = ""
    holes: tuple[tuple[Point, ...], ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """The entities of a drawing. ``metres`` is what a length of one is, where the file says so.

    ``likely_metres`` is what follows from areas written beside shapes. ``repaired`` counts what was mended on reading,
    ``left_out`` what has no place on a plan, by its type.
    """

    entities: tuple[Entity, ...]
    metres: float | None = None
    likely_metres: float | None = None
    repaired: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def layers(self) -> dict[str, Counter[str]]:
        """How many entities of each kind every layer has, by the layer's name."""
        found: dict[str, Counter[str]] = {}
        for entity in self.entities:
            found.setdefault(entity.layer, Counter())[entity.kind] += 1
        return dict(sorted(found.items()))

    def as_json(self) -> dict[str, Any]:
        """The drawing as plain values."""
        return asdict(self)


def from_json(told: Mapping[str, Any]) -> Drawing:
    """The drawing that :meth:`Drawing.as_json` told."""
    entities = tuple(
        Entity(
            one["layer"], one["kind"], _points(one["points"]), one["text"],
            tuple(map(_points, one["holes"])), one["said"],
        )
        for one in told["entities"]
    )  # fmt: skip
    return Drawing(entities, told["metres"], told["likely_metres"], told["repaired"], told["left_out"])


def _points(pairs: Any) -> tuple[Point, ...]:
    return tuple((x, y) for x, y in pairs)

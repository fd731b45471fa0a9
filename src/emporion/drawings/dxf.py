"""DXF in: lines, closed areas and texts by layer, of nested and mirrored blocks too."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from ezdxf import path as paths
from ezdxf import recover
from ezdxf.document import Drawing as Document
from ezdxf.lldxf.const import DXFError

from emporion.drawings.drawing import AREA, LINE, MOST_ENTITIES, POINT, TEXT, Drawing, Entity, Point

# $INSUNITS, by the codes of the DXF reference; a drawing without unit has 0.
UNITS = {1: 0.0254, 2: 0.3048, 4: 0.001, 5: 0.01, 6: 1.0, 14: 0.1}
DEEPEST = 12
TEXTS = ("TEXT", "MTEXT", "ATTRIB")
CURVES = ("LINE", "LWPOLYLINE", "POLYLINE", "CIRCLE", "ARC", "ELLIPSE", "SPLINE", "SOLID", "TRACE", "3DFACE")


class TooMany(Exception):
    """The drawing has more entities than are read."""


class NoDXF(Exception):
    """The file is no DXF, or too damaged to be recovered."""


def read_dxf(content: bytes) -> Drawing:
    """Read a DXF; a damaged one is recovered as far as it goes. Raises NoDXF and TooMany."""
    cut = b"EOF" not in content[-64:]
    try:
        document, auditor = recover.read(BytesIO(_ended(content) if cut else content))
    except (DXFError, OSError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise NoDXF(str(error)) from None
    left_out: Counter[str] = Counter()
    entities = list(_bounded(_entities(document, left_out)))
    metres = UNITS.get(int(document.header.get("$INSUNITS", 0) or 0))
    return Drawing(
        tuple(entities), metres, repaired=cut + len(auditor.fixes) + len(auditor.errors), left_out=dict(left_out)
    )


def _ended(content: bytes) -> bytes:
    """A file that ends too early, closed after the last entity that is whole."""
    whole = max(content.rfind(b"\n  0\n"), content.rfind(b"\n  0\r\n"), content.rfind(b"\n0\n"), 0)
    return content[:whole] + b"\n  0\nENDSEC\n  0\nEOF\n"


def _bounded(entities: Iterable[Entity]) -> Iterator[Entity]:
    for count, entity in enumerate(entities):
        if count >= MOST_ENTITIES:
            raise TooMany
        yield entity


def _entities(document: Document, left_out: Counter[str]) -> Iterator[Entity]:
    step = _step(document)
    for entity, layer in _exploded(document.modelspace(), "0", DEEPEST, left_out):
        kind = entity.dxftype()
        try:
            found = _text(entity, layer) if kind in TEXTS else _shape(entity, layer, kind, step)
        except (DXFError, ValueError, TypeError, ZeroDivisionError, OverflowError):
            left_out[kind] += 1
            continue
        if found and all(math.isfinite(value) for point in found.points for value in point):
            yield found
        else:
            left_out[kind] += 1


def _exploded(found: Iterable[Any], layer: str, deep: int, left_out: Counter[str]) -> Iterator[tuple[Any, str]]:
    """Entities with their layer; what is on layer 0 of a block lies on the layer where the block is inserted."""
    for entity in found:
        own = entity.dxf.layer if entity.dxf.layer != "0" else layer
        if entity.dxf.get("invisible", 0):
            continue
        if entity.dxftype() != "INSERT":
            yield entity, own
            continue
        if not deep:
            left_out["INSERT"] += 1
            continue
        for insert in entity.multi_insert() if entity.mcount > 1 else (entity,):
            for attribute in insert.attribs:
                yield attribute, attribute.dxf.layer if attribute.dxf.layer != "0" else own
            yield from _exploded(_of_block(insert, left_out), own, deep - 1, left_out)


def _of_block(insert: Any, left_out: Counter[str]) -> Iterator[Any]:
    """What a block's reference shows, in the coordinates of the drawing."""
    try:
        yield from insert.virtual_entities(skipped_entity_callback=lambda one, why: left_out.update([one.dxftype()]))
    except (DXFError, ValueError, TypeError, ZeroDivisionError):
        left_out["INSERT"] += 1


def _step(document: Document) -> float:
    """How far a line may lie from the curve it stands for: a ten-thousandth of the drawing's size."""
    low, high = document.header.get("$EXTMIN", (0, 0, 0)), document.header.get("$EXTMAX", (0, 0, 0))
    size = max(high[0] - low[0], high[1] - low[1])
    metres = UNITS.get(int(document.header.get("$INSUNITS", 0) or 0))
    if metres:
        return 0.02 / metres
    return size / 10_000 if math.isfinite(size) and 0 < size < 1e9 else 1.0


def _text(entity: Any, layer: str) -> Entity | None:
    words = entity.plain_text() if entity.dxftype() == "MTEXT" else entity.dxf.text
    words = " ".join(words.split())
    return Entity(layer, TEXT, (_south(_anchor(entity)),), words) if words else None


def _anchor(entity: Any) -> Any:
    """The middle of a text as far as it can be told: numbers lie inside their stands by it."""
    if entity.dxftype() == "MTEXT":
        return entity.dxf.insert
    ocs = entity.ocs()
    has_align = entity.dxf.hasattr("align_point") and (entity.dxf.get("halign", 0) or entity.dxf.get("valign", 0))
    if has_align:
        return ocs.to_wcs(entity.dxf.align_point)
    # Left-aligned at its foot: its middle is about half its length along, at half its height.
    height, turn = entity.dxf.get("height", 0.0), math.radians(entity.dxf.get("rotation", 0.0))
    along = 0.3 * height * len(entity.dxf.text) * entity.dxf.get("width", 1.0)
    x, y = entity.dxf.insert[0], entity.dxf.insert[1]
    across, up = math.cos(turn), math.sin(turn)
    return ocs.to_wcs((x + along * across - height / 2 * up, y + along * up + height / 2 * across, 0))


def _shape(entity: Any, layer: str, kind: str, step: float) -> Entity | None:
    if kind == "POINT":
        return Entity(layer, POINT, (_south(entity.dxf.location),))
    if kind not in CURVES:
        return None
    outline = paths.make_path(entity)
    points = _without_repeats([_south(point) for point in outline.flattening(step, segments=4)])
    closed = len(points) > 2 and (outline.is_closed or points[0] == points[-1])
    if len(points) < 2:
        return None
    return Entity(layer, AREA if closed else LINE, tuple(points[:-1] if closed and points[0] == points[-1] else points))


def _without_repeats(points: list[Point]) -> list[Point]:
    return [point for place, point in enumerate(points) if not place or point != points[place - 1]]


def _south(point: Any) -> Point:
    """A point whose y grows to the south, as on plans."""
    return round(float(point[0]), 6), round(-float(point[1]), 6) + 0.0

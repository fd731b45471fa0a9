"""SVG in: rectangles, polygons, paths, circles and texts, with their transformations; nothing is fetched."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
from fontTools.svgLib.path import parse_path  # type: ignore[import-untyped]

from emporion.drawings.drawing import AREA, LINE, MOST_ENTITIES, TEXT, Drawing, Entity, Point

Matrix = tuple[float, float, float, float, float, float]
STILL: Matrix = (1, 0, 0, 1, 0, 0)
LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
SKIPPED = ("defs", "clipPath", "mask", "pattern", "marker", "symbol", "style", "script", "metadata", "title", "desc")
CURVE_STEPS = 12
DEEPEST = 60


class NoSVG(Exception):
    """The file is no SVG, or it declares entities or a document type, which are not read."""


class TooMany(Exception):
    """The file has more shapes than are read."""


def read_svg(content: bytes) -> Drawing:
    """Read an SVG; its own coordinates, y to the south. Raises NoSVG and TooMany."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NoSVG(str(error)) from None
    if _tag(root) != "svg":
        raise NoSVG("no svg element")
    left_out: dict[str, int] = {}
    entities = []
    for entity in _walk(root, "drawing", STILL, left_out, DEEPEST):
        entities.append(entity)
        if len(entities) > MOST_ENTITIES:
            raise TooMany
    return Drawing(tuple(entities), metres=1.0 if root.get("data-unit") == "m" else None, left_out=left_out)


def _walk(element: Any, layer: str, matrix: Matrix, left_out: dict[str, int], deep: int) -> Iterator[Entity]:
    tag = _tag(element)
    if tag in SKIPPED or not deep:
        return
    matrix = _times(matrix, _matrix(element.get("transform", "")))
    if tag in ("svg", "g", "a"):
        inner = element.get(LABEL) or element.get("data-layer") or element.get("id") or element.get("class") or layer
        for child in element:
            yield from _walk(child, layer if tag == "svg" and inner == "drawing" else inner, matrix, left_out, deep - 1)
        return
    try:
        yield from _drawn(element, tag, element.get("data-layer") or layer, matrix)
    except (ValueError, TypeError, IndexError, AssertionError, NotImplementedError):
        left_out[tag] = left_out.get(tag, 0) + 1
    if tag in ("use", "image", "foreignObject"):
        left_out[tag] = left_out.get(tag, 0) + 1


def _drawn(element: Any, tag: str, layer: str, matrix: Matrix) -> Iterator[Entity]:
    said = {name[5:].replace("-", "_"): value for name, value in element.attrib.items() if name.startswith("data-")}
    words = said.get("number") or said.get("name") or ""
    if tag == "text":
        text = " ".join("".join(element.itertext()).split())
        first = next((one for one in element.iter() if one.get("x") is not None), element)
        place = _moved(matrix, (_number(first.get("x")), _number(first.get("y"))))
        if text:
            yield Entity(layer, TEXT, (place,), text, said=said)
        return
    for points, closed in _lines(element, tag):
        moved = tuple(_moved(matrix, point) for point in points)
        if len(moved) > 1 and all(math.isfinite(value) for point in moved for value in point):
            yield Entity(layer, AREA if closed and len(moved) > 2 else LINE, moved, words, said=said)


def _lines(element: Any, tag: str) -> Iterator[tuple[list[Point], bool]]:
    """The lines of a shape and whether each is closed."""

    def get(name: str) -> float:
        return _number(element.get(name))

    if tag == "rect":
        x, y, width, height = map(get, ("x", "y", "width", "height"))
        if width and height:
            yield [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], True
    elif tag in ("circle", "ellipse"):
        across, down = (get("r"), get("r")) if tag == "circle" else (get("rx"), get("ry"))
        turns = [2 * math.pi * step / 24 for step in range(24)]
        yield [(get("cx") + across * math.cos(t), get("cy") + down * math.sin(t)) for t in turns], True
    elif tag == "line":
        yield [(get("x1"), get("y1")), (get("x2"), get("y2"))], False
    elif tag in ("polygon", "polyline"):
        numbers = [float(one) for one in re.findall(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?", element.get("points", ""))]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        closed = tag == "polygon" or (len(points) > 3 and points[0] == points[-1])
        yield points[:-1] if closed and points[0] == points[-1] else points, closed
    elif tag == "path":
        yield from _path(element.get("d", ""))


def _path(commands: str) -> Iterator[tuple[list[Point], bool]]:
    pen = RecordingPen()
    parse_path(commands, pen)
    points: list[Point] = []
    for name, values in pen.value:
        if name == "moveTo":
            points = [values[0]]
        elif name == "lineTo":
            points.append(values[0])
        elif name in ("curveTo", "qCurveTo"):
            points += _curve(points[-1], values)
        else:
            closed = name == "closePath" or (len(points) > 3 and points[0] == points[-1])
            yield points[:-1] if closed and len(points) > 1 and points[0] == points[-1] else points, closed


def _curve(start: Point, values: Any) -> list[Point]:
    """Points along a Bézier curve, by de Casteljau."""
    found = []
    for step in range(1, CURVE_STEPS + 1):
        share, row = step / CURVE_STEPS, [start, *values]
        while len(row) > 1:
            row = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(row)]
        found.append(row[0])
    return found


def _matrix(text: str) -> Matrix:
    """What a ``transform`` attribute does (SVG 1.1, section 7.6)."""
    matrix = STILL
    for name, inner in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        values = [float(one) for one in re.findall(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?", inner)]
        matrix = _times(matrix, _one(name, values))
    return matrix


def _one(name: str, values: list[float]) -> Matrix:
    if name == "matrix" and len(values) == 6:
        return tuple(values)  # type: ignore[return-value]
    if name == "translate" and values:
        return (1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
    if name == "scale" and values:
        return (values[0], 0, 0, values[-1], 0, 0)
    if name == "rotate" and values:
        turn = math.radians(values[0])
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = values[1:3] if len(values) == 3 else (0.0, 0.0)
        return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
    if name in ("skewX", "skewY") and values:
        tan = math.tan(math.radians(values[0]))
        return (1, 0, tan, 1, 0, 0) if name == "skewX" else (1, tan, 0, 1, 0, 0)
    return STILL


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    return (
        a * n[0] + c * n[1], b * n[0] + d * n[1], a * n[2] + c * n[3], b * n[2] + d * n[3],
        a * n[4] + c * n[5] + e, b * n[4] + d * n[5] + f,
    )  # fmt: skip


def _moved(m: Matrix, point: Point) -> Point:
    x, y = point
    return round(m[0] * x + m[2] * y + m[4], 6), round(m[1] * x + m[3] * y + m[5], 6)


def _number(text: str | None) -> float:
    found = re.match(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)", text or "")
    return float(found[1]) if found else 0.0


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""

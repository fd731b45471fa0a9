"""GeoJSON in, and JSON of web plans: objects that carry a list of corners under some name."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from emporion.domain.editions.rules.floors import ring_area
from emporion.drawings.drawing import AREA, LINE, MOST_ENTITIES, POINT, TEXT, Drawing, Entity, Point

LAYERS = ("kind", "layer", "class", "category", "type")
NUMBERS = ("number", "booth", "stand", "boothId", "booth_id", "label", "name", "id")
CORNERS = ("coords", "coordinates", "polygon", "points", "corners")
AREAS = ("area_m2", "sqm", "area")
PARTS = {"MultiPolygon": "Polygon", "MultiLineString": "LineString", "MultiPoint": "Point"}


class NoPlan(Exception):
    """The JSON holds no shapes."""


class TooMany(Exception):
    """The file has more shapes than are read."""


def read_json(content: bytes) -> Drawing:
    """Read GeoJSON, y to the north, or a web plan's JSON, y to the south. Raises NoPlan and TooMany."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise NoPlan(str(error)) from None
    if isinstance(told, dict) and told.get("type") in ("FeatureCollection", "Feature"):
        entities = list(_features(told))
        return Drawing(tuple(entities), metres=1.0 if told.get("unit") == "m" else None)
    entities = list(_web_plan(told, "plan"))
    if not entities:
        raise NoPlan("no shapes")
    return Drawing(tuple(entities), likely_metres=_likely(entities))


def _features(told: Mapping[str, Any]) -> Iterator[Entity]:
    features = told.get("features", [told]) if told["type"] == "FeatureCollection" else [told]
    count = 0
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            continue
        said = feature.get("properties")
        said = said if isinstance(said, dict) else {}
        for entity in _geometry(feature["geometry"], said, feature.get("id")):
            count += 1
            if count > MOST_ENTITIES:
                raise TooMany
            yield entity


def _geometry(geometry: Mapping[str, Any], said: Mapping[str, Any], key: Any) -> Iterator[Entity]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for part in geometry.get("geometries") or []:
            yield from _geometry(part, said, key)
        return
    for rings in coordinates or [] if kind in PARTS else [coordinates]:
        if (entity := _entity(PARTS.get(str(kind), kind), rings, said, key)) is not None:
            yield entity


def _entity(kind: Any, coordinates: Any, said: Mapping[str, Any], key: Any) -> Entity | None:
    layer = next((str(said[name]) for name in LAYERS if said.get(name)), "features")
    words = {**said, **({"key": key} if isinstance(key, str) else {})}
    try:
        if kind == "Polygon":
            outer, *holes = (_open(_ring(ring, -1)) for ring in coordinates)
            return Entity(layer, AREA, outer, _number(said), tuple(holes), words)
        if kind == "LineString":
            return Entity(layer, LINE, _ring(coordinates, -1), _number(said), said=words)
        point = _ring([coordinates], -1)
    except (TypeError, ValueError, IndexError, KeyError):
        return None
    return Entity(layer, POINT if said.get("kind") else TEXT, point, _number(said), said=words)


def _web_plan(told: Any, layer: str, deep: int = 6) -> Iterator[Entity]:
    """Objects with corners, wherever they lie; their layer is the group that holds them."""
    if not isinstance(told, dict | list) or not deep:
        return
    if isinstance(told, dict) and (corners := _corners(told)):
        yield Entity(layer, AREA, corners, _number(told), said=_plain(told))
        return
    pairs = told.items() if isinstance(told, dict) else ((layer, one) for one in told)
    for name, one in pairs:
        inner = isinstance(one, dict) and _corners(one)
        yield from _web_plan(one, layer if inner or isinstance(told, list) else str(name), deep - 1)


def _corners(told: Mapping[str, Any]) -> tuple[Point, ...]:
    for name in CORNERS:
        listed = told.get(name)
        if isinstance(listed, list) and len(listed) > 2:
            try:
                return _open(_ring(listed, 1))
            except (TypeError, ValueError, IndexError, KeyError):
                continue
    return ()


def _likely(entities: list[Entity]) -> float | None:
    """The unit by which most shapes have the area that is written beside them."""
    scales = []
    for entity in entities:
        area = next((entity.said[name] for name in AREAS if isinstance(entity.said.get(name), int | float)), 0)
        drawn = ring_area(entity.points)
        if area > 0 and drawn > 0:
            scales.append(math.sqrt(area / drawn))
    return median(scales) if scales else None


def _number(said: Mapping[str, Any]) -> str:
    found = (said.get(name) for name in NUMBERS)
    return next((str(one).strip() for one in found if isinstance(one, str | int) and str(one).strip()), "")


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if isinstance(value, str | int | float | bool)}


def _ring(pairs: Any, turn: int) -> tuple[Point, ...]:
    points = []
    for pair in pairs:
        x, y = (pair["x"], pair["y"]) if isinstance(pair, dict) else (pair[0], pair[1])
        point = (float(x), turn * float(y) + 0.0)
        if not all(map(math.isfinite, point)):
            raise ValueError("not a number")
        points.append(point)
    return tuple(points)


def _open(ring: tuple[Point, ...]) -> tuple[Point, ...]:
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring

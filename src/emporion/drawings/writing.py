"""Plans out: GeoJSON and DXF, which can be brought in again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new

from emporion.domain.booths.queries import HallPlan, PlanStand
from emporion.domain.editions.rules.floors import Element, Shape

METRES = 6
# Colours of the AutoCAD index, so that layers are told apart at once.
COLOURS = {"outline": 7, "stand": 5, "number": 7, "column": 8, "wall": 8, "exit": 1, "entrance": 3, "aisle": 9}
OTHERS = 30


def drawn_elements(plan: HallPlan) -> list[Element]:
    """What of a plan's elements is drawn; aisles of an allocation are not, they are made anew."""
    return [one for one in plan.elements if not one.is_allocated]


def as_geojson(plan: HallPlan) -> str:
    """The plan as GeoJSON in metres, y to the north as maps have it; ``unit`` says so to who reads it again."""
    told = plan.geojson
    shown = {one.key for one in drawn_elements(plan)} | {one.key for one in plan.stands} | {"outline"}
    features = [
        {**one, "geometry": _northward(one["geometry"]), "properties": _public(one["properties"])}
        for one in told["features"]
        if one["id"] in shown
    ]
    whole = {"type": "FeatureCollection", "unit": "m", "hall": told["hall"], "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _public(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != "exhibitors"}


def _northward(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _turned(geometry["coordinates"])}


def _turned(found: Any) -> Any:
    if isinstance(found[0], list):
        return [_turned(one) for one in found]
    return [found[0], 0.0 - found[1]]


def as_dxf(plan: HallPlan) -> str:
    """The plan as DXF R2010 in metres: a layer for each kind, numbers as texts within their stands."""
    document = new("R2010", setup=True)
    document.units = METRES
    space = document.modelspace()
    elements = drawn_elements(plan)
    for layer in ["outline", "stand", "number", *sorted({_layer(one) for one in elements})]:
        document.layers.add(layer, color=COLOURS.get(layer, OTHERS))
    _draw(space, plan.outline, "outline")
    for element in elements:
        _draw(space, element.shape, _layer(element))
        if element.name:
            _write(space, element.name, element.shape, _layer(element))
    for stand in plan.stands:
        _draw(space, stand.shape, "stand")
        _write(space, stand.number, stand.shape, "number", _height(stand))
    file = StringIO()
    document.write(file)
    return file.getvalue()


def _layer(element: Element) -> str:
    """A layer for each kind; utility points are told apart by what they give."""
    return " ".join((element.kind, *element.services))


def _draw(space: Any, shape: Shape, layer: str) -> None:
    if shape.kind == "Point":
        space.add_point(_up(shape.corners)[0], dxfattribs={"layer": layer})
        return
    for ring in shape.rings:
        space.add_lwpolyline(_up(ring), close=shape.kind == "Polygon", dxfattribs={"layer": layer})


def _write(space: Any, words: str, shape: Shape, layer: str, height: float = 0.4) -> None:
    text = space.add_text(words, height=height, dxfattribs={"layer": layer})
    text.set_placement(_up([shape.middle])[0], align=TextEntityAlignment.MIDDLE_CENTER)


def _height(stand: PlanStand) -> float:
    """Letters as high as lets the number fit into its stand."""
    return round(max(0.1, min(0.6, stand.width / max(len(stand.number), 1), stand.depth / 2)), 2)


def _up(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x, 0.0 - y) for x, y in points]

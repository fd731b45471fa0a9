"""Plans out as SVG, by itself to be opened anywhere and brought in again, and as a sheet of paper's picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from emporion.domain.booths.queries import HallPlan, PlanStand
from emporion.domain.editions.rules.floors import Element, Shape
from emporion.drawings.writing import drawn_elements

FILLS = {
    "column": "#6b7280", "wall": "#6b7280", "aisle": "#f3f4f6", "zone": "none", "entrance": "none", "exit": "none",
}  # fmt: skip
PLACE_FILL, STAND_FILL, INK = "#e5e7eb", "#dbeafe", "#1f2937"
DOOR_COLOURS = {"entrance": "#15803d", "exit": "#b91c1c"}
# Eight tints of exhibition areas, light enough for dark letters.
TINTS = ("#dbeafe", "#dcfce7", "#fef3c7", "#fce7f3", "#ede9fe", "#cffafe", "#ffedd5", "#e2e8f0")
MARGIN_M = 1.0


def as_svg(plan: HallPlan, words: Mapping[str, str], *, scale: int = 0) -> str:
    """The plan as an SVG whose unit is a metre; ``words``: what kinds of elements are called.

    With a ``scale``, as 200 for 1:200, it is as large on paper as that says.
    """
    x, y, width, depth = plan.outline.box
    box = (x - MARGIN_M, y - MARGIN_M, width + 2 * MARGIN_M, depth + 2 * MARGIN_M)
    size = f' width="{box[2] * 1000 / scale:.2f}mm" height="{box[3] * 1000 / scale:.2f}mm"' if scale else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(f"{one:g}" for one in box)}"{size} data-unit="m"'
        f' font-family="sans-serif" role="img" aria-label={quoteattr(plan.hall.code)}>',
        f'<title>{escape(plan.hall.code)}</title>',
        f'<g data-layer="outline">{_shape(plan.outline, "none", INK, 0.15)}</g>',
        *(_element(one) for one in sorted(drawn_elements(plan), key=_order)),
        *(_stand(one) for one in plan.stands),
        '<g data-layer="ignored">', *_labels(plan, words), "</g>", "</svg>",
    ]  # fmt: skip
    return "\n".join(parts)


def _order(element: Element) -> int:
    return {"aisle": 0, "zone": 1}.get(element.kind, 2)


def _element(one: Element) -> str:
    said = {
        "key": one.key, "name": one.name, "width-m": one.width_m, "depth-m": one.depth_m, "area": one.area,
        "services": " ".join(one.services), "main": "true" if one.main else "",
        "step-free": "" if one.step_free else "false",
    }  # fmt: skip
    ink = DOOR_COLOURS.get(one.kind, INK)
    line = 0.4 if one.kind in DOOR_COLOURS else 0.05
    drawn = _shape(one.shape, FILLS.get(one.kind, PLACE_FILL), ink, line, said)
    return f'<g data-layer="{one.kind}">{drawn}</g>'


def _stand(one: PlanStand) -> str:
    said = {"key": one.key, "number": one.number, "stand": one.kind, "area": one.area}
    return f'<g data-layer="stand">{_shape(one.shape, TINTS[(one.tint - 1) % len(TINTS)], INK, 0.05, said)}</g>'


def _shape(shape: Shape, fill: str, ink: str, line: float, said: Mapping[str, object] | None = None) -> str:
    told = "".join(f" data-{name}={quoteattr(str(value))}" for name, value in (said or {}).items() if value)
    look = f'fill="{fill}" stroke="{ink}" stroke-width="{line}"'
    if shape.kind == "Point":
        x, y = shape.corners[0]
        return f'<circle cx="{x:g}" cy="{y:g}" r="0.2" {look}{told}/>'
    if len(shape.rings) > 1:
        rings = " ".join(f"M{_points(ring, ' L')}Z" for ring in shape.rings)
        return f'<path d="{rings}" fill-rule="evenodd" {look}{told}/>'
    tag = "polygon" if shape.kind == "Polygon" else "polyline"
    return f'<{tag} points="{_points(shape.corners, " ")}" {look}{told}/>'


def _points(ring: Iterable[tuple[float, float]], between: str) -> str:
    return between.join(f"{x:.10g},{y:.10g}" for x, y in ring)


def _labels(plan: HallPlan, words: Mapping[str, str]) -> Iterable[str]:
    for stand in plan.stands:
        short = stand.number.rpartition("-")[2]
        yield _label(short, stand.shape, min(1.2, stand.width / max(len(short) * 0.65, 1), stand.depth * 0.5))
    for one in drawn_elements(plan):
        label = one.name or words.get(one.kind, "")
        if label and one.shape.kind == "Polygon" and one.kind not in FILLS:
            width, depth = one.shape.box[2:]
            yield _label(label, one.shape, min(1.5, width / max(len(label) * 0.65, 1), depth * 0.6))


def _label(words: str, shape: Shape, size: float) -> str:
    x, y = shape.middle
    return (
        f'<text x="{x:g}" y="{y + size * 0.35:g}" font-size="{size:.2f}" text-anchor="middle" fill="{INK}">'
        f"{escape(words)}</text>"
    )

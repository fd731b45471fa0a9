"""Charts of the bulletin: Vega-Lite specifications, each with the table of what it shows.

Colours are the design tokens of the pages, so that a chart follows light and dark; ``PAPER`` has them as fixed values
for documents. Editions are bars of one hue, the current one full. The map is a grid of tiles, one for each country:
no borders are drawn, and the smallest country is as legible as the largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import altair
import vl_convert

from emporion.domain.reference import files
from emporion.domain.statistics.queries import Figure, Point
from emporion.domain.statistics.rules import in_words

FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'
BILLION = 10**9
# Lower ends of the map's steps, with the strength of the hue for each.
STEPS = ((0, 0.0), (1, 0.22), (5, 0.42), (20, 0.62), (50, 0.82), (100, 1.0))


@dataclass(frozen=True)
class Palette:
    """The colours of a chart."""

    ink: str
    muted: str
    line: str
    harbour: str
    lantern: str
    paper: str


PAGE = Palette(*(f"var(--{name})" for name in ("ink", "muted", "line", "harbour", "lantern", "paper")))
PAPER = Palette("#1B1F24", "#5B6470", "#E4E0D8", "#0B6E6E", "#C8402B", "#FBFAF7")


@dataclass(frozen=True)
class Chart:
    """A specification and the table beneath it."""

    spec: dict[str, Any]
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def svg(spec: dict[str, Any]) -> str:
    """The drawing of a specification, as it stands in a page or a document."""
    return str(vl_convert.vegalite_to_svg(spec))


def editions(points: Sequence[Point], unit: str, scope: str, *, zh: bool = False, palette: Palette = PAGE) -> Chart:
    """One figure over the editions, in one unit and scope; an edition without a value keeps its place, empty."""
    rows: list[dict[str, Any]] = [
        {
            "edition": f"{point.edition} · {point.year}",
            "value": float(point.value or 0),
            "label": format_value(point.value, point.qualifier, zh=zh),
            "strength": 1.0 if point.current else 0.45,
        }
        for point in points
    ]
    order = [row["edition"] for row in rows]
    base = altair.Chart(altair.InlineData(values=rows), width=altair.Step(68), height=200).encode(
        x=altair.X("edition:N", sort=order, title=None, axis=altair.Axis(labelAngle=0, ticks=False, domain=False)),
        y=altair.Y("value:Q", axis=None),
    )
    bars = base.mark_bar(color=palette.harbour).encode(opacity=altair.Opacity("strength:Q", scale=None, legend=None))
    labels = base.mark_text(dy=-7, fontSize=12, color=palette.ink).encode(text="label:N")
    headings = ("届次", "数值", "依据") if zh else ("Edition", f"Value ({unit})", "By")
    table = [(row["edition"], row["label"], _by(point, zh)) for row, point in zip(rows, points, strict=True)]
    return Chart(_spec(bars + labels, f"{unit}; {in_words(scope)}", palette), headings, table)


def _by(point: Point, zh: bool) -> str:
    if point.computed:
        return "本平台记录" if zh else "these records"
    if point.value is None:
        return "未公布同口径数字" if zh else "nothing published of this scope"
    return ("公布：" if zh else "published, ") + point.source


def origins(parts: Sequence[Figure], *, zh: bool = False, palette: Palette = PAGE) -> Chart:
    """Where exhibitors come from: the parts of a figure by country, on the grid of tiles."""
    counted = {part.result.part: int(part.value or 0) for part in parts}
    tiles = [
        {"code": code, "x": x, "y": y, "strength": _strength(counted.get(code, 0)), "step": _step(counted.get(code, 0))}
        for code, x, y in _grid()
    ]
    base = altair.Chart(altair.InlineData(values=tiles)).encode(
        x=altair.X("x:O", axis=None, scale=altair.Scale(paddingInner=0.08)),
        y=altair.Y("y:O", axis=None, scale=altair.Scale(paddingInner=0.08)),
    )
    shown = base.mark_rect(color=palette.harbour, stroke=palette.line, cornerRadius=3).encode(
        fillOpacity=altair.FillOpacity("strength:Q", scale=None, legend=None)
    )
    codes = base.mark_text(fontSize=11).encode(
        text="code:N",
        color=altair.condition("datum.strength > 0.5", altair.value(palette.paper), altair.value(palette.ink)),
        opacity=altair.condition("datum.strength > 0", altair.value(1), altair.value(0.45)),
    )
    sized = (shown + codes).properties(width=altair.Step(26), height=altair.Step(26))
    headings = ("国家或地区", "参展商") if zh else ("Country or region", "Exhibitors")
    ranked = sorted(parts, key=lambda part: (-(part.value or 0), part.part_en))
    table = [(part.part_zh if zh else part.part_en, f"{part.value or 0:,}") for part in ranked]
    return Chart(_spec(sized, _steps_in_words(zh), palette), headings, table)


@cache
def _grid() -> list[tuple[str, int, int]]:
    return [(row["iso2"], int(row["column"]), int(row["row"])) for row in files.rows("countries/grid.csv")]


def _step(value: int) -> int:
    return max(step for step, (least, _) in enumerate(STEPS) if value >= least)


def _strength(value: int) -> float:
    return STEPS[_step(value)][1]


def _steps_in_words(zh: bool) -> str:
    ends = [least for least, _ in STEPS[1:]]
    spans = [f"{least}–{after - 1}" for least, after in pairwise(ends)] + [f"{ends[-1]}+"]
    return ("颜色由浅到深：" if zh else "from light to full: ") + " · ".join(spans) + (" 家" if zh else " exhibitors")


def changes(parts: Sequence[Figure], *, zh: bool = False, palette: Palette = PAGE) -> Chart:
    """The growth of each focus sector on the edition before, the strongest first; a fall goes to the left."""
    known = sorted((part for part in parts if part.value is not None), key=lambda part: -(part.value or 0))
    rows: list[dict[str, Any]] = [
        {
            "sector": part.part_zh if zh else part.part_en,
            "value": float(part.value or 0),
            "label": f"{part.value:+.1f} %",
            "colour": palette.harbour if (part.value or 0) >= 0 else palette.lantern,
        }
        for part in known
    ]
    order = [row["sector"] for row in rows]
    # Room beyond the longest bar on either side for its label.
    values = [float(part.value or 0) for part in known] or [1.0]
    reach, lowest = 1.25 * max(*values, 1.0), min(0.0, *values)
    lowest -= reach / 5 if lowest < 0 else 0
    base = altair.Chart(altair.InlineData(values=rows), width=420, height=altair.Step(30)).encode(
        y=altair.Y("sector:N", sort=order, title=None, axis=_SECTOR_AXIS),
        x=altair.X("value:Q", axis=None, scale=altair.Scale(domain=[lowest, reach])),
    )
    bars = base.mark_bar(height=16).encode(color=altair.Color("colour:N", scale=None, legend=None))
    text: dict[str, Any] = {"fontSize": 12, "color": palette.ink}
    gains = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=6, **text).encode(text="label:N")
    falls = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-6, **text).encode(text="label:N")
    headings = ("重点行业", "增长") if zh else ("Focus sector", "Change on the edition before")
    table = [
        (part.part_zh if zh else part.part_en, f"{part.value:+.1f} %" if part.value is not None else "–")
        for part in parts
    ]
    note = "企业展参展商数较上一届" if zh else "exhibitors of the enterprise exhibition, on the edition before"
    return Chart(_spec(bars + gains + falls, note, palette), headings, table)


# Wide enough for the longest name in a type that the drawing cannot measure.
_SECTOR_AXIS = altair.Axis(ticks=False, domain=False, labelLimit=320, minExtent=300)


def format_value(value: Decimal | None, qualifier: str, *, zh: bool = False) -> str:
    """A value as a chart labels it: billions from a billion on, ``410,000+`` for over, a dash for unknown."""
    if value is None:
        return "–"
    large = value >= BILLION
    # Ten thousands of ten thousands (亿) is how Chinese reads large sums.
    text = (f"{value / 10**8:,.1f} 亿" if zh else f"{value / BILLION:,.2f} bn") if large else f"{value:,.0f}"
    return {"about": f"≈ {text}", "over": f"{text}+", "under": f"< {text}"}.get(qualifier, text)


def _spec(chart: altair.LayerChart | altair.FacetChart, note: str, palette: Palette) -> dict[str, Any]:
    """The specification with its note above, in the design's type and colours."""
    title = altair.TitleParams(
        text=note, anchor="start", color=palette.muted, fontSize=13, fontWeight="normal", offset=12
    )
    styled = (
        chart.properties(background="transparent", title=title)
        .configure(font=FONT, padding=8)
        .configure_view(stroke=None)
        .configure_axis(labelColor=palette.muted, labelFontSize=12, grid=False)
    )
    spec: dict[str, Any] = styled.to_dict()
    return spec

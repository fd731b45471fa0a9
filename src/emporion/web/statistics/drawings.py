"""How the bulletin's charts are drawn, as Vega-Lite specifications; labels come in the reader's language.

Colours are the design tokens of the pages, so that a chart follows light and dark. Editions are bars of one hue, the
current one full. The map is a grid of tiles, one for each country: no borders are drawn, and the smallest country is
as legible as the largest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import altair
import vl_convert

from emporion.domain.reference import files

Spec = dict[str, Any]
FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'
INK, MUTED, LINE, HARBOUR, LANTERN, PAPER = (
    f"var(--{name})" for name in ("ink", "muted", "line", "harbour", "lantern", "paper")
)
# Lower ends of the map's steps, with the strength of the hue for each.
STEPS = ((0, 0.0), (1, 0.22), (5, 0.42), (20, 0.62), (50, 0.82), (100, 1.0))
# Wide enough for the longest name in a type that the drawing cannot measure.
SECTOR_AXIS = altair.Axis(ticks=False, domain=False, labelLimit=320, minExtent=300)


class Bar(NamedTuple):
    """A value with the name of what it is of and the text beside it."""

    name: str
    value: float
    text: str


class EditionBar(NamedTuple):
    """An edition's value, none where it is unknown, with the text above it; the ``full`` bar stands out."""

    name: str
    value: float | None
    text: str
    full: bool


def svg(spec: Spec) -> str:
    """The drawing of a specification, as it stands in a page."""
    return str(vl_convert.vegalite_to_svg(spec))


def over_editions(bars: Sequence[EditionBar]) -> Spec:
    """A bar for each edition; one without a value keeps its place, empty, with its text on the ground."""
    rows: list[dict[str, Any]] = [
        {
            "edition": bar.name, "value": bar.value, "top": bar.value or 0, "label": bar.text,
            "strength": 1.0 if bar.full else 0.45,
        }
        for bar in bars
    ]  # fmt: skip
    base = altair.Chart(altair.InlineData(values=rows), width=altair.Step(68), height=200).encode(
        x=altair.X(
            "edition:N", sort=[bar.name for bar in bars], title=None,
            axis=altair.Axis(labelAngle=0, ticks=False, domain=False),
        ),
        y=altair.Y("value:Q", axis=None),
    )  # fmt: skip
    shapes = base.mark_bar(color=HARBOUR).encode(opacity=altair.Opacity("strength:Q", scale=None, legend=None))
    labels = base.mark_text(dy=-7, fontSize=12, color=INK).encode(y=altair.Y("top:Q", axis=None), text="label:N")
    return _styled(shapes + labels)


def world(counted: Mapping[str, int]) -> Spec:
    """Numbers by country on the grid of tiles."""
    tiles = [
        {"code": code, "x": x, "y": y, "strength": STEPS[(step := step_of(counted.get(code, 0)))][1], "step": step}
        for code, x, y in grid()
    ]
    base = altair.Chart(altair.InlineData(values=tiles)).encode(
        x=altair.X("x:O", axis=None, scale=altair.Scale(paddingInner=0.08)),
        y=altair.Y("y:O", axis=None, scale=altair.Scale(paddingInner=0.08)),
    )
    shapes = base.mark_rect(color=HARBOUR, stroke=LINE, cornerRadius=3).encode(
        fillOpacity=altair.FillOpacity("strength:Q", scale=None, legend=None)
    )
    codes = base.mark_text(fontSize=11).encode(
        text="code:N",
        color=altair.condition("datum.strength > 0.5", altair.value(PAPER), altair.value(INK)),
        opacity=altair.condition("datum.strength > 0", altair.value(1), altair.value(0.45)),
    )
    return _styled((shapes + codes).properties(width=altair.Step(26), height=altair.Step(26)))


@cache
def grid() -> list[tuple[str, int, int]]:
    """The tile of each country: its letters, column and row."""
    return [(row["iso2"], int(row["column"]), int(row["row"])) for row in files.rows("countries/grid.csv")]


def step_of(value: int) -> int:
    """The step of the map on which a number lies."""
    return max(step for step, (least, _) in enumerate(STEPS) if value >= least)


def steps() -> str:
    """The steps from the second on, as 1–4 · 5–19 · 20+."""
    ends = [least for least, _ in STEPS[1:]]
    return " · ".join([*(f"{least}–{after - 1}" for least, after in pairwise(ends)), f"{ends[-1]}+"])


def changes(bars: Sequence[Bar]) -> Spec:
    """Growth, the strongest first; a fall goes to the left."""
    rows: list[dict[str, Any]] = [
        {"sector": bar.name, "value": bar.value, "label": bar.text, "colour": HARBOUR if bar.value >= 0 else LANTERN}
        for bar in sorted(bars, key=lambda bar: -bar.value)
    ]
    base = altair.Chart(altair.InlineData(values=rows), width=420, height=altair.Step(30)).encode(
        y=altair.Y("sector:N", sort=[row["sector"] for row in rows], title=None, axis=SECTOR_AXIS),
        x=altair.X("value:Q", axis=None, scale=altair.Scale(domain=_reach([bar.value for bar in bars] or [1.0]))),
    )
    shapes = base.mark_bar(height=16).encode(color=altair.Color("colour:N", scale=None, legend=None))
    text: dict[str, Any] = {"fontSize": 12, "color": INK}
    gains = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=6, **text).encode(text="label:N")
    falls = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-6, **text).encode(text="label:N")
    return _styled(shapes + gains + falls)


def _reach(values: Sequence[float]) -> list[float]:
    """From where to where bars of these values need room, with that of the label beyond the longest on either side."""
    highest, lowest = 1.25 * max(*values, 1.0), min(0.0, *values)
    return [lowest - (highest / 5 if lowest < 0 else 0), highest]


def _styled(chart: altair.LayerChart) -> Spec:
    """The specification in the design's type and colours."""
    styled = (
        chart.properties(background="transparent")
        .configure(font=FONT, padding=8)
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, labelFontSize=12, grid=False)
    )
    spec: Spec = styled.to_dict()
    return spec

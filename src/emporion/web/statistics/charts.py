"""The bulletin's charts in the reader's language: drawn on the server, with the table of what they show."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition
from emporion.domain.statistics import charts as drawn
from emporion.domain.statistics import queries as statistics
from emporion.domain.statistics.figures import FIGURES
from emporion.domain.statistics.figures.slices import NOT_STATED
from emporion.web.shell.labels import CHART_TITLES, SCOPES

Version = Hashable | None
FOREMOST = 12
# By the group of the bulletin: figures over the editions, each in the scope in which it was published.
OVER_EDITIONS = {
    "participation": (("participants", "all"), ("exhibitors", "enterprise")),
    "showing": (("debuts", "all"),),
    "turnover": (("intended_turnover", "all"),),
}


@dataclass(frozen=True)
class ChartView:
    """A chart as a page shows it: its title, what it covers, the drawing and the table."""

    title: str
    caption: str
    svg: SafeString
    headings: tuple[str, ...]
    rows: Any


_charts: Cache[ChartView | None] = Cache("charts", most=256)
_foremost: Cache[list[statistics.Figure]] = Cache("foremost origins")
# A drawing is named by what it shows, so it never grows stale.
_drawings: Cache[SafeString] = Cache("drawings", most=256)


def of(edition: Edition, group: str, version: Version) -> list[ChartView]:
    """The charts that stand under a group of the bulletin."""
    charts = [over_editions(edition, key, scope, version) for key, scope in OVER_EDITIONS.get(group, ())]
    if group == "participation":
        charts.insert(0, origins(edition, version))
    if group == "sectors":
        charts.append(changes(edition, version))
    return [chart for chart in charts if chart is not None]


def over_editions(edition: Edition, key: str, scope: str, version: Version) -> ChartView | None:
    """One figure's bars over the editions; none when fewer than two editions have a value in this scope."""

    def make() -> ChartView | None:
        points = statistics.over_editions(edition, key, scope, version)
        if sum(point.value is not None for point in points) < 2:
            return None
        definition = FIGURES[key].of(edition)
        unit, title = (
            (definition.unit_zh, definition.title_zh) if _chinese() else (definition.unit, definition.title_en)
        )
        chart = drawn.editions(points, unit, scope, zh=_chinese())
        return _view(title, f"{unit} · {SCOPES.get(scope, scope)}", chart)

    return _charts.get((edition.pk, key, scope, get_language()), version, make)


def origins(edition: Edition, version: Version) -> ChartView | None:
    """Exhibitors by country or region on the grid of the world; none without exhibitors."""

    def make() -> ChartView | None:
        parts = _parts(edition, "exhibitors", "country", version)
        chart = drawn.origins(parts, zh=_chinese())
        return _view(CHART_TITLES["origins"], chart.spec["title"]["text"], chart) if parts else None

    return _charts.get((edition.pk, "origins", get_language()), version, make)


def foremost(edition: Edition, version: Version) -> list[statistics.Figure]:
    """The countries and regions from which most exhibitors come, each with the figure's value."""

    def make() -> list[statistics.Figure]:
        stated = [part for part in _parts(edition, "exhibitors", "country", version) if part.result.part != NOT_STATED]
        return sorted(stated, key=lambda part: (-(part.value or 0), part.part_en))[:FOREMOST]

    return _foremost.get(edition.pk, version, make)


def changes(edition: Edition, version: Version) -> ChartView | None:
    """The focus sectors' growth on the edition before; none where there is nothing to compare with."""

    def make() -> ChartView | None:
        parts = _parts(edition, "sector_growth", "sector", version)
        if all(part.value is None for part in parts):
            return None
        chart = drawn.changes(parts, zh=_chinese())
        return _view(CHART_TITLES["sectors"], chart.spec["title"]["text"], chart)

    return _charts.get((edition.pk, "changes", get_language()), version, make)


def _parts(edition: Edition, key: str, by: str, version: Version) -> list[statistics.Figure]:
    """A figure's parts along one dimension."""
    return [value for value in statistics.figure(edition, key, version) if f"; {by}=" in value.scope]


def _view(title: Any, caption: str, chart: drawn.Chart) -> ChartView:
    """The title and what it covers are the page's text, which wraps and is read out; the drawing has none."""
    spec = {name: value for name, value in chart.spec.items() if name != "title"}
    return ChartView(str(title), caption, _drawing(spec), chart.headings, list(chart.rows))


def _drawing(spec: dict[str, Any]) -> SafeString:
    """The SVG of a specification."""
    name = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()
    return _drawings.get(name, name, lambda: mark_safe(lightened(drawn.svg(spec))))


def lightened(svg: str) -> str:
    """A drawing without what the page says better: its type, and labels of coordinates for those who listen.

    They read the table beneath. Places are kept to a hundredth of a pixel.
    """
    plain = re.sub(r' (?:role|class|font-family|pointer-events|aria-[a-z]+)="[^"]*"', "", svg)
    plain = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), plain)
    return plain.replace("<svg ", '<svg class="drawing" aria-hidden="true" focusable="false" ', 1)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")

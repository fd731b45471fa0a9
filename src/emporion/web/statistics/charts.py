"""The bulletin's charts in the reader's language: drawn on the server, with the table of what they show."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition
from emporion.domain.statistics import queries as statistics
from emporion.domain.statistics.figures import FIGURES, Definition
from emporion.domain.statistics.figures.slices import NOT_STATED
from emporion.domain.statistics.queries import Figure, Point
from emporion.language import written
from emporion.web.shell.labels import CHART_TITLES, SCOPES
from emporion.web.shell.templatetags.fair import cited, large, part_name
from emporion.web.statistics import drawings

Version = Hashable | None
FOREMOST = 12
# How a value stands as it was published.
SIGNS = {"about": "≈ {}", "over": "{}+", "under": "< {}"}
# By the group of the bulletin: figures over the editions, each in the scope in which it was published.
OVER_EDITIONS = {
    "participation": (("participants", "all"), ("exhibitors", "enterprise")),
    "showing": (("debuts", "all"),),
    "turnover": (("intended_turnover", "all"),),
}


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it: its title, what it covers, the drawing, and the table of what it shows."""

    title: str
    caption: str
    svg: SafeString
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


_charts: Cache[Chart | None] = Cache("charts", most=256)
_foremost: Cache[list[Figure]] = Cache("foremost origins")
# A drawing is named by what it shows, so it never grows stale.
_drawings: Cache[SafeString] = Cache("drawings", most=256)


def of(edition: Edition, group: str, version: Version) -> list[Chart]:
    """The charts that stand under a group of the bulletin."""
    charts = [over_editions(edition, key, scope, version) for key, scope in OVER_EDITIONS.get(group, ())]
    if group == "participation":
        charts.insert(0, origins(edition, version))
    if group == "sectors":
        charts.append(changes(edition, version))
    return [chart for chart in charts if chart is not None]


def over_editions(edition: Edition, key: str, scope: str, version: Version) -> Chart | None:
    """One figure's bars over the editions; none when fewer than two editions have a value in this scope."""

    def make() -> Chart | None:
        points = statistics.over_editions(edition, key, scope, version)
        known = sum(point.value is not None for point in points)
        return editions_chart(FIGURES[key].of(edition), scope, points) if known > 1 else None

    return _charts.get((edition.pk, key, scope, get_language()), version, make)


def editions_chart(definition: Definition, scope: str, points: Sequence[Point]) -> Chart:
    """The chart of a figure over the editions, in one unit and scope."""
    bars = [
        drawings.EditionBar(
            f"{point.edition} · {point.year}",
            None if point.value is None else float(point.value),
            labelled(point),
            point.current,
        )
        for point in points
    ]
    unit = written(definition.unit)
    headings = (_("Edition"), _("Value (%(unit)s)") % {"unit": unit}, _("Source"))
    rows = [(bar.name, bar.text, _source(point)) for bar, point in zip(bars, points, strict=True)]
    caption = f"{unit} · {SCOPES.get(scope, scope)}"
    return Chart(written(definition.title), caption, _drawing(drawings.over_editions(bars)), headings, rows)


def labelled(point: Point) -> str:
    """A value as a chart labels it: ``410,000+`` for over, a dash for unknown."""
    if point.value is None:
        return "–"
    return SIGNS.get(point.qualifier, "{}").format(large(point.value))


def _source(point: Point) -> str:
    if point.computed:
        return _("records of this platform")
    if point.value is None:
        return _("not published in this scope")
    return _("published: %(source)s") % {"source": cited(point.source)}


def origins(edition: Edition, version: Version) -> Chart | None:
    """Exhibitors by country or region on the grid of the world; none without exhibitors."""

    def make() -> Chart | None:
        parts = _parts(edition, "exhibitors", "country", version)
        return origins_chart(parts) if parts else None

    return _charts.get((edition.pk, "origins", get_language()), version, make)


def origins_chart(parts: Sequence[Figure]) -> Chart:
    """The chart of a figure's parts by country."""
    caption = _("from light to full: %(steps)s exhibitors") % {"steps": drawings.steps()}
    drawing = _drawing(drawings.world({part.result.part or "": int(part.value or 0) for part in parts}))
    rows = [(part_name(part), f"{part.value or 0:,}") for part in _ranked(parts)]
    return Chart(str(CHART_TITLES["origins"]), caption, drawing, (_("Country or region"), _("Exhibitors")), rows)


def foremost(edition: Edition, version: Version) -> list[Figure]:
    """The countries and regions from which most exhibitors come, each with the figure's value."""

    def make() -> list[Figure]:
        stated = [part for part in _parts(edition, "exhibitors", "country", version) if part.result.part != NOT_STATED]
        return _ranked(stated)[:FOREMOST]

    return _foremost.get(edition.pk, version, make)


def changes(edition: Edition, version: Version) -> Chart | None:
    """The focus sectors' growth on the edition before; none where there is nothing to compare with."""

    def make() -> Chart | None:
        parts = _parts(edition, "sector_growth", "sector", version)
        return changes_chart(parts) if any(part.value is not None for part in parts) else None

    return _charts.get((edition.pk, "changes", get_language()), version, make)


def changes_chart(parts: Sequence[Figure]) -> Chart:
    """The chart of a figure's growth by sector; an unknown one stands in the table alone."""
    bars = [
        drawings.Bar(part_name(part), float(part.value), f"{part.value:+.1f} %")
        for part in parts if part.value is not None
    ]  # fmt: skip
    caption = _("exhibitors of the enterprise exhibition, on the edition before")
    rows = [(part_name(part), "–" if part.value is None else f"{part.value:+.1f} %") for part in parts]
    headings = (_("Focus sector"), _("Change on the edition before"))
    return Chart(str(CHART_TITLES["sectors"]), caption, _drawing(drawings.changes(bars)), headings, rows)


def _parts(edition: Edition, key: str, by: str, version: Version) -> list[Figure]:
    """A figure's parts along one dimension."""
    return [value for value in statistics.figure(edition, key, version) if f"; {by}=" in value.scope]


def _ranked(parts: Iterable[Figure]) -> list[Figure]:
    """Parts, the largest first."""
    return sorted(parts, key=lambda part: (-(part.value or 0), str(part.part)))


def _drawing(spec: drawings.Spec) -> SafeString:
    """The SVG of a specification."""
    name = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()
    return _drawings.get(name, name, lambda: mark_safe(lightened(drawings.svg(spec))))


def lightened(svg: str) -> str:
    """A drawing without what the page says better: its type, and labels of coordinates for those who listen.

    They read the table beneath. Places are kept to a hundredth of a pixel.
    """
    plain = re.sub(r' (?:role|class|font-family|pointer-events|aria-[a-z]+)="[^"]*"', "", svg)
    plain = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), plain)
    return plain.replace("<svg ", '<svg class="drawing" aria-hidden="true" focusable="false" ', 1)

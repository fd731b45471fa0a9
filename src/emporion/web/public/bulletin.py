"""The bulletin: every figure beside the published one, its definition, its parts and the rows behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.statistics import queries as statistics
from emporion.domain.statistics.queries import Figure
from emporion.domain.statistics.rules import NoSuchFigure
from emporion.web import access
from emporion.web.public import charts
from emporion.web.public.labels import DIMENSIONS, GROUPS, HEADLINE
from emporion.web.public.page import is_part, page
from emporion.web.public.paging import Rows

# A bulletin of a full edition adds up some hundred thousand rows; those who read it together read one reckoning.
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Reckoning:
    """The bulletin's whole figures, without breakdowns, as they were at a moment."""

    figures: list[Figure]
    at: dt.datetime


def bulletin(request: HttpRequest) -> HttpResponse:
    """All figures, by what they are about."""
    edition = access.current_edition()
    reckoned = reckoning(edition)
    groups = [
        {"key": key, "title": GROUPS.get(key, key), "figures": list(by_figure(figures)), "charts": charts.of(edition, key)}
        for key, figures in groupby(reckoned.figures, group_of)
    ]
    return page(request, "public/bulletin.html", edition, {"groups": groups, "at": reckoned.at})


def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: its definition, its value in every scope, over the editions, and its parts."""
    edition = access.current_edition()
    try:
        found = statistics.figure(edition, key)
    except NoSuchFigure as refusal:
        raise Http404(refusal.sentence) from None
    parts = [value for value in found if value.result.part is not None]
    wholes = [value for value in found if value.result.part is None]
    context = {
        "definition": found[0].definition if found else statistics.FIGURES[key],
        "wholes": wholes,
        "parts": [
            {"title": DIMENSIONS.get(by, by), "rows": sorted(rows, key=lambda row: -(row.value or 0))}
            for by, rows in groupby(parts, dimension_of)
        ],
        "points": statistics.over_editions(edition, key, wholes[0].scope) if wholes else [],
        "chart": charts.over_editions(edition, key, wholes[0].scope) if wholes else None,
    }
    return page(request, "public/figure.html", edition, context)


def records(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind a figure's value in a scope."""
    edition = access.current_edition()
    scope = request.GET.get("scope", "all").replace("\0", "")
    try:
        found = statistics.records(edition, key, scope, request.GET.get("after") or None)
    except NoSuchFigure as refusal:
        raise Http404(refusal.sentence) from None
    value = next(value for value in statistics.figure(edition, key) if value.scope == scope)
    context = {"value": value, "columns": found.columns, "rows": Rows(found.rows, found.next or "")}
    template = "public/parts/record_rows.html" if is_part(request) else "public/records.html"
    return page(request, template, edition, context)


def reckoning(edition: Edition) -> Reckoning:
    """The edition's figures, at most a minute old."""

    def reckon() -> Reckoning:
        return Reckoning(statistics.bulletin(edition, parts=False), timezone.now())

    return cache.get_or_set(f"bulletin-{edition.pk}", reckon, KEPT_SECONDS)


def headline(edition: Edition) -> list[Figure]:
    """The few figures of the first page, each in the scope that it is told in."""
    values = {(value.key, value.scope): value for value in reckoning(edition).figures}
    return [values[wanted] for wanted in HEADLINE if wanted in values]


def group_of(value: Figure) -> str:
    """What a figure is about: the module in which it is defined."""
    return value.definition.slices.__module__.rpartition(".")[2]


def by_figure(figures: Any) -> Any:
    """The values of each figure together: the first, and those in its other scopes."""
    for _, values in groupby(figures, lambda value: value.key):
        first, *others = values
        yield {"first": first, "others": others}


def dimension_of(value: Figure) -> str:
    """By what a part is one: ``all; area=automobiles`` is by area."""
    return value.scope.partition("; ")[2].partition("=")[0]

"""The bulletin: every figure beside the published one, its definition, its parts and the rows behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from emporion.domain.cache import Cache
from emporion.domain.editions.models import Edition
from emporion.domain.statistics import queries as statistics
from emporion.domain.statistics.figures import FIGURES
from emporion.domain.statistics.names import names_of
from emporion.domain.statistics.queries import Figure, figures_version
from emporion.domain.statistics.rules import NAMED_BEFORE, NoSuchFigure, NoSuchPage
from emporion.web.shell import access
from emporion.web.shell.labels import DIMENSIONS, GROUPS, HEADLINE
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.paging import Rows
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import is_part, page
from emporion.web.shell.templatetags.fair import key_name
from emporion.web.statistics import charts

# Figures follow the journal once in a while (see ``figures_version``); their pages are made again after so long.
FIGURES_PAGE_SECONDS = 60
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class WholeBulletin:
    """The bulletin's whole figures, without breakdowns, as they were at a moment."""

    figures: list[Figure]
    at: dt.datetime


_bulletins: Cache[WholeBulletin] = Cache("bulletins")
_sectors: Cache[list[dict[str, Any]]] = Cache("sectors of bulletins")


@cached_page(seconds=FIGURES_PAGE_SECONDS)
def bulletin(request: HttpRequest) -> HttpResponse:
    """All figures, by what they are about."""
    edition = access.public_edition(request)
    version = figures_version(edition, timezone.now(), exact=reads_exactly(request))
    bulletin = whole_bulletin(edition, version)
    groups = [
        {
            "key": key,
            "title": GROUPS.get(key, key),
            "figures": list(by_figure(figures)),
            "charts": charts.of(edition, key, version),
        }
        for key, figures in groupby(bulletin.figures, group_of)
    ]
    focus = sectors(edition, version)
    context = {
        "groups": groups,
        "at": bulletin.at,
        "published": any(value.published for value in bulletin.figures),
        "sectors": focus,
        "growth_published": any(row["growth"] and row["growth"].published for row in focus),
        "sector_charts": charts.of(edition, "sectors", version) if focus else [],
    }
    return page(request, "statistics/bulletin.html", edition, context)


def moved(view: View) -> View:
    """The page of a figure, whose former name leads to today's for good."""

    @wraps(view)
    def named(request: HttpRequest, key: str) -> HttpResponse:
        if key not in NAMED_BEFORE:
            return view(request, key)
        there = request.get_full_path().replace(f"/{key}/", f"/{NAMED_BEFORE[key]}/", 1)
        return HttpResponsePermanentRedirect(there)

    return named


@moved
@cached_page(seconds=FIGURES_PAGE_SECONDS)
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: its definition, its value in every scope, over the editions, and its parts."""
    edition = access.public_edition(request)
    version = figures_version(edition, timezone.now(), exact=reads_exactly(request))
    try:
        found = statistics.figure(edition, key, version)
    except NoSuchFigure as refusal:
        raise Http404(sentence(refusal)) from None
    wholes = [value for value in found if value.result.part is None]
    compared = next((value for value in wholes if value.published), wholes[0] if wholes else None)
    context = {
        "definition": FIGURES[key].of(edition),
        "wholes": wholes,
        "published": any(value.published for value in wholes),
        "parts": parts_by_dimension(found),
        "compared": compared,
        "points": statistics.over_editions(edition, key, compared.scope, version) if compared else [],
        "chart": charts.over_editions(edition, key, compared.scope, version) if compared else None,
    }
    return page(request, "statistics/figure.html", edition, context)


@moved
def records(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind a figure's value in a scope."""
    edition = access.public_edition(request)
    scope = request.GET.get("scope", "all")
    try:
        found = statistics.records(edition, key, scope, request.GET.get("after") or None)
    except (NoSuchFigure, NoSuchPage) as refusal:
        raise Http404(sentence(refusal)) from None
    rows = Rows(in_words(edition, found), found.next or "")
    context: dict[str, Any] = {"columns": found.columns, "rows": rows}
    if is_part(request):
        return page(request, "statistics/parts/record_rows.html", edition, context)
    context["value"] = next(value for value in statistics.figure(edition, key) if value.scope == scope)
    return page(request, "statistics/records.html", edition, context)


def reads_exactly(request: HttpRequest) -> bool:
    """Whether a reader waits for figures as they are this moment: the office does, who has just changed something."""
    return bool(request.user.is_staff)


def whole_bulletin(edition: Edition, version: Hashable | None) -> WholeBulletin:
    """The edition's figures at a version."""

    def compute() -> WholeBulletin:
        return WholeBulletin(statistics.bulletin(edition, parts=False, version=version), timezone.now())

    return _bulletins.get(edition.pk, version, compute)


def headline(edition: Edition, version: Hashable | None) -> list[Figure]:
    """The few figures of the first page, each in the scope that it is told in."""
    keys = frozenset(key for key, _scope in HEADLINE)
    found = statistics.bulletin(edition, parts=False, only=keys, version=version)
    values = {(value.key, value.scope): value for value in found}
    return [values[wanted] for wanted in HEADLINE if wanted in values]


def group_of(value: Figure) -> str:
    """What a figure is about: the module in which it is defined."""
    return value.definition.slices.__module__.rpartition(".")[2]


def by_figure(figures: Any) -> Any:
    """The values of each figure together: the first, and those in its other scopes."""
    for _, values in groupby(figures, lambda value: value.key):
        first, *others = values
        yield {"first": first, "others": others}


def parts_by_dimension(values: list[Figure]) -> list[dict[str, Any]]:
    """A figure's breakdowns, the largest part of each first."""
    parts = [value for value in values if value.result.part is not None]
    return [
        {"title": DIMENSIONS.get(by, by), "rows": sorted(rows, key=lambda row: -(row.value or 0))}
        for by, rows in groupby(parts, dimension_of)
    ]


def sectors(edition: Edition, version: Hashable | None) -> list[dict[str, Any]]:
    """Each focus sector's share of exhibitors and its growth on the edition before."""

    def compute() -> list[dict[str, Any]]:
        growth = {value.result.part: value for value in statistics.figure(edition, "sector_growth", version)}
        shares = statistics.figure(edition, "sector_share", version)
        return [{"share": share, "growth": growth.get(share.result.part)} for share in shares]

    return _sectors.get(edition.pk, version, compute)


def dimension_of(value: Figure) -> str:
    """By what a part is one: ``all; area=automobiles`` is by area."""
    return value.scope.partition("; ")[2].partition("=")[0]


def in_words(edition: Edition, found: statistics.Page) -> list[list[Any]]:
    """Rows whose codes of areas, countries, kinds and the like are told by their names."""
    names = names_of(edition)
    by = [column.field.removesuffix("_id").removesuffix("__code").rpartition("__")[2] for column in found.columns]

    def cell_in_words(dimension: str, value: Any) -> Any:
        return key_name(dimension, value, names) if isinstance(value, str) else value

    return [[cell_in_words(dimension, value) for dimension, value in zip(by, row, strict=True)] for row in found.rows]

"""What was suggested to whom, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Decline, ExhibitorSuggestions, Mark, MatchingRun, VisitorSuggestions
from emporion.domain.matching.queries.market import Market, load_market
from emporion.domain.matching.queries.numbers import rows_of
from emporion.domain.matching.queries.texts import Said, Text, closest, exhibitors_texts, units_texts, vectors_of
from emporion.domain.matching.rules import FloatArray, Term, short_title
from emporion.domain.reference.models import HSCode, Region, Sector
from emporion.domain.visitors.models import Visitor
from emporion.kernels.matching import rank_one

Names = Callable[[str, int], dict[str, Any]]
Shown = dict[tuple[int, int], dict[str, Any]]


@dataclass(frozen=True)
class Suggestion:
    """One suggested partner (the other is who asked), its score and the terms of the match, strongest first.

    ``in_places`` tells a visitor that a request has a fair chance: the exhibitor stands on no more such lists than its
    quota bears. Others are worth a look all the same.
    """

    visitor: Visitor
    exhibitor: Exhibitor
    score: float
    terms: tuple[Term, ...]
    in_places: bool = True


def current_run(edition: Edition) -> MatchingRun | None:
    """The run whose suggestions are shown."""
    return MatchingRun.objects.filter(edition=edition, current=True).first()


def suggestions_for(visitor: Visitor, *, limit: int = 20) -> list[Suggestion]:
    """The exhibitors suggested to a visitor, places first, without those declined since; explained.

    Who has no list of the current run, as a newcomer, gets one made at the run's prices. A constant number of
    queries, whatever the number of suggestions.
    """
    found = VisitorSuggestions.objects.filter(visitor=visitor, run__current=True).first()
    if found is None:
        return _made_now(visitor, limit)
    declined = _said_no("exhibitor", visitor=visitor)
    listed = [(pk, score) for pk, score in zip(found.exhibitors, found.scores, strict=True) if pk not in declined]
    market = load_market(visitor.edition, visitors=[visitor.pk], exhibitors=[pk for pk, _ in listed[:limit]])
    return _to_visitor(visitor, listed[:limit], market, found.exhibitors[: found.places])


def suggestions_to(exhibitor: Exhibitor, *, limit: int = 100) -> list[Suggestion]:
    """The visitors suggested to an exhibitor, best first, without those declined since; explained."""
    found = ExhibitorSuggestions.objects.filter(exhibitor=exhibitor, run__current=True).first()
    if found is None:
        return []
    declined = _said_no("visitor", exhibitor=exhibitor)
    listed = [(pk, score) for pk, score in zip(found.visitors, found.scores, strict=True) if pk not in declined]
    visitors = Visitor.objects.select_related("unit__organisation", "country").in_bulk([pk for pk, _ in listed[:limit]])
    why = _explain(load_market(exhibitor.edition, visitors=list(visitors), exhibitors=[exhibitor.pk]), [exhibitor.pk])
    return [
        Suggestion(visitors[pk], exhibitor, score, why.get((pk, exhibitor.pk), ()))
        for pk, score in listed[:limit]
        if pk in visitors
    ]


def favourites_of(visitor: Visitor) -> set[int]:
    """The keys of the exhibitors that a visitor made its favourites."""
    marks = Mark.objects.filter(visitor=visitor, by_exhibitor=False, kind=Mark.Kind.FAVOURITE)
    return set(marks.values_list("exhibitor", flat=True))


def favourites_among_visitors(exhibitor: Exhibitor) -> set[int]:
    """The keys of the visitors that an exhibitor made its favourites."""
    marks = Mark.objects.filter(exhibitor=exhibitor, by_exhibitor=True, kind=Mark.Kind.FAVOURITE)
    return set(marks.values_list("visitor", flat=True))


def _said_no(other: str, **one: Visitor | Exhibitor) -> set[int]:
    """Whom one side declined or hid, or who declined or hid it, since the run; in one query."""
    declined = Decline.objects.filter(**one).values_list(other)
    return {pk for (pk,) in declined.union(Mark.objects.filter(kind=Mark.Kind.HIDDEN, **one).values_list(other))}


def visitor_suggested_to(exhibitor: Exhibitor, pk: int) -> Visitor | None:
    """The visitor with that key when it is in the exhibitor's list, else none: others are not shown to it."""
    suggested = ExhibitorSuggestions.objects.filter(exhibitor=exhibitor, run__current=True, visitors__contains=[pk])
    return Visitor.objects.filter(pk=pk).first() if suggested.exists() else None


def _made_now(visitor: Visitor, limit: int) -> list[Suggestion]:
    """The list of a visitor for whom the current run made none, at the prices of attention that the run left."""
    run = current_run(visitor.edition)
    if run is None:
        return []
    market = load_market(visitor.edition, visitors=[visitor.pk])
    if not len(market.visitors):
        return []
    prices = dict(ExhibitorSuggestions.objects.filter(run=run).values_list("exhibitor", "price"))
    problem = market.problem
    rows, scores = rank_one(
        problem.visitor_wants[0],
        problem.visitor_offers[0],
        problem.exhibitor_offers,
        problem.exhibitor_wants,
        np.array([prices.get(pk, 0.0) for pk in market.exhibitors.tolist()], np.float32),
        hidden=problem.hidden[:, 1].tolist(),
        length=limit,
    )
    listed = list(zip(market.exhibitors[rows].tolist(), scores.tolist(), strict=True))
    return _to_visitor(visitor, listed, market, [])


def _to_visitor(
    visitor: Visitor, listed: list[tuple[int, float]], market: Market, places: list[int]
) -> list[Suggestion]:
    shown = ("organisation", "origin", "area", "sector", "occupancy__stand")
    exhibitors = Exhibitor.objects.select_related(*shown).in_bulk([pk for pk, _ in listed])
    why = _explain(market, list(exhibitors))
    return [
        Suggestion(visitor, exhibitors[pk], score, why.get((visitor.pk, pk), ()), pk in places)
        for pk, score in listed
        if pk in exhibitors
    ]


def _explain(market: Market, exhibitors: list[int]) -> dict[tuple[int, int], tuple[Term, ...]]:
    """The terms of every visitor of the market with each of ``exhibitors``, by their ids, from the market's factors."""
    names, shown, alike = _names(market), _shown(exhibitors), _Alike(market, exhibitors)
    rows, there = rows_of(market.exhibitors, np.array(exhibitors, np.int64))
    return {
        (int(visitor), int(market.exhibitors[e])): tuple(_terms(market, v, int(e), names, shown, alike))
        for v, visitor in enumerate(market.visitors)
        for e in rows[there]
    }


def _terms(market: Market, visitor: int, exhibitor: int, names: Names, shown: Shown, alike: _Alike) -> Iterator[Term]:
    problem, columns = market.problem, market.columns
    points = np.concatenate(
        [
            problem.visitor_wants[visitor] * problem.exhibitor_offers[exhibitor],
            problem.exhibitor_wants[exhibitor] * problem.visitor_offers[visitor],
        ]
    )
    kinds = columns.wanted_by_visitor + columns.wanted_by_exhibitor
    # The columns of texts are one term; its points stand in the first of them.
    texts = slice(market.texts.start, problem.visitor_wants.shape[1])
    if texts.start < texts.stop:
        points[texts.start], points[texts.start + 1 : texts.stop] = points[texts].sum(), 0
    for column in np.argsort(-points, kind="stable"):
        kind, key = kinds[column]
        if kind == "text":
            yield from alike.term(visitor, exhibitor, float(points[column]))
        elif points[column] > 0:
            product = shown.get((int(market.exhibitors[exhibitor]), key), {}) if kind == "heading" else {}
            yield Term(kind, float(points[column]), names(kind, key) | product)


class _Alike:
    """Finds what of both sides' own words is alike. Nothing is read before a pair has points for it."""

    def __init__(self, market: Market, exhibitors: list[int]) -> None:
        self.market, self.exhibitors = market, exhibitors

    def term(self, visitor: int, exhibitor: int, points: float) -> Iterator[Term]:
        """The term of a pair of rows, naming its two closest texts; none where no two are alike enough."""
        if points > 0 and (pair := closest(*self._texts(visitor, exhibitor), self._vectors)):
            mine, theirs = pair
            said = {"said_en": short_title(mine.en), "said_zh": short_title(mine.zh)}
            product = {"product_en": short_title(theirs.en), "product_zh": short_title(theirs.zh)}
            yield Term(f"text_{theirs.kind}", points, said | product)

    def _texts(self, visitor: int, exhibitor: int) -> tuple[list[Text], list[Text]]:
        unit = int(self.market.units[visitor])
        return self._needed.get(unit, []), self._shown.get(int(self.market.exhibitors[exhibitor]), [])

    @cached_property
    def _needed(self) -> Said:
        return units_texts(self.market.edition, np.unique(self.market.units).tolist())

    @cached_property
    def _shown(self) -> Said:
        return exhibitors_texts(self.market.edition, self.exhibitors)

    @cached_property
    def _vectors(self) -> dict[str, FloatArray]:
        return vectors_of(
            text.digest for side in (self._needed, self._shown) for texts in side.values() for text in texts
        )


def _shown(exhibitors: list[int]) -> Shown:
    """A product of every exhibitor and HS heading, debuts first: what a sentence names."""
    products = Product.objects.filter(exhibitor__in=exhibitors, hs__isnull=False)
    rows = products.order_by("debut__id", "id").values_list("exhibitor", "hs", "name_en", "name_zh")
    shown: Shown = {}
    for exhibitor, hs, english, chinese in rows:
        name = {"product_en": english or chinese, "product_zh": chinese or english}
        shown.setdefault((exhibitor, int(hs[:4])), name)
    return shown


def _names(market: Market) -> Names:
    """Looks up what a column's sentence names, all in three queries."""
    wanted = {_hs(kind, key) for kind, key in market.columns.wanted_by_visitor if kind in ("chapter", "heading")}
    # Where the data have no Chinese title of a heading, that of its chapter stands in.
    hs = HSCode.objects.in_bulk([*wanted, *(code[:2] for code in wanted)])
    found: dict[str, dict[Any, Any]] = {
        "sector": {sector.number: sector for sector in Sector.objects.all()},
        "region": {int(region.code): region for region in Region.objects.all()},
    }

    def names(kind: str, key: int) -> dict[str, Any]:
        if kind in ("chapter", "heading"):
            return _titles(_hs(kind, key), hs)
        named = found.get(kind, {}).get(key)
        return {"name_en": named.name_en, "name_zh": named.name_zh or named.name_en} if named else {}

    return names


def _titles(code: str, hs: dict[Any, HSCode]) -> dict[str, str]:
    lines = [hs[piece] for piece in (code, code[:2]) if piece in hs]
    english = short_title(lines[0].title_en) if lines else ""
    chinese = next((line.title_zh for line in lines if line.title_zh), "")
    return {"code": code, "name_en": english, "name_zh": short_title(chinese) or english}


def _hs(kind: str, key: int) -> str:
    return f"{key:02}" if kind == "chapter" else f"{key:04}"

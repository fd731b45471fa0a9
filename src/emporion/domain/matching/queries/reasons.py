"""Why a pair was suggested: the terms of its score and the exhibitor's products that made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from emporion.domain.catalogue.models import Product
from emporion.domain.matching.queries.alike import Alike
from emporion.domain.matching.queries.market import Market
from emporion.domain.matching.queries.numbers import rows_of
from emporion.domain.matching.rules import Term, short_title
from emporion.domain.matching.rules.reasons import REASONS
from emporion.domain.reason import Name, Reason
from emporion.domain.reference.models import HSCode, Region

Names = Callable[[str, int], dict[str, Any]]
Points = Mapping[tuple[str, int], float]
PRODUCTS = 2


class Exhibit(NamedTuple):
    """A product as suggestions name it; ``sectors`` are the numbers of its sector and of the one above."""

    pk: int
    name_en: str
    name_zh: str
    hs: str
    sectors: tuple[int | None, int | None]
    debut: bool


class Reasons(NamedTuple):
    """The terms of one pair, strongest first, and the products that led there, strongest first."""

    terms: tuple[Term, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


def explain(market: Market, exhibitors: Sequence[int]) -> dict[tuple[int, int], Reasons]:
    """The reasons of every visitor of the market with each of ``exhibitors``, by their ids, from the market's factors.

    In five queries, whatever the number of pairs, and in four more where texts are alike.
    """
    names, shown, alike = _names(market), _exhibits(exhibitors), Alike(market, exhibitors)
    rows, there = rows_of(market.exhibitors, np.array(exhibitors, np.int64))
    return {
        (int(visitor), int(market.exhibitors[e])): _reasons(market, (v, int(e)), names, shown, alike)
        for v, visitor in enumerate(market.visitors)
        for e in rows[there]
    }


def strongest_reasons(terms: Sequence[Term], *, to_exhibitor: bool = False, most: int = 3) -> list[Reason]:
    """The strongest reasons, none twice; a chapter is left out where a heading of it is among them."""
    headings = {term.data["code"][:2] for term in terms if term.code in ("heading", "code_heading")}
    saying = [term for term in terms if "chapter" not in term.code or term.data["code"] not in headings]
    return list(dict.fromkeys(term.reason(to_exhibitor=to_exhibitor) for term in saying))[:most]


def _reasons(
    market: Market, pair: tuple[int, int], names: Names, shown: dict[int, list[Exhibit]], alike: Alike
) -> Reasons:
    points = _points(market, *pair)
    exhibits = shown.get(int(market.exhibitors[pair[1]]), [])
    terms = tuple(_terms(points, names, exhibits, lambda added: alike.term(*pair, added)))
    worth = {one: _worth(one, points) for one in exhibits}
    # Sorting is stable: of equals debuts come first, then those entered first.
    led = sorted((one for one in exhibits if worth[one] > 0), key=lambda one: -worth[one])
    return Reasons(terms, tuple(led[:PRODUCTS]))


def _points(market: Market, visitor: int, exhibitor: int) -> Points:
    """What each kind of term and key adds to the pair's score; columns of one kind and key count together."""
    problem, columns = market.problem, market.columns
    of_visitor = problem.visitor_wants[visitor] * problem.exhibitor_offers[exhibitor]
    of_exhibitor = problem.exhibitor_wants[exhibitor] * problem.visitor_offers[visitor]
    points: dict[tuple[str, int], float] = defaultdict(float)
    for kinds, added in ((columns.wanted_by_visitor, of_visitor), (columns.wanted_by_exhibitor, of_exhibitor)):
        for column in np.flatnonzero(added):
            points[kinds[column]] += float(added[column])
    return points


def _terms(
    points: Points, names: Names, exhibits: Sequence[Exhibit], alike: Callable[[float], Iterator[Term]]
) -> Iterator[Term]:
    for (kind, key), added in sorted(points.items(), key=lambda one: -one[1]):
        if added > 0 and kind == "text":
            yield from alike(added)
        elif added > 0 and kind in REASONS:
            product = _named(exhibits, key) if kind == "heading" else {}
            yield Term(kind, added, names(kind, key) | product)


def _named(exhibits: Sequence[Exhibit], heading: int) -> dict[str, Name]:
    """The product that a sentence about a heading names."""
    for one in exhibits:
        if one.hs[:4] == f"{heading:04}":
            return {"product": Name(one.name_en, one.name_zh)}
    return {}


def _worth(one: Exhibit, points: Points) -> float:
    """The points that a product shares in."""
    keys: list[tuple[str, int]] = [("sector", number) for number in one.sectors if number]
    if one.hs:
        keys += [("chapter", int(one.hs[:2])), ("heading", int(one.hs[:4].ljust(4, "0")))]
    return sum(points.get(key, 0.0) for key in keys)


def _exhibits(exhibitors: Sequence[int]) -> dict[int, list[Exhibit]]:
    """The products of exhibitors by their ids, debuts first, then in the order of entry; one query."""
    products = Product.objects.filter(exhibitor__in=exhibitors).order_by("debut__id", "id")
    columns = ("name_en", "name_zh", "hs", "sector__number", "sector__parent__number", "debut__id")
    shown: dict[int, list[Exhibit]] = defaultdict(list)
    for exhibitor, pk, english, chinese, hs, sector, above, debut in products.values_list("exhibitor", "pk", *columns):
        one = Exhibit(pk, english, chinese, hs or "", (sector, above), debut is not None)
        shown[exhibitor].append(one)
    return shown


def _names(market: Market) -> Names:
    """Looks up what a column's sentence names, all in three queries."""
    wanted = {_hs(kind, key) for kind, key in market.columns.wanted_by_visitor if kind in ("chapter", "heading")}
    hs = HSCode.objects.in_bulk([*wanted, *(code[:2] for code in wanted)])
    found: dict[str, dict[Any, Any]] = {
        "sector": {sector.number: sector for sector in market.edition.fair.sectors.all()},
        "region": {int(region.code): region for region in Region.objects.all()},
    }

    def names(kind: str, key: int) -> dict[str, Any]:
        if kind in ("chapter", "heading"):
            return _titles(_hs(kind, key), hs)
        named = found.get(kind, {}).get(key)
        return {"name": Name(named.name_en, named.name_zh)} if named else {}

    return names


def _titles(code: str, hs: dict[Any, HSCode]) -> dict[str, Any]:
    """The titles of a code. Without a Chinese one, that of its chapter stands in and says so."""
    own, chapter = hs.get(code), hs.get(code[:2])
    english = next((short_title(line.title_en) for line in (own, chapter) if line), "")
    chinese = _chinese_title(own)
    if not chinese and (above := _chinese_title(chapter)):
        chinese = f"属第{code[:2]}章：{above}"
    return {"code": code, "name": Name(english, chinese)}


def _chinese_title(line: HSCode | None) -> str:
    return short_title(line.title_zh.split("；")[0]) if line else ""


def _hs(kind: str, key: int) -> str:
    return f"{key:02}" if kind == "chapter" else f"{key:04}"

"""What is asked of the catalogue: search, an exhibitor's products, how many there are of each kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import count as numbers_from
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Left

from emporion.domain.cache import Cache
from emporion.domain.catalogue.models import Debut, MarketEligibility, Product, ProductPicture
from emporion.domain.catalogue.rules import search_query
from emporion.domain.editions.models import Edition, Sector
from emporion.domain.editions.queries import within_sector
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.versions import public_version
from emporion.domain.reference.models import Country, HSCode

# A long description does not outweigh a short one: divide by 1 + log of the length.
BY_LENGTH = 1
# PostgreSQL's weights of D, C, B and A.
WEIGHTS = [0.1, 0.2, 0.4, 1.0]
RELATED = ("exhibitor__organisation", "exhibitor__occupancy__stand", "origin", "hs", "sector", "debut")


@dataclass(frozen=True)
class Filters:
    """What narrows a search: ISO code of the origin, sector's code (with its focus sectors), HS chapter (two digits),
    kind of debut (``any`` for every kind), kind of product, a key of ``MARKET``. Empty: no restriction."""

    country: str = ""
    sector: str = ""
    chapter: str = ""
    debut: str = ""
    kind: str = ""
    market: str = ""


# By what a row is grouped by: how an address names it, then its names in English and Chinese.
Names = dict[Any, tuple[str, str, str]]
# What the host's tariff can say of a product, as far as ``actions.standings`` keeps it.
MARKET = {
    "rcep": Q(free_under_rcep=True),
    "least-developed": Q(free_from_least_developed=True),
    "answered": Q(answered=True),
}


@dataclass(frozen=True)
class Page:
    """Some products, best first. ``next`` goes into ``after`` for the page that follows, empty on the last.

    ``loose`` is true when no product has all words and those with any of them are shown.
    """

    products: list[Product]
    next: str
    loose: bool


@dataclass(frozen=True)
class Places:
    """The keys of some products, best first, with ``next`` and ``loose`` as in ``Page``."""

    products: list[int]
    next: str
    loose: bool


class ReadyQuery(SearchQuery):
    """A ``tsquery`` in PostgreSQL's own notation, not parsed again: its parser does not know our Chinese pairs."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True)
class Facet:
    """A value to narrow by, its names and how many products have it."""

    value: str
    name_en: str
    name_zh: str
    count: int


@dataclass(frozen=True)
class Narrowing:
    """How many products were found: by facet and value, by key of ``MARKET`` (``-`` as ``_``), and in all."""

    facets: dict[str, list[Facet]]
    market: dict[str, int]
    count: int


def search(
    edition: Edition,
    text: str = "",
    *,
    country: str = "",
    sector: str = "",
    chapter: str = "",
    debut: str = "",
    kind: str = "",
    market: str = "",
    after: str = "",
    limit: int = 24,
) -> Page:
    """An edition's products that hold every word of ``text`` (any word where none holds all), best first.

    The order is that of the rank and then of the products' ids; ``after`` is the ``next`` of the page before. At most
    three database queries, whatever the number of products. Raises ValueError for an ``after`` that is none.
    """
    filters = Filters(country, sector, chapter, debut, kind, market)
    found = places(edition, text, filters, after=after, limit=limit)
    return Page(shown(found.products), found.next, found.loose)


def places(edition: Edition, text: str, filters: Filters, *, after: str = "", limit: int = 24) -> Places:
    """Which products :func:`search` finds, by their keys, without what is shown of them. Raises ValueError."""
    position, loose = _read_after(after)
    ranks = _ranks(_matching(edition, text, filters, every=not loose), text, position, limit, every=not loose)
    if not ranks and not after and search_query(text) != search_query(text, every=False):
        loose = True
        ranks = _ranks(_matching(edition, text, filters, every=False), text, None, limit, every=False)
    first = dict(list(ranks.items())[:limit])
    return Places(list(first), _write_after(first, loose) if len(ranks) > limit else "", loose)


def shown(keys: Sequence[int]) -> list[Product]:
    """Products with what a list shows of them, in the order of their keys given; one query."""
    found = Product.objects.select_related(*RELATED).defer("words").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def narrowing(edition: Edition, text: str = "", filters: Filters | None = None, *, loose: bool = False) -> Narrowing:
    """How many of the products found there are in all, by what they can be narrowed by, and by what a tariff says.

    Each facet is counted under the other filters, not under its own, so that another value can be chosen. ``loose`` is
    that of the page shown. One query, another for each filter that is chosen, and at most four for names.
    """
    chosen = filters or Filters()
    columns, market, count = _grouped(_matching(edition, text, chosen, every=not loose).order_by())
    for name in FACETS:
        if getattr(chosen, name):
            others = replace(chosen, **{name: ""})
            columns[name] = _grouped(_matching(edition, text, others, every=not loose).order_by())[0][name]
    if chosen.market:
        market = market_facet(edition, text, chosen, loose=loose)
    version = public_version(edition.pk)
    return Narrowing({name: _named(name, columns[name], version) for name in FACETS}, market, count)


def products_of(exhibitor: Exhibitor) -> QuerySet[Product]:
    """An exhibitor's products with what a page shows of them, in the order of their numbers."""
    return (
        Product.objects.filter(exhibitor=exhibitor)
        .select_related("origin", "hs", "sector", "debut")
        .defer("words")
        .order_by("number")
    )


def next_number(exhibitor: Exhibitor) -> str:
    """A number that none of the exhibitor's products has: the next after how many there are."""
    taken = set(Product.objects.filter(exhibitor=exhibitor).values_list("number", flat=True))
    return next(str(number) for number in numbers_from(len(taken) + 1) if str(number) not in taken)


def product(edition: Edition, pk: int) -> Product:
    """One product with what its page shows. Raises ``Product.DoesNotExist``."""
    return Product.objects.filter(edition=edition).select_related(*RELATED).get(pk=pk)


def pictures_of(product: Product) -> QuerySet[ProductPicture]:
    """The pictures of a product, the first one first."""
    return ProductPicture.objects.filter(product=product).select_related("product").order_by("id")


def debuts(edition: Edition) -> QuerySet[Product]:
    """The edition's products that are shown for the first time, with what a list shows of them."""
    return Product.objects.filter(edition=edition, debut__isnull=False).select_related(*RELATED)


def _matching(edition: Edition, text: str, filters: Filters, *, every: bool) -> QuerySet[Product]:
    found = Product.objects.filter(edition=edition)
    if query := search_query(text, every=every):
        found = found.filter(words=ReadyQuery(query))
    if filters.country:
        found = found.filter(origin=filters.country.upper())
    if filters.sector:
        found = found.filter(sector__in=within_sector(edition, filters.sector))
    if filters.chapter:
        found = found.filter(hs__code__startswith=filters.chapter)
    if filters.debut:
        found = found.filter(debut__isnull=False) if filters.debut == "any" else found.filter(debut__kind=filters.debut)
    if filters.market:
        found = found.filter(in_market(filters.market))
    return found.filter(kind=filters.kind) if filters.kind else found


def in_market(key: str) -> Q:
    """The products of which the host's tariff says this; none for a key that is not in ``MARKET``."""
    if key not in MARKET:
        return Q(pk__in=[])
    computed = MarketEligibility.objects.filter(
        MARKET[key], edition=OuterRef("edition"), hs=OuterRef("hs"), origin=OuterRef("origin")
    )
    return Q(Exists(computed))


def market_facet(
    edition: Edition, text: str = "", filters: Filters | None = None, *, loose: bool = False
) -> dict[str, int]:
    """How many of the products found, under the other filters, there are by key of ``MARKET``. One query."""
    found = _matching(edition, text, replace(filters or Filters(), market=""), every=not loose).order_by()
    return found.aggregate(**{key.replace("-", "_"): Count("id", filter=in_market(key)) for key in MARKET})


def without_eligibility(edition: Edition, version: str) -> list[tuple[str, str]]:
    """The codes and origins in the edition's catalogue of which no standing of a version is kept, in order."""
    computed = MarketEligibility.objects.filter(
        edition=OuterRef("edition"), hs=OuterRef("hs"), origin=OuterRef("origin"), version=version
    )
    classified = Product.objects.filter(edition=edition, hs__isnull=False, origin__isnull=False)
    pairs = classified.filter(~Exists(computed)).order_by("hs_id", "origin_id").values_list("hs_id", "origin_id")
    return list(pairs.distinct())


def _ranks(
    found: QuerySet[Product], text: str, after: tuple[float, int] | None, limit: int, *, every: bool
) -> dict[int, float]:
    """Ranks by the products' keys, best first; one more than ``limit``, so that the caller knows whether more follow.

    The order is found on ids and ranks alone; only the products of the page are joined with what is shown of them.
    """
    query = search_query(text, every=every)
    order = ("-rank", "id") if query else ("id",)
    places = _after(found.annotate(rank=_rank(query)), after, ranked=bool(query)).order_by(*order)
    return dict(places.values_list("id", "rank")[: limit + 1])


def _rank(query: str) -> Cast | Value:
    if not query:
        return Value(0.0, FloatField())
    rank = SearchRank(F("words"), ReadyQuery(query), weights=WEIGHTS, normalization=Value(BY_LENGTH))
    # Read as double precision, a rank comes back exactly and can be compared on the next page.
    return Cast(rank, FloatField())


def _after(found: QuerySet[Any], after: tuple[float, int] | None, *, ranked: bool) -> QuerySet[Any]:
    if after is None:
        return found
    rank, pk = after
    return found.filter(Q(rank__lt=rank) | Q(rank=rank, id__gt=pk)) if ranked else found.filter(id__gt=pk)


def _grouped(found: QuerySet[Product]) -> tuple[dict[str, dict[Any, int]], dict[str, int], int]:
    """Counts by facet and value, by key of ``MARKET``, and of all products; one query."""
    flags = {key.replace("-", "_"): in_market(key) for key in MARKET}
    rows = found.annotate(chapter=Left("hs_id", 2), debuted=F("debut__kind"), **flags)
    try:
        inner, params = rows.values("sector_id", "origin_id", "chapter", "debuted", *flags).query.sql_with_params()
    except EmptyResultSet:
        # A filter that nothing can pass needs no query.
        return {name: {} for name in FACETS}, dict.fromkeys(flags, 0), 0
    tallies = ", ".join(f"count(*) FILTER (WHERE {flag})" for flag in flags)
    columns: dict[str, dict[Any, int]] = {name: {} for name in FACETS}
    with connection.cursor() as cursor:
        cursor.execute(_GROUPED.format(tallies=tallies, found=inner), params)
        for row in cursor.fetchall():
            which, values, count = row[0], row[1:5], row[5]
            if which == _WHOLE:
                market, whole = dict(zip(flags, row[6:], strict=True)), count
            elif (value := values[_PLACES[which]]) is not None:
                columns[FACETS[_PLACES[which]]][value] = count
    return columns, market, whole


def _named(facet: str, counts: dict[Any, int], version: Hashable | None) -> list[Facet]:
    """A facet's values with their names, most products first."""
    names = _names.get(facet, version, _NAMES[facet])
    found = [Facet(*names[key], count) for key, count in counts.items() if key in names]
    return sorted(found, key=lambda one: (-one.count, one.value))


def _names_of_sectors() -> Names:
    return {one.pk: (one.code, one.name_en, one.name_zh) for one in Sector.objects.all()}


def _names_of_countries() -> Names:
    return {one.pk: (one.pk, one.name_en, one.name_zh) for one in Country.objects.all()}


def _names_of_chapters() -> Names:
    return {one.pk: (one.pk, one.title_en, one.title_zh) for one in HSCode.objects.filter(level=2)}


# The facets in the order of the columns they are grouped by, and what PostgreSQL's GROUPING says of each.
FACETS = ("sector", "country", "chapter", "debut")
_PLACES = {0b0111: 0, 0b1011: 1, 0b1101: 2, 0b1110: 3}
_WHOLE = 0b1111
_GROUPED = """
    SELECT GROUPING(sector_id, origin_id, chapter, debuted), sector_id, origin_id, chapter, debuted, count(*), {tallies}
    FROM ({found}) AS found
    GROUP BY GROUPING SETS ((sector_id), (origin_id), (chapter), (debuted), ())"""
_names: Cache[Names] = Cache("names of facets")
_NAMES: dict[str, Callable[[], Names]] = {
    "sector": _names_of_sectors,
    "country": _names_of_countries,
    "chapter": _names_of_chapters,
    "debut": lambda: {kind: (kind, str(label), "") for kind, label in Debut.Kind.choices},
}


def _read_after(after: str) -> tuple[tuple[float, int] | None, bool]:
    """The rank and id that a page follows, and whether it is one of the loose."""
    if not after:
        return None, False
    match after.split("~"):
        case [rank, pk, loose] if pk.isdigit() and loose in ("0", "1"):
            return (float(rank), int(pk)), loose == "1"
    raise ValueError(f"after: {after!r} is not the next of a page")


def _write_after(ranks: dict[int, float], loose: bool) -> str:
    last = list(ranks)[-1]
    return f"{ranks[last]!r}~{last}~{int(loose)}"

"""What is asked of the catalogue: search, an exhibitor's products, how many there are of each kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Left

from emporion.domain.catalogue.models import Debut, MarketStanding, Product
from emporion.domain.catalogue.rules import search_query
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reference.models import Country, HSCode, Sector

# A long description does not outweigh a short one: divide by 1 + log of the length.
BY_LENGTH = 1
# PostgreSQL's weights of D, C, B and A.
WEIGHTS = [0.1, 0.2, 0.4, 1.0]
SHOWN_WITH = ("exhibitor__organisation", "exhibitor__occupancy__stand", "origin", "hs", "sector", "debut")


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
    position, loose = _read_after(after)
    products = _page(_matching(edition, text, filters, every=not loose), text, position, limit, every=not loose)
    if not products and not after and search_query(text) != search_query(text, every=False):
        loose = True
        products = _page(_matching(edition, text, filters, every=False), text, None, limit, every=False)
    more = len(products) > limit
    products = products[:limit]
    return Page(products, _write_after(products[-1], loose) if more else "", loose)


def facets(
    edition: Edition, text: str = "", filters: Filters | None = None, *, loose: bool = False
) -> dict[str, list[Facet]]:
    """How many of the products found there are by ``sector``, ``country``, ``chapter`` and ``debut``, most first.

    Each is counted under the other filters, not under its own, so that another value can be chosen. ``loose`` is that
    of the page shown. At most seven queries.
    """
    chosen = filters or Filters()

    def found(**without: str) -> QuerySet[Product]:
        return _matching(edition, text, replace(chosen, **without), every=not loose).order_by()

    return {
        "sector": _count(found(sector="").filter(sector__isnull=False), F("sector_id"), Sector),
        "country": _count(found(country="").filter(origin__isnull=False), F("origin_id"), Country),
        "chapter": _count(found(chapter="").filter(hs__isnull=False), Left("hs_id", 2), HSCode),
        "debut": _count_debuts(found(debut="")),
    }


def products_of(exhibitor: Exhibitor) -> QuerySet[Product]:
    """An exhibitor's products with what a page shows of them, in the order of their numbers."""
    return (
        Product.objects.filter(exhibitor=exhibitor)
        .select_related("origin", "hs", "sector", "debut")
        .defer("words")
        .order_by("number")
    )


def product(edition: Edition, pk: int) -> Product:
    """One product with what its page shows. Raises ``Product.DoesNotExist``."""
    return Product.objects.filter(edition=edition).select_related(*SHOWN_WITH).get(pk=pk)


def debuts(edition: Edition) -> QuerySet[Product]:
    """The edition's products that are shown for the first time, with what a list shows of them."""
    return Product.objects.filter(edition=edition, debut__isnull=False).select_related(*SHOWN_WITH)


def _matching(edition: Edition, text: str, filters: Filters, *, every: bool) -> QuerySet[Product]:
    found = Product.objects.filter(edition=edition)
    if query := search_query(text, every=every):
        found = found.filter(words=ReadyQuery(query))
    if filters.country:
        found = found.filter(origin=filters.country.upper())
    if filters.sector:
        found = found.filter(Q(sector=filters.sector) | Q(sector__parent=filters.sector))
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
    kept = MarketStanding.objects.filter(
        MARKET[key], edition=OuterRef("edition"), hs=OuterRef("hs"), origin=OuterRef("origin")
    )
    return Q(Exists(kept))


def market_facet(
    edition: Edition, text: str = "", filters: Filters | None = None, *, loose: bool = False
) -> dict[str, int]:
    """How many of the products found, under the other filters, there are by key of ``MARKET``. One query."""
    found = _matching(edition, text, replace(filters or Filters(), market=""), every=not loose).order_by()
    return found.aggregate(**{key.replace("-", "_"): Count("id", filter=in_market(key)) for key in MARKET})


def unreckoned(edition: Edition, version: str) -> list[tuple[str, str]]:
    """The codes and origins in the edition's catalogue of which no standing of a version is kept, in order."""
    kept = MarketStanding.objects.filter(
        edition=OuterRef("edition"), hs=OuterRef("hs"), origin=OuterRef("origin"), version=version
    )
    told = Product.objects.filter(edition=edition, hs__isnull=False, origin__isnull=False)
    pairs = told.filter(~Exists(kept)).order_by("hs_id", "origin_id").values_list("hs_id", "origin_id")
    return list(pairs.distinct())


def _page(
    found: QuerySet[Product], text: str, after: tuple[float, int] | None, limit: int, *, every: bool
) -> list[Product]:
    """One more than ``limit``, so that the caller knows whether more follow.

    The order is found on ids and ranks alone; only the products of the page are joined with what is shown of them.
    """
    query = search_query(text, every=every)
    order = ("-rank", "id") if query else ("id",)
    places = _after(found.annotate(rank=_rank(query)), after, ranked=bool(query)).order_by(*order)
    ranks = dict(places.values_list("id", "rank")[: limit + 1])
    shown = Product.objects.select_related(*SHOWN_WITH).defer("words").in_bulk(ranks)
    for pk, rank in ranks.items():
        shown[pk].rank = rank  # type: ignore[attr-defined]
    return [shown[pk] for pk in ranks]


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


def _count(found: QuerySet[Product], value: F | Left, named: type[Sector | Country | HSCode]) -> list[Facet]:
    """Counts by ``value``; the names are looked up afterwards, since few values stand against many products."""
    rows = list(found.annotate(value=value).values_list("value").annotate(n=Count("*")).order_by("-n", "value"))
    names = {code: _names(one) for code, one in named.objects.in_bulk([code for code, _ in rows]).items()}
    return [Facet(code, *names[code], n) for code, n in rows if code in names]


def _names(one: Sector | Country | HSCode) -> tuple[str, str]:
    return (one.title_en, one.title_zh) if isinstance(one, HSCode) else (one.name_en, one.name_zh)


def _count_debuts(found: QuerySet[Product]) -> list[Facet]:
    counted = found.filter(debut__isnull=False).values_list("debut__kind").annotate(n=Count("id"))
    labels = dict(Debut.Kind.choices)
    return [Facet(kind, str(labels[kind]), "", n) for kind, n in counted.order_by("-n", "debut__kind")]


def _read_after(after: str) -> tuple[tuple[float, int] | None, bool]:
    """The rank and id that a page follows, and whether it is one of the loose."""
    if not after:
        return None, False
    match after.split("~"):
        case [rank, pk, loose] if pk.isdigit() and loose in ("0", "1"):
            return (float(rank), int(pk)), loose == "1"
    raise ValueError(f"after: {after!r} is not the next of a page")


def _write_after(last: Product, loose: bool) -> str:
    return f"{last.rank!r}~{last.pk}~{int(loose)}"  # type: ignore[attr-defined]

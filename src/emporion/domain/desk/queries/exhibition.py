"""The lists of what an edition shows and where: exhibitors, stands, halls, exhibition areas, products."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.queries import ReadyQuery
from emporion.domain.catalogue.rules import search_query
from emporion.domain.desk.queries.queues import NOTHING, Condition, Order, Queue, equal, one_of
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.name_terms import found_by


def _exhibitors(edition: Edition) -> QuerySet[Exhibitor]:
    joined = Exhibitor.objects.select_related("organisation__country", "origin", "area", "pavilion", "application")
    joined = joined.select_related("main__organisation", "occupancy__stand__hall", "edition__fair", "edition__venue")
    placed = When(occupancy__isnull=False, then=Value("placed"))
    return joined.filter(edition=edition).annotate(state=Case(placed, default=Value("unplaced")))


def _exhibitors_found(text: str) -> QuerySet[Exhibitor, Any]:
    """By the organisation's name, or by the contract's number."""
    number = Exhibitor.objects.filter(number__iexact=text.strip())
    named = Exhibitor.objects.filter(found_by("organisation__found_by", text))
    return named.order_by().values("pk").union(number.order_by().values("pk"))


def _stands(edition: Edition) -> QuerySet[Stand]:
    held = Exists(Occupancy.objects.filter(stand=OuterRef("pk")))
    found = Stand.objects.select_related("hall", "area", "pavilion", "edition__fair").filter(edition=edition)
    shown = found.prefetch_related("occupancies__exhibitor__organisation")
    return shown.annotate(state=Case(When(held, then=Value("occupied")), default=Value("vacant")))


def _stands_found(text: str) -> QuerySet[Stand, Any]:
    """By its number or the end of it, or by who shows on it."""
    number = Q(number__iendswith=text.strip()) | Q(number__istartswith=text.strip())
    named = Stand.objects.filter(found_by("occupancies__exhibitor__organisation__found_by", text))
    return named.order_by().values("pk").union(Stand.objects.filter(number).order_by().values("pk"))


def _halls(edition: Edition) -> QuerySet[Hall]:
    found = Hall.objects.filter(edition=edition).select_related("edition__fair").prefetch_related("areas")
    counted = found.annotate(stand_count=_count_of(Stand, "hall"))
    return counted.annotate(state=Case(When(indoor=True, then=Value("indoor")), default=Value("outdoor")))


def _areas(edition: Edition) -> QuerySet[ExhibitionArea]:
    found = ExhibitionArea.objects.filter(edition=edition).select_related("sector", "edition__fair")
    counted = found.annotate(exhibitor_count=_count_of(Exhibitor, "area"), stand_count=_count_of(Stand, "area"))
    return counted.prefetch_related("halls").annotate(state=F("scope"))


def _products(edition: Edition) -> QuerySet[Product]:
    found = Product.objects.select_related("exhibitor__organisation", "exhibitor__edition__fair", "hs", "origin")
    return found.select_related("debut", "sector").defer("words").filter(edition=edition).annotate(state=F("kind"))


def _products_found(_edition: Edition, text: str) -> Q:
    """By words of the product, or by its exhibitor."""
    query = search_query(text)
    words = Q(words=ReadyQuery(Value(query))) if query else NOTHING
    shown_by = Exhibitor.objects.filter(found_by("organisation__found_by", text)).order_by()
    return words | Q(exhibitor__in=shown_by.values("pk"))


def _count_of(model: type[Model], way: str) -> Coalesce:
    """How many records of a model belong to the one that is listed."""
    own = model._default_manager.filter(**{way: OuterRef("pk")}).order_by().values(way)
    return Coalesce(Subquery(own.annotate(count=Count("pk")).values("count")), 0)


def _named(*fields: str) -> Condition:
    def condition(_edition: Edition, text: str) -> Q:
        found = Q()
        for one in fields:
            found |= Q(**{f"{one}__icontains": text.strip()})
        return found

    return condition


BY_NAME = Order("organisation__name")
EXHIBITORS = Queue(
    "exhibitors",
    _exhibitors,
    {
        "q": lambda _edition, text: Q(pk__in=_exhibitors_found(text)),
        "area": equal("area__code"),
        "areas": lambda _edition, codes: Q(area__code__in=codes.split(",")),
        "country": equal("origin"),
        "pavilion": equal("pavilion__code"),
        "shows": one_of({
            "main": Q(main=None), "co": Q(main__isnull=False), "free": Q(free_booth__isnull=False),
            "asked": Q(application__requests_free_booth=True, free_booth=None),
            "nothing": Q(products=None), "silent": Q(organisation__about_en="", organisation__about_zh=""),
        }),
    },
    {"number": Order("number"), "name": BY_NAME, "latest": Order("pk", descending=True)},
)  # fmt: skip
STANDS = Queue(
    "stands",
    _stands,
    {
        "q": lambda _edition, text: Q(pk__in=_stands_found(text)),
        "hall": equal("hall__code"),
        "area": equal("area__code"),
        "kind": equal("kind"),
        "held": one_of({
            "locked": Q(locked=True), "loose": Q(locked=False), "free": Q(free=True),
            "pavilion": Q(pavilion__isnull=False),
        }),
    },
    {"number": Order("number"), "area": Order("area_m2", descending=True)},
)  # fmt: skip
HALLS = Queue("halls", _halls, {"q": _named("code")}, {"number": Order("code")})
AREAS = Queue("areas", _areas, {"q": _named("name_en", "name_zh", "code")}, {"number": Order("number")})
PRODUCTS = Queue(
    "products",
    _products,
    {
        "q": _products_found,
        "area": equal("exhibitor__area__code"),
        "areas": lambda _edition, codes: Q(exhibitor__area__code__in=codes.split(",")),
        "country": equal("origin"),
        "debut": one_of({
            "any": Q(debut__isnull=False), "none": Q(debut=None),
            **{kind: Q(debut__kind=kind) for kind in ("world", "asia", "host")},
        }),
        "lacks": one_of({
            "hs": Q(hs=None), "english": Q(name_en=""), "chinese": Q(name_zh=""), "about": Q(about_en="", about_zh=""),
        }),
    },
    {"latest": Order("pk", descending=True), "waiting": Order("pk"), "name": Order("name_en")},
)  # fmt: skip
QUEUES = (EXHIBITORS, STANDS, HALLS, AREAS, PRODUCTS)

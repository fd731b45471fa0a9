"""Search in the catalogue, and the page of one product."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.rules import search_query
from emporion.domain.editions.models import Edition
from emporion.domain.reference import queries as reference
from emporion.web.market import panel
from emporion.web.shell import access
from emporion.web.shell.cache import kept, last_deed
from emporion.web.shell.labels import DEBUTS, PRODUCT_KINDS
from emporion.web.shell.respond import is_part, page

FILTERS = ("country", "sector", "chapter", "debut", "kind", "market")


def products(request: HttpRequest) -> HttpResponse:
    """Products of the current edition that hold the words searched for, filtered."""
    edition = access.public_edition(request)
    text, filters = read(request.GET)
    after = request.GET.get("after", "")
    market = panel.standings(edition)
    context: dict[str, Any] = {"q": text, "filters": filters, "found": found(edition, text, filters, after)}
    if is_part(request) and after:
        return page(request, "catalogue/parts/product_rows.html", edition, context)
    context.update(narrowing(edition, text, filters, context["found"].loose))
    context["chosen"] = sum(bool(value) for value in asdict(filters).values())
    context["market"] = market
    context["labels"] = {"debut": DEBUTS, "kind": PRODUCT_KINDS}
    template = "catalogue/parts/product_listing.html" if is_part(request) else "catalogue/products.html"
    return page(request, template, edition, context)


def product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product with its place in the Harmonized System, its exhibitor and stand."""
    edition = access.public_edition(request)
    shown = access.public_product(edition, pk)
    context = {
        "product": shown,
        "hs_path": reference.hs_path(shown.hs_id or ""),
        "more": list(catalogue.products_of(shown.exhibitor).exclude(pk=pk)[:6]),
        "debuts": DEBUTS,
        "kinds": PRODUCT_KINDS,
        "market": panel.panel(edition, shown),
    }
    return page(request, "catalogue/product.html", edition, context)


def read(query: QueryDict) -> tuple[str, catalogue.Filters]:
    """The words and the filters of a search as the address gives them. PostgreSQL holds no NUL in text."""

    def value(name: str) -> str:
        return query.get(name, "").replace("\0", "").strip()[:100]

    return value("q"), catalogue.Filters(**{name: value(name) for name in FILTERS})


def found(edition: Edition, text: str, filters: catalogue.Filters, after: str) -> catalogue.Page:
    """A page of the products found."""
    try:
        return catalogue.search(edition, text, **asdict(filters), after=after)
    except ValueError:
        raise Http404(_("This address names no page of the list. Go back to the start of the search.")) from None


def narrowing(edition: Edition, text: str, filters: catalogue.Filters, loose: bool) -> dict[str, Any]:
    """How many products were found, and how many there are of each value to narrow them by."""

    def make() -> dict[str, Any]:
        facets = catalogue.facets(edition, text, filters, loose=loose)
        entering = catalogue.market_facet(edition, text, filters, loose=loose)
        return {"facets": facets, "market_counts": entering, "count": count(edition, text, filters, loose)}

    asked = json.dumps([edition.pk, text, asdict(filters), loose])
    return kept("products-" + hashlib.sha256(asked.encode()).hexdigest(), last_deed(), make)


def count(edition: Edition, text: str, filters: catalogue.Filters, loose: bool) -> int:
    """How many products were found in all."""
    found = Product.objects.filter(edition=edition)
    if words := search_query(text, every=not loose):
        found = found.filter(words=catalogue.ReadyQuery(words))
    if filters.sector:
        found = found.filter(Q(sector=filters.sector) | Q(sector__parent=filters.sector))
    if filters.debut:
        found = found.filter(**({"debut__isnull": False} if filters.debut == "any" else {"debut__kind": filters.debut}))
    if filters.market:
        found = found.filter(catalogue.in_market(filters.market))
    exact = {"origin": filters.country.upper(), "hs__code__startswith": filters.chapter, "kind": filters.kind}
    return found.filter(**{name: value for name, value in exact.items() if value}).count()

"""Search in the catalogue, and the page of one product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.cache import Cache
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Product
from emporion.domain.editions.models import Edition
from emporion.domain.journal.versions import public_version
from emporion.domain.reference import queries as reference
from emporion.web.market import panel
from emporion.web.shell import access
from emporion.web.shell.files import sent
from emporion.web.shell.labels import DEBUTS, PRODUCT_KINDS
from emporion.web.shell.options import options_of
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import is_part, page
from emporion.web.shell.row_cache import RowCache
from emporion.web.shell.templatetags.fair import figure, words


def _in_rows(keys: Sequence[int]) -> dict[int, Product]:
    return {one.pk: one for one in catalogue.shown(keys)}


_rows = RowCache("catalogue/parts/product_row.html", _in_rows)
# What a search over everything shows of a product.
cards = RowCache("catalogue/parts/product_card.html", _in_rows)
_narrowings: Cache[dict[str, Any]] = Cache("narrowings of searches", most=256)
FILTERS = ("country", "sector", "chapter", "debut", "kind", "market")


@cached_page(*FILTERS)
def products(request: HttpRequest) -> HttpResponse:
    """Products of the current edition that hold the words searched for, filtered."""
    edition = access.public_edition(request)
    text, filters = read(request.GET)
    after = request.GET.get("after", "")
    market = panel.standings(edition)
    found = places(edition, text, filters, after)
    context: dict[str, Any] = {"q": text, "filters": filters, "found": found}
    context["rows"] = _rows.render(request, edition, found.products)
    if is_part(request) and after:
        return page(request, "catalogue/parts/product_rows.html", edition, context)
    context.update(narrowing(edition, text, filters, found.loose))
    context["chosen"] = sum(bool(value) for value in asdict(filters).values())
    context["market"] = market
    context["labels"] = {"kind": PRODUCT_KINDS}
    template = "catalogue/parts/product_listing.html" if is_part(request) else "catalogue/products.html"
    return page(request, template, edition, context)


@cached_page()
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
        "pictures": catalogue.pictures_of(shown),
    }
    return page(request, "catalogue/product.html", edition, context)


def product_picture(request: HttpRequest, pk: int, picture: int) -> HttpResponseBase:
    """A picture of a product."""
    shown = access.public_product(access.public_edition(request), pk)
    found = catalogue.pictures_of(shown).filter(pk=picture).first()
    if found is None:
        raise Http404
    return sent(found, inline=True, public=True)


def read(query: QueryDict) -> tuple[str, catalogue.Filters]:
    """The words and the filters of a search as the address gives them. PostgreSQL holds no NUL in text."""

    def value(name: str) -> str:
        return query.get(name, "").strip()[:100]

    return value("q"), catalogue.Filters(**{name: value(name) for name in FILTERS})


def places(edition: Edition, text: str, filters: catalogue.Filters, after: str) -> catalogue.Places:
    """A page of the products found."""
    try:
        return catalogue.places(edition, text, filters, after=after)
    except ValueError:
        raise Http404(_("This address names no page of the list. Go back to the start of the search.")) from None


def narrowing(edition: Edition, text: str, filters: catalogue.Filters, loose: bool) -> dict[str, Any]:
    """How many products were found, and the options by which they can be narrowed in the reader's language."""

    def make() -> dict[str, Any]:
        found = catalogue.narrowing(edition, text, filters, loose=loose)
        facets = {
            name: options_of((one.value, label(name, one)) for one in found.facets[name]) for name in found.facets
        }
        return {"facets": facets, "market_counts": found.market, "count": found.count}

    key = (edition.pk, text, filters, loose, get_language())
    return _narrowings.get(key, public_version(edition.pk), make)


def label(facet: str, one: catalogue.Facet) -> str:
    """How an option tells of a facet's value: its name and how many products have it."""
    name = str(DEBUTS.get(one.value, one.value)) if facet == "debut" else words(one)
    if facet == "chapter":
        name = f"{one.value} {Truncator(name).chars(60)}"
    return f"{name} ({figure(one.count)})"

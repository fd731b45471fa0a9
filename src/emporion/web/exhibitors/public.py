"""The list of exhibitors and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import boxes_in, neighbours_of, stand_of
from emporion.domain.cache import Cache
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.queries.exhibitors import (
    ExhibitorCounts,
    ExhibitorFilters,
    count_exhibitors,
    exhibitor_choices,
    exhibitor_rows,
    exhibitors_matching,
)
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.queries import Attendance, attendance_of
from emporion.domain.journal.versions import public_version
from emporion.web.booths import plan
from emporion.web.matching.reactions import pair_for_reader
from emporion.web.shell import access
from emporion.web.shell.labels import DEBUTS
from emporion.web.shell.options import options_of
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.paging import Rows, page_after
from emporion.web.shell.respond import is_part, page, private_page
from emporion.web.shell.row_cache import RowCache
from emporion.web.shell.templatetags.fair import words

MAX_PRODUCTS = 60
_choices: Cache[dict[str, SafeString]] = Cache("choices of exhibitors")
_counts: Cache[ExhibitorCounts] = Cache("counts of exhibitors", most=256)
_rows = RowCache("exhibitors/parts/exhibitor_row.html", exhibitor_rows)
# What a search over everything shows of an exhibitor.
lines = RowCache("exhibitors/parts/exhibitor_line.html", exhibitor_rows)


@cached_page("area", "country", "sector", "pavilion", "ldc", "debut")
def exhibitors(request: HttpRequest) -> HttpResponse:
    """The exhibitors of the current edition, by name, filtered."""
    edition = access.public_edition(request)
    filters = read(request.GET)
    found = exhibitors_matching(edition, filters)
    after = request.GET.get("after", "")
    places = page_after(found.only("pk"), after, "organisation__name")
    rows = _rows.render(request, edition, [one.pk for one in places.rows])
    context: dict[str, Any] = {"filters": filters, "rows": Rows(rows, places.after)}
    if is_part(request) and after:
        return page(request, "exhibitors/parts/exhibitor_rows.html", edition, context)
    version = public_version(edition.pk)
    context["count"] = _counts.get((edition.pk, filters), version, lambda: count_exhibitors(found))
    context["choices"] = _choices.get((edition.pk, get_language()), version, lambda: choices(edition))
    template = "exhibitors/parts/exhibitor_listing.html" if is_part(request) else "exhibitors/exhibitors.html"
    return page(request, template, edition, context)


@cached_page()
def exhibitor(request: HttpRequest, number: str) -> HttpResponse:
    """One exhibitor: about it, its products, its stand, the editions it came to."""
    edition = access.public_edition(request)
    shown = access.public_exhibitor(edition, number)
    products = list(catalogue.products_of(shown)[: MAX_PRODUCTS + 1])
    stand = stand_of(shown)
    editions = attendance_of(shown.organisation, edition)
    context = {
        "exhibitor": shown,
        "products": products[:MAX_PRODUCTS],
        "more_products": len(products) > MAX_PRODUCTS,
        "stand": stand,
        "plan": locator(stand),
        "attendance": attendance(editions),
        "editions": editions,
        "debuts": DEBUTS,
        "co_exhibitors": list(shown.co_exhibitors.select_related("organisation", "origin").order_by("number")),
        "neighbours": neighbours_of(shown, stand) if stand else [],
    }
    if pair := pair_for_reader(request, shown):
        return private_page(request, "exhibitors/exhibitor.html", edition, {**context, "pair": pair})
    return page(request, "exhibitors/exhibitor.html", edition, context)


def read(query: QueryDict) -> ExhibitorFilters:
    """The filters that an address names."""

    def text(name: str) -> str:
        # PostgreSQL holds no NUL in text.
        return query.get(name, "").strip()[:100]

    return ExhibitorFilters(
        q=text("q"),
        area=text("area"),
        country=text("country"),
        sector=text("sector"),
        pavilion=text("pavilion"),
        ldc=bool(text("ldc")),
        debut=bool(text("debut")),
    )


def choices(edition: Edition) -> dict[str, SafeString]:
    """The options of the filters in the reader's language: only what some exhibitor of the edition has."""
    found = exhibitor_choices(edition)
    return {
        "areas": options_of((area.code, words(area)) for area in found.areas),
        "countries": options_of((country.pk, words(country)) for country in found.countries),
        "sectors": options_of((sector.code, words(sector)) for sector in found.sectors),
        "pavilions": options_of((pavilion.code, words(pavilion)) for pavilion in found.pavilions),
    }


def attendance(editions: list[Attendance]) -> str:
    """In how many editions it exhibited, in a sentence."""
    came, held = sum(mark.came for mark in editions), len(editions)
    if came == held > 1:
        return _("Exhibited in all %(held)d editions.") % {"held": held}
    if came == 1 and editions[-1].came:
        return _("Exhibits for the first time.")
    return _("Exhibited in %(came)d of %(held)d editions.") % {"came": came, "held": held}


def locator(stand: Stand | None) -> plan.Locator | None:
    """A small plan of the stand's hall, when there is a stand."""
    if stand is None:
        return None
    return plan.locate(stand.hall, stand, boxes_in(stand.hall))

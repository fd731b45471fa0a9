"""The list of exhibitors and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.booths.models import Stand
from emporion.domain.booths.queries import stand_of
from emporion.domain.cache import Cache
from emporion.domain.catalogue import queries as catalogue
from emporion.domain.catalogue.models import Debut
from emporion.domain.editions.models import Edition, ExhibitionArea
from emporion.domain.exhibitors.models import Exhibitor, Pavilion
from emporion.domain.journal.versions import public_version
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.reference.models import Country, Sector
from emporion.domain.reference.queries import least_developed_countries
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
_counts: Cache[dict[str, int]] = Cache("counts of exhibitors", most=256)
# What a row of the list shows of the exhibitor itself and of its organisation.
LISTED_FIELDS = (
    "number", "main_id", "origin_id", "area_id", "sector_id", "organisation__name", "organisation__name_zh",
)  # fmt: skip


def _in_rows(keys: Sequence[int]) -> dict[int, Exhibitor]:
    return {one.pk: one for one in listed(Exhibitor.objects.filter(pk__in=keys))}


_rows = RowCache("exhibitors/parts/exhibitor_row.html", _in_rows)
# What a search over everything shows of an exhibitor.
lines = RowCache("exhibitors/parts/exhibitor_line.html", _in_rows)


@dataclass(frozen=True)
class Filters:
    """What narrows the list of exhibitors; empty does not narrow."""

    q: str = ""
    area: str = ""
    country: str = ""
    sector: str = ""
    pavilion: str = ""
    ldc: str = ""
    debut: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        # PostgreSQL holds no NUL in text.
        return cls(**{f.name: query.get(f.name, "").replace("\0", "").strip()[:100] for f in fields(cls)})

    @property
    def chosen(self) -> int:
        """How many filters beside the text narrow the list."""
        return sum(bool(getattr(self, f.name)) for f in fields(self)) - bool(self.q)


@cached_page("area", "country", "sector", "pavilion", "ldc", "debut")
def exhibitors(request: HttpRequest) -> HttpResponse:
    """The exhibitors of the current edition, by name, filtered."""
    edition = access.public_edition(request)
    filters = Filters.read(request.GET)
    found = matching(edition, filters)
    after = request.GET.get("after", "")
    places = page_after(found.only("pk"), after, "organisation__name")
    rows = _rows.render(request, edition, [one.pk for one in places.rows])
    context: dict[str, Any] = {"filters": filters, "rows": Rows(rows, places.after)}
    if is_part(request) and after:
        return page(request, "exhibitors/parts/exhibitor_rows.html", edition, context)
    version = public_version(edition.pk)
    context["count"] = _counts.get((edition.pk, filters), version, lambda: count(found))
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
    editions = editions_of(shown.organisation, edition)
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
        "neighbours": on_the_same_stand(shown, stand),
    }
    if pair := pair_for_reader(request, shown):
        return private_page(request, "exhibitors/exhibitor.html", edition, {**context, "pair": pair})
    return page(request, "exhibitors/exhibitor.html", edition, context)


def matching(edition: Edition, filters: Filters) -> QuerySet[Exhibitor]:
    """The edition's exhibitors that the filters leave."""
    found = Exhibitor.objects.filter(edition=edition)
    if filters.q:
        text = Q(organisation__name__icontains=filters.q) | Q(organisation__name_zh__icontains=filters.q)
        found = found.filter(text | Q(number=filters.q))
    for name, lookup in (("area", "area__code"), ("country", "origin"), ("pavilion", "pavilion__code")):
        if value := getattr(filters, name):
            found = found.filter(**{lookup: value})
    if filters.sector:
        found = found.filter(Q(sector=filters.sector) | Q(sector__parent=filters.sector))
    if filters.ldc:
        found = found.filter(origin__in=least_developed_countries(edition.first_day))
    return found.filter(_shows_debut()) if filters.debut else found


def listed(found: QuerySet[Exhibitor]) -> QuerySet[Exhibitor]:
    """Exhibitors with what a row of the list shows."""
    rows = found.select_related("organisation").only(*LISTED_FIELDS).annotate(shows_debut=_shows_debut())
    # Fetched apart: PostgreSQL takes longer to plan one join of eight tables than to answer these.
    return rows.prefetch_related("origin", "area", "sector", "occupancy__stand__hall")


def count(found: QuerySet[Exhibitor]) -> dict[str, int]:
    """How many exhibitors were found: all, by contract, and co-exhibitors apart."""
    contract = Q(main=None)
    return found.aggregate(all=Count("pk"), contracts=Count("pk", filter=contract), co=Count("pk", filter=~contract))


def choices(edition: Edition) -> dict[str, SafeString]:
    """The options of the filters in the reader's language: only what some exhibitor of the edition has."""
    there = Exhibitor.objects.filter(edition=edition)
    areas = ExhibitionArea.objects.filter(edition=edition)
    countries = Country.objects.filter(pk__in=there.values("origin")).order_by("name_en")
    sectors = Sector.objects.filter(pk__in=there.values("sector"), focus=True)
    pavilions = Pavilion.objects.filter(edition=edition).order_by("name_en")
    return {
        "areas": options_of((area.code, words(area)) for area in areas),
        "countries": options_of((country.pk, words(country)) for country in countries),
        "sectors": options_of((sector.pk, words(sector)) for sector in sectors),
        "pavilions": options_of((pavilion.code, words(pavilion)) for pavilion in pavilions),
    }


def editions_of(organisation: Organisation, edition: Edition) -> list[dict[str, Any]]:
    """Every edition up to this one, and whether the organisation exhibited in it."""
    earlier = EarlierParticipation.objects.filter(organisation=organisation).values("edition")
    came = Exhibitor.objects.filter(organisation=organisation).values("edition").union(earlier)
    attended = {row["edition"] for row in came}
    numbers = Edition.objects.filter(fair=edition.fair_id, number__lte=edition.number).annotate(
        year=F("first_day__year")
    )
    return [{"number": e.number, "year": e.year, "came": e.pk in attended} for e in numbers]


def attendance(editions: list[dict[str, Any]]) -> str:
    """In how many editions it exhibited, in a sentence."""
    came, held = sum(mark["came"] for mark in editions), len(editions)
    if came == held > 1:
        return _("Exhibited in all %(held)d editions.") % {"held": held}
    if came == 1 and editions[-1]["came"]:
        return _("Exhibits for the first time.")
    return _("Exhibited in %(came)d of %(held)d editions.") % {"came": came, "held": held}


def locator(stand: Any) -> plan.Locator | None:
    """A small plan of the stand's hall, when there is a stand."""
    if stand is None:
        return None
    boxes = Stand.objects.filter(hall=stand.hall_id).values_list("x", "y", "width", "depth")
    return plan.locate(stand.hall, stand, boxes)


def on_the_same_stand(shown: Exhibitor, stand: Any) -> list[Exhibitor]:
    """The others on a joint stand that are no co-exhibitors of this one."""
    if stand is None:
        return []
    others = Exhibitor.objects.filter(occupancy__stand=stand).exclude(pk=shown.pk).exclude(main=shown)
    return list(others.select_related("organisation", "origin").order_by("number"))


def _shows_debut() -> Exists:
    return Exists(Debut.objects.filter(product__exhibitor=OuterRef("pk")))

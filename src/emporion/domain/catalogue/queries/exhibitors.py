"""What the list of exhibitors asks: who is left by its filters, what a row shows, what can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from emporion.domain.catalogue.models import Debut
from emporion.domain.editions.models import Edition, ExhibitionArea, Sector
from emporion.domain.editions.queries import within_sector
from emporion.domain.exhibitors.models import Exhibitor, Pavilion
from emporion.domain.name_terms import found_by
from emporion.domain.reference.models import Country
from emporion.domain.reference.queries import least_developed_countries

# What a row of the list shows of the exhibitor itself and of its organisation.
SHOWN = (
    "number", "main_id", "origin_id", "area_id", "sector_id", "organisation__name", "organisation__name_zh",
)  # fmt: skip


@dataclass(frozen=True)
class ExhibitorFilters:
    """What narrows the list of exhibitors; empty does not narrow.

    ``q``: a part of the name, or the contract number. ``area``, ``country`` (ISO), ``sector`` (with its focus sectors)
    and ``pavilion`` are codes. ``ldc``: only those from least developed countries. ``debut``: only those that show one.
    """

    q: str = ""
    area: str = ""
    country: str = ""
    sector: str = ""
    pavilion: str = ""
    ldc: bool = False
    debut: bool = False

    @property
    def chosen(self) -> int:
        """How many filters beside the text narrow the list."""
        return sum(bool(getattr(self, field.name)) for field in fields(self)) - bool(self.q)


@dataclass(frozen=True)
class ExhibitorCounts:
    """How many exhibitors there are: all, by contract, and co-exhibitors apart."""

    all: int
    contracts: int
    co: int


@dataclass(frozen=True)
class ExhibitorChoices:
    """What the list can be narrowed by: only what some exhibitor of the edition has."""

    areas: QuerySet[ExhibitionArea]
    countries: QuerySet[Country]
    sectors: QuerySet[Sector]
    pavilions: QuerySet[Pavilion]


def exhibitors_matching(edition: Edition, filters: ExhibitorFilters) -> QuerySet[Exhibitor]:
    """The edition's exhibitors that the filters leave."""
    found = Exhibitor.objects.filter(edition=edition)
    if filters.q:
        found = found.filter(found_by("organisation__found_by", filters.q) | Q(number=filters.q))
    for name, lookup in (("area", "area__code"), ("country", "origin"), ("pavilion", "pavilion__code")):
        if value := getattr(filters, name):
            found = found.filter(**{lookup: value})
    if filters.sector:
        found = found.filter(sector__in=within_sector(edition, filters.sector))
    if filters.ldc:
        found = found.filter(origin__in=least_developed_countries(edition.first_day))
    return found.filter(_shows_debut()) if filters.debut else found


def exhibitors_named(edition: Edition, text: str, limit: int) -> list[int]:
    """The keys of the first exhibitors that the words name, by name."""
    named = exhibitors_matching(edition, ExhibitorFilters(q=text)).order_by("organisation__name", "pk")
    return list(named.values_list("pk", flat=True)[:limit])


def exhibitor_rows(keys: Sequence[int]) -> dict[int, Exhibitor]:
    """Exhibitors by their keys, with what a row of the list shows."""
    found = Exhibitor.objects.filter(pk__in=keys).select_related("organisation").only(*SHOWN)
    # Fetched apart: PostgreSQL takes longer to plan one join of eight tables than to answer these.
    found = found.prefetch_related("origin", "area", "sector", "occupancy__stand__hall")
    return {one.pk: one for one in found.annotate(shows_debut=_shows_debut())}


def count_exhibitors(found: QuerySet[Exhibitor]) -> ExhibitorCounts:
    """How many exhibitors were found."""
    contract = Q(main=None)
    return ExhibitorCounts(
        **found.aggregate(all=Count("pk"), contracts=Count("pk", filter=contract), co=Count("pk", filter=~contract))
    )


def exhibitor_choices(edition: Edition) -> ExhibitorChoices:
    """What the list of an edition's exhibitors can be narrowed by."""
    there = Exhibitor.objects.filter(edition=edition)
    return ExhibitorChoices(
        areas=ExhibitionArea.objects.filter(edition=edition),
        countries=Country.objects.filter(pk__in=there.values("origin")).order_by("name_en"),
        sectors=edition.fair.sectors.filter(pk__in=there.values("sector"), focus=True),
        pavilions=Pavilion.objects.filter(edition=edition).order_by("name_en"),
    )


def _shows_debut() -> Exists:
    return Exists(Debut.objects.filter(product__exhibitor=OuterRef("pk")))

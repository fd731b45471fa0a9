"""Editions with their phases, areas and halls, and what was published of them."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from emporion.domain.editions.models import Edition, ExhibitionArea, Hall, Phase, PublishedFigure, Venue
from emporion.domain.staff.rules import GATE, HALLS, MEETINGS, REGISTRATION, REVIEWER, STATISTICS
from emporion.web.shell.admin import StaffAdmin
from emporion.web.shell.jobs import ask_worker


class PhaseInline(TabularInline):
    model = Phase
    extra = 0


class AreaInline(TabularInline):
    model = ExhibitionArea
    extra = 0


@admin.register(Edition)
class EditionAdmin(StaffAdmin):
    acts = (HALLS, REVIEWER, GATE, REGISTRATION, MEETINGS)
    types = ()
    fair = "fair"
    list_display = ("fair", "number", "name_en", "name_zh", "first_day", "last_day", "current", "free_booth_quota")
    inlines = (PhaseInline, AreaInline)
    actions = (
        "grant_free_booths",
        "allocate",
        "issue_badges",
        "suggest",
        "make_timetable",
        "publish_timetable",
        "list_duplicates",
    )

    @admin.action(permissions=["act"], description=_("Grant the free booths, in turn"))
    def grant_free_booths(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "free_booths", chosen, HALLS, REVIEWER)

    @admin.action(permissions=["act"], description=_("Allocate the halls"))
    def allocate(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "allocation", chosen, HALLS)

    @admin.action(permissions=["act"], description=_("Make the badges of approved visitors"))
    def issue_badges(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "badges", chosen, GATE, REGISTRATION)

    @admin.action(permissions=["act"], description=_("Make suggestions to both sides"))
    def suggest(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "matching", chosen, MEETINGS)

    @admin.action(permissions=["act"], description=_("Make the timetable of meetings"))
    def make_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "timetable", chosen, MEETINGS)

    @admin.action(permissions=["act"], description=_("Publish the timetable"))
    def publish_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "publication", chosen, MEETINGS)

    @admin.action(permissions=["act"], description=_("List organisations that may be one"))
    def list_duplicates(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._ask(request, "duplicates", chosen, REGISTRATION, REVIEWER)

    def _ask(self, request: HttpRequest, job: str, chosen: QuerySet[Edition], *roles: str) -> None:
        """Ask a worker, for those of the chosen editions at whose fair the person has one of these roles."""
        allowed = chosen.filter(self.allowed(request, roles))
        if not allowed:
            raise PermissionDenied
        ask_worker(request, job, allowed)


@admin.register(Venue)
class VenueAdmin(StaffAdmin):
    list_display = ("code", "name_en", "name_zh", "city_en")


@admin.register(Hall)
class HallAdmin(StaffAdmin):
    types = (HALLS,)
    fair = "edition__fair"
    list_display = ("code", "edition", "width_modules", "depth_modules", "gross_area_m2", "indoor")
    list_filter = ("edition", "indoor")
    list_select_related = ("edition",)


@admin.register(PublishedFigure)
class PublishedFigureAdmin(StaffAdmin):
    types = (STATISTICS,)
    fair = "edition__fair"
    list_display = ("edition", "figure", "scope", "qualifier", "value", "unit", "source")
    list_filter = ("edition", "figure")
    list_select_related = ("edition",)

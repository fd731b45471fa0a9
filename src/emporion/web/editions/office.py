"""Editions with their phases, areas and halls, and what was published of them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from emporion.domain.editions.models import Edition, ExhibitionArea, Hall, Phase, PublishedFigure, Venue
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
    list_display = ("number", "name_en", "name_zh", "first_day", "last_day", "current", "free_booth_quota")
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

    @admin.action(description=_("Grant the free booths, in turn"))
    def grant_free_booths(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_free_booths", chosen)

    @admin.action(description=_("Allocate the halls"))
    def allocate(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_allocation", chosen)

    @admin.action(description=_("Make the badges of approved visitors"))
    def issue_badges(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_badges", chosen)

    @admin.action(description=_("Make suggestions to both sides"))
    def suggest(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_matching", chosen)

    @admin.action(description=_("Make the timetable of meetings"))
    def make_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_timetable", chosen)

    @admin.action(description=_("Publish the timetable"))
    def publish_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_publication", chosen)

    @admin.action(description=_("List organisations that may be one"))
    def list_duplicates(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        ask_worker(request, "run_duplicates", chosen)


@admin.register(Venue)
class VenueAdmin(StaffAdmin):
    list_display = ("code", "name_en", "name_zh", "city_en")


@admin.register(Hall)
class HallAdmin(StaffAdmin):
    list_display = ("code", "edition", "width_modules", "depth_modules", "gross_area_m2", "indoor")
    list_filter = ("edition", "indoor")
    list_select_related = ("edition",)


@admin.register(PublishedFigure)
class PublishedFigureAdmin(StaffAdmin):
    list_display = ("edition", "figure", "scope", "qualifier", "value", "unit", "source")
    list_filter = ("edition", "figure")
    list_select_related = ("edition",)

"""Editions with their phases, areas and halls, and what was published of them."""

from __future__ import annotations

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from emporion.domain.editions.models import Edition, ExhibitionArea, Hall, Phase, PublishedFigure, Venue


class PhaseInline(TabularInline):
    model = Phase
    extra = 0


class AreaInline(TabularInline):
    model = ExhibitionArea
    extra = 0


@admin.register(Edition)
class EditionAdmin(ModelAdmin):
    list_display = ("number", "name_en", "name_zh", "first_day", "last_day", "current", "free_booth_quota")
    inlines = (PhaseInline, AreaInline)


@admin.register(Venue)
class VenueAdmin(ModelAdmin):
    list_display = ("code", "name_en", "name_zh", "city_en")


@admin.register(Hall)
class HallAdmin(ModelAdmin):
    list_display = ("code", "edition", "width_modules", "depth_modules", "gross_area_m2", "indoor")
    list_filter = ("edition", "indoor")
    list_select_related = ("edition",)


@admin.register(PublishedFigure)
class PublishedFigureAdmin(ModelAdmin):
    list_display = ("edition", "figure", "scope", "qualifier", "value", "unit", "source")
    list_filter = ("edition", "figure")
    list_select_related = ("edition",)

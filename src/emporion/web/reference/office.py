"""Reference data: countries, groups, currencies and rates, HS codes."""

from __future__ import annotations

from django.contrib import admin

from emporion.domain.reference.models import (
    Country,
    Currency,
    GroupMembership,
    HSCode,
    InternationalOrganisation,
    ReferenceRate,
)
from emporion.web.shell.admin import ReadOnlyAdmin, StaffAdmin


@admin.register(Country)
class CountryAdmin(StaffAdmin):
    list_display = ("iso2", "name_en", "name_zh", "region")
    list_select_related = ("region",)
    search_fields = ("iso2", "iso3", "name_en", "name_zh")


@admin.register(GroupMembership)
class GroupMembershipAdmin(StaffAdmin):
    list_display = ("group", "country", "starts", "ends", "verified", "source")
    list_filter = ("group", "verified")
    list_select_related = ("country",)
    search_fields = ("country__name_en", "country__name_zh")


@admin.register(InternationalOrganisation)
class InternationalOrganisationAdmin(StaffAdmin):
    list_display = ("code", "name_en", "name_zh")
    search_fields = ("code", "name_en", "name_zh")


@admin.register(Currency)
class CurrencyAdmin(StaffAdmin):
    list_display = ("code", "name_en", "name_zh")
    search_fields = ("code", "name_en", "name_zh")


@admin.register(ReferenceRate)
class ReferenceRateAdmin(ReadOnlyAdmin):
    list_display = ("day", "currency", "per_euro")
    date_hierarchy = "day"
    search_fields = ("currency__code",)
    ordering = ("-day", "currency")
    show_full_result_count = False


@admin.register(HSCode)
class HSCodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "level", "title_en", "title_zh")
    list_filter = ("level", "section")
    search_fields = ("code", "title_en", "title_zh")

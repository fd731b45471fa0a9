"""Stands and free booths."""

from __future__ import annotations

from django.contrib import admin

from emporion.domain.booths.models import FreeBoothGrant, Stand
from emporion.domain.staff.rules import HALLS, REVIEWER
from emporion.web.shell.admin import ReadOnlyAdmin


@admin.register(Stand)
class StandAdmin(ReadOnlyAdmin):
    reads = (HALLS, REVIEWER)
    fair = "edition__fair"
    list_display = ("number", "hall", "area", "kind", "area_m2", "open_sides", "free", "locked")
    list_filter = ("edition", "hall", "kind", "free", "locked")
    list_select_related = ("hall", "area")
    search_fields = ("number",)
    named = ("occupancies__exhibitor__organisation__found_by",)


@admin.register(FreeBoothGrant)
class FreeBoothGrantAdmin(ReadOnlyAdmin):
    reads = (HALLS, REVIEWER)
    fair = "exhibitor__edition__fair"
    list_display = ("exhibitor", "country", "granted", "area_m2")
    list_select_related = ("exhibitor__organisation", "country")

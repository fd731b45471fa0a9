"""Delegations, visiting units and visitors."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from emporion.domain.visitors.actions import approve_unit, approve_visitor
from emporion.domain.visitors.models import Delegation, PurchaseNeed, VisitingUnit, Visitor
from emporion.web.organiser.deeds import ReadOnlyAdmin, do_to_each


@admin.register(Delegation)
class DelegationAdmin(ModelAdmin):
    list_display = ("path", "name_en", "name_zh", "edition")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("path", "name_en", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(VisitingUnit)
class VisitingUnitAdmin(ReadOnlyAdmin):
    list_display = ("organisation", "delegation", "purchasing_size", "state", "registered")
    list_filter = ("state", "edition", "purchasing_size")
    list_select_related = ("organisation", "delegation")
    search_fields = ("organisation__name", "organisation__registered_number")
    show_full_result_count = False
    actions = ("approve",)

    @admin.action(description=_("Approve the chosen units"))
    def approve(self, request: HttpRequest, chosen: QuerySet[VisitingUnit]) -> None:
        do_to_each(request, chosen, lambda one: approve_unit(one, at=timezone.now(), actor=request.user))


@admin.register(Visitor)
class VisitorAdmin(ReadOnlyAdmin):
    list_display = ("number", "name", "country", "unit", "position", "state")
    list_filter = ("state", "edition")
    list_select_related = ("country", "unit__organisation")
    search_fields = ("number",)
    show_full_result_count = False
    actions = ("approve",)

    @admin.action(description=_("Approve the chosen visitors"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Visitor]) -> None:
        do_to_each(request, chosen, lambda one: approve_visitor(one, at=timezone.now(), actor=request.user))


@admin.register(PurchaseNeed)
class PurchaseNeedAdmin(ReadOnlyAdmin):
    list_display = ("number", "unit", "text", "sector", "hs", "amount", "currency")
    list_select_related = ("unit__organisation", "sector", "hs")
    search_fields = ("number", "text")

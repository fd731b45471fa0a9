"""Applications and their review, exhibitors, organisations and their likely duplicates."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emporion.domain.booths.actions import grant_free_booth
from emporion.domain.booths.models import FreeBoothGrant, Stand
from emporion.domain.exhibitors.actions import approve, reject, sign_contract
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.organisations.actions import decide_duplicate
from emporion.domain.organisations.models import LikelyDuplicate, Organisation
from emporion.web.doors import action_context
from emporion.web.organiser.deeds import ReadOnlyAdmin, StaffAdmin, do_to_each, reject_each


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    list_display = (
        "organisation",
        "origin",
        "area",
        "stand",
        "requested_area_m2",
        "asks_free_booth",
        "state",
        "submitted",
    )
    list_filter = ("state", "edition", "area", "asks_free_booth", "stand")
    list_select_related = ("organisation", "origin", "area")
    search_fields = ("organisation__name", "organisation__name_zh", "organisation__registered_number")
    actions = ("approve", "reject", "sign")
    actions_on_bottom = True

    @admin.action(description=_("Approve the chosen applications"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        do_to_each(request, chosen, lambda one: approve(one, context=action_context(request)))

    @admin.action(description=_("Reject the chosen applications …"))
    def reject(self, request: HttpRequest, chosen: QuerySet[Application]) -> HttpResponse | None:
        return reject_each(self.admin_site, request, chosen, reject)

    @admin.action(description=_("Sign contracts with the chosen applicants"))
    def sign(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        now = timezone.now()
        do_to_each(
            request,
            chosen,
            lambda one: sign_contract(one, day=timezone.localdate(now), context=action_context(request)),
        )


@admin.register(Exhibitor)
class ExhibitorAdmin(ReadOnlyAdmin):
    list_display = ("number", "organisation", "origin", "area", "pavilion", "main", "signed")
    list_filter = ("edition", "scope", "area")
    list_select_related = ("organisation", "origin", "area", "pavilion", "main__organisation")
    search_fields = ("number", "organisation__name", "organisation__name_zh")
    actions = ("grant_free_booth",)

    @admin.action(description=_("Grant free booths to the chosen exhibitors"))
    def grant_free_booth(self, request: HttpRequest, chosen: QuerySet[Exhibitor]) -> None:
        now = timezone.now()
        do_to_each(
            request,
            chosen,
            lambda one: grant_free_booth(one, day=timezone.localdate(now), context=action_context(request)),
        )


@admin.register(Pavilion)
class PavilionAdmin(StaffAdmin):
    list_display = ("code", "name_en", "name_zh", "edition", "area")
    list_filter = ("edition", "area")
    list_select_related = ("edition", "area")
    search_fields = ("code", "name_en", "name_zh")


@admin.register(Organisation)
class OrganisationAdmin(StaffAdmin):
    list_display = ("name", "name_zh", "country", "registered_number", "kind", "ownership")
    list_filter = ("kind", "ownership")
    list_select_related = ("country",)
    search_fields = ("name", "name_zh", "registered_number")
    readonly_fields = ("name_key",)
    autocomplete_fields = ("country", "international")
    show_full_result_count = False


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(ReadOnlyAdmin):
    list_display = ("first", "second", "why", "decision", "decided_by")
    list_filter = ("decision",)
    list_select_related = ("first", "second", "decided_by")
    actions = ("same", "different")

    @admin.action(description=_("They are the same organisation: merge them"))
    def same(self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate]) -> None:
        self._decide(request, chosen, LikelyDuplicate.Decision.SAME)

    @admin.action(description=_("They are two organisations"))
    def different(self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate]) -> None:
        self._decide(request, chosen, LikelyDuplicate.Decision.DIFFERENT)

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate], decision: LikelyDuplicate.Decision
    ) -> None:
        do_to_each(
            request, chosen, lambda one: decide_duplicate(one, decision=decision, context=action_context(request))
        )


@admin.register(Stand)
class StandAdmin(ReadOnlyAdmin):
    list_display = ("number", "hall", "area", "kind", "area_m2", "open_sides", "free", "locked")
    list_filter = ("edition", "hall", "kind", "free", "locked")
    list_select_related = ("hall", "area")
    search_fields = ("number", "occupancies__exhibitor__organisation__name")


@admin.register(FreeBoothGrant)
class FreeBoothGrantAdmin(ReadOnlyAdmin):
    list_display = ("exhibitor", "country", "granted", "area_m2")
    list_select_related = ("exhibitor__organisation", "country")

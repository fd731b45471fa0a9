"""Organisations, their representatives and their likely duplicates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from emporion.domain.organisations.actions import appoint, decide_duplicate
from emporion.domain.organisations.models import LikelyDuplicate, Organisation, Representative
from emporion.domain.staff.rules import REGISTRATION, REVIEWER
from emporion.web.shell.access import action_context
from emporion.web.shell.admin import OperatorAdmin, ReadOnlyAdmin, StaffAdmin, do_to_each


@admin.register(Organisation)
class OrganisationAdmin(StaffAdmin):
    list_display = ("name", "name_zh", "country", "registered_number", "kind", "ownership")
    list_filter = ("kind", "ownership")
    list_select_related = ("country",)
    search_fields = ("registered_number",)
    named = ("found_by",)
    readonly_fields = ("name_key",)
    autocomplete_fields = ("country", "international")
    show_full_result_count = False


@admin.register(LikelyDuplicate)
class LikelyDuplicateAdmin(ReadOnlyAdmin):
    reads = (REVIEWER, REGISTRATION)
    acts = (REVIEWER, REGISTRATION)
    list_display = ("first", "second", "why", "decision", "decided_by")
    list_filter = ("decision",)
    list_select_related = ("first", "second", "decided_by")
    actions = ("same", "different")

    @admin.action(permissions=["act"], description=_("They are the same organisation: merge them"))
    def same(self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate]) -> None:
        self._decide(request, chosen, LikelyDuplicate.Decision.SAME)

    @admin.action(permissions=["act"], description=_("They are two organisations"))
    def different(self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate]) -> None:
        self._decide(request, chosen, LikelyDuplicate.Decision.DIFFERENT)

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[LikelyDuplicate], decision: LikelyDuplicate.Decision
    ) -> None:
        do_to_each(
            request, chosen, lambda one: decide_duplicate(one, decision=decision, context=action_context(request))
        )


@admin.register(Representative)
class RepresentativeAdmin(OperatorAdmin):
    """The operator may appoint who acts for an organisation; everybody else is invited or claims it."""

    list_display = ("organisation", "user", "position", "roles")
    list_select_related = ("organisation", "user")
    autocomplete_fields = ("organisation", "user")
    search_fields = ("user__email",)
    named = ("organisation__found_by",)
    fields = ("organisation", "user", "position")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Representative, form: Any, change: bool) -> None:
        context = action_context(request)
        obj.pk = appoint(obj.organisation, obj.user, position=obj.position, context=context).pk

"""Delegations, visiting units and visitors."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from emporion.domain.admission.actions import issue_badge
from emporion.domain.people.actions import invite_visitor
from emporion.domain.staff.rules import GATE, MEETINGS, REGISTRATION
from emporion.domain.visitors.actions import approve_unit, approve_visitor, reject_unit, reject_visitor
from emporion.domain.visitors.models import Delegation, PurchaseNeed, VisitingUnit, Visitor
from emporion.domain.visitors.queries import visitors_found
from emporion.web.shell.access import action_context
from emporion.web.shell.admin import ReadOnlyAdmin, StaffAdmin, do_to_chosen, reject_chosen
from emporion.web.shell.admin_languages import column_of
from emporion.web.shell.forms import LatinName


@admin.register(Delegation)
class DelegationAdmin(StaffAdmin):
    reads = (REGISTRATION,)
    types = (REGISTRATION,)
    fair = "edition__fair"
    list_display = ("path", "name_en", "name_zh", "edition")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("path", "name_en", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(VisitingUnit)
class VisitingUnitAdmin(ReadOnlyAdmin):
    reads = (REGISTRATION,)
    acts = (REGISTRATION,)
    fair = "edition__fair"
    list_display = ("organisation", "delegation", "purchasing_size", "state", "registered")
    list_filter = ("state", "edition", "purchasing_size")
    list_select_related = ("organisation", "delegation")
    search_fields = ("organisation__registered_number",)
    named = ("organisation__found_by",)
    show_full_result_count = False
    actions = ("approve", "reject")

    @admin.action(permissions=["act"], description=_("Approve the chosen units"))
    def approve(self, request: HttpRequest, chosen: QuerySet[VisitingUnit]) -> None:
        do_to_chosen(request, chosen, "units_approval", partial(approve_unit, context=action_context(request)))

    @admin.action(permissions=["act"], description=_("Reject the chosen units, and their people with them …"))
    def reject(self, request: HttpRequest, chosen: QuerySet[VisitingUnit]) -> HttpResponse | None:
        return reject_chosen(self.admin_site, request, chosen, "units_rejection", reject_unit)


class VisitorForm(forms.ModelForm):  # type: ignore[type-arg]
    name_latin = LatinName(label=_("Name in Latin letters"), help_text=_("As it stands in the passport."))


@admin.register(Visitor)
class VisitorAdmin(ReadOnlyAdmin):
    """People come from lists and forms; the desk types only how a name in Chinese reads in Latin letters."""

    reads = (REGISTRATION, GATE)
    acts = (REGISTRATION, GATE)
    types = (REGISTRATION,)
    fair = "edition__fair"
    list_display = ("number", "name", "country", "unit", "position", "state")
    list_filter = ("state", "edition")
    list_select_related = ("country", "unit__organisation")
    search_fields = ("number",)
    search_help_text = _("Number, name, e-mail address or organisation")
    show_full_result_count = False
    actions = ("approve", "reject", "issue", "invite")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Visitor], search_term: str
    ) -> tuple[QuerySet[Visitor], bool]:
        """Whom the desk looks for, each way of looking by its own index."""
        return (queryset.filter(pk__in=visitors_found(search_term)) if search_term.strip() else queryset), False

    def has_change_permission(self, request: HttpRequest, obj: Visitor | None = None) -> bool:  # type: ignore[override]
        return self._may_type(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Visitor | None = None) -> Any:
        return [name for name in self.get_fields(request, obj) if name != "name_latin"]

    def get_fields(self, request: HttpRequest, obj: Visitor | None = None) -> Any:  # type: ignore[override]
        return [
            column_of(Visitor, field.name)
            for field in Visitor._meta.concrete_fields
            if field.name not in ("id", "found_by")
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "form": VisitorForm})

    def save_model(self, request: HttpRequest, obj: Visitor, form: Any, change: bool) -> None:
        obj.save(update_fields=["name_latin", "found_by"])

    @admin.action(permissions=["act"], description=_("Approve the chosen visitors"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Visitor]) -> None:
        approve = partial(approve_visitor, context=action_context(request))
        do_to_chosen(request, chosen, "visitors_approval", approve)

    @admin.action(permissions=["act"], description=_("Reject the chosen visitors …"))
    def reject(self, request: HttpRequest, chosen: QuerySet[Visitor]) -> HttpResponse | None:
        return reject_chosen(self.admin_site, request, chosen, "visitors_rejection", reject_visitor)

    @admin.action(permissions=["act"], description=_("Make the chosen visitors' badges"))
    def issue(self, request: HttpRequest, chosen: QuerySet[Visitor]) -> None:
        do_to_chosen(request, chosen, "visitors_badges", partial(issue_badge, context=action_context(request)))

    @admin.action(permissions=["act"], description=_("Invite the chosen visitors to their registrations"))
    def invite(self, request: HttpRequest, chosen: QuerySet[Visitor]) -> None:
        found = chosen.select_related("edition__fair")
        do_to_chosen(request, found, "visitors_invitation", partial(invite_visitor, context=action_context(request)))


@admin.register(PurchaseNeed)
class PurchaseNeedAdmin(ReadOnlyAdmin):
    reads = (REGISTRATION, MEETINGS)
    fair = "unit__edition__fair"
    list_display = ("number", "unit", "text", "sector", "hs", "amount", "currency")
    list_select_related = ("unit__organisation", "sector", "hs")
    search_fields = ("number", "text")

"""Applications and their review, exhibitors, joint pavilions."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emporion.domain.booths.actions import grant_free_booth
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import approve, reject, reopen, sign_contract
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.people.actions import invite_contact
from emporion.domain.staff.rules import FINANCE, HALLS, REVIEWER
from emporion.web.shell.access import action_context
from emporion.web.shell.admin import ReadOnlyAdmin, StaffAdmin, do_to_chosen, reject_chosen


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    reads = (REVIEWER,)
    acts = (REVIEWER,)
    fair = "edition__fair"
    area = "area__code"
    list_display = (
        "organisation",
        "origin",
        "area",
        "stand",
        "area_m2",
        "requests_free_booth",
        "state",
        "submitted",
    )
    list_filter = ("state", "edition", "area", "requests_free_booth", "stand")
    list_select_related = ("organisation", "origin", "area")
    search_fields = ("organisation__registered_number",)
    named = ("organisation__found_by",)
    actions = ("approve", "reject", "reopen", "sign", "invite")
    actions_on_bottom = True

    @admin.action(permissions=["act"], description=_("Approve the chosen applications"))
    def approve(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        do_to_chosen(request, chosen, "applications_approval", partial(approve, context=action_context(request)))

    @admin.action(permissions=["act"], description=_("Reject the chosen applications …"))
    def reject(self, request: HttpRequest, chosen: QuerySet[Application]) -> HttpResponse | None:
        return reject_chosen(self.admin_site, request, chosen, "applications_rejection", reject)

    @admin.action(permissions=["act"], description=_("Take decisions back: review the chosen applications again"))
    def reopen(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        do_to_chosen(request, chosen, "applications_reopening", partial(reopen, context=action_context(request)))

    @admin.action(permissions=["act"], description=_("Sign contracts with the chosen applicants"))
    def sign(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        now = timezone.now()
        do_to_chosen(
            request,
            chosen,
            "contracts",
            lambda one: sign_contract(one, day=local_day(one.edition, now), context=action_context(request)),
        )

    @admin.action(permissions=["act"], description=_("Invite the contacts of the chosen applications"))
    def invite(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        context = action_context(request)
        do_to_chosen(
            request,
            chosen.select_related("edition__fair", "organisation"),
            "contacts_invitation",
            lambda one: invite_contact(one.edition.fair, one.organisation, one.contact_email, context=context),
        )


@admin.register(Exhibitor)
class ExhibitorAdmin(ReadOnlyAdmin):
    reads = (REVIEWER, HALLS, FINANCE)
    acts = (REVIEWER, HALLS)
    fair = "edition__fair"
    list_display = ("number", "organisation", "origin", "area", "pavilion", "main", "signed")
    list_filter = ("edition", "scope", "area")
    list_select_related = ("organisation", "origin", "area", "pavilion", "main__organisation")
    search_fields = ("number",)
    named = ("organisation__found_by",)
    actions = ("grant_free_booth",)

    @admin.action(permissions=["act"], description=_("Grant free booths to the chosen exhibitors"))
    def grant_free_booth(self, request: HttpRequest, chosen: QuerySet[Exhibitor]) -> None:
        now = timezone.now()
        do_to_chosen(
            request,
            chosen,
            "free_booth_grants",
            lambda one: grant_free_booth(one, day=local_day(one.edition, now), context=action_context(request)),
        )


@admin.register(Pavilion)
class PavilionAdmin(StaffAdmin):
    reads = (REVIEWER, HALLS)
    types = (REVIEWER, HALLS)
    fair = "edition__fair"
    list_display = ("code", "name_en", "name_zh", "edition", "area")
    list_filter = ("edition", "area")
    list_select_related = ("edition", "area")
    search_fields = ("code", "name_en", "name_zh")
    autocomplete_fields = ("manager",)

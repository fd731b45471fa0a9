"""Editions with their phases, areas and halls, and what was published of them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emporion.domain.editions.actions import make_current, usual_phases
from emporion.domain.editions.models import Edition, ExhibitionArea, Fair, Hall, Phase, PublishedFigure, Sector, Venue
from emporion.domain.editions.rules import ShowIsOver
from emporion.domain.staff.rules import GATE, HALLS, MEETINGS, REGISTRATION, REVIEWER, STATISTICS, WORK_ROLES
from emporion.web.editions.office_forms import (
    AreaForm,
    EditionForm,
    FairForm,
    HallForm,
    OfFairFormSet,
    PhaseForm,
    SectorForm,
    VenueForm,
)
from emporion.web.shell.access import action_context
from emporion.web.shell.admin import StaffAdmin, StaffInline, do_to_each
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.whole_numbers import whole_number


class PhaseInline(StaffInline):
    model = Phase
    form = PhaseForm


class AreaInline(StaffInline):
    model = ExhibitionArea
    form = AreaForm
    formset = OfFairFormSet


class SectorInline(StaffInline):
    model = Sector
    form = SectorForm
    formset = OfFairFormSet


@admin.register(Fair)
class FairAdmin(StaffAdmin):
    """An owner changes their fair; the operator sets up another."""

    types = ()
    fair = "pk"
    form = FairForm
    inlines = (SectorInline,)
    list_display = ("slug", "name_en", "name_zh", "host", "languages_in_words")
    autocomplete_fields = ("host",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    @admin.display(description=_("languages"))
    def languages_in_words(self, fair: Fair) -> str:
        return ", ".join(fair.languages)


@admin.register(Edition)
class EditionAdmin(StaffAdmin):
    acts = (HALLS, REVIEWER, GATE, REGISTRATION, MEETINGS)
    types = ()
    fair = "fair"
    form = EditionForm
    list_display = ("fair", "number", "name_en", "name_zh", "first_day", "last_day", "current", "free_booth_quota")
    inlines = (PhaseInline, AreaInline)
    actions = (
        "show_on_the_site",
        "approve_visitors",
        "grant_free_booths",
        "allocate",
        "publish_halls",
        "issue_badges",
        "suggest",
        "make_timetable",
        "publish_timetable",
        "list_duplicates",
    )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Phases are shown and typed in the time zone of the edition's venue."""
        venue = Venue.objects.filter(pk=request.POST.get("venue", "")).first()
        if venue is None and (edition := whole_number(object_id or "")) is not None:
            venue = Venue.objects.filter(edition=edition).first()
        if venue is not None:
            timezone.activate(venue.zone)
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new edition without phases has the usual ones; a fair's first edition is its current one."""
        super().save_related(request, form, formsets, change)
        edition: Edition = form.instance
        if change:
            return
        if not edition.phases.exists():
            with suppress(ShowIsOver):
                usual = usual_phases(edition, timezone.now())
                Phase.objects.bulk_create(Phase(edition=edition, **vars(phase)) for phase in usual)
        if not edition.fair.editions.filter(current=True).exists():
            make_current(edition, context=action_context(request))

    @admin.action(permissions=["change"], description=_("Show on the fair's pages"))
    def show_on_the_site(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        own = chosen.filter(self.allowed(request, self.types or ()))
        do_to_each(request, own, lambda edition: make_current(edition, context=action_context(request)))

    @admin.action(permissions=["act"], description=_("Approve all pending units and visitors"))
    def approve_visitors(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "visitors_approval", chosen)

    @admin.action(permissions=["act"], description=_("Grant the free booths in order of application"))
    def grant_free_booths(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "free_booths", chosen)

    @admin.action(permissions=["act"], description=_("Allocate the halls"))
    def allocate(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "allocation", chosen)

    @admin.action(permissions=["act"], description=_("Publish the draft of the halls"))
    def publish_halls(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "allocation_publication", chosen)

    @admin.action(permissions=["act"], description=_("Make the badges of approved visitors"))
    def issue_badges(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "badges", chosen)

    @admin.action(permissions=["act"], description=_("Make suggestions to both sides"))
    def suggest(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "matching", chosen)

    @admin.action(permissions=["act"], description=_("Make the timetable of meetings"))
    def make_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "timetable", chosen)

    @admin.action(permissions=["act"], description=_("Publish the timetable"))
    def publish_timetable(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "publication", chosen)

    @admin.action(permissions=["act"], description=_("List organisations that may be one"))
    def list_duplicates(self, request: HttpRequest, chosen: QuerySet[Edition]) -> None:
        self._start(request, "duplicates", chosen)

    def _start(self, request: HttpRequest, job: str, chosen: QuerySet[Edition]) -> None:
        """Ask a worker, for those of the chosen editions at whose fair the person has a role for this work."""
        allowed = chosen.filter(self.allowed(request, WORK_ROLES[job]))
        if not allowed:
            raise PermissionDenied
        start_tasks(request, job, allowed)


@admin.register(Venue)
class VenueAdmin(StaffAdmin):
    form = VenueForm
    list_display = ("code", "name_en", "name_zh", "city_en", "time_zone")
    prepopulated_fields: ClassVar = {"code": ["name_en"]}


@admin.register(Hall)
class HallAdmin(StaffAdmin):
    form = HallForm
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

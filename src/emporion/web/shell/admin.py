"""What every part of the back office shares: lists that call the domain's actions, and records that are only read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin, TabularInline

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import editions
from emporion.domain.journal.actions import Subject, record
from emporion.domain.name_terms import found_by
from emporion.domain.refusal import Refusal
from emporion.domain.staff.queries import roles_of
from emporion.domain.staff.rules import ROLES, Held, areas_of, may
from emporion.web.shell.access import action_context
from emporion.web.shell.admin_files import as_csv
from emporion.web.shell.admin_languages import called, column_of, in_spoken, speaks_chinese
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.refusals import sentence
from emporion.web.shell.staff import READING

MAX_REFUSALS = 5
# What a page does while its reader waits; a worker does more.
MAX_IN_A_REQUEST = 100
# So many records a page of questions lists by name.
MOST_LISTED = 100


# What a form's choices are limited to for the staff of some fairs: the way from a record to its fair.
FAIR_OF = {
    "fair": "pk", "edition": "fair", "sector": "fair", "exhibitionarea": "edition__fair", "hall": "edition__fair",
    "delegation": "edition__fair", "pavilion": "edition__fair",
}  # fmt: skip


class StaffAdmin(ModelAdmin):
    """Records that staff look at, act on and type into by their roles; the operator of the installation may do all.

    ``reads``: the roles whose holders look at the records (owners and auditors always do); ``acts``: whose holders do
    the actions; ``types``: whose holders add and change records by hand, none for the operator alone. ``fair`` is the
    way from a record to its fair, empty for records that all fairs share; ``area`` the way to the code of its area.
    ``named`` are the ways to the keys of names by which records are found beside their ``search_fields``. A field that
    ``exclude`` names is shown to nobody, and no address finds records by it.
    """

    reads: tuple[str, ...] = ROLES
    acts: tuple[str, ...] = ()
    types: tuple[str, ...] | None = None
    fair = ""
    area = ""
    named: tuple[str, ...] = ()
    list_before_template = "shell/admin/download.html"

    def get_urls(self) -> list[Any]:
        """Beside Django's own addresses the list as a file."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_download"
        return [path("download.csv", self.admin_site.admin_view(self.download), name=name), *super().get_urls()]

    def download(self, request: HttpRequest) -> HttpResponseBase:
        """The list as a file, with the search, the filters and the order that it is shown with."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        records = self.get_changelist_instance(request).get_queryset(request)
        record(
            "list.downloaded", _whole_list(self.model), context=action_context(request), filters=request.GET.urlencode()
        )
        return as_csv(self, request, records)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the address of its file."""
        query = request.GET.urlencode()
        shown = {"download": f"download.csv{'?' if query else ''}{query}", **(extra_context or {})}
        return super().changelist_view(request, shown)  # type: ignore[no-any-return]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, self.reads, reading=True, obj=obj)

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Whether the person may do the actions whose ``permissions`` name ``act``."""
        return self._may(request, self.acts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may_type(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_type(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the person may look at; for actions and forms what they may act on or type into."""
        if request.method in READING:
            allowed = self.allowed(request, self.reads, reading=True)
        else:
            allowed = self.allowed(request, (*self.acts, *(self.types or ())))
        records: QuerySet[Any] = super().get_queryset(request)
        return records.filter(allowed)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the search fields hold, and whose names are looked for."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if not search_term.strip() or not self.named:
            return found, repeats
        # Asked apart, each by its own index.
        keys = [self.model._default_manager.filter(found_by(way, search_term)).values("pk") for way in self.named]
        return queryset.filter(pk__in=found.order_by().values("pk").union(*keys)), False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """How an address may narrow a list: by nothing that would tell an excluded field character by character."""
        return lookup.split("__")[0] not in (self.exclude or ()) and super().lookup_allowed(lookup, value, request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return in_spoken(super().get_fields(request, obj), speaks_chinese(request, obj, self.fair))

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = in_spoken(super().get_list_display(request), speaks_chinese(request, None, self.fair))
        return [column_of(self.model, name) for name in shown]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The page of a record is titled as the reader writes its name."""
        if (record := kwargs.get("obj")) is not None:
            context["subtitle"] = called(record)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """So is the page of what happened to it."""
        found = self.get_object(request, object_id)
        named = {"title": _("Change history: %s") % called(found)} if found is not None else {}
        page: HttpResponse = super().history_view(request, object_id, {**named, **(extra_context or {})})
        return page

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What a person may not see is answered as not found, as everywhere else."""
        raise Http404

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only what belongs to a fair at which the person may type."""
        return super().formfield_for_foreignkey(db_field, request, **self._offered(db_field, request), **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The same where several are chosen."""
        return super().formfield_for_manytomany(db_field, request, **self._offered(db_field, request), **kwargs)

    def _offered(self, db_field: Any, request: HttpRequest) -> dict[str, QuerySet[Any]]:
        """The records that a choice is limited to; nothing where it is not."""
        related = db_field.remote_field.model
        way = FAIR_OF.get(related._meta.model_name)
        if not way or request.user.is_superuser:
            return {}
        fairs = [fair for fair, _held in _fairs(request, self.types or (), reading=False)]
        return {"queryset": related._default_manager.filter(**{f"{way}__in": fairs})}

    def _may_type(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if self.types is None:
            return bool(request.user.is_superuser)
        return self._may(request, self.types, obj=obj)

    def _may(
        self, request: HttpRequest, roles: tuple[str, ...], *, reading: bool = False, obj: Model | None = None
    ) -> bool:
        if request.user.is_superuser:
            return True
        if not _fairs(request, roles, reading=reading):
            return False
        if obj is None or not self.fair:
            return True
        allowed = self.allowed(request, roles, reading=reading)
        return bool(self.model._default_manager.filter(allowed, pk=obj.pk).exists())

    def allowed(self, request: HttpRequest, roles: tuple[str, ...], *, reading: bool = False) -> Q:
        """The records of the fairs, and of the areas, for which the person's roles hold."""
        if request.user.is_superuser:
            return Q()
        fairs = _fairs(request, roles, reading=reading)
        if not self.fair:
            return Q() if fairs else Q(pk__in=[])
        allowed = Q(pk__in=[])
        for fair, held in fairs:
            areas = areas_of(one for one in held if may([one], roles, reading=reading)) if self.area else None
            allowed |= Q(**{self.fair: fair}) if areas is None else Q(**{self.fair: fair, f"{self.area}__in": areas})
        return allowed

    # Django calls these within the transaction that writes the record.
    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        record("record.added", _typed(obj), context=action_context(request), edition=_edition_of(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        record("record.changed", _typed(obj), context=action_context(request), edition=_edition_of(obj))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            record("record.removed", _typed(obj), context=action_context(request), edition=_edition_of(obj))
        return super().log_deletions(request, queryset)


def _fairs(request: HttpRequest, roles: tuple[str, ...], *, reading: bool) -> list[tuple[int, list[Held]]]:
    """The fairs at which the person may do what takes one of these roles, with the roles that they hold there."""
    if not hasattr(request, "staff_roles"):
        request.staff_roles = roles_of(request.user) if request.user.is_authenticated else {}  # type: ignore[attr-defined]
    found: dict[int, list[Held]] = request.staff_roles  # type: ignore[attr-defined]
    return [(fair, held) for fair, held in found.items() if may(held, roles, reading=reading)]


def _typed(obj: Model) -> Subject:
    return Subject("record", f"{obj._meta.label_lower}.{obj.pk}", f"{obj._meta.verbose_name} {obj}")


def _whole_list(model: type[Model]) -> Subject:
    return Subject("record", model._meta.label_lower, str(model._meta.verbose_name_plural))


def _edition_of(obj: Model) -> int | None:
    """The key of the edition that a record belongs to; none for reference data, which all share."""
    return obj.pk if isinstance(obj, Edition) else getattr(obj, "edition_id", None)


class StaffInline(TabularInline):
    """Records within another: whoever looks at that one or types into it looks at these or types into them."""

    extra = 0

    def _whole(self) -> StaffAdmin:
        whole = self.admin_site._registry[self.parent_model]
        assert isinstance(whole, StaffAdmin)
        return whole

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return in_spoken(super().get_fields(request, obj), speaks_chinese(request, obj, self._whole().fair))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._whole().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._whole().has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._whole().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._whole().has_change_permission(request, obj)


class ReadOnlyAdmin(StaffAdmin):
    """Records that come from lists and actions: looked at here, never typed."""

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [column_of(self.model, name) for name in super().get_fields(request, obj)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OperatorAdmin(StaffAdmin):
    """Records of all fairs' people, which only the operator of the installation sees and types into."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_superuser)


class ReasonForm(forms.Form):
    """Why somebody is turned down."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "border rounded p-2 w-full bg-transparent"}),
        label=gettext_lazy("Reason, told to those who are turned down"),
    )


def reject_chosen(
    site: AdminSite, request: HttpRequest, chosen: QuerySet[Any], kind: str, action: Callable[..., object]
) -> HttpResponse | None:
    """Ask for the reason, then turn the records down with it, many of them in the background; none when it is done."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if not form.is_valid():
        count = chosen.count()
        rest = {"count": count, "more": max(count - MOST_LISTED, 0), "across": request.POST.get("select_across") == "1"}
        shown = {**site.each_context(request), "form": form, "chosen": chosen, "listed": chosen[:MOST_LISTED]}
        shown["names"] = [called(one) for one in shown["listed"]]
        return render(request, "shell/admin/reject.html", {**shown, **rest, "title": _("Reject")})
    reason, context = form.cleaned_data["reason"], action_context(request)
    do_to_chosen(request, chosen, kind, lambda one: action(one, reason=reason, context=context), reason=reason)
    return None


def do_to_chosen(
    request: HttpRequest, chosen: QuerySet[Any], kind: str, action: Callable[[Any], object], **arguments: str
) -> None:
    """Do an action to each record of an edition; of many, ask a worker for the background work of this kind."""
    if chosen.count() <= MAX_IN_A_REQUEST:
        do_to_each(request, chosen, action)
        return
    for edition in editions().filter(pk__in=chosen.order_by().values("edition")):
        ids = list(chosen.filter(edition=edition).order_by("pk").values_list("pk", flat=True))
        start_tasks(request, kind, [edition], chosen=ids, **arguments)


def do_to_each(request: HttpRequest, chosen: QuerySet[Any], action: Callable[[Any], object]) -> None:
    """Do an action to each record; say how many it was done to, and why it was refused to the others."""
    if chosen.count() > MAX_IN_A_REQUEST:
        message = _("Nothing was done: choose at most %(most)d records at a time.")
        messages.error(request, message % {"most": MAX_IN_A_REQUEST})
        return
    done, refused = 0, []
    for one in chosen:
        try:
            action(one)
            done += 1
        except Refusal as refusal:
            refused.append(f"{called(one)}: {sentence(refusal)}")
    if done:
        messages.success(
            request, ngettext("Done for %(count)d record.", "Done for %(count)d records.", done) % {"count": done}
        )
    for text in refused[:MAX_REFUSALS]:
        messages.error(request, text)
    if len(refused) > MAX_REFUSALS:
        messages.error(request, _("… and %(count)d more.") % {"count": len(refused) - MAX_REFUSALS})

"""What every part of the back office shares: deeds that are done through actions, and records that are only read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import Subject, record
from emporion.domain.refusal import Refusal
from emporion.web.shell.access import action_context
from emporion.web.shell.refusals import sentence

MOST_REFUSALS_TOLD = 5


class StaffAdmin(ModelAdmin):
    """Records that all of the organiser's staff may look at; typing into them takes a permission of its own."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_staff)

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


def _typed(obj: Model) -> Subject:
    return Subject("record", f"{obj._meta.label_lower}.{obj.pk}", f"{obj._meta.verbose_name} {obj}")


def _edition_of(obj: Model) -> int | None:
    """The key of the edition that a record belongs to; none for reference data, which all share."""
    return obj.pk if isinstance(obj, Edition) else getattr(obj, "edition_id", None)


class ReadOnlyAdmin(StaffAdmin):
    """Records that come from lists and actions: looked at here, never typed. Their deeds are open to all staff."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReasonForm(forms.Form):
    """Why somebody is turned down."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "border rounded p-2 w-full bg-transparent"}),
        label=_lazy("Reason, told to those who are turned down"),
    )


def reject_each(
    site: AdminSite, request: HttpRequest, chosen: QuerySet[Any], deed: Callable[..., object]
) -> HttpResponse | None:
    """Ask for the reason, then turn each record down with it; none when it is done."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if not form.is_valid():
        shown = {**site.each_context(request), "form": form, "chosen": chosen, "title": _("Reject")}
        return render(request, "shell/admin/reject.html", shown)
    reason, context = form.cleaned_data["reason"], action_context(request)
    do_to_each(request, chosen, lambda one: deed(one, reason=reason, context=context))
    return None


def do_to_each(request: HttpRequest, chosen: Iterable[Any], deed: Callable[[Any], object]) -> None:
    """Do a deed to each record; say how many it was done to, and why it was refused to the others."""
    done, refused = 0, []
    for one in chosen:
        try:
            deed(one)
            done += 1
        except Refusal as refusal:
            refused.append(f"{one}: {sentence(refusal)}")
    if done:
        messages.success(
            request, ngettext("Done for %(count)d record.", "Done for %(count)d records.", done) % {"count": done}
        )
    for said in refused[:MOST_REFUSALS_TOLD]:
        messages.error(request, said)
    if len(refused) > MOST_REFUSALS_TOLD:
        messages.error(request, _("… and %(count)d more.") % {"count": len(refused) - MOST_REFUSALS_TOLD})

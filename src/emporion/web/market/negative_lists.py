"""What China's negative lists say of an activity: listed, not among the items known, or unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess import without_database
from emporion.domain.marketaccess.rules.negative_lists import INVESTMENT, LISTED, NOT_AMONG_KNOWN, UNKNOWN, Finding
from emporion.domain.refusal import Refusal
from emporion.language import is_chinese
from emporion.web.market.no_law import no_law
from emporion.web.shell import access
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import UNPROCESSABLE, page
from emporion.web.shell.states import State

KINDS = {"investment": _("Foreign investment"), "services": _("Services across the border")}
SCOPES = {
    "national": _("The whole country"),
    "pilot_zone": _("Pilot free trade zones"),
    "hainan": _("Hainan free trade port"),
}
STATES = {
    LISTED: State(_("Listed"), "bad", "circle-x"),
    NOT_AMONG_KNOWN: State(_("Not among the items known"), "wait", "circle-alert"),
    UNKNOWN: State(_("Unknown"), "wait", "circle-alert"),
}


class NegativeListForm(forms.Form):
    """An activity in words, the kind of list, its scope and the day."""

    activity = forms.CharField(
        label=_("Activity"),
        max_length=100,
        help_text=_("In a few words, such as: rare earth mining, customs declaration."),
    )
    kind = forms.ChoiceField(label=_("For"), choices=list(KINDS.items()))
    scope = forms.ChoiceField(label=_("Where"), choices=list(SCOPES.items()))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


def negative_list(request: HttpRequest) -> HttpResponse:
    """The question and, once it is asked, what the list in force on the day says; the editions known beneath."""
    edition = access.public_edition(request)
    if not marketaccess.law_of(edition.host_id).negative_lists:
        return no_law(request, edition, gettext("No negative lists of %(market)s are available."))
    first = {"kind": INVESTMENT, "scope": "national", "on": edition.first_day}
    form = NegativeListForm({**first, **request.GET.dict()} if "activity" in request.GET else None, initial=first)
    found = _found(form) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"form": form, "found": found, "lists": _lists(edition.first_day)}
    if found:
        in_chinese = is_chinese()
        context |= {"state": STATES[found.status], "query": form.cleaned_data, "in_chinese": in_chinese}
    return page(request, "market/negative_list.html", edition, context, status=UNPROCESSABLE if form.errors else 200)


def _found(form: NegativeListForm) -> Finding | None:
    query = form.cleaned_data
    try:
        return without_database.negative_list(query["kind"], query["scope"], query["activity"], query["on"])
    except Refusal as refusal:
        form.add_error("activity", sentence(refusal))
        return None


def _lists(on: date) -> list[dict[str, Any]]:
    """Every edition of a list, the latest first, with how many of its items are known."""
    items = without_database.negative_items()
    return [
        {
            "list": one, "kind": KINDS[one.kind], "scope": SCOPES[one.scope],
            "known": sum(item.list_code == one.code for item in items),
        }
        for one in sorted(without_database.negative_lists(), key=lambda one: one.effective, reverse=True)
    ]  # fmt: skip

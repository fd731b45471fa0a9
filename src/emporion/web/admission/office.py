"""Passes of exhibitors before the organiser: how many stands get, days of building, requests for more."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from emporion.domain.admission.actions import decide_passes, set_pass_rules
from emporion.domain.admission.queries import bands_of, build_days_of, requests_for_passes
from emporion.domain.admission.rules.staffing import Band
from emporion.domain.refusal import Refusal
from emporion.domain.staff.rules import GATE, HALLS
from emporion.web.admission.forms import BANDS, BandFormSet, BuildDaysForm
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import UNPROCESSABLE, done, private_page, refused_in
from emporion.web.shell.waiting import Asked, Waiting, waits
from emporion.web.shell.whole_numbers import whole_number


@waits(HALLS, GATE)
def requests_waiting(asked: Asked) -> Iterator[Waiting]:
    """Requests of exhibitors for more passes."""
    if count := requests_for_passes(asked.edition).count():
        text = ngettext("%(count)s exhibitor asks for more passes", "%(count)s exhibitors ask for more passes", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_passes"))


def passes(request: HttpRequest) -> HttpResponse:
    """How many passes stands get by area, the days of building, and requests for more."""
    edition = edition_of(request)
    days = build_days_of(edition)
    first = {name: getattr(days, name) for name in BuildDaysForm.base_fields} if days else {}
    form = BuildDaysForm(request.POST or None, initial=first)
    bands = BandFormSet(request.POST or None, initial=[band._asdict() for band in bands_of(edition)], prefix="bands")
    if request.method == "POST" and _stored(request, form, bands):
        messages.success(request, _("Saved."))
        return redirect(fair_url(request, "office_passes"))
    context = {"form": form, "bands": bands, "requests": requests_for_passes(edition), "kinds": BANDS}
    status = UNPROCESSABLE if form.errors or (request.method == "POST" and bands.total_error_count()) else 200
    return private_page(request, "admission/office.html", edition, context, status=status)


def _stored(request: HttpRequest, form: BuildDaysForm, bands: BandFormSet) -> bool:  # type: ignore[valid-type]
    if not (form.is_valid() and bands.is_valid()):  # type: ignore[attr-defined]
        return False
    typed = [one.cleaned_data for one in bands]  # type: ignore[attr-defined]
    wanted = [
        Band(row["kind"], row.get("from_m2") or 0, row["passes"]) for row in typed if row.get("passes") is not None
    ]
    build_up, dismantling = form.span("build_up"), form.span("dismantling")
    try:
        set_pass_rules(
            edition_of(request), wanted, build_up=build_up, dismantling=dismantling, context=action_context(request)
        )
    except Refusal as refusal:
        refused_in(form, refusal, {})
        return False
    return True


@require_POST
def more_passes(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a request for more passes in whole or in part, or refuse it."""
    found = requests_for_passes(edition_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    granted = whole_number(request.POST.get("granted", "")) or 0
    done(
        request,
        lambda: decide_passes(found, granted, context=action_context(request)),
        _("Decided. The exhibitor is told by e-mail."),
    )
    return redirect(fair_url(request, "office_passes"))

"""What a visitor's unit means to buy: noted, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.visitors.actions import add_need, remove_need
from emporion.domain.visitors.models import PurchaseNeed, VisitingUnit, Visitor
from emporion.domain.visitors.queries import needs_of_unit
from emporion.web.shell.access import action_context, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page
from emporion.web.visitors.forms import FIELDS, NeedForm


@login_required
def needs(request: HttpRequest) -> HttpResponse:
    """The unit's needs, and the form for another."""
    here, unit = _unit(request)
    form = NeedForm(request.POST or None, edition=here.edition, initial={"currency": here.edition.currency_id})
    if request.method == "POST" and accepted(form, lambda: _added(request, unit, form), FIELDS) is not None:
        messages.success(request, _("Noted. The next suggestions follow it."))
        return redirect(fair_url(request, "my_visit_needs"))
    shown = {"here": here, "form": form, "needs": needs_of_unit(unit)}
    return form_page(request, "visitors/needs.html", here.edition, shown)


@require_POST
@login_required
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need back; one that is gone already is no error."""
    _here, unit = _unit(request)
    if own := needs_of_unit(unit).filter(pk=pk).first():
        done(request, lambda: remove_need(own, context=action_context(request)), _("The need is taken back."))
    return redirect(fair_url(request, "my_visit_needs"))


def _unit(request: HttpRequest) -> tuple[Visitor, VisitingUnit]:
    here = visit(request)
    if here.unit is None:
        raise Http404(_("Your registration names no unit that buys."))
    return here, here.unit


def _added(request: HttpRequest, unit: VisitingUnit, form: NeedForm) -> PurchaseNeed:
    return add_need(unit, form.facts(), context=action_context(request))

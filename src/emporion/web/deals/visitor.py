"""The deals of a visitor's unit: confirm, withdraw."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from emporion.domain.deals.queries import deals_of_unit, parties_of
from emporion.domain.organisations.queries import organisations_for
from emporion.web.deals.rows import deal_rows, handle_deal
from emporion.web.shell.access import person, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page

SIDE: Final = "buyer"


@login_required
def deals(request: HttpRequest) -> HttpResponse:
    """The unit's deals, for those who act for the unit."""
    here, user = visit(request), person(request)
    acts = (
        here.unit is not None
        and organisations_for(user).filter(pk=here.unit.organisation_id, representatives__user=user).exists()
    )
    context = {"here": here, "acts": acts, "deals": deal_rows(deals_of_unit(user, here), SIDE)}
    return private_page(request, "deals/visitor.html", here.edition, context)


@require_POST
@login_required
def deal(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm or withdraw one of the unit's deals."""
    here, user = visit(request), person(request)
    found = next((one for one in deals_of_unit(user, here) if one.number == number), None)
    handle_deal(request, found if found and SIDE in parties_of(found, user) else None, SIDE)
    return redirect(fair_url(request, "my_visit_deals"))

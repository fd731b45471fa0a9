"""Claims to act for an organisation, before the desk of a fair that decides them."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.organisations.actions import accept_claim, decline_claim
from emporion.domain.organisations.queries import claim_of, open_claims
from emporion.domain.staff.rules import REGISTRATION, REVIEWER
from emporion.web.shell.access import action_context, displayed_edition, fair_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.staff import office_page


@office_page(REGISTRATION, REVIEWER)
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that wait for the desk's decision."""
    return private_page(
        request, "organisations/claims.html", displayed_edition(request), {"claims": open_claims(fair_of(request))}
    )


@require_POST
@office_page(REGISTRATION, REVIEWER)
def claim_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a claim, or decline it with a reason."""
    found = claim_of(fair_of(request), pk)
    if found is None:
        raise Http404
    fair, context = fair_of(request), action_context(request)
    if "accept" in request.POST:
        statement = request.POST.get("statement", "")
        accept = partial(accept_claim, found, fair=fair, statement=statement, context=context)
        done(request, accept, _("The claim is accepted."))
    else:
        decline = partial(decline_claim, found, fair=fair, reason=request.POST.get("reason", ""), context=context)
        done(request, decline, _("The claim is declined."))
    return redirect(fair_url(request, "office_claims"))

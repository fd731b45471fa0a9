"""The visitor's own pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.accounts.models import User
from emporion.domain.admission.models import Badge
from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import deals_for, sides_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.queries import day_of
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.visitors.actions import cancel_visitor
from emporion.domain.visitors.models import Visitor
from emporion.web.access import current_edition
from emporion.web.doors import done, own_visit, person, private_page
from emporion.web.sides import by_day, deals_shown, requests_shown, settle_deal, settle_request, waiting_for
from emporion.web.words import PURCHASES, REGISTRATION

SIDE = "buyer"


def visit(request: HttpRequest) -> Visitor:
    """The person's own registration for the current edition; 404 for those who have none."""
    edition = current_edition()
    found = own_visit(person(request), edition)
    if found is None:
        raise Http404(_("You are not registered as a visitor of this edition."))
    found.edition = edition
    return found


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The registration and its state, the badge, what needs an answer."""
    edition = current_edition()
    here = own_visit(person(request), edition)
    if here is None:
        return redirect("signup_visitor")
    shown = {
        "here": here,
        "state": REGISTRATION[here.state],
        "unit_state": REGISTRATION[here.unit.state] if here.unit else None,
        "size": PURCHASES[here.unit.purchasing_size] if here.unit and here.unit.purchasing_size else "",
        "badge": Badge.objects.filter(visitor=here).first(),
        "waiting": len(waiting_for(here)),
        "unconfirmed": sum(row["may_confirm"] for row in deals_shown(_deals(person(request), here), SIDE)),
        "next": day_of(here)[:3],
    }
    return private_page(request, "visitor/overview.html", edition, shown)


@require_POST
@login_required
def cancellation(request: HttpRequest) -> HttpResponse:
    """Take the registration back."""
    here, at = visit(request), timezone.now()
    if here.state != Visitor.State.CANCELLED:
        done(
            request,
            lambda: cancel_visitor(here, context=ActionContext(at, person(request))),
            _("Your registration is cancelled."),
        )
    return redirect("my_visit")


@login_required
def meetings(request: HttpRequest) -> HttpResponse:
    """Requests and their answers, and the days once the timetable is published."""
    here = visit(request)
    shown = {"here": here, "requests": requests_shown(here), "days": by_day(day_of(here))}
    return private_page(request, "visitor/meetings.html", here.edition, shown)


@require_POST
@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request or take one back."""
    settle_request(request, visit(request), pk)
    return redirect("my_visit_meetings")


@login_required
def deals(request: HttpRequest) -> HttpResponse:
    """The unit's deals, for those who act for the unit."""
    here, user = visit(request), person(request)
    acts = (
        here.unit is not None
        and organisations_for(user).filter(pk=here.unit.organisation_id, representatives__user=user).exists()
    )
    shown = {"here": here, "acts": acts, "deals": deals_shown(_deals(user, here), SIDE)}
    return private_page(request, "visitor/deals.html", here.edition, shown)


@require_POST
@login_required
def deal(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm or withdraw one of the unit's deals."""
    here, user = visit(request), person(request)
    found = next((one for one in _deals(user, here) if one.number == number), None)
    settle_deal(request, found if found and SIDE in sides_of(found, user) else None, SIDE)
    return redirect("my_visit_deals")


def _deals(user: User, here: Visitor) -> list[Deal]:
    """The unit's deals that the person may speak for; none for those who only visit with it."""
    found = deals_for(user, here.edition).filter(buyer=here.unit, buyer__organisation__representatives__user=user)
    return list(found.prefetch_related("evidence").order_by("-signed", "-number")) if here.unit else []

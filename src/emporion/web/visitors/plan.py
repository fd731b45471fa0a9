"""A visitor's days on one page, and the programme from which they choose sessions for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.booths.models import Stand
from emporion.domain.meetings.queries import link_of, plan_of, stands_to_visit
from emporion.domain.programme import queries
from emporion.domain.programme.actions import choose_session, leave_session
from emporion.domain.programme.models import Session
from emporion.domain.wayfinding.queries import MOST_PLACES
from emporion.web.meetings.calendar import calendar_file
from emporion.web.shell.access import action_context, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.show_days import opening_day


@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """Meetings and chosen sessions in the order of time with their places, then the stands that one has marked."""
    here = visit(request)
    link, marked = link_of(here), stands_to_visit(here)
    days = [(day, stops, way_through(request, [stop.stand for stop in stops])) for day, stops in plan_of(here)]
    shown = {
        "here": here, "days": days, "stands": marked, "kinds": SESSIONS,
        "way": way_through(request, [stand for _exhibitor, stand in marked], in_order="good"),
        "feed": request.build_absolute_uri(reverse("calendar", args=[link.token])) if link else "",
    }  # fmt: skip
    return private_page(request, "visitors/plan.html", here.edition, shown)


def way_through(request: HttpRequest, stands: Iterable[Stand | None], in_order: str = "") -> str:
    """The address of the way through stands, as they come or in a good order; empty where there are not two."""
    numbers = list(dict.fromkeys(stand.number for stand in stands if stand))[:MOST_PLACES]
    if len(numbers) < 2:
        return ""
    first, *others = numbers
    order = [("order", in_order)] if in_order else []
    return f"{fair_url(request, 'way')}?{urlencode([('from', first), *(('to', one) for one in others), *order])}"


@login_required
def plan_file(request: HttpRequest) -> HttpResponse:
    """The same days as a file for one's own calendar."""
    return calendar_file(visit(request), "attachment")


@login_required
def programme(request: HttpRequest) -> HttpResponse:
    """The sessions of a day, each to be chosen or left; without a day in the address, of today, else of the first."""
    here = visit(request)
    by_day = queries.by_day(here.edition)
    days = sorted(by_day)
    named = next((day for day in days if day.isoformat() == request.GET.get("day")), None)
    shown = named or opening_day(days, timezone.localdate())
    context = {
        "here": here, "days": days, "day": shown, "sessions": by_day[shown] if shown else [], "kinds": SESSIONS,
        "chosen": queries.chosen_keys(here),
    }  # fmt: skip
    return private_page(request, "visitors/programme.html", here.edition, context)


@require_POST
@login_required
def session(request: HttpRequest, number: str) -> HttpResponse:
    """Put a session into one's days, or take it out."""
    here, context = visit(request), action_context(request)
    try:
        found = queries.session(here.edition, number)
    except Session.DoesNotExist:
        raise Http404 from None
    if request.POST.get("action") == "leave":
        done(request, lambda: leave_session(here, found, context=context), _("It is out of your days."))
    else:
        done(request, lambda: choose_session(here, found, context=context), _("It stands in your days."))
    day = found.starts.astimezone(here.edition.zone).date()
    return redirect(f"{fair_url(request, 'my_visit_programme')}?{urlencode({'day': day.isoformat()})}")

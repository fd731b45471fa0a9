"""A visitor's meetings: requests to answer, and the timetable once it is published."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from emporion.domain.meetings.queries import day_of, meetings_by_day
from emporion.web.meetings.requests import handle_request, request_lists
from emporion.web.shell.access import visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page


@login_required
def meetings(request: HttpRequest) -> HttpResponse:
    """Requests and their answers, and the days once the timetable is published."""
    here = visit(request)
    shown = {"here": here, "requests": request_lists(here), "days": meetings_by_day(day_of(here))}
    return private_page(request, "meetings/visitor.html", here.edition, shown)


@require_POST
@login_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request or take one back."""
    handle_request(request, visit(request), pk)
    return redirect(fair_url(request, "my_visit_meetings"))

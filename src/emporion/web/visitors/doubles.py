"""Registrations that may be one person's: the desk merges them or keeps them apart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.staff.rules import REGISTRATION
from emporion.domain.visitors.actions import keep_visitors_apart, merge_visitors
from emporion.domain.visitors.queries import likely_visitors
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.staff import office_page

REASONS = {
    "name_and_unit": gettext_lazy("The same name, from the same unit"),
    "name_and_phone": gettext_lazy("The same name and telephone number"),
}


@office_page(REGISTRATION)
def doubles(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a decision, the oldest first."""
    waiting = likely_visitors(edition_of(request))
    rows = page_after(waiting, request.GET.get("after", ""), "pk")
    pairs = [{"it": pair, "people": (pair.first, pair.second), "reason": REASONS[pair.reason]} for pair in rows.rows]
    context = {"pairs": pairs, "count": waiting.count(), "after": rows.after}
    return private_page(request, "visitors/doubles.html", edition_of(request), context)


@require_POST
@office_page(REGISTRATION)
def doubles_search(request: HttpRequest) -> HttpResponse:
    """Look for new pairs, in the background."""
    start_tasks(request, "visitor_duplicates", [edition_of(request)])
    return redirect(fair_url(request, "office_doubles"))


@require_POST
@office_page(REGISTRATION)
def double_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge two registrations, or keep them apart."""
    pair = likely_visitors(edition_of(request)).filter(pk=pk).first()
    if pair is None:
        raise Http404
    context = action_context(request)
    if "merge" in request.POST:
        done(request, lambda: merge_visitors(pair, context=context), _("The registrations are one now."))
    else:
        done(request, lambda: keep_visitors_apart(pair, context=context), _("They stay two people."))
    return redirect(fair_url(request, "office_doubles"))

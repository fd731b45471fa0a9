"""Records that may be one thing twice: organisations here, registrations of visitors beside them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.organisations.actions import decide_duplicate
from emporion.domain.organisations.models import LikelyDuplicate
from emporion.domain.organisations.queries import likely_duplicates
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_tasks
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import done, private_page


def organisations(request: HttpRequest) -> HttpResponse:
    """The pairs of organisations that wait for a decision, the oldest first."""
    waiting = likely_duplicates()
    rows = page_after(waiting, request.GET.get("after", ""), "pk")
    context = {"pairs": rows.rows, "after": rows.after, "count": waiting.count()}
    return private_page(request, "desk/organisation_doubles.html", edition_of(request), context)


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Look for new pairs, in the background."""
    start_tasks(request, "duplicates", [edition_of(request)])
    return redirect(fair_url(request, "office_organisation_doubles"))


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two organisations one, or note that they are two."""
    pair = likely_duplicates().filter(pk=pk).first()
    if pair is None:
        raise Http404
    context, choices = action_context(request), LikelyDuplicate.Decision
    if "same" in request.POST:
        said = _("The organisations are one now.")
        done(request, lambda: decide_duplicate(pair, decision=choices.SAME, context=context), said)
    else:
        said = _("They stay two organisations.")
        done(request, lambda: decide_duplicate(pair, decision=choices.DIFFERENT, context=context), said)
    return redirect(fair_url(request, "office_organisation_doubles"))

"""The first page of an installation, and addresses from the time when it held one fair."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from emporion.domain.editions.queries import current_editions
from emporion.domain.editions.queries import fairs as all_fairs
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import page


def fairs(request: HttpRequest) -> HttpResponse:
    """Leads to the only fair; lists several; of none, says how to make one."""
    found = all_fairs()
    if len(found) == 1:
        return redirect(fair_url(found[0], "home"))
    editions = {edition.fair_id: edition for edition in current_editions()}
    rows = [{"it": fair, "edition": editions.get(fair.pk), "address": fair_url(fair, "home")} for fair in found]
    return page(request, "editions/fairs.html", None, {"fairs": rows})


def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """An address without a fair: moved to the only fair, not found where there are several."""
    found = all_fairs()
    if len(found) != 1:
        raise Http404
    moved = fair_url(found[0], "home") + path.replace("my/office", "office", 1)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{moved}?{query}" if query else moved)

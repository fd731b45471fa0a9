"""Leaving messages to groups: one click of a mail program, or a button on a page; what must be sent goes on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from emporion.domain.notices.actions import opt_in, opt_out
from emporion.domain.notices.queries import opt_out_of, opted_out
from emporion.web.shell.respond import private_page


@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """By POST, from a mail program (RFC 8058) or the page, stop messages to groups; the page can take that back."""
    # A mail program sends no cookie; whoever has the address in the message may leave by it.
    found = opt_out_of(token)
    if found is None:
        raise Http404(_("This link is not complete. Copy it whole from the message."))
    fair, address = found
    if request.method == "POST" and "again" in request.POST:
        opt_in(fair, address)
    elif request.method == "POST":
        opt_out(fair, address, at=timezone.now())
    shown = {"of": fair, "address": address, "left": address in opted_out(fair)}
    return private_page(request, "desk/unsubscribe.html", None, shown)

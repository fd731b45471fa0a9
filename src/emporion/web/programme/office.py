"""The programme in the office: its sessions by day, which of them clash, and which are cancelled."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.programme import queries
from emporion.domain.programme.actions import cancel_session, restore_session
from emporion.domain.programme.models import Session
from emporion.language import translate
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.labels import SESSIONS
from emporion.web.shell.respond import done, private_page


def programme(request: HttpRequest) -> HttpResponse:
    """The sessions of each day, with what clashes above them."""
    edition = edition_of(request)
    context = {
        "days": list(queries.by_day(edition).items()),
        "clashes": [translate(clash) for clash in queries.clashes_of(edition)],
        "kinds": SESSIONS,
    }
    return private_page(request, "programme/office.html", edition, context)


@require_POST
def cancellation(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel a session, or hold it after all."""
    edition, context = edition_of(request), action_context(request)
    try:
        session = queries.session(edition, number)
    except Session.DoesNotExist:
        raise Http404 from None
    if "restore" in request.POST:
        done(request, lambda: restore_session(session, context=context), _("The session takes place."))
    else:
        done(request, lambda: cancel_session(session, context=context), _("The session is cancelled."))
    return redirect(fair_url(request, "office_programme"))

"""A whole delegation's meetings on paper, a sheet for each person, for when networks fail."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.meetings.actions import make_delegation_link, revoke_delegation_link
from emporion.domain.meetings.queries import days_of_delegation, delegation_link_of, delegation_of, meetings_by_day
from emporion.domain.visitors.models import Delegation
from emporion.domain.visitors.queries import delegation_at
from emporion.domain.work.models import BackgroundTask
from emporion.domain.work.queries import document_of, latest_task
from emporion.domain.work.rules import key_of
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import described, start_task
from emporion.web.shell.respond import done, is_part, private_page


@login_required
def sheets(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a page to print, and the private address that the office gives the delegation's leader."""
    delegation = _delegation(request, path)
    link = delegation_link_of(delegation)
    address = request.build_absolute_uri(reverse("leader_sheets", args=[link.token])) if link else ""
    shown = {"document": fair_url(request, "delegation_document", path), "office": True, "leader": address}
    return _page(request, delegation, shown)


@require_POST
@login_required
def share(request: HttpRequest, path: str) -> HttpResponse:
    """Make the leader's private address anew, or end it."""
    delegation, context = _delegation(request, path), action_context(request)
    if request.POST.get("action") == "revoke":
        message = _("The address is no longer valid.")
        done(request, lambda: revoke_delegation_link(delegation, context=context), message)
    else:
        token, message = secrets.token_urlsafe(24), _("Here is the address; whoever has it can read these sheets.")
        done(request, lambda: make_delegation_link(delegation, token=token, context=context), message)
    return redirect(fair_url(request, "delegation_sheets", path))


@login_required
def document(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a PDF: POST has a worker make it, GET gives the last one made."""
    return _document(request, _delegation(request, path), fair_url(request, "delegation_sheets", path))


def own_sheets(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The sheets of a delegation's people, for whoever leads it."""
    return _page(request, delegation, {"document": fair_url(request, "my_delegation_document", delegation.path)})


def own_document(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The same as a PDF: POST has a worker make it, GET gives the last one made."""
    return _document(request, delegation, fair_url(request, "my_delegation_sheets", delegation.path))


def leader_sheets(request: HttpRequest, token: str) -> HttpResponse:
    """The sheets for whoever has the private address: the delegation's leader."""
    delegation = _led(token)
    return _page(request, delegation, {"document": reverse("leader_document", args=[token])})


def leader_document(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a PDF."""
    return _document(request, _led(token), reverse("leader_sheets", args=[token]))


def _page(request: HttpRequest, delegation: Delegation, shown: dict[str, Any]) -> HttpResponse:
    """The page of sheets with the state of their PDF; while it is being made that part asks for itself."""
    work = {**described(_last_made(delegation)), "address": request.path}
    if is_part(request):
        return private_page(request, "meetings/parts/pdf.html", delegation.edition, {**shown, **work})
    people = [(visitor, meetings_by_day(held)) for visitor, held in days_of_delegation(delegation)]
    facts = {"delegation": delegation, "people": people, "for_visitor": True}
    return private_page(request, "meetings/sheets.html", delegation.edition, {**shown, **work, **facts})


def _document(request: HttpRequest, delegation: Delegation, page: str) -> HttpResponse:
    if request.method == "POST":
        start_task("delegation_sheets", delegation.edition, _arguments(delegation), request)
        return redirect(f"{page}#pdf")
    made = document_of(_last_made(delegation))
    if made is None:
        return redirect(f"{page}#pdf")
    response = HttpResponse(bytes(made.content), content_type=made.content_type)
    response["Content-Disposition"] = f'inline; filename="{made.name}"'
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def _arguments(delegation: Delegation) -> dict[str, str]:
    return {"delegation": delegation.path, "language": get_language() or "en"}


def _last_made(delegation: Delegation) -> BackgroundTask | None:
    """The last time that the PDF was asked for in the reader's language."""
    return latest_task(key_of("delegation_sheets", delegation.edition_id, _arguments(delegation)))


def _delegation(request: HttpRequest, path: str) -> Delegation:
    """A delegation of the current edition, for the organiser's staff."""
    found = delegation_at(edition_of(request), path)
    if not person(request).is_staff:
        raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
    if found is None:
        raise Http404(_("There is no such delegation in this edition."))
    return found


def _led(token: str) -> Delegation:
    """The delegation whose sheets a private address shows."""
    found = delegation_of(token)
    if found is None:
        raise Http404(_("These sheets are not shared, or no longer shared. Ask the organiser for the address."))
    timezone.activate(found.edition.zone)
    return found

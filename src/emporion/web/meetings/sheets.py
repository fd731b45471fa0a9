"""A whole delegation's meetings on paper, a sheet for each person, for when networks fail."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.meetings.actions import make_delegation_link, revoke_delegation_link
from emporion.domain.meetings.queries import days_of_delegation, delegation_link_of, delegation_of
from emporion.domain.visitors.models import Delegation
from emporion.domain.visitors.queries import delegation_at
from emporion.web.meetings.requests import by_day
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page

STYLE = "emporion/sheets.css"
# Twenty people take a second; whoever waits for a page is not to wait for longer than a quarter of a minute.
MOST_IN_PDF = 300


@login_required
def sheets(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a page to print, and the private address that the office gives the delegation's leader."""
    delegation = _delegation(request, path)
    link = delegation_link_of(delegation)
    address = request.build_absolute_uri(reverse("leader_sheets", args=[link.token])) if link else ""
    shown = {"document": fair_url(request, "delegation_document", path), "office": True, "leader": address}
    return private_page(request, "meetings/sheets.html", delegation.edition, {**_shown(delegation), **shown})


@require_POST
@login_required
def share(request: HttpRequest, path: str) -> HttpResponse:
    """Make the leader's private address anew, or end it."""
    delegation, context = _delegation(request, path), action_context(request)
    if request.POST.get("action") == "revoke":
        told = _("The address is no longer valid.")
        done(request, lambda: revoke_delegation_link(delegation, context=context), told)
    else:
        token, told = secrets.token_urlsafe(24), _("Here is the address; whoever has it can read these sheets.")
        done(request, lambda: make_delegation_link(delegation, token=token, context=context), told)
    return redirect(fair_url(request, "delegation_sheets", path))


@login_required
def document(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a PDF; where the machine cannot make one, the page to print and why."""
    return _pdf(request, _delegation(request, path), fair_url(request, "delegation_sheets", path))


def leader_sheets(request: HttpRequest, token: str) -> HttpResponse:
    """The sheets for whoever has the private address: the delegation's leader."""
    delegation = _led(token)
    shown = {**_shown(delegation), "document": reverse("leader_document", args=[token])}
    return private_page(request, "meetings/sheets.html", delegation.edition, shown)


def leader_document(request: HttpRequest, token: str) -> HttpResponse:
    """The same as a PDF."""
    return _pdf(request, _led(token), reverse("leader_sheets", args=[token]))


def _pdf(request: HttpRequest, delegation: Delegation, page: str) -> HttpResponse:
    shown = _shown(delegation)
    if len(shown["people"]) > MOST_IN_PDF:
        told = _("%(people)s people are too many for one PDF: take the sub-groups one by one, or print this page.")
        messages.error(request, told % {"people": f"{len(shown['people']):,}"})
        return redirect(page)
    html = render_to_string("meetings/paper.html", {**shown, "edition": delegation.edition}, request)
    made = as_pdf(html)
    if made is None:
        messages.error(
            request, _("The server cannot make PDFs because the Pango library is missing. Print this page instead.")
        )
        return redirect(page)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="meetings-{delegation.path}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def as_pdf(html: str) -> bytes | None:
    """A page as a PDF, nothing fetched from anywhere; none where Pango is not installed."""
    try:
        # Loads Pango from the machine, which a server without it must not need to start.
        from weasyprint import CSS, HTML  # noqa: PLC0415
    except OSError:
        return None
    style = finders.find(STYLE)
    return bytes(HTML(string=html, url_fetcher=_nothing).write_pdf(stylesheets=[CSS(filename=style)]))


def _nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, but asked for {url}")


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
        raise Http404(_("These sheets are not shared, or not any more. Ask the organiser for the address."))
    timezone.activate(found.edition.zone)
    return found


def _shown(delegation: Delegation) -> dict[str, Any]:
    people = [(visitor, by_day(held)) for visitor, held in days_of_delegation(delegation)]
    return {"delegation": delegation, "people": people, "for_visitor": True}

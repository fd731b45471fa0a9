"""A whole delegation's meetings on paper, a sheet for each person, for when networks fail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from emporion.domain.meetings.queries import days_of_delegation
from emporion.domain.visitors.models import Delegation
from emporion.web.access import current_edition
from emporion.web.doors import person, private_page
from emporion.web.sides import by_day

STYLE = "emporion/sheets.css"


@login_required
def sheets(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a page to print."""
    delegation = _delegation(request, path)
    return private_page(request, "meetings/sheets.html", delegation.edition, _shown(delegation))


@login_required
def document(request: HttpRequest, path: str) -> HttpResponse:
    """The sheets as a PDF; where the machine cannot make one, the page to print and why."""
    delegation = _delegation(request, path)
    html = render_to_string("meetings/paper.html", {**_shown(delegation), "edition": delegation.edition}, request)
    made = as_pdf(html)
    if made is None:
        messages.error(request, _("This machine lacks the Pango library that PDFs need: print this page instead."))
        return redirect("delegation_sheets", path)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="meetings-{path}.pdf"'
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
    found = Delegation.objects.select_related("edition").filter(edition=current_edition(), path=path).first()
    if not person(request).is_staff:
        raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
    if found is None:
        raise Http404(_("There is no such delegation in this edition."))
    return found


def _shown(delegation: Delegation) -> dict[str, object]:
    people = [(visitor, by_day(held)) for visitor, held in days_of_delegation(delegation)]
    return {"delegation": delegation, "people": people, "for_visitor": True}

"""The design of a stand for the firm that builds it, and nothing else of its exhibitor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.booths.queries import stand_of
from emporion.domain.designs.queries import built_by
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.designs.drawings import drawing, handed_in, shown
from emporion.web.designs.forms import DesignForm
from emporion.web.shell.access import edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page


def _built(request: HttpRequest, number: str) -> Exhibitor:
    """The exhibitor whose stand the person builds; for everybody else there is nothing at the address."""
    found = built_by(person(request)).filter(edition=edition_of(request), number=number).first()
    if found is None:
        raise Http404(_("You build no stand at this address."))
    return found


@login_required
def design(request: HttpRequest, number: str) -> HttpResponse:
    """The design with its state, and a form for the next version."""
    exhibitor = _built(request, number)
    form = DesignForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and handed_in(request, exhibitor, form):
        messages.success(request, _("The design is handed in. The organiser's decision comes by e-mail."))
        return redirect(fair_url(request, "builder_design", number))
    context = {
        "exhibitor": exhibitor, "stand": stand_of(exhibitor), "form": form, "needed": True,
        **shown(exhibitor, lambda pk: fair_url(request, "builder_drawing", number, pk)),
    }  # fmt: skip
    return form_page(request, "designs/contractor.html", exhibitor.edition, context)


@login_required
def own_drawing(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A drawing of the design, and what is said of it."""
    exhibitor = _built(request, number)
    context = {"exhibitor": exhibitor, "back": fair_url(request, "builder_design", number)}
    return drawing(request, exhibitor, pk, "designs/drawing.html", context, of_office=False)

"""A visitor's registration: its state and badge, what needs an answer."""

from __future__ import annotations

import qrcode
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from emporion.domain.admission.queries import badge_of, code_of
from emporion.domain.deals.queries import deals_of_unit
from emporion.domain.meetings.queries import day_of
from emporion.domain.refusal import refusal_of
from emporion.domain.visitors.actions.changing import require_changeable
from emporion.domain.visitors.queries import questions_about, why_rejected
from emporion.web.deals.rows import deal_rows
from emporion.web.meetings.requests import waiting_for
from emporion.web.shell.access import edition_of, own_visit, person, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page
from emporion.web.shell.states import CONSENTS, PURCHASES, REGISTRATION


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The registration and its state, the badge, what needs an answer."""
    edition = edition_of(request)
    here = own_visit(person(request), edition)
    if here is None:
        return redirect(fair_url(request, "signup_visitor"))
    context = {
        "here": here,
        "state": REGISTRATION[here.state],
        "unit_state": REGISTRATION[here.unit.state] if here.unit else None,
        "size": PURCHASES[here.unit.purchasing_size] if here.unit and here.unit.purchasing_size else "",
        "badge": badge_of(here),
        "consent": CONSENTS[here.consent],
        "waiting": len(waiting_for(here)),
        "unconfirmed": sum(row["may_confirm"] for row in deal_rows(deals_of_unit(person(request), here), "buyer")),
        "next": day_of(here)[:3],
        "questions": questions_about(here),
        "reason": why_rejected(here),
        "changeable": refusal_of(lambda: require_changeable(here, timezone.now())) is None,
    }
    return private_page(request, "visitors/overview.html", edition, context)


@login_required
def badge(request: HttpRequest) -> HttpResponse:
    """The badge with its code, to be shown at a gate."""
    here = visit(request)
    own = badge_of(here)
    if own is None:
        raise Http404(_("Your badge is not made yet; that happens after approval."))
    shown = {"here": here, "badge": own, "drawing": drawn(code_of(own))}
    return private_page(request, "visitors/badge.html", here.edition, shown)


def drawn(code: str) -> SafeString:
    """A QR code as an SVG drawing."""
    made = qrcode.make(code, image_factory=SvgPathImage, error_correction=qrcode.ERROR_CORRECT_M, border=4)
    return SafeString(made.to_string(encoding="unicode"))

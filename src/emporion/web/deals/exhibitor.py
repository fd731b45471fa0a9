"""An exhibitor's deals: record, confirm, withdraw."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.deals.actions import add_evidence, record_deal
from emporion.domain.deals.queries import buyer_named, deals_for
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.queries import units_to_meet
from emporion.domain.refusal import Refusal
from emporion.web.deals.forms import DEAL_FIELDS, DealForm
from emporion.web.deals.rows import deal_rows, handle_deal
from emporion.web.shell.access import Place, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, private_page, refused_in

SIDE: Final = "exhibitor"


@login_required
def deals(request: HttpRequest, organisation: int) -> HttpResponse:
    """All deals of the organisation as exhibitor, the latest first."""
    here, exhibitor = contracted(request, organisation)
    found = deals_for(here.user, here.edition).filter(exhibitor=exhibitor).prefetch_related("evidence")
    context = {"here": here, "deals": deal_rows(found.order_by("-signed", "-number"), SIDE)}
    return private_page(request, "deals/exhibitor.html", here.edition, context)


@login_required
def new_deal(request: HttpRequest, organisation: int) -> HttpResponse:
    """Record a deal, and thereby confirm it for the exhibitor."""
    here, exhibitor = contracted(request, organisation)
    at = timezone.now()
    first = {"signed": local_day(here.edition, at)}
    form = DealForm(request.POST or None, request.FILES or None, edition=here.edition, initial=first)
    if request.method == "POST" and form.is_valid() and _recorded(here, exhibitor, form, at):
        messages.success(request, _("Recorded. It counts when the buyer has confirmed it, too."))
        return redirect(fair_url(request, "my_deals", organisation))
    shown = {"here": here, "form": form, "buyers": units_to_meet(exhibitor)}
    return form_page(request, "deals/new.html", here.edition, shown)


@require_POST
@login_required
def deal(request: HttpRequest, organisation: int, number: str) -> HttpResponse:
    """Confirm or withdraw one."""
    here, exhibitor = contracted(request, organisation)
    found = deals_for(here.user, here.edition).filter(exhibitor=exhibitor, number=number).first()
    handle_deal(request, found, SIDE)
    return redirect(fair_url(request, "my_deals", organisation))


def _recorded(here: Place, exhibitor: Exhibitor, form: DealForm, at: datetime) -> bool:
    """The deal with its paper, both or neither; a refusal goes beside the field it speaks of."""
    typed = {name: form.cleaned_data[name] for name in ("amount", "currency", "signed", "kind", "subject")}
    try:
        with transaction.atomic():
            buyer = buyer_named(here.edition, form.cleaned_data["buyer"])
            recorded = record_deal(
                here.edition,
                exhibitor=exhibitor,
                buyer=buyer,
                **typed,
                confirmed_by=SIDE,
                context=ActionContext(at, here.user),
            )
            if paper := form.paper():
                add_evidence(recorded, **paper, context=ActionContext(at, here.user))
    except Refusal as refusal:
        refused_in(form, refusal, DEAL_FIELDS)
        return False
    return True

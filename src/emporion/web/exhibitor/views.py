"""The exhibitor's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.accounts.models import User
from emporion.domain.booths.queries import stand_of, unplaced
from emporion.domain.deals.queries import deals_for
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import apply, submit, want_buyers, withdraw
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.queries import may_ask_free_booth
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.queries import day_of
from emporion.domain.organisations.models import Organisation
from emporion.domain.refusal import Refusal
from emporion.web.access import current_edition
from emporion.web.doors import (
    done,
    form_page,
    own_application,
    own_exhibitor,
    own_organisation,
    person,
    private_page,
    refused_in,
)
from emporion.web.exhibitor.forms import APPLICATION_FIELDS, ApplicationForm, BuyersWantedForm
from emporion.web.sides import by_day, deals_shown, requests_shown, settle_request, waiting_for
from emporion.web.words import APPLICATION, PURCHASES, STANDS, State


@dataclass(frozen=True)
class Place:
    """Who stands at this door and for whom; templates show its organisation and what it has come to."""

    user: User
    edition: Edition
    organisation: Organisation
    application: Application | None
    exhibitor: Exhibitor | None

    @property
    def state(self) -> State | None:
        return APPLICATION[self.application.state] if self.application else None


def place(request: HttpRequest, organisation: int) -> Place:
    """The organisation that the person acts for, as it takes part in the current edition; 404 for everybody else."""
    user, edition = person(request), current_edition()
    own = own_organisation(user, organisation)
    return Place(user, edition, own, own_application(user, own, edition), own_exhibitor(user, own, edition))


def contracted(request: HttpRequest, organisation: int) -> tuple[Place, Exhibitor]:
    """The same where a contract is needed; without one there is no such page."""
    here = place(request, organisation)
    if here.exhibitor is None:
        raise Http404(_("This page opens when the contract is signed."))
    return here, here.exhibitor


@login_required
def overview(request: HttpRequest, organisation: int) -> HttpResponse:
    """Where the organisation stands, and what needs it now."""
    here = place(request, organisation)
    shown: dict[str, Any] = {"here": here, "stands": STANDS, "purchases": PURCHASES}
    if exhibitor := here.exhibitor:
        deals = deals_for(here.user, here.edition).filter(exhibitor=exhibitor)
        shown |= {
            "stand": stand_of(exhibitor),
            "free_booth": getattr(exhibitor, "free_booth", None),
            "no_place": unplaced(here.edition).filter(exhibitor=exhibitor).first(),
            "waiting": len(waiting_for(exhibitor)),
            "unconfirmed": sum(row["may_confirm"] for row in deals_shown(deals, "exhibitor")),
        }
    return private_page(request, "exhibitor/overview.html", here.edition, shown)


@login_required
def application(request: HttpRequest, organisation: int) -> HttpResponse:
    """Apply to exhibit in the current edition."""
    here, at = place(request, organisation), timezone.now()
    if here.application:
        return redirect("my_exhibitor", organisation)
    may_ask = may_ask_free_booth(here.organisation, here.edition, local_day(at))
    first = {"contact_email": here.user.email, "area_m2": 9}
    form = ApplicationForm(request.POST or None, edition=here.edition, free_booth=may_ask, initial=first)
    if request.method == "POST" and form.is_valid() and _applied(here, form, at):
        messages.success(request, _("Your application has been handed in. The organiser will answer by e-mail."))
        return redirect("my_exhibitor", organisation)
    return form_page(request, "exhibitor/application.html", here.edition, {"here": here, "form": form})


def _applied(here: Place, form: ApplicationForm, at: datetime) -> bool:
    """Draft and hand in, both or neither; a refusal goes beside the field it speaks of."""
    try:
        with transaction.atomic():
            draft = apply(here.edition, here.organisation, **form.cleaned_data, context=ActionContext(at, here.user))
            submit(draft, context=ActionContext(at, here.user))
    except Refusal as refusal:
        refused_in(form, refusal, APPLICATION_FIELDS)
        return False
    return True


@login_required
def buyers_wanted(request: HttpRequest, organisation: int) -> HttpResponse:
    """Say whom the organisation wants to meet; at any time."""
    here = place(request, organisation)
    if (own := here.application) is None:
        return redirect("my_application", organisation)
    first = {"buyers_wanted": own.buyers_wanted, "least_purchases": own.least_purchases}
    form = BuyersWantedForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        least = form.cleaned_data["least_purchases"]
        want_buyers(
            own,
            form.cleaned_data["buyers_wanted"],
            least_purchases=least,
            context=ActionContext(timezone.now(), here.user),
        )
        messages.success(request, _("Saved. The next suggestions follow it."))
        return redirect("my_exhibitor", organisation)
    return form_page(request, "exhibitor/buyers_wanted.html", here.edition, {"here": here, "form": form})


@require_POST
@login_required
def withdrawal(request: HttpRequest, organisation: int) -> HttpResponse:
    """Take the application back."""
    here = place(request, organisation)
    if (own := here.application) is None:
        raise Http404
    done(
        request,
        lambda: withdraw(own, context=ActionContext(timezone.now(), here.user)),
        _("Your application is withdrawn."),
    )
    return redirect("my_exhibitor", organisation)


@login_required
def meetings(request: HttpRequest, organisation: int) -> HttpResponse:
    """Requests, and the timetable once it is published."""
    here, exhibitor = contracted(request, organisation)
    shown = {"here": here, "requests": requests_shown(exhibitor), "days": by_day(day_of(exhibitor))}
    return private_page(request, "exhibitor/meetings.html", here.edition, shown)


@require_POST
@login_required
def meeting(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Answer a request or take one back."""
    _here, exhibitor = contracted(request, organisation)
    settle_request(request, exhibitor, pk)
    return redirect("my_meetings", organisation)

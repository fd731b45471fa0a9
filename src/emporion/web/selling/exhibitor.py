"""An exhibitor's stand: chosen on the plan, held with a clock, requested; wishes and waiting lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.booths import queries as booths
from emporion.domain.editions.models import Hall
from emporion.domain.editions.queries import areas_by_code
from emporion.domain.exhibitors.models import Application
from emporion.domain.refusal import Refusal
from emporion.domain.selling.actions import (
    choose_stand,
    give_back,
    hold_stand,
    join_waiting_list,
    leave_waiting_list,
    renew_hold,
    request_stand,
    set_wishes,
)
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import sale_for, sale_rules, similar_free
from emporion.domain.selling.queries.floor import FloorStand, floor_of, halls_on_sale, quote_of_stand
from emporion.domain.selling.queries.waiting import wishes_of
from emporion.domain.selling.rules.holds import Held, is_live
from emporion.web.booths import plan
from emporion.web.selling.forms import FitForm, RequestForm
from emporion.web.shell.access import Place, action_context, edition_of, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.labels import OPEN_SIDES, STANDS
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import UNPROCESSABLE, done, form_page, is_part, private_page

LABELS = {"stands": STANDS, "open_sides": OPEN_SIDES}


def stand(request: HttpRequest, organisation: int) -> HttpResponse:
    """The stand that the organisation has or may choose: its price, its clock, and the plan with all that are free."""
    here, now = place(request, organisation), timezone.now()
    own = _own(here.application, now)
    return private_page(request, "selling/stand.html", here.edition, _shown(request, here, own))


def _own(application: Application | None, now: Any) -> StandSale | None:
    """The stand that is kept for an application now."""
    own = sale_for(application) if application else None
    return own if own is not None and is_live(own.state, own.until, now) else None


def _shown(request: HttpRequest, here: Place, own: StandSale | None, **more: Any) -> dict[str, Any]:
    now, rules = timezone.now(), sale_rules(here.edition)
    shown: dict[str, Any] = {"here": here, "rules": rules, "own": own, "labels": LABELS, "request_form": RequestForm()}
    if own is not None and here.application is not None:
        here.application.edition = here.edition
        shown["quote"] = quote_of_stand(own, here.application, now)
    if rules.way != "allocated" and here.application is not None:
        halls = halls_on_sale(here.edition, now)
        chosen = next((hall for hall in halls if hall.code == request.GET.get("hall")), halls[0] if halls else None)
        shown |= {"halls": halls, "hall": chosen, "wishes": wishes_of(here.application)}
        shown["fit_form"] = FitForm(halls=[hall.code for hall in halls], initial=_fit(here.application))
        if chosen is not None:
            shown |= _floor(chosen, here, now)
    return shown | more


def _fit(application: Application) -> dict[str, Any]:
    """What the application asks, as a search begins with it."""
    kind = "special" if application.stand == Application.Stand.RAW else "standard"
    asked = {"least_m2": application.area_m2, "most_m2": application.area_m2, "open_sides": application.open_sides}
    return {"kind": kind, **asked}


def _floor(hall: Hall, here: Place, now: Any) -> dict[str, Any]:
    """The hall's drawing, and its stands on sale by number."""
    hall.edition = here.edition
    rows = floor_of(hall, here.application, now)
    drawing = plan.draw(booths.hall_plan(hall), areas_by_code(here.edition))
    by_number: dict[str, FloorStand] = {row.stand.number: row for row in rows}
    drawn = [(one, by_number.get(one.stand.number)) for one in drawing.stands]
    return {"plan": drawing, "drawn": drawn, "rows": rows}


@require_POST
def hold(request: HttpRequest, organisation: int) -> HttpResponse:
    """Hold the stand that was picked; whoever is refused sees at once which similar ones are free."""
    number, edition = request.POST.get("number", ""), edition_of(request)
    try:
        held = hold_stand(edition, organisation, number, context=action_context(request))
    except Refusal as refusal:
        similar = similar_free(edition, number, timezone.now())
        return _refused(request, organisation, refusal, {"similar": similar, "number": number})
    return _held(request, organisation, held)


@require_POST
def choose(request: HttpRequest, organisation: int) -> HttpResponse:
    """Hold a free stand that fits, whichever it is."""
    edition = edition_of(request)
    halls = [hall.code for hall in halls_on_sale(edition, timezone.now())] if request.POST.get("hall") else []
    form = FitForm(request.POST, halls=halls)
    if not form.is_valid():
        here = place(request, organisation)
        shown = _shown(request, here, _own(here.application, timezone.now())) | {"fit_form": form, "form": form}
        return form_page(request, "selling/stand.html", here.edition, shown)
    try:
        held = choose_stand(edition, organisation, form.fit(), context=action_context(request))
    except Refusal as refusal:
        return _refused(request, organisation, refusal, {})
    return _held(request, organisation, held)


def _held(request: HttpRequest, organisation: int, held: Held) -> HttpResponse:
    if is_part(request):
        shown = {"held": held, "organisation": organisation}
        return private_page(request, "selling/parts/held.html", edition_of(request), shown)
    messages.success(request, _("Stand %(number)s is held for you.") % {"number": held.number})
    return redirect(fair_url(request, "my_stand", organisation))


def _refused(request: HttpRequest, organisation: int, refusal: Refusal, found: dict[str, Any]) -> HttpResponse:
    shown = {"refusal": sentence(refusal), "organisation": organisation, **found}
    if is_part(request):
        return private_page(request, "selling/parts/refused.html", edition_of(request), shown)
    here = place(request, organisation)
    page = _shown(request, here, _own(here.application, timezone.now())) | shown
    return private_page(request, "selling/stand.html", here.edition, page, status=UNPROCESSABLE)


@require_POST
def act(request: HttpRequest, organisation: int) -> HttpResponse:
    """Renew a hold, give a stand back, request it, join a waiting list or leave it."""
    edition, context = edition_of(request), action_context(request)
    number = request.POST.get("number", "")
    actions: dict[str, tuple[Callable[[], object], str]] = {
        "renew": (lambda: renew_hold(edition, organisation, context=context), _("The clock begins anew.")),
        "give_back": (lambda: give_back(edition, organisation, context=context), _("The stand is given back.")),
        "wait": (
            lambda: join_waiting_list(edition, organisation, number, context=context),
            _("You are on the waiting list. If the stand becomes free in your turn, we write to you."),
        ),
        "leave": (
            lambda: leave_waiting_list(edition, organisation, number, context=context),
            _("You are off the waiting list."),
        ),
    }
    wanted = request.POST.get("action", "")
    if wanted == "request":
        return _request(request, organisation)
    if wanted not in actions:
        raise Http404
    done(request, *actions[wanted])
    return redirect(fair_url(request, "my_stand", organisation))


def _request(request: HttpRequest, organisation: int) -> HttpResponse:
    form = RequestForm(request.POST)
    if not form.is_valid():
        here = place(request, organisation)
        shown = _shown(request, here, _own(here.application, timezone.now())) | {"request_form": form, "form": form}
        return form_page(request, "selling/stand.html", here.edition, shown)
    deck, context = form.cleaned_data["upper_deck_m2"] or 0, action_context(request)
    done(
        request,
        lambda: request_stand(edition_of(request), organisation, context=context, upper_deck_m2=deck),
        _("The stand is requested. It is yours when your contract is accepted and the organiser confirms it."),
    )
    return redirect(fair_url(request, "my_stand", organisation))


@require_POST
def wishes(request: HttpRequest, organisation: int) -> HttpResponse:
    """Set the ranked wishes, one number a line, the dearest first."""
    typed = request.POST.get("wishes", "").replace(",", " ").split()
    context = action_context(request)
    done(
        request,
        lambda: set_wishes(edition_of(request), organisation, typed, context=context),
        _("Your wishes are saved in this order."),
    )
    return redirect(fair_url(request, "my_stand", organisation))

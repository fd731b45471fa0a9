"""The office's sale of stands: its rules, who holds what, requests, waiting lists and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from emporion.domain.billing.queries import price_list_of
from emporion.domain.editions.models import Edition
from emporion.domain.selling.actions import (
    draw_stands,
    put_on_sale,
    set_location,
    set_priority,
    set_sale_rules,
    take_off_sale,
)
from emporion.domain.selling.queries import sale_rules
from emporion.domain.selling.queries.office import (
    applicant,
    halls_with_stands,
    points_of,
    sale_counts,
    sales_in,
    stands_chosen,
)
from emporion.domain.selling.queries.waiting import drawing_of, drawings_of, places_of, waiting_lists
from emporion.domain.selling.rules.holds import CONFIRMED, HELD, OFFERED, REQUESTED
from emporion.domain.staff.rules import HALLS
from emporion.language import written
from emporion.web.selling.forms import LOCATION, ON_SALE, RulesForm, StandsForm
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, done, form_page, private_page
from emporion.web.shell.waiting import Asked, Waiting, waits
from emporion.web.shell.whole_numbers import whole_number

LISTS = {"requested": (REQUESTED,), "kept": (HELD, OFFERED), "confirmed": (CONFIRMED,)}


@waits(HALLS)
def stands_requested(asked: Asked) -> Iterator[Waiting]:
    """Stands that exhibitors have requested and nobody has confirmed."""
    if count := sales_in(asked.edition, (REQUESTED,), asked.at).count():
        text = ngettext("%(count)s stand is requested", "%(count)s stands are requested", count)
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_sale"))


def sale(request: HttpRequest) -> HttpResponse:
    """Who holds, is offered, has requested and has which stand; what is on sale and how."""
    edition = edition_of(request)
    return private_page(request, "selling/office.html", edition, _shown(request, edition))


def _shown(request: HttpRequest, edition: Edition, **more: Any) -> dict[str, Any]:
    now, rules = timezone.now(), sale_rules(edition)
    shown = request.GET.get("show", "requested")
    shown = shown if shown in LISTS else "requested"
    listed = page_after(sales_in(edition, LISTS[shown], now), request.GET.get("after", ""), "since")
    counts = dict(sale_counts(edition, now))
    sums = {name: sum(counts[state] for state in states) for name, states in LISTS.items()}
    return {
        "rules": rules, "counts": counts, "sums": sums, "show": shown, "rows": listed.rows, "after": listed.after,
        "stands_form": _stands_form(edition), "drawings": drawings_of(edition), **more,
    }  # fmt: skip


def _stands_form(edition: Edition, typed: Any = None) -> StandsForm:
    prices = price_list_of(edition)
    places = prices.prices.locations if prices else ()
    classes = [(one.code, f"{one.code} – {written(one.name)}") for one in places]
    return StandsForm(typed, halls=halls_with_stands(edition), locations=classes)


def rules(request: HttpRequest) -> HttpResponse:
    """Set how the stands of the edition come to exhibitors."""
    edition = edition_of(request)
    known = sale_rules(edition)
    first = {name: getattr(known, name) for name in RulesForm.base_fields}
    form = RulesForm(request.POST or None, initial=first)
    if request.method == "POST" and _saved(request, edition, form):
        messages.success(request, _("Saved. Holds that run keep their time."))
        return redirect(fair_url(request, "office_sale"))
    return form_page(request, "selling/rules.html", edition, {"form": form})


def _saved(request: HttpRequest, edition: Edition, form: RulesForm) -> bool:
    context = action_context(request)
    return accepted(form, lambda: set_sale_rules(edition, form.terms(), context=context), {}) is not None


@require_POST
def stands(request: HttpRequest) -> HttpResponse:
    """Put stands on sale, take free ones off it, or set the class of their places."""
    edition, context = edition_of(request), action_context(request)
    form = _stands_form(edition, request.POST)
    if not form.is_valid():
        return form_page(request, "selling/office.html", edition, _shown(request, edition, stands_form=form, form=form))
    typed = form.cleaned_data
    chosen = stands_chosen(edition, hall=typed["hall"], numbers=form.chosen())
    if typed["action"] == LOCATION:
        count = set_location(edition, chosen, typed["location"], context=context)
        text = ngettext("%(count)s stand has its class now.", "%(count)s stands have their class now.", count)
    elif typed["action"] == ON_SALE:
        count = put_on_sale(edition, chosen, context=context)
        text = ngettext("%(count)s stand was put on sale.", "%(count)s stands were put on sale.", count)
    else:
        count = take_off_sale(edition, chosen, context=context)
        text = ngettext("%(count)s free stand was taken off sale.", "%(count)s free stands were taken off sale.", count)
    messages.success(request, text % {"count": f"{count:,}"})
    return redirect(fair_url(request, "office_sale"))


def waiting(request: HttpRequest) -> HttpResponse:
    """Every stand for which somebody waits, with all who wait in their turn and why; POST gives one of them points."""
    edition = edition_of(request)
    if request.method == "POST":
        return _give_points(request, edition)
    shown = {"lists": waiting_lists(edition), "points": points_of(edition), "rules": sale_rules(edition)}
    return private_page(request, "selling/waiting.html", edition, shown)


def _give_points(request: HttpRequest, edition: Edition) -> HttpResponse:
    key, points = whole_number(request.POST.get("application", "")), whole_number(request.POST.get("points", ""))
    found = applicant(edition, key) if key is not None else None
    if found is None:
        messages.error(request, _("Choose an applicant of this edition."))
    elif points is None or points > 1000:
        messages.error(request, _("Points are a whole number from 0 to 1,000."))
    else:
        given, context = points, action_context(request)
        done(request, lambda: set_priority(found, given, context=context), _("The points are set."))
    return redirect(fair_url(request, "office_sale_waiting"))


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw the free stands among those with wishes."""
    edition, context = edition_of(request), action_context(request)
    done(request, lambda: draw_stands(edition, context=context), _("Drawn. Each who got a stand is told."))
    latest = next(iter(drawings_of(edition)), None)
    return redirect(
        fair_url(request, "office_drawing_order", latest.pk) if latest is not None else fair_url(request, "office_sale")
    )


def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """One drawing: everybody's place, the reason for it, and what each got."""
    edition = edition_of(request)
    found = drawing_of(edition, pk)
    if found is None:
        raise Http404(_("There is no drawing at this address."))
    return private_page(request, "selling/drawing.html", edition, {"drawing": found, "places": places_of(found)})

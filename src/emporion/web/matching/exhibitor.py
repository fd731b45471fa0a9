"""Buyers suggested to an exhibitor, and what the exhibitor has marked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.queries import (
    Suggestion,
    current_run,
    marked_by,
    strongest_reasons,
    suggestions_to,
    visitor_known_to,
)
from emporion.language import translate
from emporion.web.matching.reactions import Relations, apply_reaction, pair_with, relations_of
from emporion.web.shell.access import contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page
from emporion.web.shell.states import PURCHASES
from emporion.web.shell.whole_numbers import whole_number

AT_A_TIME, LAST = 25, 100


@login_required
def suggestions(request: HttpRequest, organisation: int) -> HttpResponse:
    """Its list, some at a time, each buyer with the strongest reasons and what has come of it."""
    here, exhibitor = contracted(request, organisation)
    first = _place(request.GET.get("from", ""))
    # One more tells whether there is a next page.
    found = suggestions_to(exhibitor, first=first - 1, limit=min(AT_A_TIME + 1, LAST - first + 1))
    relations = relations_of(exhibitor)
    context = {
        "here": here,
        "suggestions": [_row(exhibitor, one, relations) for one in found[:AT_A_TIME]],
        "first": first,
        "next": first + AT_A_TIME if len(found) > AT_A_TIME else None,
        "before": max(first - AT_A_TIME, 1) if first > 1 else None,
        "marked": len(relations.marks),
        "closed": relations.closed,
        "run": None if found else current_run(here.edition),
    }
    return private_page(request, "matching/exhibitor_suggestions.html", here.edition, context)


@login_required
def suggestion(request: HttpRequest, organisation: int, visitor: int) -> HttpResponse:
    """Do something about a buyer who was suggested or marked; others are not to be asked by their number."""
    if request.method != "POST":
        # Whoever signs in again in the middle of it comes here.
        return redirect(fair_url(request, "my_suggestions", organisation))
    _here, exhibitor = contracted(request, organisation)
    if (known := visitor_known_to(exhibitor, visitor)) is None:
        raise Http404
    return apply_reaction(request, exhibitor, known, fair_url(request, "my_suggestions", organisation))


@login_required
def marks(request: HttpRequest, organisation: int) -> HttpResponse:
    """Favourites, hidden and declined buyers, each to be taken back."""
    here, exhibitor = contracted(request, organisation)
    relations = relations_of(exhibitor)
    marked = [{"it": one, "pair": pair_with(exhibitor, one.other, relations)} for one in marked_by(exhibitor)]
    return private_page(request, "matching/exhibitor_marks.html", here.edition, {"here": here, "marked": marked})


def _place(typed: str) -> int:
    """The first place to show; what is no place of the list is the first."""
    place = whole_number(typed)
    return place if place is not None and 1 <= place <= LAST else 1


def _row(exhibitor: Exhibitor, one: Suggestion, relations: Relations) -> dict[str, Any]:
    unit = one.visitor.unit
    return {
        "it": one,
        "size": PURCHASES[unit.purchasing_size] if unit and unit.purchasing_size else "",
        "reasons": [translate(why) for why in strongest_reasons(one.terms, to_exhibitor=True)],
        "pair": pair_with(exhibitor, one.visitor, relations),
    }

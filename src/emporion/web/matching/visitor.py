"""Exhibitors suggested to a visitor, and what the visitor has marked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from emporion.domain.booths.queries import stand_of
from emporion.domain.matching.queries import (
    Suggestion,
    current_run,
    marked_by,
    strongest_reasons,
    suggestions_for,
)
from emporion.domain.visitors.models import Visitor
from emporion.language import translate
from emporion.web.matching.reactions import Relations, apply_reaction, pair_with, relations_of
from emporion.web.shell.access import public_exhibitor, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import private_page

MAX_ROWS = 20


@login_required
def suggestions(request: HttpRequest) -> HttpResponse:
    """The exhibitors suggested: those where a request has a fair chance, then others, each with its reasons."""
    here = visit(request)
    found, relations = suggestions_for(here, limit=MAX_ROWS), relations_of(here)
    rows = [_row(here, one, relations) for one in found]
    context: dict[str, Any] = {
        "here": here,
        "first": [row for row in rows if row["it"].in_places],
        "further": [row for row in rows if not row["it"].in_places],
        "made_now": any(one.made_now for one in found),
        "marked": len(relations.marks),
        "closed": relations.closed,
        "run": None if found else current_run(here.edition),
    }
    return private_page(request, "matching/visitor_suggestions.html", here.edition, context)


@login_required
def suggestion(request: HttpRequest, number: str) -> HttpResponse:
    """Do something about an exhibitor, suggested or not; any exhibitor of the edition may be asked or marked."""
    if request.method != "POST":
        # Whoever signs in again in the middle of it comes here.
        return redirect(fair_url(request, "my_visit_suggestions"))
    here = visit(request)
    return apply_reaction(
        request, here, public_exhibitor(here.edition, number), fair_url(request, "my_visit_suggestions")
    )


@login_required
def marks(request: HttpRequest) -> HttpResponse:
    """Favourites, hidden and declined exhibitors, each to be taken back."""
    here = visit(request)
    relations = relations_of(here)
    marked = [{"it": one, "pair": pair_with(here, one.other, relations)} for one in marked_by(here)]
    return private_page(request, "matching/visitor_marks.html", here.edition, {"here": here, "marked": marked})


def _row(here: Visitor, one: Suggestion, relations: Relations) -> dict[str, Any]:
    return {
        "it": one,
        "stand": stand_of(one.exhibitor),
        "debut": any(term.code == "debut" for term in one.terms),
        "reasons": [translate(why) for why in strongest_reasons(one.terms)],
        "pair": pair_with(here, one.exhibitor, relations),
    }

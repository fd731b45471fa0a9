"""What was suggested to whom, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Decline, ExhibitorSuggestions, Mark, MatchingRun, VisitorSuggestions
from emporion.domain.matching.queries.market import Market, load_market
from emporion.domain.matching.queries.marks import marks_of
from emporion.domain.matching.queries.prices import priced_exhibitors
from emporion.domain.matching.queries.reasons import Exhibit, Reasons, explain
from emporion.domain.matching.rules import Term
from emporion.domain.visitors.models import Visitor
from emporion.kernels.matching import rank_one

Listed = list[tuple[int, float]]


@dataclass(frozen=True)
class Suggestion:
    """One suggested partner (the other is who asked), its score and the terms of the match, strongest first.

    ``exhibits`` are the exhibitor's products that led there. ``in_places``: the exhibitor is among the first places of
    the visitor's list, so that a request has a fair chance: it stands on no more such lists than its quota bears.
    Others are worth a look all the same. ``made_now``: no run knew the visitor, so the score is at the run's prices
    and there are no places yet.
    """

    visitor: Visitor
    exhibitor: Exhibitor
    score: float
    terms: tuple[Term, ...]
    exhibits: tuple[Exhibit, ...] = ()
    in_places: bool = True
    made_now: bool = False


def current_run(edition: Edition) -> MatchingRun | None:
    """The run whose suggestions are shown."""
    return MatchingRun.objects.filter(edition=edition, current=True).first()


def run_of_a_current_edition() -> MatchingRun | None:
    """A run whose suggestions are shown now, of any fair."""
    return MatchingRun.objects.select_related("edition").filter(edition__current=True, current=True).first()


def suggestions_for(visitor: Visitor, *, limit: int = 20) -> list[Suggestion]:
    """The exhibitors suggested to an approved visitor, places first, without those declined since; explained.

    Who has no list of the current run, as a newcomer, gets one made at the run's prices. A constant number of
    queries, whatever the number of suggestions.
    """
    if visitor.state != Visitor.State.APPROVED:
        return []
    found = VisitorSuggestions.objects.filter(visitor=visitor, run__current=True).first()
    if found is None:
        return _made_now(visitor, limit)
    declined = _declined("exhibitor", visitor=visitor)
    listed = [(pk, score) for pk, score in zip(found.exhibitors, found.scores, strict=True) if pk not in declined]
    market = load_market(visitor.edition, visitors=[visitor.pk], exhibitors=[pk for pk, _ in listed[:limit]])
    return _to_visitor(visitor, listed[:limit], market, places=found.exhibitors[: found.places])


def suggestions_to(exhibitor: Exhibitor, *, first: int = 0, limit: int = 100) -> list[Suggestion]:
    """The visitors suggested to an exhibitor from place ``first`` on, best first; explained.

    Those declined since and those no longer approved are left out. A constant number of queries.
    """
    found = ExhibitorSuggestions.objects.filter(exhibitor=exhibitor, run__current=True).first()
    if found is None:
        return []
    declined = _declined("visitor", exhibitor=exhibitor)
    approved = set(
        Visitor.objects.filter(pk__in=found.visitors, state=Visitor.State.APPROVED).values_list("pk", flat=True)
    )
    listed = [(pk, score) for pk, score in zip(found.visitors, found.scores, strict=True) if pk in approved - declined]
    return _to_exhibitor(exhibitor, listed[first : first + limit], found.run_id)


def visitor_known_to(exhibitor: Exhibitor, pk: int) -> Visitor | None:
    """The visitor with that key when the exhibitor was shown it, else none: others are not shown to it.

    Shown are those in its list and those it has marked or declined.
    """
    suggested = ExhibitorSuggestions.objects.filter(exhibitor=exhibitor, run__current=True, visitors__contains=[pk])
    if not suggested.exists() and pk not in marks_of(exhibitor):
        return None
    return Visitor.objects.select_related("edition", "unit").filter(pk=pk).first()


def _declined(other: str, **one: Visitor | Exhibitor) -> set[int]:
    """Whom one side declined or hid, or who declined or hid it, since the run; in one query."""
    declined = Decline.objects.filter(**one).values_list(other)
    return {pk for (pk,) in declined.union(Mark.objects.filter(kind=Mark.Kind.HIDDEN, **one).values_list(other))}


def _made_now(visitor: Visitor, limit: int) -> list[Suggestion]:
    """The list of a visitor for whom the current run made none, at the prices that the run left."""
    run = current_run(visitor.edition)
    if run is None:
        return []
    sellers, prices = priced_exhibitors(run)
    market = load_market(visitor.edition, visitors=[visitor.pk], exhibitors=sellers)
    if not len(market.visitors):
        return []
    problem = market.problem
    rows, scores = rank_one(
        problem.visitor_wants[0],
        problem.visitor_offers[0],
        problem.exhibitor_offers,
        problem.exhibitor_wants,
        prices,
        hidden=problem.hidden[:, 1].tolist(),
        length=limit,
        favour=np.bincount(problem.favoured[:, 1], problem.favour, problem.exhibitors).astype(np.float32),
    )
    listed = list(zip(market.exhibitors[rows].tolist(), scores.tolist(), strict=True))
    return _to_visitor(visitor, listed, market, places=[], made_now=True)


def _to_visitor(
    visitor: Visitor, listed: Listed, market: Market, *, places: list[int], made_now: bool = False
) -> list[Suggestion]:
    shown = Exhibitor.objects.select_related("organisation", "origin", "area", "sector")
    # Fetched apart: PostgreSQL takes longer to plan one join of ten tables than to answer these.
    stands = ("occupancy__stand__hall", "main__occupancy__stand__hall")
    exhibitors = shown.prefetch_related(*stands).in_bulk([pk for pk, _ in listed])
    why = explain(market, list(exhibitors))
    return [
        Suggestion(
            visitor,
            exhibitors[pk],
            score,
            *why.get((visitor.pk, pk), Reasons()),
            in_places=pk in places,
            made_now=made_now,
        )
        for pk, score in listed
        if pk in exhibitors
    ]


def _to_exhibitor(exhibitor: Exhibitor, listed: Listed, run: int) -> list[Suggestion]:
    visitors = Visitor.objects.select_related("unit__organisation", "country").in_bulk([pk for pk, _ in listed])
    why = explain(load_market(exhibitor.edition, visitors=list(visitors), exhibitors=[exhibitor.pk]), [exhibitor.pk])
    theirs = VisitorSuggestions.objects.filter(run=run, visitor__in=list(visitors))
    among_first = {one.visitor_id for one in theirs if exhibitor.pk in one.exhibitors[: one.places]}
    return [
        Suggestion(visitors[pk], exhibitor, score, *why.get((pk, exhibitor.pk), Reasons()), in_places=pk in among_first)
        for pk, score in listed
    ]

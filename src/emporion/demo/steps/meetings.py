"""From suggestions over requests and answers to a published timetable."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from django.db.models import Value
from django.db.models.functions import Concat, Lower

from emporion.demo import calendar
from emporion.demo.steps.fair import Fair, ListRefused, Progress, Step, counted
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import run_matching
from emporion.domain.matching.models import VisitorSuggestions
from emporion.domain.meetings.actions import (
    RequestRow,
    import_requests,
    make_timetable,
    open_slots,
    publish_timetable,
)
from emporion.domain.visitors.models import Visitor

BY_EXHIBITOR = 0.2
MUST = 0.15
STATES = np.array(["accepted", "declined", "pending"])
STATE_SHARE = [0.88, 0.07, 0.05]


def match(fair: Fair, progress: Progress) -> None:
    """Suggestions for every visitor and every exhibitor."""
    run_matching(
        fair.edition,
        context=ActionContext(calendar.MATCHED, fair.organiser),
        seed=fair.seed,
        executor=fair.executor,
        progress=progress,
    )


def ask_and_answer(fair: Fair, progress: Progress) -> None:
    """Some buyers ask to meet the first of their suggestions; most are accepted, some declined, a few still wait."""
    # All is read before the first row is written: nothing can be asked of the database in the middle of a COPY.
    requested = list(_requests(fair))
    _leave_addresses(fair, {row.visitor for row in requested})
    rows = counted(requested, progress)
    outcome = import_requests(fair.edition, rows, context=ActionContext(calendar.ANSWERED, fair.organiser))
    if outcome.problems:
        raise ListRefused(f"meeting requests: {outcome.problems[:3]}")


def _leave_addresses(fair: Fair, numbers: set[str]) -> None:
    """Who asks to meet leaves an address at which answers are read."""
    who = Visitor.objects.filter(edition=fair.edition, number__in=numbers)
    who.update(email=Concat(Lower("number"), Value("@buyers.example")))


def _requests(fair: Fair) -> Iterator[RequestRow]:
    rng = np.random.default_rng([fair.seed, 11])
    # Buyers come to trade: they ask enterprises, not those who show a national image.
    enterprises = Exhibitor.objects.filter(edition=fair.edition, scope="enterprise")
    numbers = dict(enterprises.values_list("id", "number"))
    pairs = [
        (visitor, numbers[one])
        for visitor, exhibitors in _lists_of_buyers(fair, rng)
        for one in [one for one in exhibitors if one in numbers][: fair.size.requests_each]
    ]
    count = len(pairs)
    by_exhibitor, must = (rng.random((2, count)) < np.array([[BY_EXHIBITOR], [MUST]])).tolist()
    states = STATES[rng.choice(len(STATES), count, p=STATE_SHARE)].tolist()
    for row, ((visitor, exhibitor), requested_by_exhibitor, wish, state) in enumerate(
        zip(pairs, by_exhibitor, must, states, strict=True), start=1
    ):
        yield RequestRow(
            row=row,
            visitor=visitor,
            exhibitor=exhibitor,
            by_exhibitor=requested_by_exhibitor,
            wish="must" if wish else "like",
            state=state,
            requested=calendar.ASKED,
            answered=None if state == "pending" else calendar.ANSWERED,
        )


def _lists_of_buyers(fair: Fair, rng: np.random.Generator) -> list[tuple[str, list[int]]]:
    """The suggestions of buyers from the trading groups, chosen by chance, in the order of their numbers."""
    lists = VisitorSuggestions.objects.filter(run__edition=fair.edition, run__current=True)
    buyers = lists.filter(visitor__unit__delegation__isnull=False).order_by("visitor__number")
    visitors = list(buyers.values_list("visitor", flat=True))
    chosen = np.sort(rng.permutation(len(visitors))[: fair.size.buyers_who_ask])
    requested = lists.filter(visitor__in=[visitors[index] for index in chosen]).order_by("visitor__number")
    return list(requested.values_list("visitor__number", "exhibitors"))


def schedule(fair: Fair, progress: Progress) -> None:
    """The timetable of the accepted requests, published."""
    edition, actor = fair.edition, fair.organiser
    open_slots(edition, context=ActionContext(calendar.ASKED, actor))
    make_timetable(
        edition,
        context=ActionContext(calendar.TIMETABLED, actor),
        seed=fair.seed,
        executor=fair.executor,
        progress=progress,
    )
    publish_timetable(edition, context=ActionContext(calendar.TIMETABLED, actor))


STEPS = (
    Step("Match visitors and exhibitors", match),
    Step("Ask for meetings and answer", ask_and_answer),
    Step("Make and publish the timetable", schedule),
)

"""The second day of the show: buyers cancel, one comes late, a hall closes for an hour; the timetable is replanned."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from django.db.models import Count, QuerySet

from emporion.demo import calendar
from emporion.demo.steps.fair import Fair, Progress, Step
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import cancel, close_hall, note_outcome, replan_timetable, set_presence
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingRequest, MeetingSlot, Presence
from emporion.domain.meetings.queries import last_replan, replan_figures
from emporion.domain.visitors.models import Visitor

# One in so many of the buyers with meetings ahead falls ill.
ONE_IN = 100
# How many of the first day's meetings tell what came of them, and how it went.
OUTCOMES_RECORDED = 200
OUTCOMES = np.array(["held", "visitor", "exhibitor"])
OUTCOME_SHARE = [0.92, 0.05, 0.03]
CLOSED_FROM, CLOSED_FOR, LATE_FOR = timedelta(hours=2), timedelta(hours=1), timedelta(hours=1, minutes=30)


def record_outcomes(fair: Fair, progress: Progress) -> None:
    """What came of some of the first day's meetings: most were held, to some nobody came."""
    first = Meeting.objects.filter(request__edition=fair.edition, published=True, slot__ends__lt=calendar.REPLANNED)
    meetings = list(
        first.select_related("slot", "request").order_by("request__visitor__number", "pk")[:OUTCOMES_RECORDED]
    )
    rng = np.random.default_rng([fair.seed, 12])
    outcomes = OUTCOMES[rng.choice(len(OUTCOMES), len(meetings), p=OUTCOME_SHARE)].tolist()
    for meeting, outcome in zip(meetings, outcomes, strict=True):
        note_outcome(meeting, outcome, context=ActionContext(calendar.REPLANNED, fair.organiser))


def replan(fair: Fair, progress: Progress) -> None:
    """At noon some buyers cancel what is ahead of them, one comes late, a hall closes; then as little moves as may."""
    at, actor, rng = calendar.REPLANNED, fair.organiser, np.random.default_rng([fair.seed, 13])
    ahead = Meeting.objects.filter(request__edition=fair.edition, published=True, slot__starts__gt=at)
    buyers = list(ahead.order_by("request__visitor__number").values_list("request__visitor", flat=True).distinct())
    chosen = [buyers[index] for index in rng.permutation(len(buyers))[: len(buyers) // ONE_IN + 1]]
    for request in MeetingRequest.objects.filter(meeting__in=ahead, visitor__in=chosen).order_by("pk"):
        cancel(request, by_exhibitor=False, context=ActionContext(at, actor))
    _arrive_late(fair, ahead)
    _close_the_fullest_hall(fair, ahead)
    replan_timetable(fair.edition, context=ActionContext(at, actor), seed=fair.seed)


def _arrive_late(fair: Fair, ahead: QuerySet[Meeting]) -> None:
    """The buyer with most meetings in the next hour and a half is not there yet."""
    at = calendar.REPLANNED
    missed = ahead.filter(slot__starts__lt=at + LATE_FOR)
    busiest = missed.values("request__visitor").annotate(meetings=Count("pk"))
    first = busiest.order_by("-meetings", "request__visitor__number").first()
    if first is None:
        return
    slots = MeetingSlot.objects.filter(edition=fair.edition, starts__gt=at, starts__lt=at + LATE_FOR)
    away = list(slots.values_list("number", flat=True))
    visitor = Visitor.objects.get(pk=first["request__visitor"])
    set_presence(visitor, away=away, context=ActionContext(at, fair.organiser))


def _close_the_fullest_hall(fair: Fair, ahead: QuerySet[Meeting]) -> None:
    """The hall with most meetings in an hour of the afternoon is closed for it."""
    begins = calendar.REPLANNED + CLOSED_FROM
    slots = list(MeetingSlot.objects.filter(edition=fair.edition, starts__gte=begins, starts__lt=begins + CLOSED_FOR))
    where = "request__exhibitor__occupancy__stand__hall"
    fullest = ahead.filter(slot__in=slots, **{f"{where}__isnull": False}).values(where).annotate(meetings=Count("pk"))
    first = fullest.order_by("-meetings", f"{where}__code").first()
    if first is None:
        return
    hall = Hall.objects.get(pk=first[where])
    close_hall(hall, slots[0], slots[-1], context=ActionContext(calendar.REPLANNED, fair.organiser))


def replan_summary(edition: Edition) -> dict[str, int | str]:
    """The figures of the replan: what happened, and what it changed."""
    run = last_replan(edition)
    if run is None:
        return {}
    gone = MeetingRequest.objects.filter(edition=edition, state="cancelled", answered=calendar.REPLANNED)
    halls = HallClosure.objects.filter(hall__edition=edition).values_list("hall__code", flat=True)
    return {
        "buyers_who_cancelled": gone.values("visitor").distinct().count(),
        "meetings_cancelled": gone.count(),
        "late_arrivals": Presence.objects.filter(visitor__edition=edition).count(),
        "closed_hall": ", ".join(halls),
        **replan_figures(run),
    }


STEPS = (
    Step("Tell what came of meetings", record_outcomes),
    Step("Replan on the second day", replan),
)

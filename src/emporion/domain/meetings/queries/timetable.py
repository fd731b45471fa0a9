"""What is asked of meetings: requests, the timetable, somebody's day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from emporion.domain.booths.queries import stand_of
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.editions.queries import day_at_venue, window_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import (
    CalendarLink,
    DelegationLink,
    Meeting,
    MeetingRequest,
    MeetingSlot,
    Presence,
    TimetableChange,
    TimetableRun,
)
from emporion.domain.meetings.rules import request_state, why_closed, without_address
from emporion.domain.name_terms import found_by
from emporion.domain.notices.models import Notice
from emporion.domain.reason import ProperName, Reason
from emporion.domain.visitors.models import Delegation, Visitor

RELATED = (
    "slot__edition__venue",
    "run",
    "request__visitor__unit__organisation",
    "request__exhibitor__organisation",
    "request__exhibitor__occupancy__stand__hall",
    "request__exhibitor__main__occupancy__stand__hall",
)


def day_of(person: Visitor | Exhibitor, day: date | None = None) -> list[Meeting]:
    """The published meetings of a visitor or an exhibitor in order of time, of one day or of all; one query."""
    side = Q(request__visitor=person) if isinstance(person, Visitor) else Q(request__exhibitor=person)
    found = Meeting.objects.filter(side, published=True).select_related(*RELATED).order_by("slot__number", "pk")
    return [meeting for meeting in found if day is None or meeting.slot.local_start.date() == day]


def meetings_on(edition: Edition, day: date) -> list[Meeting]:
    """All published meetings of an edition on a day, in order of time."""
    shown = (*RELATED, "request__exhibitor__application")
    begins, ends = day_at_venue(edition, day)
    found = Meeting.objects.filter(
        request__edition=edition, published=True, slot__starts__gte=begins, slot__starts__lt=ends
    )
    return list(found.select_related(*shown).order_by("slot__number", "pk"))


def meetings_between(edition: Edition, after: datetime, until: datetime) -> list[Meeting]:
    """The published meetings that begin after a moment and not later than another, in order of time."""
    shown = (*RELATED, "request__exhibitor__application")
    found = Meeting.objects.filter(
        request__edition=edition, published=True, slot__starts__gt=after, slot__starts__lte=until
    )
    return list(found.select_related(*shown).order_by("slot__number", "pk"))


def editions_with_slots(after: datetime, until: datetime) -> QuerySet[Edition]:
    """The editions in which people meet between two moments."""
    near = MeetingSlot.objects.filter(starts__gt=after, starts__lte=until)
    return Edition.objects.filter(pk__in=near.values("edition")).order_by("pk")


def days_of_delegation(delegation: Delegation) -> list[tuple[Visitor, list[Meeting]]]:
    """The published meetings of everybody in a delegation and its sub-groups, person by person, by name."""
    inside = Q(path=delegation.path) | Q(path__startswith=f"{delegation.path}.")
    groups = Delegation.objects.filter(inside, edition=delegation.edition_id)
    found = Meeting.objects.filter(request__visitor__unit__delegation__in=groups, published=True)
    ordered = found.select_related(*RELATED).order_by("request__visitor__name", "request__visitor", "slot__number")
    people = groupby(ordered, key=lambda meeting: meeting.request.visitor)
    return [(visitor, list(held)) for visitor, held in people]


def meetings_by_day(meetings: Iterable[Meeting]) -> list[tuple[date, list[dict[str, Any]]]]:
    """Meetings in order of time with the stands where they are held, day by day in the venue's time."""
    days = groupby(meetings, key=lambda meeting: meeting.slot.local_start.date())
    return [(day, [{"it": one, "stand": stand_of(one.request.exhibitor)} for one in held]) for day, held in days]


def slots_by_day(edition: Edition) -> list[tuple[date, list[MeetingSlot]]]:
    """The slots of an edition, day by day in the venue's time."""
    slots = edition.meeting_slots.order_by("number")
    return [(day, list(mine)) for day, mine in groupby(slots, key=lambda slot: slot.local_start.date())]


def presence_of(person: Visitor | Exhibitor) -> Presence | None:
    """What somebody has said of their times and limits."""
    side = Q(visitor=person) if isinstance(person, Visitor) else Q(exhibitor=person)
    return Presence.objects.filter(side).first()


def free_slots(person: Visitor | Exhibitor, at: datetime) -> list[tuple[date, list[MeetingSlot]]]:
    """The slots after a moment in which somebody is there and, as a visitor, has no meeting; day by day."""
    presence = presence_of(person)
    taken = set(presence.away) if presence else set()
    if isinstance(person, Visitor):
        # A stand holds several meetings side by side; whether one more fits is asked when the time is agreed.
        taken |= {meeting.slot.number for meeting in day_of(person)}
    left = [
        (day, [slot for slot in slots if slot.starts > at and slot.number not in taken])
        for day, slots in slots_by_day(person.edition)
    ]
    return [(day, slots) for day, slots in left if slots]


def counts_of(edition: Edition) -> dict[str, int]:
    """Requests that wait, that are accepted, and meetings as drafts, published and pinned."""
    requests = MeetingRequest.objects.filter(edition=edition)
    found = requests.aggregate(
        pending=Count("pk", filter=Q(state=MeetingRequest.State.PENDING)),
        accepted=Count("pk", filter=Q(state=MeetingRequest.State.ACCEPTED)),
        draft=Count("meeting", filter=Q(meeting__published=False)),
        published=Count("meeting", filter=Q(meeting__published=True)),
        pinned=Count("meeting", filter=Q(meeting__pinned=True)),
    )
    return {name: int(count) for name, count in found.items()}


def load_by_slot(edition: Edition) -> list[tuple[date, list[tuple[MeetingSlot, int]]]]:
    """How many meetings, drafts included, each slot has, day by day."""
    held = dict(Meeting.objects.filter(request__edition=edition).values_list("slot").annotate(Count("pk")))
    return [(day, [(slot, held.get(slot.pk, 0)) for slot in slots]) for day, slots in slots_by_day(edition)]


def meetings_named(edition: Edition, text: str) -> QuerySet[Meeting]:
    """Meetings, drafts included, of a visitor or exhibitor by number or part of the name."""
    of_visitor = Q(request__visitor__number=text) | found_by("request__visitor__found_by", text)
    named = found_by("request__exhibitor__organisation__found_by", text)
    of_exhibitor = Q(request__exhibitor__number=text) | named
    found = Meeting.objects.filter(of_visitor | of_exhibitor, request__edition=edition)
    return found.select_related(*RELATED).order_by("slot__number", "pk")


def changes_of(run: TimetableRun) -> QuerySet[TimetableChange]:
    """What a replan changed, with whom it told."""
    sides = ("request__visitor", "request__exhibitor__organisation", "request__exhibitor__application")
    return run.changes.select_related(*sides, "before", "after").order_by("pk")


def untold_of(change: TimetableChange) -> tuple[ProperName, ...]:
    """Those of the two in a change whom no message reaches: somebody has to tell them."""
    visitor, exhibitor = change.request.visitor, change.request.exhibitor
    sides = [(visitor.proper_name, visitor.email)]
    sides.append((exhibitor.organisation.proper_name, exhibitor.application.contact_email))
    return without_address(*sides)


def last_replan(edition: Edition) -> TimetableRun | None:
    """The last run that changed published meetings, whatever drafts were made since."""
    return TimetableRun.objects.filter(edition=edition, changes__isnull=False).order_by("-id").first()


def missed(edition: Edition) -> QuerySet[Meeting]:
    """The published meetings to which one side did not come, in order of time."""
    sides = (Meeting.Outcome.VISITOR_MISSED, Meeting.Outcome.EXHIBITOR_MISSED)
    found = Meeting.objects.filter(request__edition=edition, published=True, outcome__in=sides)
    return found.select_related(*RELATED).order_by("slot__number", "pk")


def replan_figures(run: TimetableRun) -> dict[str, int]:
    """What a replan changed: published meetings that kept their times, moved, lost them, took free ones; messages."""
    kinds = dict(run.changes.values_list("kind").annotate(Count("pk")))
    moved, placed, lost = (kinds.get(kind, 0) for kind in TimetableChange.Kind.values)
    held = Meeting.objects.filter(request__edition=run.edition_id, published=True).count()
    notified = Notice.objects.filter(key__startswith=f"replan:{run.pk}:").count()
    return {"kept": held - moved - placed, "moved": moved, "placed": placed, "lost": lost, "notified": notified}


def outcomes_of(edition: Edition) -> dict[str, int]:
    """How many published meetings told which outcome; those that told none under an empty word."""
    held = Meeting.objects.filter(request__edition=edition, published=True)
    found = dict(held.values_list("outcome").annotate(Count("pk")))
    return {outcome: found.get(outcome, 0) for outcome in Meeting.Outcome.values}


def groups_with_meetings(edition: Edition) -> list[tuple[Delegation, int, list[Delegation]]]:
    """The trading groups whose people have published meetings: each with their number and its sub-groups."""
    inside: list[Any] = list(delegations_with_meetings(edition))
    groups = [(root, list(mine)) for root, mine in groupby(inside, key=lambda one: one.path.split(".")[0])]
    roots = {one.path: one for one in Delegation.objects.filter(edition=edition, path__in=[path for path, _ in groups])}
    return [
        (roots[path], sum(one.meetings for one in mine), [one for one in mine if one.path != path])
        for path, mine in groups
        if path in roots
    ]


def delegations_with_meetings(edition: Edition) -> QuerySet[Delegation]:
    """The delegations whose own people have published meetings, each with their number."""
    held = Q(visiting_units__visitors__meeting_requests__meeting__published=True)
    counted = Delegation.objects.filter(edition=edition).annotate(
        meetings=Count("visiting_units__visitors__meeting_requests__meeting", filter=held)
    )
    return counted.filter(meetings__gt=0).order_by("path")


def calendar_of(token: str) -> Visitor | Exhibitor | None:
    """Whose calendar a private address shows; nobody's once it is revoked."""
    link = CalendarLink.objects.select_related("visitor__edition", "exhibitor__edition").filter(token=token).first()
    return (link.visitor or link.exhibitor) if link else None


def delegation_of(token: str) -> Delegation | None:
    """Whose sheets a private address shows; nobody's once it is revoked."""
    return Delegation.objects.select_related("edition").filter(link__token=token).first()


def link_of(person: Visitor | Exhibitor) -> CalendarLink | None:
    """The private address of somebody's calendar, when there is one."""
    side = Q(visitor=person) if isinstance(person, Visitor) else Q(exhibitor=person)
    return CalendarLink.objects.filter(side).first()


def delegation_link_of(delegation: Delegation) -> DelegationLink | None:
    """The private address of a delegation's sheets, when there is one."""
    return DelegationLink.objects.filter(delegation=delegation).first()


def exhibitors_named(edition: Edition, text: str) -> QuerySet[Exhibitor]:
    """Exhibitors by number or by a part of the name in either language."""
    named = found_by("organisation__found_by", text)
    found = Exhibitor.objects.filter(Q(number=text) | named, edition=edition)
    shown = ("organisation", "area", "occupancy__stand__hall", "main__occupancy__stand__hall")
    return found.select_related(*shown).order_by("organisation__name", "pk")


def visitors_named(edition: Edition, text: str) -> QuerySet[Visitor]:
    """Approved visitors by their whole number or name, as it stands on a card: nobody leafs through all visitors."""
    found = Visitor.objects.filter(Q(number=text) | Q(name=text), edition=edition, state=Visitor.State.APPROVED)
    return found.select_related("unit__organisation").order_by("name", "pk")


def moves_of(person: Visitor | Exhibitor) -> dict[int, MeetingSlot]:
    """By request, the slot from which a replan last moved a meeting of the person."""
    side = Q(request__visitor=person) if isinstance(person, Visitor) else Q(request__exhibitor=person)
    moved = TimetableChange.objects.filter(side, kind=TimetableChange.Kind.MOVED).select_related("before")
    return {change.request_id: change.before for change in moved.order_by("pk") if change.before}


def requests_of(person: Visitor | Exhibitor) -> QuerySet[MeetingRequest]:
    """The requests of a visitor or an exhibitor, asked and received, newest first, with their meetings.

    That the other side does not want to meet is not told.
    """
    by_exhibitor = isinstance(person, Exhibitor)
    side = (Q(exhibitor=person) if by_exhibitor else Q(visitor=person)) & ~Q(
        wish=MeetingRequest.Wish.NO, by_exhibitor=not by_exhibitor
    )
    shown = ("visitor__unit__organisation", "exhibitor__organisation", "meeting__slot", "agreed_slot")
    return MeetingRequest.objects.filter(side).select_related(*shown).order_by("-requested", "-pk")


def units_to_meet(exhibitor: Exhibitor) -> list[str]:
    """The names of the units whose people agreed to meet an exhibitor, in order."""
    accepted = requests_of(exhibitor).filter(state=MeetingRequest.State.ACCEPTED, visitor__unit__isnull=False)
    return sorted({str(one.visitor.unit.organisation) for one in accepted if one.visitor.unit})


def request_states(person: Visitor | Exhibitor, at: datetime) -> dict[int, str]:
    """The state at a moment of every request between somebody and others, by the other's key; two queries."""
    own, other = ("visitor", "exhibitor") if isinstance(person, Visitor) else ("exhibitor", "visitor")
    until = answers_until(person.edition)
    found = MeetingRequest.objects.filter(**{own: person}).values_list(other, "state")
    return {key: request_state(state, until, at) for key, state in found}


def has_requested(visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool) -> bool:
    """Whether one side has asked the other and waits for its answer."""
    waiting = {"by_exhibitor": by_exhibitor, "state": MeetingRequest.State.PENDING}
    return MeetingRequest.objects.filter(visitor=visitor, exhibitor=exhibitor, **waiting).exists()


def answers_until(edition: Edition) -> datetime | None:
    """The moment from which requests can no longer be answered; none while the days for it are not set."""
    window = window_of(edition, Phase.Kind.MEETING)
    return window.closes if window else None


def closed_to_requests(edition: Edition, at: datetime) -> Reason | None:
    """Why nobody can ask for a meeting of the edition or answer at a moment; none while they can."""
    return why_closed(window_of(edition, Phase.Kind.MEETING), at)


def unplaced(edition: Edition) -> QuerySet[MeetingRequest]:
    """Accepted requests for which the last timetable has no slot, each with its reason; must meets first."""
    waiting = MeetingRequest.objects.filter(edition=edition, state=MeetingRequest.State.ACCEPTED)
    notified = waiting.filter(meeting__isnull=True, unplaced__isnull=False)
    return notified.select_related("visitor", "exhibitor__organisation").order_by("-wish", "pk")


def latest_timetable(edition: Edition) -> TimetableRun | None:
    """The last run of the scheduling kernel over the edition."""
    return TimetableRun.objects.filter(edition=edition).order_by("-id").first()

"""When people can meet: absences, limits, hosts, closed halls; and whether a time is still free for two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.booths.models import Occupancy
from emporion.domain.booths.queries import stand_of
from emporion.domain.editions.models import Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingRequest, MeetingSlot, Presence
from emporion.domain.meetings.rules import (
    AwayThen,
    HallClosedThen,
    SlotHasBegun,
    SlotTaken,
    hosts,
    require_limits,
    require_slots,
)
from emporion.domain.reason import ProperName
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def set_presence(
    person: Visitor | Exhibitor,
    *,
    away: Iterable[int],
    daily_limit: int | None = None,
    hosts: int | None = None,
    context: ActionContext,
) -> Presence:
    """Note the slots in which a visitor or a stand cannot meet, its limit of meetings in a day, and a stand's hosts.

    Published meetings stay until the organiser replans. Raises NoSuchSlot, DailyLimitOutOfRange or HostsOutOfRange.
    """
    numbers = sorted(set(away))
    require_slots(numbers, MeetingSlot.objects.filter(edition=person.edition).count())
    require_limits(daily_limit, hosts)
    facts = {"away": numbers, "daily_limit": daily_limit, "hosts": hosts}
    presence, _new = Presence.objects.update_or_create(defaults=facts, **side_of(person))
    record("presence.set", person, context=context, edition=person.edition_id, **facts)
    return presence


@transaction.atomic
def close_hall(hall: Hall, first: MeetingSlot, last: MeetingSlot, *, context: ActionContext) -> HallClosure:
    """Nobody meets in the hall from the first slot to the last; a replan then moves what was published there."""
    closure, _new = HallClosure.objects.get_or_create(hall=hall, first=first, last=last)
    slots = {"first": first.number, "last": last.number}
    record("hall.closed", hall, context=context, edition=hall.edition_id, **slots)
    return closure


@transaction.atomic
def open_hall(closure: HallClosure, *, context: ActionContext) -> None:
    """Take a closure back."""
    record("hall.opened", closure.hall, context=context, edition=closure.hall.edition_id)
    closure.delete()


def side_of(person: Visitor | Exhibitor) -> dict[str, Any]:
    """The field that holds somebody in the records of one side."""
    return {"visitor" if isinstance(person, Visitor) else "exhibitor": person}


def require_free(request: MeetingRequest, slot: MeetingSlot, *, at: datetime) -> None:
    """Raise SlotHasBegun, HallClosedThen, AwayThen or SlotTaken when the two cannot meet in the slot.

    Locks both, so that of two acceptances at once for one time the second sees the first; call it in a transaction.
    """
    if slot.starts <= at:
        raise SlotHasBegun(slot=when(slot))
    visitor = Visitor.objects.select_for_update().get(pk=request.visitor_id)
    exhibitor = Exhibitor.objects.select_for_update(of=("self",)).get(pk=request.exhibitor_id)
    if (stand := stand_of(exhibitor)) and _closed(stand.hall, slot):
        raise HallClosedThen(hall=stand.hall.code, slot=when(slot))
    for person, seats in ((visitor, 1), (exhibitor, hosts_of(exhibitor))):
        presence = Presence.objects.filter(**side_of(person)).first()
        if presence and slot.number in presence.away:
            raise AwayThen(who=_called(person), slot=when(slot))
        if _agreed(person, request, slot) >= seats:
            raise SlotTaken(who=_called(person), slot=when(slot))


def _closed(hall: Hall, slot: MeetingSlot) -> bool:
    return HallClosure.objects.filter(hall=hall, first__number__lte=slot.number, last__number__gte=slot.number).exists()


def hosts_of(exhibitor: Exhibitor) -> int:
    """How many meetings a stand holds side by side: as many as it has said, or as its share of the stand gives."""
    presence = Presence.objects.filter(exhibitor=exhibitor).first()
    share = Occupancy.objects.filter(exhibitor=exhibitor).values_list("area_m2", flat=True).first()
    return (presence and presence.hosts) or hosts(share or 0)


def when(slot: MeetingSlot) -> str:
    """A slot as people read it, in the venue's time and in any language."""
    return f"{slot.local_start:%Y-%m-%d %H:%M}"


def _agreed(person: Visitor | Exhibitor, request: MeetingRequest, slot: MeetingSlot) -> int:
    """Other meetings of the person that are agreed on or published for the slot."""
    accepted = MeetingRequest.objects.filter(state=MeetingRequest.State.ACCEPTED, **side_of(person))
    others = accepted.exclude(pk=request.pk)
    published = Meeting.objects.filter(request__in=others, published=True, slot=slot).values("request")
    return (others.filter(agreed_slot=slot) | others.filter(pk__in=published)).distinct().count()


def _called(person: Visitor | Exhibitor) -> ProperName:
    return person.proper_name if isinstance(person, Visitor) else person.organisation.proper_name

"""Opening the slots in which people can meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingRequest, MeetingSlot, Presence
from emporion.domain.meetings.rules import HOURS, SLOT_MINUTES, SlotsInUse, absences_again, require_hours, slots

Span = tuple[datetime, datetime]


@transaction.atomic
def open_slots(
    edition: Edition,
    *,
    context: ActionContext,
    hours: Iterable[tuple[time, time]] = HOURS,
    minutes: int = SLOT_MINUTES,
) -> list[MeetingSlot]:
    """Open slots of so many minutes on every day of the show, within ``hours`` of the venue's time.

    The same slots again change nothing. Other slots take the place of those before: a draft is made anew then, and who
    was away stays away at the same times. Raises SlotsInUse, SlotLengthOutOfRange, HoursDoNotRise or NoSlotFits.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    hours = list(hours)
    require_hours(hours, minutes)
    wanted = slots(edition.first_day, edition.last_day, edition.zone, hours=hours, minutes=minutes)
    there = list(MeetingSlot.objects.filter(edition=edition))
    before = [(slot.starts, slot.ends) for slot in there]
    if before == wanted:
        return there
    _require_unused(edition)
    Meeting.objects.filter(slot__edition=edition).delete()
    MeetingSlot.objects.filter(edition=edition).delete()
    _keep_absences(edition, before, wanted)
    numbered = enumerate(wanted)
    opened = [MeetingSlot(edition=edition, number=n, starts=starts, ends=ends) for n, (starts, ends) in numbered]
    record("slots.opened", edition, context=context, edition=edition.pk, slots=len(opened))
    return MeetingSlot.objects.bulk_create(opened)


def _require_unused(edition: Edition) -> None:
    """Raise SlotsInUse when something would lose its time with the slots; drafts are made anew."""
    kept = Meeting.objects.filter(Q(published=True) | Q(pinned=True), slot__edition=edition)
    agreed = MeetingRequest.objects.filter(agreed_slot__edition=edition)
    closed = HallClosure.objects.filter(hall__edition=edition)
    if uses := kept.count() + agreed.count() + closed.count():
        raise SlotsInUse(uses=uses)


def _keep_absences(edition: Edition, before: Sequence[Span], after: Sequence[Span]) -> None:
    of_edition = Q(visitor__edition=edition) | Q(exhibitor__edition=edition)
    presences = list(Presence.objects.filter(of_edition).exclude(away=[]))
    for presence in presences:
        presence.away = absences_again(presence.away, before, after)
    Presence.objects.bulk_update(presences, ["away"], batch_size=2000)

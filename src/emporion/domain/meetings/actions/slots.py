"""Opening the slots in which people can meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.meetings.models import Meeting, MeetingSlot
from emporion.domain.meetings.rules import HOURS, SLOT_MINUTES, SlotsInUse, slots


@transaction.atomic
def open_slots(
    edition: Edition,
    *,
    at: datetime,
    actor: User | None = None,
    hours: Iterable[tuple[time, time]] = HOURS,
    minutes: int = SLOT_MINUTES,
) -> list[MeetingSlot]:
    """Open slots of so many minutes on every day of the show, within ``hours`` of the venue's time.

    The same slots again change nothing; other slots take the place of those before. Raises SlotsInUse when meetings
    have slots that would change.
    """
    Edition.objects.select_for_update().get(number=edition.number)
    wanted = slots(edition.first_day, edition.last_day, timezone.get_default_timezone(), hours=hours, minutes=minutes)
    there = list(MeetingSlot.objects.filter(edition=edition))
    if [(slot.starts, slot.ends) for slot in there] == wanted:
        return there
    if used := Meeting.objects.filter(slot__edition=edition).count():
        raise SlotsInUse(meetings=used)
    MeetingSlot.objects.filter(edition=edition).delete()
    numbered = enumerate(wanted)
    opened = [MeetingSlot(edition=edition, number=n, starts=starts, ends=ends) for n, (starts, ends) in numbered]
    record("slots.opened", "meetings", at=at, actor=actor, edition=edition.number, slots=len(opened))
    return MeetingSlot.objects.bulk_create(opened)

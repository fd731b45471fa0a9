"""Reminding people of their meetings: of a day the evening before, and of each meeting shortly before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from emporion.domain.booths.queries import stand_of
from emporion.domain.editions.models import Edition
from emporion.domain.meetings.actions.presence import when
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot
from emporion.domain.meetings.queries import meetings_between, meetings_on
from emporion.domain.meetings.rules import SOON, days_to_remind_of
from emporion.domain.notices.actions import Message, notify_all, take_back
from emporion.domain.reason import ProperName, stored


class ReminderLine(NamedTuple):
    """One side of a meeting as it is reminded: who it is, and what it reads of the other."""

    side: str
    pk: int
    name: ProperName
    address: str
    other: ProperName
    meeting: Meeting

    @property
    def own(self) -> dict[str, int]:
        """What leads the message to the exhibitor's own pages."""
        exhibitor = self.meeting.request.exhibitor
        return {"organisation_id": exhibitor.organisation_id} if self.side == "exhibitor" else {}


@transaction.atomic
def remind(edition: Edition, *, at: datetime) -> int:
    """Put the reminders that are due into the outbox; how many are new. Done again, it tells nothing twice.

    From the evening on everybody is reminded of the next day, in one message; an hour before a meeting both sides
    are reminded of it. A meeting that has moved since is told with its new time, a cancelled one not at all.
    """
    messages = [
        message
        for day in days_to_remind_of(at.astimezone(edition.zone))
        for message in _of_day(day, [one for one in meetings_on(edition, day) if one.slot.starts > at])
    ]
    messages += _of_each(meetings_between(edition, at, at + SOON))
    return notify_all(messages, at=at)


def take_reminders_back(held: Iterable[tuple[MeetingRequest, MeetingSlot]]) -> int:
    """Take back what still lies in the outbox of meetings that are no longer held in their slots; how many messages.

    What the day still holds for the people in them is told by the next reminder.
    """
    keys = []
    for request, slot in held:
        day = slot.local_start.date()
        for side, pk in (("visitor", request.visitor_id), ("exhibitor", request.exhibitor_id)):
            keys += [_day_key(day, side, pk), _key(request.pk, slot, side)]
    return take_back(keys)


def _of_day(day: date, meetings: Iterable[Meeting]) -> Iterator[Message]:
    """A message to each person with all that the day holds for them."""
    lines = sorted(_reminder_lines(meetings), key=lambda one: (one.side, one.pk, one.meeting.slot.number))
    for (side, pk), mine in groupby(lines, key=lambda one: (one.side, one.pk)):
        lines = list(mine)
        facts: dict[str, Any] = {
            "name": stored(lines[0].name),
            "day": f"{day}",
            "meetings": [_line(one) for one in lines],
        }
        facts |= lines[0].own
        edition = lines[0].meeting.request.edition_id
        yield Message(_day_key(day, side, pk), lines[0].address, "meetings_reminder", facts, edition_id=edition)


def _of_each(meetings: Iterable[Meeting]) -> Iterator[Message]:
    for one in _reminder_lines(meetings):
        slot = one.meeting.slot
        names = {"name": stored(one.name), "other": stored(one.other)}
        facts = {**names, "slot": when(slot), "stand": _stand(one.meeting), **one.own}
        request = one.meeting.request
        yield Message(
            _key(request.pk, slot, one.side), one.address, "meeting_soon", facts, edition_id=request.edition_id
        )


def _reminder_lines(meetings: Iterable[Meeting]) -> Iterator[ReminderLine]:
    for meeting in meetings:
        visitor, exhibitor = meeting.request.visitor, meeting.request.exhibitor
        person, stand = visitor.proper_name, exhibitor.organisation.proper_name
        yield ReminderLine("visitor", visitor.pk, person, visitor.email, stand, meeting)
        yield ReminderLine("exhibitor", exhibitor.pk, stand, exhibitor.application.contact_email, person, meeting)


def _line(one: ReminderLine) -> list[Any]:
    """When, with whom and where; the message writes the name as its reader does."""
    parts = (when(one.meeting.slot), stored(one.other), _stand(one.meeting))
    return [part for part in parts if part]


def _stand(meeting: Meeting) -> str:
    stand = stand_of(meeting.request.exhibitor)
    return stand.number if stand else ""


def _day_key(day: date, side: str, pk: int) -> str:
    return f"reminder:{day}:{side}:{pk}"


def _key(request: int, slot: MeetingSlot, side: str) -> str:
    return f"reminder:{request}:{slot.pk}:{side}"

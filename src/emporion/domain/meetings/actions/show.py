"""The day itself: pins, reminders, outcomes, and private calendars."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.meetings.actions.presence import side_of, when
from emporion.domain.meetings.models import CalendarLink, Meeting
from emporion.domain.meetings.queries import meetings_on
from emporion.domain.meetings.rules import require_begun
from emporion.domain.notices.actions import Message, tell_all
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def pin(meeting: Meeting, *, pinned: bool, at: datetime, actor: User | None = None) -> Meeting:
    """Hold a meeting in its slot whatever is planned anew, or let it go again."""
    meeting.pinned = pinned
    meeting.save(update_fields=["pinned"])
    deed = "meeting.pinned" if pinned else "meeting.unpinned"
    record(deed, f"meeting {meeting.pk}", at=at, actor=actor, edition=meeting.request.edition_id)
    return meeting


@transaction.atomic
def note_outcome(meeting: Meeting, outcome: str, *, note: str = "", at: datetime, actor: User | None = None) -> Meeting:
    """Note that a meeting was held or who did not come, and what came of it; the last word stands.

    Raises NotYetHeld before the meeting begins, ValueError for an outcome that is none.
    """
    require_begun(meeting.slot.starts, at, told=when(meeting.slot))
    meeting.outcome, meeting.outcome_note = Meeting.Outcome(outcome), note[:500]
    meeting.save(update_fields=["outcome", "outcome_note"])
    record("meeting.outcome", f"meeting {meeting.pk}", at=at, actor=actor, outcome=outcome)
    return meeting


@transaction.atomic
def remind(edition: Edition, day: date, *, at: datetime) -> int:
    """Remind everybody of their published meetings of a day, once; how many messages are new."""
    lines: dict[tuple[str, int, str, str], list[str]] = {}
    for meeting in meetings_on(edition, day):
        visitor, exhibitor = meeting.request.visitor, meeting.request.exhibitor
        stand, address = str(exhibitor.organisation), exhibitor.application.contact_email
        lines.setdefault(("visitor", visitor.pk, visitor.email, visitor.name), []).append(
            f"{when(meeting.slot)} {stand}"
        )
        lines.setdefault(("exhibitor", exhibitor.pk, address, stand), []).append(f"{when(meeting.slot)} {visitor.name}")
    messages = [
        Message(f"reminder:{day}:{side}:{pk}", address, "meetings_reminder", {"name": name, "meetings": told})
        for (side, pk, address, name), told in lines.items()
    ]
    return tell_all(messages, at=at)


@transaction.atomic
def make_calendar_link(
    person: Visitor | Exhibitor, *, token: str, at: datetime, actor: User | None = None
) -> CalendarLink:
    """Give somebody's calendar a private address; the one before is no longer valid."""
    link, _new = CalendarLink.objects.update_or_create(defaults={"token": token, "made": at}, **side_of(person))
    record("calendar.linked", person.number, at=at, actor=actor, edition=person.edition_id)
    return link


@transaction.atomic
def revoke_calendar_link(person: Visitor | Exhibitor, *, at: datetime, actor: User | None = None) -> bool:
    """End the private address of somebody's calendar; whether there was one."""
    gone, _ = CalendarLink.objects.filter(**side_of(person)).delete()
    if gone:
        record("calendar.revoked", person.number, at=at, actor=actor, edition=person.edition_id)
    return bool(gone)

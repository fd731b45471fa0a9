"""The day itself: pins, outcomes, and what is shown at private addresses: calendars and delegations' sheets."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions.presence import side_of, when
from emporion.domain.meetings.models import CalendarLink, DelegationLink, Meeting
from emporion.domain.meetings.rules import require_begun
from emporion.domain.visitors.models import Delegation, Visitor


@transaction.atomic
def pin(meeting: Meeting, *, pinned: bool, context: ActionContext) -> Meeting:
    """Hold a meeting in its slot whatever is planned anew, or let it go again."""
    meeting.pinned = pinned
    meeting.save(update_fields=["pinned"])
    event = "meeting.pinned" if pinned else "meeting.unpinned"
    record(event, subject_of(meeting, str(meeting.pk)), context=context, edition=meeting.request.edition_id)
    return meeting


@transaction.atomic
def note_outcome(meeting: Meeting, outcome: str, *, note: str = "", context: ActionContext) -> Meeting:
    """Note that a meeting was held or who did not come, and what came of it; the last word stands.

    Raises NotYetHeld before the meeting begins, ValueError for an outcome that is none.
    """
    require_begun(meeting.slot.starts, context.at, start_text=when(meeting.slot))
    meeting.outcome, meeting.outcome_note = Meeting.Outcome(outcome), note[:500]
    meeting.save(update_fields=["outcome", "outcome_note"])
    edition = meeting.slot.edition_id
    record("meeting.outcome", subject_of(meeting, str(meeting.pk)), context=context, edition=edition, outcome=outcome)
    return meeting


@transaction.atomic
def make_calendar_link(person: Visitor | Exhibitor, *, token: str, context: ActionContext) -> CalendarLink:
    """Give somebody's calendar a private address; the one before is no longer valid."""
    link, _new = CalendarLink.objects.update_or_create(defaults={"token": token, "made": context.at}, **side_of(person))
    record("calendar.linked", person, context=context, edition=person.edition_id)
    return link


@transaction.atomic
def revoke_calendar_link(person: Visitor | Exhibitor, *, context: ActionContext) -> bool:
    """End the private address of somebody's calendar; whether there was one."""
    gone, _ = CalendarLink.objects.filter(**side_of(person)).delete()
    if gone:
        record("calendar.revoked", person, context=context, edition=person.edition_id)
    return bool(gone)


@transaction.atomic
def make_delegation_link(delegation: Delegation, *, token: str, context: ActionContext) -> DelegationLink:
    """Give a delegation's sheets a private address for its leader; the one before is no longer valid."""
    facts = {"token": token, "made": context.at}
    link, _new = DelegationLink.objects.update_or_create(defaults=facts, delegation=delegation)
    record("delegation.linked", subject_of(delegation, delegation.path), context=context, edition=delegation.edition_id)
    return link


@transaction.atomic
def revoke_delegation_link(delegation: Delegation, *, context: ActionContext) -> bool:
    """End the private address of a delegation's sheets; whether there was one."""
    gone, _ = DelegationLink.objects.filter(delegation=delegation).delete()
    if gone:
        record(
            "delegation.revoked",
            subject_of(delegation, delegation.path),
            context=context,
            edition=delegation.edition_id,
        )
    return bool(gone)

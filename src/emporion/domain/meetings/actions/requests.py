"""Asking somebody to meet, and answering."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.editions.models import Phase
from emporion.domain.editions.queries import phase_words, window_of
from emporion.domain.editions.rules import require_open
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import Subject, record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.actions import decline, note_interest
from emporion.domain.meetings.actions.presence import require_free, when
from emporion.domain.meetings.actions.reminders import take_reminders_back
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot
from emporion.domain.meetings.rules import (
    AlreadyAskedToMeet,
    Pair,
    require_answerable,
    require_live,
    require_may_meet,
    require_not_begun,
)
from emporion.domain.notices.actions import notify
from emporion.domain.reason import Phrase, stored
from emporion.domain.visitors.models import Visitor

State = MeetingRequest.State


@transaction.atomic
def request_meeting(
    visitor: Visitor,
    exhibitor: Exhibitor,
    *,
    by_exhibitor: bool,
    wish: str = MeetingRequest.Wish.LIKE,
    context: ActionContext,
) -> MeetingRequest:
    """One side asks the other to meet. When the other has asked already and waits, this accepts; a notice either way.

    A pending request takes nobody's time. Raises what ``rules.require_may_meet`` does, PhaseNotOpen or PhaseOver, and
    AlreadyAskedToMeet.
    """
    _require_open(visitor, context.at)
    require_may_meet(_pair(visitor, exhibitor))
    facts = {
        "edition": visitor.edition,
        "by_exhibitor": by_exhibitor,
        "wish": MeetingRequest.Wish(wish),
        "requested": context.at,
    }
    request, new = MeetingRequest.objects.get_or_create(visitor=visitor, exhibitor=exhibitor, defaults=facts)
    if not new:
        return _meet_half_way(request, by_exhibitor=by_exhibitor, wish=wish, context=context)
    note_interest([(visitor.pk, exhibitor.pk, by_exhibitor)], at=context.at)
    record("meeting.asked", _subject(request), context=context, edition=request.edition_id, by_exhibitor=by_exhibitor)
    _notify(request, "asked", to_exhibitor=not by_exhibitor, at=context.at)
    return request


@transaction.atomic
def answer(request: MeetingRequest, *, accept: bool, by_exhibitor: bool, context: ActionContext) -> MeetingRequest:
    """The side that was asked accepts or declines; the other gets a notice.

    Who declines is not suggested the other again. Of two answers at once the first stands and the second is refused,
    and so it is with two acceptances of different requests for one time of one person. Raises NotYoursToAnswer,
    AlreadyAnswered, what ``require_free`` does, PhaseNotOpen or PhaseOver.
    """
    _require_open(request.visitor, context.at)
    locked = _locked(request)
    target = State.ACCEPTED if accept else State.DECLINED
    facts = {"requested_by_exhibitor": locked.by_exhibitor, "answered_by_exhibitor": by_exhibitor}
    require_answerable(locked.state, target, **facts)
    if accept and locked.agreed_slot is not None:
        require_free(locked, locked.agreed_slot, at=context.at)
    if not accept:
        decline(locked.visitor, locked.exhibitor, by_exhibitor=by_exhibitor, context=context)
    return _change_state(locked, target, to_exhibitor=not by_exhibitor, context=context)


@transaction.atomic
def block_meeting(
    visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool, context: ActionContext
) -> MeetingRequest:
    """One side does not want to meet the other: nobody is told, neither can ask afterwards or is suggested the other.

    Raises what ``rules.require_may_meet`` does, and AlreadyAskedToMeet when there is a request to answer instead.
    """
    require_may_meet(_pair(visitor, exhibitor))
    facts = {"by_exhibitor": by_exhibitor, "wish": MeetingRequest.Wish.NO, "state": State.DECLINED}
    times = {"edition": visitor.edition, "requested": context.at, "answered": context.at}
    request, new = MeetingRequest.objects.get_or_create(
        visitor=visitor, exhibitor=exhibitor, defaults={**facts, **times}
    )
    if not new:
        raise AlreadyAskedToMeet(visitor=visitor.number, exhibitor=exhibitor.number, state=Phrase(request.state))
    decline(visitor, exhibitor, by_exhibitor=by_exhibitor, context=context)
    record("meeting.unwanted", _subject(request), context=context, edition=request.edition_id)
    return request


@transaction.atomic
def set_wish(request: MeetingRequest, wish: str, *, context: ActionContext) -> MeetingRequest:
    """Either side says whether the two must meet or would like to; the next timetable goes by it.

    Raises AlreadyAnswered when the request is over, ValueError for a wish that does not ask to meet.
    """
    locked = _locked(request)
    require_live(locked.state, "changed")
    wished = MeetingRequest.Wish(wish)
    if wished == MeetingRequest.Wish.NO:
        raise ValueError("who does not want to meet declines or cancels")
    if locked.wish != wished:
        locked.wish = wished
        locked.save(update_fields=["wish"])
        record("meeting.wished", _subject(locked), context=context, edition=locked.edition_id, wish=wish)
    return locked


@transaction.atomic
def propose(
    request: MeetingRequest, slot: MeetingSlot, *, by_exhibitor: bool, context: ActionContext
) -> MeetingRequest:
    """Answer a request by a time: the other side now has it to accept, to decline, or to answer by another time.

    A proposal takes nobody's time. Raises what ``answer`` does.
    """
    _require_open(request.visitor, context.at)
    locked = _locked(request)
    facts = {"requested_by_exhibitor": locked.by_exhibitor, "answered_by_exhibitor": by_exhibitor}
    require_answerable(locked.state, State.ACCEPTED, **facts)
    require_free(locked, slot, at=context.at)
    locked.by_exhibitor, locked.agreed_slot = by_exhibitor, slot
    locked.save(update_fields=["by_exhibitor", "agreed_slot"])
    record("meeting.proposed", _subject(locked), context=context, edition=locked.edition_id, slot=slot.number)
    # One may propose again: each time is told.
    _notify(locked, "proposed", to_exhibitor=not by_exhibitor, at=context.at, slot=slot)
    return locked


@transaction.atomic
def cancel(request: MeetingRequest, *, by_exhibitor: bool, context: ActionContext) -> MeetingRequest:
    """Either side takes its request or its acceptance back; a meeting that had a slot gives it free.

    Raises AlreadyAnswered when the request is over already, MeetingHasBegun when the meeting is.
    """
    return _cancelled(_locked(request), to_exhibitor=not by_exhibitor, context=context)


@transaction.atomic
def call_off(request: MeetingRequest, *, context: ActionContext) -> MeetingRequest:
    """The organiser cancels a request or a meeting, and tells both sides. Raises what :func:`cancel` does."""
    locked = _cancelled(_locked(request), to_exhibitor=True, context=context)
    _notify(locked, "cancelled", to_exhibitor=False, at=context.at, apart=":visitor")
    return locked


def _cancelled(locked: MeetingRequest, *, to_exhibitor: bool, context: ActionContext) -> MeetingRequest:
    require_live(locked.state, State.CANCELLED)
    meeting = Meeting.objects.select_related("slot").filter(request=locked).first()
    if meeting is not None:
        require_not_begun(meeting.slot.starts, context.at, start_text=when(meeting.slot))
        take_reminders_back([(locked, meeting.slot)])
        meeting.delete()
    return _change_state(locked, State.CANCELLED, to_exhibitor=to_exhibitor, context=context)


def _locked(request: MeetingRequest) -> MeetingRequest:
    return MeetingRequest.objects.select_for_update().get(pk=request.pk)


def _require_open(visitor: Visitor, at: datetime) -> None:
    window = window_of(visitor.edition, Phase.Kind.MEETING)
    require_open(window, at, phase=phase_words(Phase.Kind.MEETING))


def _pair(visitor: Visitor, exhibitor: Exhibitor) -> Pair:
    return Pair(
        visitor=visitor.number,
        exhibitor=exhibitor.number,
        approved=visitor.state == Visitor.State.APPROVED,
        same_edition=visitor.edition_id == exhibitor.edition_id,
        visiting_organisation=visitor.unit.organisation_id if visitor.unit else 0,
        exhibiting_organisation=exhibitor.organisation_id,
        organisation=str(exhibitor.organisation),
    )


def _meet_half_way(request: MeetingRequest, *, by_exhibitor: bool, wish: str, context: ActionContext) -> MeetingRequest:
    """Who asks for what the other asked first accepts it; the stronger of the two wishes holds."""
    locked = _locked(request)
    if locked.state != State.PENDING or locked.by_exhibitor == by_exhibitor:
        names = {"visitor": locked.visitor.number, "exhibitor": locked.exhibitor.number}
        raise AlreadyAskedToMeet(**names, state=Phrase(locked.state))
    note_interest([(locked.visitor_id, locked.exhibitor_id, by_exhibitor)], at=context.at)
    if wish == MeetingRequest.Wish.MUST:
        locked.wish = MeetingRequest.Wish.MUST
    return _change_state(locked, State.ACCEPTED, to_exhibitor=not by_exhibitor, context=context)


def _change_state(
    request: MeetingRequest, state: MeetingRequest.State, *, to_exhibitor: bool, context: ActionContext
) -> MeetingRequest:
    request.state, request.answered, request.unplaced = state, context.at, None
    request.save(update_fields=["state", "answered", "wish", "unplaced"])
    record(f"meeting.{state}", _subject(request), context=context, edition=request.edition_id)
    _notify(request, state, to_exhibitor=to_exhibitor, at=context.at)
    return request


def _subject(request: MeetingRequest) -> Subject:
    return subject_of(request, f"{request.visitor.number} × {request.exhibitor.number}")


def _notify(
    request: MeetingRequest,
    what: str,
    *,
    to_exhibitor: bool,
    at: datetime,
    slot: MeetingSlot | None = None,
    apart: str = "",
) -> None:
    visitor, exhibitor = request.visitor, request.exhibitor
    recipient = exhibitor.application.contact_email if to_exhibitor else visitor.email
    facts: dict[str, Any] = {"visitor": stored(visitor.proper_name), "number": exhibitor.number}
    facts["exhibitor"] = stored(exhibitor.organisation.proper_name)
    if to_exhibitor:
        facts["organisation_id"] = exhibitor.organisation_id
    if slot is not None:
        facts["slot"] = when(slot)
    key = f"meeting.{what}:{request.pk}{apart}" + (f":{slot.number}:{at:%Y%m%d%H%M%S}" if slot else "")
    notify(key, recipient=recipient, template=f"meeting_{what}", context=facts, edition_id=request.edition_id, at=at)

"""Who may ask whom to meet, and how a request is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from emporion.domain.editions.rules import Window
from emporion.domain.meetings.rules.reasons import RequestDaysNotSet, RequestsClosed, RequestsOpen
from emporion.domain.meetings.rules.refusals import (
    AlreadyAnswered,
    NotYoursToAnswer,
    OtherSideIsOfAnotherEdition,
    OwnOrganisationNeedsNoMeeting,
    VisitorMayNotMeet,
)
from emporion.domain.reason import Phrase, Reason


@dataclass(frozen=True)
class Pair:
    """The two who are to meet, as the rule sees them; organisations by id, 0 for a visitor without a unit."""

    visitor: str
    exhibitor: str
    approved: bool
    same_edition: bool
    visiting_organisation: int
    exhibiting_organisation: int
    organisation: str = ""


def require_may_meet(pair: Pair) -> None:
    """Raise the reason for which the two may not ask each other to meet, if there is one.

    Raises OtherSideIsOfAnotherEdition, VisitorMayNotMeet or OwnOrganisationNeedsNoMeeting.
    """
    if not pair.same_edition:
        raise OtherSideIsOfAnotherEdition(visitor=pair.visitor, exhibitor=pair.exhibitor)
    if not pair.approved:
        raise VisitorMayNotMeet(visitor=pair.visitor)
    if pair.visiting_organisation == pair.exhibiting_organisation:
        raise OwnOrganisationNeedsNoMeeting(organisation=pair.organisation)


def may_request(*, approved: bool, is_open: bool, request: str, mark: str) -> bool:
    """Whether one side can ask the other: ``request`` and ``mark`` are what there is between them, empty for nothing.

    Who has been hidden or declined is taken back first.
    """
    return approved and is_open and not request and mark in ("", "favourite")


def require_answerable(state: str, target: str, *, requested_by_exhibitor: bool, answered_by_exhibitor: bool) -> None:
    """Raise the reason for which a request cannot be answered (accepted or declined), if there is one.

    Raises NotYoursToAnswer when the side that asked answers, AlreadyAnswered when it is not pending any more.
    """
    if requested_by_exhibitor == answered_by_exhibitor:
        raise NotYoursToAnswer
    if state != "pending":
        raise AlreadyAnswered(state=Phrase(state), target=Phrase(target))


# The states of a request that is not over.
LIVE = ("pending", "accepted")


def require_live(state: str, target: str) -> None:
    """Raise AlreadyAnswered when a request is over, declined or cancelled, and cannot be ``target`` any more."""
    if state not in LIVE:
        raise AlreadyAnswered(state=Phrase(state), target=Phrase(target))


def why_closed(window: Window | None, at: datetime) -> Reason | None:
    """Why nobody can ask for a meeting or answer at a moment, days in the window's zone; none while they can."""
    if window is None:
        return RequestDaysNotSet()
    if at < window.opens:
        return RequestsOpen(window.opens.date())
    return None if window.holds(at) else RequestsClosed((window.closes - datetime.resolution).date())


def request_state(state: str, answers_until: datetime | None, at: datetime) -> str:
    """A request's state as it stands: ``unanswered`` once it waits and the time for answering is over."""
    over = state == "pending" and answers_until is not None and at >= answers_until
    return "unanswered" if over else state


def may_decline(request: str) -> bool:
    """Whether one side can decline the other among suggestions: where there is a request, that is answered instead."""
    return not request


def may_wish(state: str, *, is_own: bool, is_placed: bool) -> bool:
    """Whether a side can say how much it wants a meeting: while a wish can still change its place in the timetable.

    ``is_own``: the side asked for it. ``is_placed``: the meeting is published.
    """
    return not is_placed and (state == "accepted" or (is_own and state == "pending"))

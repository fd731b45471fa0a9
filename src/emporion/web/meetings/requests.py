"""Requests and meetings as both sides see them: answering requests, what still waits, meetings by day."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.actions import answer, cancel
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.meetings.queries import (
    answers_until,
    closed_to_requests,
    common_time_left,
    requests_of,
    why_unplaced,
)
from emporion.domain.meetings.rules import has_begun, may_wish, request_state
from emporion.domain.visitors.models import Visitor
from emporion.language import translated
from emporion.web.shell.access import action_context
from emporion.web.shell.respond import done
from emporion.web.shell.states import REQUEST


def handle_request(request: HttpRequest, side: Visitor | Exhibitor, pk: int) -> None:
    """Accept, decline or cancel one of the side's requests, as the pressed button says."""
    meeting_request = requests_of(side).filter(pk=pk).first()
    if meeting_request is None:
        raise Http404
    facts: dict[str, Any] = {"by_exhibitor": isinstance(side, Exhibitor), "context": action_context(request)}
    actions = {
        "accept": (lambda: answer(meeting_request, accept=True, **facts), _accepted(meeting_request)),
        "decline": (
            lambda: answer(meeting_request, accept=False, **facts),
            _("Declined. The other side has been notified."),
        ),
        "cancel": (lambda: cancel(meeting_request, **facts), _("Cancelled. The other side has been notified.")),
    }
    chosen = actions.get(request.POST.get("action", ""))
    if chosen is None:
        raise Http404
    # The first press of a button has done it already.
    action, message = _current_action(meeting_request)
    if action == request.POST["action"]:
        messages.success(request, message)
    else:
        done(request, *chosen)


def _accepted(meeting_request: MeetingRequest) -> str:
    """What is said of an acceptance: whether there is a time for the meeting."""
    if meeting_request.agreed_slot_id or common_time_left(meeting_request, timezone.now()):
        return _("Accepted. The timetable will give it a time.")
    return _(
        "Accepted, but you have no free time in common. One of you has to cancel another meeting or offer more times."
    )


def _current_action(meeting_request: MeetingRequest) -> tuple[str, str]:
    """The action that an answered request shows, and what is said to those who do it again."""
    states = MeetingRequest.State
    actions = {
        states.ACCEPTED: ("accept", _("This request is accepted already; nothing has changed.")),
        states.DECLINED: ("decline", _("This request is declined already; nothing has changed.")),
        states.CANCELLED: ("cancel", _("This request is cancelled already; nothing has changed.")),
    }
    return actions.get(MeetingRequest.State(meeting_request.state), ("", ""))


def waiting_for(side: Visitor | Exhibitor) -> list[dict[str, Any]]:
    """The requests that the side can answer now; none when the days for answering are over."""
    shown = request_lists(side)
    return [] if shown["closed"] else shown["waiting"]


class Moment(NamedTuple):
    """When requests are looked at, until when they could be answered, and the show's last day."""

    now: dt.datetime
    answers_until: dt.datetime | None
    last_day: dt.date


def request_lists(side: Visitor | Exhibitor) -> dict[str, Any]:
    """The side's requests: those without its answer apart from the rest, and why none can be given (``closed``)."""
    by_exhibitor = isinstance(side, Exhibitor)
    moment = Moment(timezone.now(), answers_until(side.edition), side.edition.last_day)
    rows = [_request_row(one, by_exhibitor, moment) for one in requests_of(side)]
    pending = MeetingRequest.State.PENDING
    waiting = [row for row in rows if row["it"].state == pending and not row["ours"]]
    others = [row for row in rows if row not in waiting]
    return {"waiting": waiting, "others": others, "closed": translated(closed_to_requests(side.edition, moment.now))}


def _request_row(one: MeetingRequest, by_exhibitor: bool, moment: Moment) -> dict[str, Any]:
    """A request as one side sees it; ``begun`` once its meeting has, ``may_wish`` while a wish can change its place."""
    ours, meeting = one.by_exhibitor == by_exhibitor, getattr(one, "meeting", None)
    placed = meeting is not None and meeting.published
    stands = request_state(one.state, moment.answers_until, moment.now)
    return {
        "it": one,
        "state": REQUEST[stands],
        "ours": ours,
        "why": _what_is_left(by_exhibitor, moment) if stands == "unanswered" else translated(why_unplaced(one)),
        "begun": meeting is not None and placed and has_begun(meeting.slot.starts, moment.now),
        "may_wish": may_wish(stands, is_own=ours, is_placed=placed),
    }


def _what_is_left(by_exhibitor: bool, moment: Moment) -> str:
    """What can still be done of a request that nobody answered in time; nothing once the show is over."""
    if timezone.localtime(moment.now).date() > moment.last_day:
        return ""
    if by_exhibitor:
        return _("No time can be arranged any more. The visitor can still come to your stand without an appointment.")
    return _("No time can be arranged any more. You can still go to the stand without an appointment.")

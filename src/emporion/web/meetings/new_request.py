"""Asking somebody by name or number: must meet, would like to meet, does not want to; and changing one's wish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.booths.queries import stand_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import block_meeting, request_meeting, set_wish
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.meetings.queries import (
    answers_until,
    closed_to_requests,
    exhibitors_named,
    requests_of,
    visitors_named,
)
from emporion.domain.meetings.rules import request_state
from emporion.domain.visitors.models import Visitor
from emporion.language import translated
from emporion.web.meetings.participant import address, heading, who
from emporion.web.shell.access import action_context
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.states import REQUEST

MAX_ROWS = 20
Wish = MeetingRequest.Wish


@login_required
def new_request(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """Look somebody of the other side up, and say whether to meet."""
    side, text = who(request, organisation), request.GET.get("who", "").strip()
    if request.method == "POST":
        _create(request, side)
        return redirect(address("meetings", side))
    found = list(_named(side, text)[: MAX_ROWS + 1]) if text else []
    answers = {one.exhibitor_id if isinstance(side, Visitor) else one.visitor_id: one for one in requests_of(side)}
    until, now = answers_until(side.edition), timezone.now()
    rows = [_row(one, answers.get(one.pk), until, now) for one in found[:MAX_ROWS]]
    context = {**heading(side), "who": text, "rows": rows, "more": len(found) > MAX_ROWS}
    context |= {"empty": "who" in request.GET and not text, "closed": translated(closed_to_requests(side.edition, now))}
    return private_page(request, "meetings/new_request.html", side.edition, context)


@require_POST
@login_required
def wish(request: HttpRequest, pk: int, organisation: int | None = None) -> HttpResponse:
    """Make a request a must, or a wish again."""
    side, wanted = who(request, organisation), request.POST.get("wish", "")
    meeting_request = requests_of(side).filter(pk=pk).first()
    if meeting_request is None or wanted not in (Wish.MUST, Wish.LIKE):
        raise Http404
    context = action_context(request)
    message = _("Saved. The next timetable will respect it.")
    done(request, lambda: set_wish(meeting_request, wanted, context=context), message)
    return redirect(address("meetings", side))


def _create(request: HttpRequest, side: Visitor | Exhibitor) -> None:
    number = request.POST.get("number", "")
    other = _named(side, number).filter(number=number).first()
    chosen = _actions(side, other, action_context(request)) if other else {}
    if (action := chosen.get(request.POST.get("wish", ""))) is None:
        raise Http404
    done(request, *action)


def _actions(
    side: Visitor | Exhibitor, other: Visitor | Exhibitor, context: ActionContext
) -> dict[str, tuple[Callable[[], object], str]]:
    """What each button does, and what is said when it is done."""
    visitor, exhibitor = _visitor_and_exhibitor(side, other)
    facts: dict[str, Any] = {"by_exhibitor": isinstance(side, Exhibitor), "context": context}
    sent = _("Meeting requested. The answer comes by e-mail.")
    return {
        Wish.MUST.value: (lambda: request_meeting(visitor, exhibitor, wish=Wish.MUST, **facts), sent),
        Wish.LIKE.value: (lambda: request_meeting(visitor, exhibitor, wish=Wish.LIKE, **facts), sent),
        Wish.NO.value: (
            lambda: block_meeting(visitor, exhibitor, **facts),
            _("Saved. Neither of you can request a meeting with the other."),
        ),
    }


def _visitor_and_exhibitor(one: Visitor | Exhibitor, other: Visitor | Exhibitor) -> tuple[Visitor, Exhibitor]:
    """The two sides of a request in their order. Raises ``TypeError`` for two of one kind."""
    if isinstance(one, Visitor) and isinstance(other, Exhibitor):
        return one, other
    if isinstance(other, Visitor) and isinstance(one, Exhibitor):
        return other, one
    raise TypeError("a request has a visitor and an exhibitor")


def _named(side: Visitor | Exhibitor, text: str) -> Any:
    found = exhibitors_named if isinstance(side, Visitor) else visitors_named
    return found(side.edition, text)


def _row(
    other: Visitor | Exhibitor, meeting_request: MeetingRequest | None, until: datetime | None, now: datetime
) -> dict[str, Any]:
    stand = stand_of(other) if isinstance(other, Exhibitor) else None
    return {
        "it": other,
        "stand": stand,
        "state": REQUEST[request_state(meeting_request.state, until, now)] if meeting_request else None,
    }

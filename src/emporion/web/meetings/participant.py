"""A person's day on one page, the times they can meet, other times for a meeting, and what came of it."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.actions import (
    make_calendar_link,
    note_outcome,
    propose,
    revoke_calendar_link,
    set_presence,
)
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot
from emporion.domain.meetings.queries import (
    closed_to_requests,
    day_of,
    free_slots,
    link_of,
    meetings_by_day,
    moves_of,
    presence_of,
    requests_of,
    slots_by_day,
)
from emporion.domain.meetings.rules import has_begun
from emporion.domain.organisations.models import Organisation
from emporion.domain.visitors.models import Visitor
from emporion.language import translated
from emporion.web.meetings.requests import waiting_for
from emporion.web.shell.access import action_context, edition_of, own_exhibitor, own_organisation, own_visit, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, private_page
from emporion.web.shell.whole_numbers import key_in


def who(request: HttpRequest, organisation: int | None) -> Visitor | Exhibitor:
    """Who the page is of: the person's own visit, or the exhibitor of an organisation they act for."""
    user, edition = person(request), edition_of(request)
    found: Visitor | Exhibitor | None
    if organisation is None:
        found = own_visit(user, edition)
    else:
        acting: Organisation = own_organisation(user, organisation)
        found = own_exhibitor(user, acting, edition)
    if found is None:
        raise Http404(_("You have no meetings in this edition."))
    return found


def address(name: str, side: Visitor | Exhibitor, *rest: object) -> str:
    """The address of one of these pages for a side."""
    if isinstance(side, Visitor):
        return fair_url(side.edition, f"my_visit_{name}", *rest)
    return fair_url(side.edition, f"my_{name}", side.organisation_id, *rest)


@login_required
def day(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """All published meetings on one page that prints well, and the calendar's private address."""
    side, now = who(request, organisation), timezone.now()
    link, moves = link_of(side), moves_of(side)
    context = {
        **heading(side),
        "days": [(day, [_row(side, row, now, moves) for row in rows]) for day, rows in meetings_by_day(day_of(side))],
        "waiting": [{"it": row["it"], "address": address("proposal", side, row["it"].pk)} for row in waiting_for(side)],
        "feed": request.build_absolute_uri(reverse("calendar", args=[link.token])) if link else "",
        "calendar": address("calendar", side),
        "outcomes": [choice for choice in Meeting.Outcome.choices if choice[0]],
    }
    return private_page(request, "meetings/day.html", side.edition, context)


@require_POST
@login_required
def calendar(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """Make the calendar's private address anew, or end it."""
    side, context = who(request, organisation), action_context(request)
    if request.POST.get("action") == "revoke":
        done(request, lambda: revoke_calendar_link(side, context=context), _("The address is no longer valid."))
    else:
        token = secrets.token_urlsafe(24)
        message = _("Here is the address; whoever has it can read your meetings.")
        done(request, lambda: make_calendar_link(side, token=token, context=context), message)
    return redirect(address("day", side))


@login_required
def times(request: HttpRequest, organisation: int | None = None) -> HttpResponse:
    """When the person or stand can meet, how many meetings a day, and how many hosts."""
    side = who(request, organisation)
    days = slots_by_day(side.edition)
    if request.method == "POST" and _save_times(request, side, days):
        return redirect(address("times", side))
    presence = presence_of(side)
    away = set(presence.away) if presence else set()
    context = {
        **heading(side),
        "days": [(day, [{"it": slot, "there": slot.number not in away} for slot in slots]) for day, slots in days],
        "presence": presence,
        "is_stand": isinstance(side, Exhibitor),
    }
    return private_page(request, "meetings/times.html", side.edition, context)


@login_required
def proposal(request: HttpRequest, pk: int, organisation: int | None = None) -> HttpResponse:
    """Answer a request by a time of one's own."""
    side = who(request, organisation)
    meeting_request = requests_of(side).filter(pk=pk, state=MeetingRequest.State.PENDING).first()
    if meeting_request is None or meeting_request.by_exhibitor == isinstance(side, Exhibitor):
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        slot = _chosen(request, slots_by_day(side.edition))
        context = action_context(request)
        message = _("Proposed. The other side has been notified.")
        if done(
            request,
            lambda: propose(meeting_request, slot, by_exhibitor=isinstance(side, Exhibitor), context=context),
            message,
        ):
            return redirect(address("day", side))
    closed = translated(closed_to_requests(side.edition, now))
    page_context = {
        **heading(side),
        "meeting_request": meeting_request,
        "closed": closed,
        "days": [] if closed else free_slots(side, now),
    }
    return private_page(request, "meetings/proposal.html", side.edition, page_context)


@require_POST
@login_required
def outcome(request: HttpRequest, pk: int, organisation: int | None = None) -> HttpResponse:
    """Note that a meeting was held or who did not come."""
    side = who(request, organisation)
    found = next((one for one in day_of(side) if one.pk == pk), None)
    outcome = request.POST.get("outcome", "")
    if found is None or outcome not in Meeting.Outcome.values:
        raise Http404
    note, context = request.POST.get("note", ""), action_context(request)
    done(request, lambda: note_outcome(found, outcome, note=note, context=context), _("Noted."))
    return redirect(address("day", side))


def heading(side: Visitor | Exhibitor) -> dict[str, Any]:
    """What the head of these pages shows: whose they are, and where the others lie."""
    pages = {name: address(name, side) for name in ("new_request", "day", "times", "meetings")}
    return {"side": side, "for_visitor": isinstance(side, Visitor), "pages": pages}


def _row(side: Visitor | Exhibitor, row: dict[str, Any], now: Any, moves: dict[int, MeetingSlot]) -> dict[str, Any]:
    meeting: Meeting = row["it"]
    begun, before = has_begun(meeting.slot.starts, now), moves.get(meeting.request_id)
    return {**row, "begun": begun, "before": before, "address": address("outcome", side, meeting.pk) if begun else ""}


def _chosen(request: HttpRequest, days: Any) -> MeetingSlot:
    number = request.POST.get("slot", "")
    for _day, slots in days:
        for slot in slots:
            if str(slot.number) == number:
                return slot  # type: ignore[no-any-return]
    raise Http404


def _save_times(request: HttpRequest, side: Visitor | Exhibitor, days: Any) -> bool:
    there = set(request.POST.getlist("there"))
    away = [slot.number for _day, slots in days for slot in slots if str(slot.number) not in there]
    limits = {name: _number(request.POST.get(name, "")) for name in ("daily_limit", "hosts")}
    context = action_context(request)
    message = _("Saved. The next timetable will respect it.")
    return done(request, lambda: set_presence(side, away=away, **limits, context=context), message)


def _number(text: str) -> int | None:
    """A number as typed; what is none is out of every range and so refused in words."""
    text = text.strip()
    return key_in(text) if text else None

"""Requests to meet and meetings at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.show import MEETINGS as QUEUE
from emporion.domain.journal.actions import subject_of
from emporion.domain.meetings.actions import call_off, pin
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.staff.rules import MEETINGS
from emporion.web.desk import facts
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Kind
from emporion.web.desk.shown import Link, Shown
from emporion.web.shell.states import REQUEST, WISHES
from emporion.web.shell.templatetags.fair import moment, words

STATES = {state: REQUEST[state] for state in MeetingRequest.State.values}
OUTCOMES = {
    "held": gettext_lazy("Held"), "visitor": gettext_lazy("The visitor did not come"),
    "exhibitor": gettext_lazy("Nobody was at the stand"),
}  # fmt: skip
FILTERS = (
    Filter("slot", gettext_lazy("Its time"), fixed({
        "published": gettext_lazy("Published"), "draft": gettext_lazy("In the draft"),
        "none": gettext_lazy("Accepted, without a time"), "pinned": gettext_lazy("Pinned"),
    })),
    Filter("wish", gettext_lazy("Wish"), fixed(WISHES)),
    Filter("asked", gettext_lazy("Who asked"), fixed({
        "visitor": gettext_lazy("The visitor"), "exhibitor": gettext_lazy("The exhibitor"),
    })),
    Filter("outcome", gettext_lazy("What came of it"), fixed({
        "held": gettext_lazy("Held"), "missed": gettext_lazy("One side did not come"),
    })),
)  # fmt: skip
SHOWN = Shown(
    QUEUE, gettext_lazy("Meetings"), gettext_lazy("Visitor, unit or exhibitor"), STATES, "", FILTERS,
    (
        Column(gettext_lazy("Meeting"), lambda one: _title(one)),
        Column(gettext_lazy("Visiting unit"), lambda one: _unit(one)),
        Column(gettext_lazy("Wish"), lambda one: str(WISHES[one.wish])),
        Column(gettext_lazy("Who asked"), lambda one: _("The exhibitor") if one.by_exhibitor else _("The visitor")),
        Column(gettext_lazy("Time"), lambda one: _time(one)),
    ),
    {}, (MEETINGS,), beside=(Link(gettext_lazy("Timetable of meetings"), "office_timetable"),),
)  # fmt: skip
LIVE = (MeetingRequest.State.PENDING.value, MeetingRequest.State.ACCEPTED.value)
DECISIONS = {
    "pin": Decision(
        gettext_lazy("Pin to its time"), gettext_lazy("The meeting keeps its time whatever is planned anew."), LIVE,
        lambda one, _text, context: pin(one.meeting, pinned=True, context=context),
        when=lambda one: hasattr(one, "meeting") and not one.meeting.pinned,
    ),
    "unpin": Decision(
        gettext_lazy("Unpin"), gettext_lazy("The meeting may be moved when the timetable is made anew."), LIVE,
        lambda one, _text, context: pin(one.meeting, pinned=False, context=context),
        when=lambda one: hasattr(one, "meeting") and one.meeting.pinned,
    ),
    "cancel": Decision(
        gettext_lazy("Cancel for both"), gettext_lazy("The meeting is cancelled; both sides are told."), LIVE,
        lambda one, _text, context: call_off(one, context=context),
    ),
}  # fmt: skip


def of_meeting(request: HttpRequest, one: MeetingRequest) -> dict[str, Any]:
    """A request with both sides, its meeting and what came of it."""
    meeting = getattr(one, "meeting", None)
    stated = [
        (_("Wish"), WISHES[one.wish]), (_("Who asked"), _("The exhibitor") if one.by_exhibitor else _("The visitor")),
        (_("Asked"), moment(one.requested)), (_("Answered"), moment(one.answered) if one.answered else ""),
        (_("Time"), _time(one)), (_("Pinned"), _("yes") if meeting and meeting.pinned else ""),
        (_("What came of it"), OUTCOMES.get(meeting.outcome, "") if meeting else ""),
        (_("Note"), meeting.outcome_note if meeting else ""),
    ]  # fmt: skip
    visitor = facts.link(request, "office_visitors_one", one.visitor)
    return {
        "name": _title(one), "state": STATES[one.state], "parts": [(_("Meeting"), facts.stated(stated))],
        "groups": facts.groups(
            (_("Visitor"), [visitor]),
            (_("Exhibitor"), [facts.link(request, "office_exhibitors_one", one.exhibitor)]),
        ),
        "subjects": [subject_of(one), *([subject_of(meeting, str(meeting.pk))] if meeting else [])],
    }  # fmt: skip


def _title(one: MeetingRequest) -> str:
    return f"{words(one.visitor)} × {words(one.exhibitor.organisation)}"


def _unit(one: MeetingRequest) -> str:
    return words(one.visitor.unit.organisation) if one.visitor.unit else ""


def _time(one: MeetingRequest) -> Any:
    meeting = getattr(one, "meeting", None)
    return moment(meeting.slot.starts) if meeting else ""


KIND = Kind(SHOWN, of_meeting, DECISIONS)

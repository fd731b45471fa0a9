"""What people do about somebody suggested to them: ask to meet, favourite, hide, not for us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.actions import decline, mark, take_back_decline
from emporion.domain.matching.models import Mark
from emporion.domain.matching.queries import can_mark, marks_of
from emporion.domain.meetings.actions import request_meeting
from emporion.domain.meetings.queries import closed_to_requests, has_requested, request_states
from emporion.domain.meetings.rules import may_decline, may_request
from emporion.domain.visitors.models import Visitor
from emporion.language import translated
from emporion.web.shell.access import action_context, own_visit, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, is_part, private_page
from emporion.web.shell.states import REQUEST, State
from emporion.web.shell.templatetags.fair import words

MARKS = {
    "favourite": State(_("A favourite"), "good", "star"),
    "hidden": State(_("Hidden"), "done", "eye-off"),
    "declined": State(_("Not for us"), "done", "ban"),
}


class Pair(NamedTuple):
    """How one side stands to somebody of the other, and what it can do: ``key`` names it in the page's elements.

    ``closed`` says why nobody can ask now.
    """

    key: str
    name: str
    address: str
    mark_kind: str
    states: tuple[State, ...]
    may_request: bool
    may_decline: bool
    closed: str = ""


class Relations(NamedTuple):
    """What a side has said of all others and what it has asked of them, by their keys; why it cannot ask now."""

    marks: dict[int, Any]
    requests: dict[int, str]
    closed: str


def relations_of(side: Visitor | Exhibitor) -> Relations:
    """How a side stands to all others; four queries."""
    now = timezone.now()
    return Relations(marks_of(side), request_states(side, now), translated(closed_to_requests(side.edition, now)))


def pair_with(side: Visitor | Exhibitor, other: Visitor | Exhibitor, relations: Relations) -> Pair:
    """How a side stands to one other."""
    mark_kind, request_state = relations.marks.get(other.pk, ""), relations.requests.get(other.pk, "")
    states = tuple(state for state in (REQUEST.get(request_state), MARKS.get(mark_kind)) if state)
    approved = all(one.state == Visitor.State.APPROVED for one in (side, other) if isinstance(one, Visitor))
    can_ask = may_request(approved=approved, is_open=not relations.closed, request=request_state, mark=mark_kind)
    return Pair(*_who(side, other), mark_kind, states, can_ask, may_decline(request_state), relations.closed)


def _who(side: Visitor | Exhibitor, other: Visitor | Exhibitor) -> tuple[str, str, str]:
    """Key, name and address of the other."""
    if isinstance(other, Exhibitor):
        name, address = words(other.organisation), fair_url(side.edition, "my_visit_suggestion", other.number)
        return other.number, name, address
    assert isinstance(side, Exhibitor)
    return str(other.pk), words(other), fair_url(side.edition, "my_suggestion", side.organisation_id, other.pk)


def pair_for_reader(request: HttpRequest, exhibitor: Exhibitor) -> Pair | None:
    """How a signed-in visitor stands to an exhibitor whose page is read; none for everybody else and for its own."""
    if not request.user.is_authenticated:
        return None
    here = own_visit(person(request), exhibitor.edition)
    return pair_with(here, exhibitor, relations_of(here)) if here and can_mark(here, exhibitor) else None


def apply_reaction(
    request: HttpRequest, side: Visitor | Exhibitor, other: Visitor | Exhibitor, home: str
) -> HttpResponse:
    """Do what the pressed button says, and answer with the buttons as they now are or with the page they stood on.

    ``home`` is the page for those who came from none of ours.
    """
    if (chosen := ACTIONS.get(request.POST.get("action", ""))) is None:
        raise Http404
    action, mark_kind = chosen
    facts = {"by_exhibitor": isinstance(side, Exhibitor), "context": action_context(request)}
    visitor, exhibitor = (other, side) if isinstance(side, Exhibitor) else (side, other)
    done(request, lambda: action(visitor, exhibitor, **facts), str(mark_kind))
    if not is_part(request):
        return redirect(_back(request, home))
    context = {"pair": pair_with(side, other, relations_of(side)), "back": _back(request, home), "part": True}
    return private_page(request, "matching/parts/reactions.html", side.edition, context)


def _back(request: HttpRequest, home: str) -> str:
    """The page of this site on which the button stood."""
    back = request.POST.get("next", "")
    return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, None) else home


def _request_meeting(visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool, **facts: Any) -> None:
    """Ask to meet; a button pressed twice has asked already."""
    if not has_requested(visitor, exhibitor, by_exhibitor=by_exhibitor):
        request_meeting(visitor, exhibitor, by_exhibitor=by_exhibitor, **facts)


def _favourite(visitor: Visitor, exhibitor: Exhibitor, **facts: Any) -> None:
    mark(visitor, exhibitor, Mark.Kind.FAVOURITE, **facts)


def _hide(visitor: Visitor, exhibitor: Exhibitor, **facts: Any) -> None:
    mark(visitor, exhibitor, Mark.Kind.HIDDEN, **facts)


def _take_back(visitor: Visitor, exhibitor: Exhibitor, **facts: Any) -> None:
    mark(visitor, exhibitor, None, **facts)
    take_back_decline(visitor, exhibitor, **facts)


ACTIONS: dict[str, tuple[Callable[..., object], str | Promise]] = {
    "ask": (_request_meeting, _("Meeting requested. The answer comes by e-mail.")),
    "favourite": (_favourite, _("Added to your favourites. The next suggestions take it into account.")),
    "hide": (_hide, _("Hidden from your suggestions. You can bring it back under “What you marked”.")),
    "decline": (decline, _("Not suggested again. You can undo this under “What you marked”.")),
    "clear": (_take_back, _("Undone.")),
}

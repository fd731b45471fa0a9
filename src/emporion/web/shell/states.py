"""The words for the states and kinds that records carry: each with a tone and a shape, never a colour alone."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from emporion.domain.exhibitors.models import Application
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.organisations.models import Organisation
from emporion.domain.selling.models import StandSale
from emporion.domain.visitors.models import Visitor


class State(NamedTuple):
    """A state in words; ``tone`` is its colour (wait, good, bad, done), ``icon`` its shape."""

    words: str | Promise
    tone: str
    icon: str


APPLICATION = {
    Application.State.DRAFT.value: State(_("Draft, not handed in"), "wait", "pencil"),
    Application.State.SUBMITTED.value: State(_("Handed in, under review"), "wait", "clock"),
    Application.State.APPROVED.value: State(_("Approved, contract to be signed"), "good", "circle-check"),
    Application.State.REJECTED.value: State(_("Rejected"), "bad", "circle-x"),
    Application.State.WITHDRAWN.value: State(_("Withdrawn"), "done", "undo-2"),
    Application.State.CONTRACTED.value: State(_("Contract signed"), "good", "badge-check"),
    Application.State.CANCELLED.value: State(_("Contract cancelled"), "bad", "circle-x"),
}
REGISTRATION = {
    Visitor.State.REGISTERED.value: State(_("Registered, under review"), "wait", "clock"),
    Visitor.State.APPROVED.value: State(_("Approved"), "good", "badge-check"),
    Visitor.State.REJECTED.value: State(_("Rejected"), "bad", "circle-x"),
    Visitor.State.CANCELLED.value: State(_("Cancelled"), "done", "undo-2"),
}
REGISTRATION_OF_UNIT = {state: words for state, words in REGISTRATION.items() if state != Visitor.State.CANCELLED.value}
# How a delegation's people stand for their leader.
REVIEW = {
    "waiting": State(_("Awaits your confirmation"), "wait", "circle-alert"),
    "confirmed": State(_("Confirmed, the organiser decides"), "wait", "clock"),
    Visitor.State.APPROVED.value: REGISTRATION[Visitor.State.APPROVED.value],
    "declined": State(_("Declined by the delegation"), "bad", "circle-x"),
    Visitor.State.REJECTED.value: State(_("Rejected by the organiser"), "bad", "circle-x"),
    Visitor.State.CANCELLED.value: REGISTRATION[Visitor.State.CANCELLED.value],
}
REQUEST = {
    MeetingRequest.State.PENDING.value: State(_("Awaits an answer"), "wait", "clock"),
    "unanswered": State(_("Not answered in time"), "done", "calendar-x"),
    MeetingRequest.State.ACCEPTED.value: State(_("Accepted"), "good", "circle-check"),
    MeetingRequest.State.DECLINED.value: State(_("Declined"), "bad", "circle-x"),
    MeetingRequest.State.CANCELLED.value: State(_("Cancelled"), "done", "undo-2"),
}
SALE = {
    StandSale.State.FREE.value: State(_("Not taken"), "done", "circle"),
    StandSale.State.HELD.value: State(_("Held"), "wait", "clock"),
    StandSale.State.OFFERED.value: State(_("Offered"), "wait", "clock"),
    StandSale.State.REQUESTED.value: State(_("Requested"), "wait", "circle-alert"),
    StandSale.State.CONFIRMED.value: State(_("Confirmed"), "good", "badge-check"),
}
DEAL = {
    "counted": State(_("Confirmed by both, counted"), "good", "badge-check"),
    "theirs": State(_("Awaits the other side"), "wait", "clock"),
    "ours": State(_("Awaits your confirmation"), "wait", "circle-alert"),
    "withdrawn": State(_("Withdrawn"), "done", "undo-2"),
}
WISHES = {
    MeetingRequest.Wish.MUST.value: _("Must meet"),
    MeetingRequest.Wish.LIKE.value: _("Would like to meet"),
    MeetingRequest.Wish.NO.value: _("Do not want to meet"),
}
STANDS = {
    Application.Stand.STANDARD.value: _("Standard booth"),
    Application.Stand.RAW.value: _("Raw space for a special-built booth"),
}
OWNERSHIPS = {
    Organisation.Ownership.STATE.value: _("State-owned"),
    Organisation.Ownership.PRIVATE.value: _("Private"),
    Organisation.Ownership.FOREIGN.value: _("Foreign-invested"),
    Organisation.Ownership.INSTITUTION.value: _("Public institution"),
}
PURCHASES = {
    0: _("Not stated"),
    1: _("Under USD 1 million a year"),
    2: _("USD 1 to 10 million a year"),
    3: _("USD 10 to 100 million a year"),
    4: _("USD 100 million to 1 billion a year"),
    5: _("Over USD 1 billion a year"),
}
CONSENTS = {
    Visitor.Consent.NONE.value: _("Nothing"),
    Visitor.Consent.NAME.value: _("My name and organisation"),
    Visitor.Consent.EMAIL.value: _("My name, organisation and e-mail address"),
    Visitor.Consent.PHONE.value: _("My name, organisation, e-mail address and telephone number"),
}
SHARED_FACTS = {
    "name": _("Your name"),
    "organisation": _("Organisation"),
    "email": _("E-mail address"),
    "phone": _("Telephone number"),
}
DEAL_KINDS = {"goods": _("Goods"), "services": _("Services"), "technology": _("Technology")}
# In which roles people act for an organisation.
ORGANISATION_ROLES = {
    "manages": _("Manages the organisation: its application, its people and all that follows"),
    "catalogue": _("Catalogue and exhibits"),
    "meetings": _("Suggestions and meetings"),
    "deals": _("Deals"),
    "leads": _("Leads"),
}


def review_of(visitor: Visitor) -> State:
    """How a person of a delegation stands for its leader."""
    if visitor.state == Visitor.State.REGISTERED:
        return REVIEW["confirmed" if visitor.review == Visitor.Review.CONFIRMED else "waiting"]
    if visitor.state == Visitor.State.REJECTED and visitor.review == Visitor.Review.DECLINED:
        return REVIEW["declined"]
    return REVIEW[visitor.state]

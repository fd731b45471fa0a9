"""The automatic messages, and what each may name of its cause: its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# Every message may name these; a fair may have no name of its organiser.
LINK = "link"
COMMON = ("fair", "edition", "organiser", "zone", LINK)
UNNAMED = frozenset({"organiser"})


class Kind(NamedTuple):
    """A kind of automatic message, by the name of its template.

    ``needed``: the fields without which its reader could not go on. ``may_lack``: those that are empty for some
    readers; a line that names one is left out for them. ``own``: an edition may say it in its own words.
    """

    template: str
    fields: tuple[str, ...]
    needed: frozenset[str]
    may_lack: frozenset[str]
    own: bool


def _kind(template: str, fields: str = "", *, needs: str = "", may_lack: str = "", own: bool = True) -> Kind:
    named = (*needs.split(), *fields.split(), *may_lack.split())
    needed, lacking = frozenset({LINK, *needs.split()}), UNNAMED | frozenset(may_lack.split())
    return Kind(template, (*named, *COMMON), needed, lacking, own)


_MEETING = "visitor exhibitor"
_ALL = (
    _kind("visitor_registered", "name", needs="number"),
    _kind("visitor_approved", "name number"),
    _kind("visitor_rejected", "name number", needs="reason"),
    _kind("visitor_reviewed_again", "name number"),
    _kind("visitor_question", "name", needs="question"),
    _kind("visitor_answer", "name question", needs="answer"),
    _kind("application_approved", "organisation"),
    _kind("application_rejected", "organisation", needs="reason"),
    _kind("application_reopened", "organisation"),
    _kind("application_question", "organisation", needs="question"),
    _kind("application_answer", "organisation question", needs="answer"),
    _kind("contract_accepted", "organisation", needs="number"),
    _kind("contract_cancelled", "organisation number", needs="reason"),
    _kind("invoice_issued", "organisation number", needs="total due reference"),
    _kind("credit_note_issued", "organisation", needs="number credited reason"),
    _kind("payment_reminder", "organisation", needs="number overdue reference"),
    _kind("free_booth_granted", "name exhibitor area_m2"),
    _kind("tasks_reminder", "organisation", needs="tasks due"),
    _kind("passes_decided", "organisation asked", needs="granted"),
    _kind("design_approved", "organisation version", may_lack="reason"),
    _kind("design_changes", "organisation version", needs="reason due"),
    _kind("design_rejected", "organisation version", needs="reason"),
    _kind("deal_to_confirm", "number", needs="buyer"),
    _kind("meeting_asked", f"{_MEETING} number"),
    _kind("meeting_proposed", _MEETING, needs="slot"),
    _kind("meeting_accepted", f"{_MEETING} number"),
    _kind("meeting_declined", f"{_MEETING} number"),
    _kind("meeting_cancelled", f"{_MEETING} number"),
    _kind("meeting_placed", _MEETING, needs="after"),
    _kind("meeting_moved", _MEETING, needs="before after", may_lack="why"),
    _kind("meeting_lost", _MEETING, needs="before", may_lack="why no_other"),
    _kind("meeting_soon", "name", needs="other slot", may_lack="stand"),
    _kind("meetings_reminder", "name day", needs="meetings"),
    _kind("timetable_published", "name"),
    _kind("invitation_visitor", "name number expires", may_lack="by"),
    _kind("invitation_member", "expires", needs="delegation", may_lack="by"),
    _kind("invitation_leader", "expires", needs="delegation", may_lack="by"),
    _kind("invitation_contact", "expires", needs="organisation", may_lack="by"),
    _kind("invitation_colleague", "expires", needs="organisation", may_lack="by"),
    _kind("invitation_contractor", "expires", needs="organisation", may_lack="by"),
    _kind("invitation_staff", "expires", needs="role", may_lack="by area"),
    _kind("claim_accepted", "name", needs="organisation"),
    _kind("claim_declined", "name organisation", needs="reason"),
    _kind("stand_offered", "organisation", needs="stand until", own=False),
    _kind("stand_confirmed", "organisation", needs="stand", own=False),
    _kind("stand_moved", "organisation", needs="stand", own=False),
    _kind("stand_lapsed", "organisation", needs="stand", own=False),
    _kind("stand_taken_back", "organisation stand", needs="reason", own=False),
    # What follows is the installation's own: it may be of no edition.
    _kind("task_failed", "kind why", may_lack="edition", own=False),
)
KINDS: Mapping[str, Kind] = {kind.template: kind for kind in _ALL}
# A code or a link of the sign-in, whose text is made where one signs in.
ACCOUNT = Kind("account_mail", ("subject", "body"), frozenset(), frozenset(), own=False)


def kind_of(template: str) -> Kind:
    """The kind of a message. Raises ``LookupError`` for a template that is none."""
    if template == ACCOUNT.template:
        return ACCOUNT
    if template not in KINDS:
        raise LookupError(f"there is no message {template}")
    return KINDS[template]

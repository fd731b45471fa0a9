"""What the journal tells of one record, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.views import history_of
from emporion.domain.journal.actions import Subject
from emporion.domain.journal.events import EVENTS

MOST = 50
WORDS = {
    "application.made": gettext_lazy("Application drafted"),
    "application.submitted": gettext_lazy("Handed in"),
    "application.approved": gettext_lazy("Approved"),
    "application.reopened": gettext_lazy("Decision taken back, reviewed again"),
    "application.rejected": gettext_lazy("Rejected"),
    "application.withdrawn": gettext_lazy("Withdrawn"),
    "application.buyers_wanted": gettext_lazy("Said which buyers it wants to meet"),
    "application.question_asked": gettext_lazy("Question asked"),
    "application.question_answered": gettext_lazy("Question answered"),
    "contract.signed": gettext_lazy("Contract signed"),
    "contract.cancelled": gettext_lazy("Contract cancelled"),
    "contract.accepted": gettext_lazy("Contract accepted"),
    "exhibitor.sector_set": gettext_lazy("Sector changed"),
    "organisation.registered": gettext_lazy("Organisation registered"),
    "organisation.described": gettext_lazy("Description or website changed"),
    "organisation.renamed": gettext_lazy("Name corrected"),
    "organisations.merged": gettext_lazy("Two records became one"),
    "stand.changed": gettext_lazy("Stand's number or kind changed"),
    "stand.occupied": gettext_lazy("An exhibitor was put on the stand"),
    "stand.released": gettext_lazy("An exhibitor was taken off the stand"),
    "stand.locked": gettext_lazy("Stand locked in its place"),
    "stand.unlocked": gettext_lazy("Stand unlocked"),
    "area.added": gettext_lazy("Added"),
    "area.changed": gettext_lazy("Changed"),
    "hall.added": gettext_lazy("Added"),
    "hall.changed": gettext_lazy("Changed"),
    "hall.closed": gettext_lazy("Closed to meetings for some slots"),
    "hall.opened": gettext_lazy("Open to meetings again"),
    "product.added": gettext_lazy("Added to the catalogue"),
    "product.changed": gettext_lazy("Changed"),
    "session.added": gettext_lazy("Added to the programme"),
    "session.changed": gettext_lazy("Changed"),
    "session.cancelled": gettext_lazy("Cancelled"),
    "session.restored": gettext_lazy("Takes place after all"),
    "session.chosen": gettext_lazy("A visitor means to attend"),
    "session.left": gettext_lazy("A visitor no longer means to attend"),
    "meeting.asked": gettext_lazy("Asked to meet"),
    "meeting.accepted": gettext_lazy("Accepted"),
    "meeting.declined": gettext_lazy("Declined"),
    "meeting.cancelled": gettext_lazy("Cancelled"),
    "meeting.unwanted": gettext_lazy("One side does not want to meet"),
    "meeting.wished": gettext_lazy("Wish changed"),
    "meeting.proposed": gettext_lazy("Another time proposed"),
    "meeting.pinned": gettext_lazy("Pinned to its time"),
    "meeting.unpinned": gettext_lazy("Unpinned"),
    "meeting.outcome": gettext_lazy("What came of it was noted"),
    "deal.recorded": gettext_lazy("Recorded"),
    "deal.confirmed": gettext_lazy("Confirmed by one side"),
    "deal.withdrawn": gettext_lazy("Withdrawn"),
    "deal.evidence_added": gettext_lazy("A paper was added"),
    "record.added": gettext_lazy("Typed in at the office"),
    "record.changed": gettext_lazy("Changed at the office"),
    "presence.set": gettext_lazy("Times and limits for meetings set"),
    "services.ordered": gettext_lazy("Services ordered"),
    "passes.asked": gettext_lazy("More passes asked for"),
    "passes.decided": gettext_lazy("Decided about more passes"),
    "staff_member.registered": gettext_lazy("One of its people registered"),
    "staff_member.removed": gettext_lazy("One of its people taken off the list"),
    "contractor.engaged": gettext_lazy("A contractor was engaged"),
    "contractor.dismissed": gettext_lazy("A contractor was dismissed"),
    "free_booth.granted": gettext_lazy("Free booth granted"),
    "visitor.question_asked": gettext_lazy("Question asked"),
    "visitor.question_answered": gettext_lazy("Question answered"),
    "unit.question_asked": gettext_lazy("Question asked"),
    "unit.question_answered": gettext_lazy("Question answered"),
    "visitor.changed": gettext_lazy("Changed what was stated"),
    "unit.registered": gettext_lazy("Registered"),
    "unit.approved": gettext_lazy("Approved"),
    "unit.rejected": gettext_lazy("Rejected"),
    "unit.reviewed_again": gettext_lazy("Decision taken back, reviewed again"),
    "visitor.registered": gettext_lazy("Registered"),
    "visitor.approved": gettext_lazy("Approved"),
    "visitor.rejected": gettext_lazy("Rejected"),
    "visitor.reviewed_again": gettext_lazy("Decision taken back, reviewed again"),
    "visitor.cancelled": gettext_lazy("Cancelled"),
    "visitor.claimed": gettext_lazy("Claimed with a confirmed address"),
    "visitors.merged": gettext_lazy("Two registrations became one"),
    "visitors.kept_apart": gettext_lazy("Found to be another person than one alike"),
    "badge.issued": gettext_lazy("Badge made"),
}


def shown_history(*subjects: Subject) -> list[dict[str, Any]]:
    """The events of these records, the latest first, each with its reason where one was given."""
    return [
        {
            "what": WORDS.get(entry.event) or (EVENTS[entry.event].meaning if entry.event in EVENTS else entry.event),
            "at": entry.at, "by": entry.actor,
            "reason": entry.data.get("reason", ""),
        }
        for entry in history_of(*subjects)[:MOST]
    ]  # fmt: skip

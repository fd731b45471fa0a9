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

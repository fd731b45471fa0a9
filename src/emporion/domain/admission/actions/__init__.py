"""What happens at the badge desk and at the gates."""

from emporion.domain.admission.actions.badges import issue_badge, issue_badges, make_anew, revoke_badge
from emporion.domain.admission.actions.entries import record_entries
from emporion.domain.admission.actions.passes import import_passes
from emporion.domain.admission.actions.staff import issue_exhibitor_badges
from emporion.domain.admission.actions.staffing import (
    ask_for_passes,
    decide_passes,
    follow_pass_rules,
    register_staff,
    remove_staff,
    set_pass_rules,
)

__all__ = [
    "ask_for_passes",
    "decide_passes",
    "follow_pass_rules",
    "import_passes",
    "issue_badge",
    "issue_badges",
    "issue_exhibitor_badges",
    "make_anew",
    "record_entries",
    "register_staff",
    "remove_staff",
    "revoke_badge",
    "set_pass_rules",
]

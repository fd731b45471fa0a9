"""What happens to visitors: units and people register and are decided about, one by one or all at once."""

from emporion.domain.visitors.actions.approval import (
    approve_all,
    approve_chosen,
    approve_delegation,
    approve_unit,
    approve_visitor,
    reject_unit,
    reject_visitor,
)
from emporion.domain.visitors.actions.consent import give_consent
from emporion.domain.visitors.actions.duplicates import keep_visitors_apart, list_likely_visitors, merge_visitors
from emporion.domain.visitors.actions.members import import_members
from emporion.domain.visitors.actions.needs import NeedFacts, add_need, remove_need
from emporion.domain.visitors.actions.questions import answer_registered, ask_registered
from emporion.domain.visitors.actions.registration import (
    cancel_visitor,
    register_oneself,
    register_unit,
    register_visitor,
)
from emporion.domain.visitors.actions.review import confirm_people, decline_people
from emporion.domain.visitors.actions.tree import add_delegation, appoint_leader, dismiss_leader, set_quotas

__all__ = [
    "NeedFacts",
    "add_delegation",
    "add_need",
    "answer_registered",
    "appoint_leader",
    "approve_all",
    "approve_chosen",
    "approve_delegation",
    "approve_unit",
    "approve_visitor",
    "ask_registered",
    "cancel_visitor",
    "confirm_people",
    "decline_people",
    "dismiss_leader",
    "give_consent",
    "import_members",
    "keep_visitors_apart",
    "list_likely_visitors",
    "merge_visitors",
    "register_oneself",
    "register_unit",
    "register_visitor",
    "reject_unit",
    "reject_visitor",
    "remove_need",
    "set_quotas",
]

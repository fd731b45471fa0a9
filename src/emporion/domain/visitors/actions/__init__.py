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
from emporion.domain.visitors.actions.duplicates import keep_visitors_apart, list_likely_visitors, merge_visitors
from emporion.domain.visitors.actions.needs import NeedFacts, add_need, remove_need
from emporion.domain.visitors.actions.registration import (
    cancel_visitor,
    register_oneself,
    register_unit,
    register_visitor,
)

__all__ = [
    "NeedFacts",
    "add_need",
    "approve_all",
    "approve_chosen",
    "approve_delegation",
    "approve_unit",
    "approve_visitor",
    "cancel_visitor",
    "keep_visitors_apart",
    "list_likely_visitors",
    "merge_visitors",
    "register_oneself",
    "register_unit",
    "register_visitor",
    "reject_unit",
    "reject_visitor",
    "remove_need",
]

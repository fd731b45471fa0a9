"""What happens to organisations: recognised in bulk, registered one by one, likely duplicates listed and decided."""

from emporion.domain.organisations.actions.duplicates import decide_duplicate, list_likely_duplicates
from emporion.domain.organisations.actions.registration import (
    appoint,
    named_by_stranger,
    register_organisation,
    register_own_organisation,
)

__all__ = [
    "appoint",
    "decide_duplicate",
    "list_likely_duplicates",
    "named_by_stranger",
    "register_organisation",
    "register_own_organisation",
]

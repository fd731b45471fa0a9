"""What happens to organisations: recognised in bulk, registered one by one, likely duplicates listed and decided."""

from emporion.domain.organisations.actions.claims import accept_claim, claim_organisation, decline_claim
from emporion.domain.organisations.actions.duplicates import decide_duplicate, list_likely_duplicates
from emporion.domain.organisations.actions.profile import correct_name, describe
from emporion.domain.organisations.actions.registration import (
    register_by_outsider,
    register_organisation,
    register_own_organisation,
)
from emporion.domain.organisations.actions.representatives import appoint, change_roles, dismiss

__all__ = [
    "accept_claim",
    "appoint",
    "change_roles",
    "claim_organisation",
    "correct_name",
    "decide_duplicate",
    "decline_claim",
    "describe",
    "dismiss",
    "list_likely_duplicates",
    "register_by_outsider",
    "register_organisation",
    "register_own_organisation",
]

"""What happens to people: they are invited, claim their records, and close their accounts."""

from emporion.domain.people.actions.changing import cancel_visit, change_visit
from emporion.domain.people.actions.closing import close_account, remove_second_factors
from emporion.domain.people.actions.invitations import (
    accept_invitation,
    invite_all,
    invite_colleague,
    invite_contact,
    invite_contractor,
    invite_leader,
    invite_member,
    invite_people,
    invite_staff,
    invite_visitor,
    withdraw_invitation,
)
from emporion.domain.people.actions.records import (
    claim_organisation_by_address,
    claim_visit,
    register_or_claim_organisation,
    register_or_claim_visit,
)

__all__ = [
    "accept_invitation",
    "cancel_visit",
    "change_visit",
    "claim_organisation_by_address",
    "claim_visit",
    "close_account",
    "invite_all",
    "invite_colleague",
    "invite_contact",
    "invite_contractor",
    "invite_leader",
    "invite_member",
    "invite_people",
    "invite_staff",
    "invite_visitor",
    "register_or_claim_organisation",
    "register_or_claim_visit",
    "remove_second_factors",
    "withdraw_invitation",
]

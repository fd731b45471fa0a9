"""When an invitation may be accepted, and who may claim which record."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from emporion.domain.refusal import Refusal

VALID_FOR = timedelta(days=30)
# A button pressed twice sends one message; whoever asks again later means another.
SAME_WITHIN = timedelta(minutes=1)
# Anybody can register an organisation: so many messages to strangers go out in a fair's name for it, or for one person.
MOST_COLLEAGUES, COLLEAGUES_WITHIN = 100, timedelta(days=1)
# A leader brings more by a list.
MOST_MEMBERS, MEMBERS_WITHIN = 500, timedelta(days=1)


class InvitationNotFound(Refusal):
    """There is no such invitation. Open the link of the newest message, or ask to be invited again."""


class InvitationExpired(Refusal):
    """This invitation expired on {expires}. Ask to be invited again."""


class InvitationUsed(Refusal):
    """This invitation has already been accepted."""


class InvitationWithdrawn(Refusal):
    """This invitation has been withdrawn or replaced. Open the link of the newest message."""


class AddressNotConfirmed(Refusal):
    """This invitation was sent to another address. Sign in with the address that received it, and confirm it."""


class TooManyInvitations(Refusal):
    """At most {most} colleagues can be invited within a day. Invite more tomorrow."""


class TooManyMembers(Refusal):
    """At most {most} people can be invited to delegations within a day. Bring a list, or invite more tomorrow."""


class AddressNeeded(Refusal):
    """Give an e-mail address: the invitation is sent there."""


class RecordClaimed(Refusal):
    """This registration already belongs to another account."""


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_the_same(sent: datetime, at: datetime, before: Collection[str], wanted: Collection[str]) -> bool:
    """Whether an invitation asked for at ``at``, to the roles ``wanted``, is the one that was just sent."""
    return at - sent < SAME_WITHIN and set(before) == set(wanted)


def require_few_colleagues(invited: int) -> None:
    """``invited``: how many were within ``COLLEAGUES_WITHIN``. Raises: TooManyInvitations."""
    if invited >= MOST_COLLEAGUES:
        raise TooManyInvitations(most=MOST_COLLEAGUES)


def require_few_members(invited: int) -> None:
    """``invited``: how many were by this person within ``MEMBERS_WITHIN``. Raises: TooManyMembers."""
    if invited >= MOST_MEMBERS:
        raise TooManyMembers(most=MOST_MEMBERS)


def require_open(*, accepted: datetime | None, withdrawn: datetime | None, expires: datetime, at: datetime) -> None:
    """Raises: InvitationUsed, InvitationWithdrawn, InvitationExpired."""
    if accepted:
        raise InvitationUsed()
    if withdrawn:
        raise InvitationWithdrawn()
    if at >= expires:
        raise InvitationExpired(expires=expires.date())


def require_address(address: str, confirmed: Collection[str]) -> None:
    """Refuse somebody who has not confirmed the address; ``confirmed`` is in lower case.

    Raises: AddressNotConfirmed.
    """
    if address.lower() not in confirmed:
        raise AddressNotConfirmed()

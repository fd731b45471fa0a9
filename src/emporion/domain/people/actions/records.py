"""People who came by a list claim their own record, by an address that they have confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.actions import appoint, register_own_organisation
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.people import rules
from emporion.domain.people.queries import delegation_joined, organisations_at, visits_at
from emporion.domain.visitors.actions import register_oneself
from emporion.domain.visitors.actions.registration import OwnUnit, Person
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def claim_visit(visitor: Visitor, user: User, *, context: ActionContext) -> Visitor:
    """Join a registration with the account of the person it is of; number, badge and history stay as they are.

    Raises: AddressNotConfirmed, RecordClaimed.
    """
    # Two requests of one person take turns, as when registering.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    if locked.user_id == user.pk:
        return locked
    rules.require_address(locked.email, confirmed_addresses(user))
    if locked.user_id or Visitor.objects.filter(edition=locked.edition_id, user=user).exists():
        raise rules.RecordClaimed()
    locked.user = user
    locked.save(update_fields=["user"])
    record("visitor.claimed", locked, context=context, edition=locked.edition_id)
    return locked


@transaction.atomic
def claim_organisation_by_address(organisation: Organisation, user: User, *, context: ActionContext) -> None:
    """Let a person manage an organisation that gave their confirmed address as its contact's.

    Raises: AddressNotConfirmed.
    """
    if not organisations_at(confirmed_addresses(user)).filter(pk=organisation.pk).exists():
        raise rules.AddressNotConfirmed()
    appoint(organisation, user, context=context)


@transaction.atomic
def register_or_claim_organisation(
    row: OrganisationRow, user: User, *, position: str = "", at: datetime
) -> Organisation:
    """A new organisation with the person as its manager; one whose known contact they are becomes theirs to manage.

    Raises: OrganisationKnown when it is known and nothing shows yet that the person acts for it; and what
    ``register_organisation`` does.
    """
    try:
        with transaction.atomic():
            return register_own_organisation(row, user, position=position, at=at)
    except OrganisationKnown as known:
        organisation: Organisation = known.data["organisation"]
        if not organisations_at(confirmed_addresses(user)).filter(pk=organisation.pk).exists():
            raise
        appoint(organisation, user, position=position, context=ActionContext(at, user))
        return organisation


@transaction.atomic
def register_or_claim_visit(
    edition: Edition, person: Person, user: User, *, own: OwnUnit | None = None, at: datetime
) -> Visitor:
    """Register the person who asks for it; a registration with their address, as of a list, becomes theirs instead.

    Whoever has accepted the invitation of a delegation registers with it.

    Raises what ``register_oneself`` does.
    """
    registered = Visitor.objects.filter(edition=edition, user=user).exists()
    waiting = visits_at(confirmed_addresses(user)).filter(edition=edition).order_by("number").first()
    if not registered and waiting is not None:
        return claim_visit(waiting, user, context=ActionContext(at, user))
    delegation = delegation_joined(user, edition)
    return register_oneself(edition, person, user, own=own, delegation=delegation, at=at)

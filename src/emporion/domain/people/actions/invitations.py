"""People are invited by mail, and accept with the address that was invited."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify
from emporion.domain.organisations.actions import appoint
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules import representation
from emporion.domain.people import rules
from emporion.domain.people.actions.records import claim_visit
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import applications_to_invite, visitors_to_invite
from emporion.domain.staff import rules as staff_rules
from emporion.domain.staff.actions import grant_role
from emporion.domain.staff.queries import area_codes
from emporion.domain.visitors.models import Visitor

Kind = Invitation.Kind
TOKEN_BYTES = 24


def invite_contact(fair: Fair, organisation: Organisation, address: str, *, context: ActionContext) -> Invitation:
    """Invite the contact that the organiser knows to manage an organisation.

    Raises: AddressNeeded.
    """
    invitation = Invitation(
        kind=Kind.CONTACT, fair=fair, organisation=organisation, address=address, roles=[representation.MANAGES]
    )
    return _send(invitation, {"organisation": organisation.name}, context)


def invite_colleague(
    fair: Fair,
    organisation: Organisation,
    address: str,
    *,
    roles: Sequence[str],
    context: ActionContext,
) -> Invitation:
    """Invite a colleague to act for an organisation in some roles.

    Raises: AddressNeeded, RolesNeeded, UnknownRole.
    """
    wanted = representation.check_roles(roles, address)
    invitation = Invitation(kind=Kind.COLLEAGUE, fair=fair, organisation=organisation, address=address, roles=wanted)
    return _send(invitation, {"organisation": organisation.name}, context)


def invite_visitor(visitor: Visitor, *, context: ActionContext) -> Invitation:
    """Invite a visitor whom a list brought to their own registration.

    Raises: AddressNeeded, RecordClaimed.
    """
    if visitor.user_id:
        raise rules.RecordClaimed()
    invitation = Invitation(kind=Kind.VISITOR, fair=visitor.edition.fair, visitor=visitor, address=visitor.email)
    return _send(invitation, {"name": visitor.name, "number": visitor.number}, context)


def invite_staff(fair: Fair, address: str, role: str, *, area: str = "", context: ActionContext) -> Invitation:
    """Invite somebody to work for the organiser of a fair.

    Raises: AddressNeeded, UnknownStaffRole, AreaOnlyForReviewers, UnknownArea.
    """
    staff_rules.check_role(role, area, area_codes(fair) if area else ())
    invitation = Invitation(kind=Kind.STAFF, fair=fair, staff_role=role, area=area, address=address)
    return _send(invitation, {"role": role, "area": area}, context)


def invite_all(edition: Edition, *, visitors: bool = False, contacts: bool = False, context: ActionContext) -> int:
    """Invite every visitor or contact of an edition who has an address and no account; how many.

    Who was invited before is left out, so that a run that was stopped goes on where it ended.
    """
    count = 0
    for invite in _pending(edition, visitors, contacts, context):
        invite()
        count += 1
    return count


def _pending(
    edition: Edition, visitors: bool, contacts: bool, context: ActionContext
) -> Iterator[Callable[[], Invitation]]:
    if visitors:
        for visitor in visitors_to_invite(edition).select_related("edition__fair").iterator():
            yield lambda one=visitor: invite_visitor(one, context=context)  # type: ignore[misc]
    if contacts:
        for one in applications_to_invite(edition).iterator():
            yield lambda one=one: invite_contact(  # type: ignore[misc]
                edition.fair, one.organisation, one.contact_email, context=context
            )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, context: ActionContext) -> None:
    """Take an invitation back; one that was accepted or withdrawn stays as it is."""
    if Invitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None).update(withdrawn=context.at):
        _record("invitation.withdrawn", invitation, context)


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User, *, context: ActionContext) -> Invitation:
    """Let the person whose confirmed address was invited have what the invitation offers; accepted twice is once.

    Raises: AddressNotConfirmed, InvitationUsed, InvitationWithdrawn, InvitationExpired, RecordClaimed.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    rules.check_address(locked.address, confirmed_addresses(user))
    if locked.accepted and locked.accepted_by_id == user.pk:
        return locked
    rules.check_open(accepted=locked.accepted, withdrawn=locked.withdrawn, expires=locked.expires, at=context.at)
    _give(locked, user, context)
    locked.accepted, locked.accepted_by = context.at, user
    locked.save(update_fields=["accepted", "accepted_by"])
    _record("invitation.accepted", locked, context)
    return locked


def _give(invitation: Invitation, user: User, context: ActionContext) -> None:
    by = ActionContext(context.at, invitation.invited_by or user)
    if invitation.organisation is not None:
        appoint(invitation.organisation, user, roles=invitation.roles, context=by)
    elif invitation.visitor is not None:
        claim_visit(invitation.visitor, user, context=context)
    else:
        grant_role(invitation.fair, user, invitation.staff_role, area=invitation.area, context=by)


@transaction.atomic
def _send(invitation: Invitation, about: dict[str, str], context: ActionContext) -> Invitation:
    """Store an invitation and put its message into the outbox; one sent before to the same end is replaced."""
    invitation.address = invitation.address.strip().lower()
    if not invitation.address:
        raise rules.AddressNeeded()
    Fair.objects.select_for_update(no_key=True).get(pk=invitation.fair_id)
    _same_end(invitation).update(withdrawn=context.at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash, invitation.sent = rules.hash_of(token), context.at
    invitation.expires, invitation.invited_by = context.at + rules.VALID_FOR, context.actor
    invitation.save()
    _record("invitation.sent", invitation, context)
    current = invitation.fair.editions.filter(current=True).first()
    named = {} if current else {"fair": invitation.fair.name_en}
    notify(
        f"invitation.{invitation.kind}:{invitation.pk}", recipient=invitation.address,
        template=f"invitation_{invitation.kind}", edition_id=current.pk if current else None,
        context={
            **about, **named, "token": token, "expires": f"{invitation.expires:%Y-%m-%d}",
            "by": str(context.actor) if context.actor else "",
        },
        at=context.at,
    )  # fmt: skip
    return invitation


def _same_end(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        kind=invitation.kind, address__iexact=invitation.address, fair=invitation.fair_id,
        organisation=invitation.organisation_id, visitor=invitation.visitor_id, staff_role=invitation.staff_role,
        area=invitation.area, accepted=None, withdrawn=None,
    )  # fmt: skip


def _record(event: str, invitation: Invitation, context: ActionContext) -> None:
    # The address is a person's, and the journal forgets nothing.
    subject = Subject("invitation", str(invitation.pk), invitation.kind)
    record(event, subject, context=context, fair=invitation.fair_id)

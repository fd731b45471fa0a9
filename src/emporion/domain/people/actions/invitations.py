"""People are invited by mail, and accept with the address that was invited."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.designs.actions import engage_contractor
from emporion.domain.designs.queries import needs_design
from emporion.domain.designs.rules import NoDesignNeeded
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.organisations.actions import appoint
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.rules import representation
from emporion.domain.people import rules
from emporion.domain.people.actions.records import claim_visit
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import applications_to_invite, visitors_to_invite
from emporion.domain.reason import stored
from emporion.domain.staff import rules as staff_rules
from emporion.domain.staff.actions import grant_role
from emporion.domain.staff.queries import areas_by_code
from emporion.domain.visitors.actions import appoint_leader
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.domain.visitors.queries import people_within

Kind = Invitation.Kind
TOKEN_BYTES = 24
AT_A_TIME = 500
Progress = Callable[[int, int], None]


def invite_contact(fair: Fair, organisation: Organisation, address: str, *, context: ActionContext) -> Invitation:
    """Invite the contact that the organiser knows to manage an organisation.

    Raises: AddressNeeded.
    """
    return _send(_to_contact(fair, organisation, address), {"organisation": stored(organisation.proper_name)}, context)


def invite_colleague(
    fair: Fair,
    organisation: Organisation,
    address: str,
    *,
    roles: Sequence[str],
    context: ActionContext,
) -> Invitation:
    """Invite a colleague to act for an organisation in some roles.

    Raises: AddressNeeded, RolesNeeded, UnknownRole, TooManyInvitations.
    """
    rules.require_few_colleagues(_colleagues_invited_lately(organisation, context))
    wanted = representation.require_roles(roles, address)
    invitation = Invitation(kind=Kind.COLLEAGUE, fair=fair, organisation=organisation, address=address, roles=wanted)
    return _send(invitation, {"organisation": stored(organisation.proper_name)}, context)


def _colleagues_invited_lately(organisation: Organisation, context: ActionContext) -> int:
    """How many were invited to an organisation, or by this person to any, answered and withdrawn ones included."""
    lately = Invitation.objects.filter(kind=Kind.COLLEAGUE, sent__gt=context.at - rules.COLLEAGUES_WITHIN)
    by_person = Q(invited_by=context.actor) if context.actor else Q()
    return lately.filter(Q(organisation=organisation) | by_person).count()


def invite_contractor(exhibitor: Exhibitor, address: str, *, context: ActionContext) -> Invitation:
    """Invite somebody of the firm that builds an exhibitor's stand to its design.

    Raises: AddressNeeded, NoDesignNeeded, TooManyInvitations.
    """
    if not needs_design(exhibitor):
        raise NoDesignNeeded()
    lately = Invitation.objects.filter(kind=Kind.CONTRACTOR, sent__gt=context.at - rules.COLLEAGUES_WITHIN)
    rules.require_few_colleagues(lately.filter(exhibitor=exhibitor).count())
    fair = exhibitor.edition.fair
    invitation = Invitation(kind=Kind.CONTRACTOR, fair=fair, exhibitor=exhibitor, address=address)
    return _send(invitation, {"organisation": stored(exhibitor.organisation.proper_name)}, context)


def invite_visitor(visitor: Visitor, *, context: ActionContext) -> Invitation:
    """Invite a visitor whom a list brought to their own registration.

    Raises: AddressNeeded, RecordClaimed.
    """
    if visitor.user_id:
        raise rules.RecordClaimed()
    invitation = Invitation(kind=Kind.VISITOR, fair=visitor.edition.fair, visitor=visitor, address=visitor.email)
    return _send(invitation, _about_visitor(visitor), context)


def invite_staff(fair: Fair, address: str, role: str, *, area: str = "", context: ActionContext) -> Invitation:
    """Invite somebody to work for the organiser of a fair.

    Raises: AddressNeeded, UnknownStaffRole, AreaOnlyForReviewers, UnknownArea.
    """
    staff_rules.require_role(role, area, areas_by_code(fair) if area else ())
    invitation = Invitation(kind=Kind.STAFF, fair=fair, staff_role=role, area=area, address=address)
    return _send(invitation, {"role": role, "area": area}, context)


def invite_leader(delegation: Delegation, address: str, *, context: ActionContext) -> Invitation:
    """Invite somebody to lead a delegation. Raises: AddressNeeded."""
    return _to_delegation(Kind.LEADER, delegation, address, context)


def invite_member(delegation: Delegation, address: str, *, context: ActionContext) -> Invitation:
    """Invite somebody to register with a delegation, at most so many a day from one person.

    Raises: AddressNeeded, TooManyMembers.
    """
    lately = Invitation.objects.filter(
        kind=Kind.MEMBER, invited_by=context.actor, sent__gt=context.at - rules.MEMBERS_WITHIN
    )
    rules.require_few_members(lately.count())
    return _to_delegation(Kind.MEMBER, delegation, address, context)


def _to_delegation(kind: str, delegation: Delegation, address: str, context: ActionContext) -> Invitation:
    fair = delegation.edition.fair
    invitation = Invitation(kind=kind, fair=fair, delegation=delegation, address=address)
    return _send(invitation, {"delegation": {"en": delegation.name_en, "zh-hans": delegation.name_zh}}, context)


def invite_people(delegation: Delegation, *, context: ActionContext) -> int:
    """Invite a delegation's people who have an address and no account to their own registrations; how many.

    Who was invited before is left out.
    """
    inside = people_within(delegation).order_by().values("pk")
    keys = list(visitors_to_invite(delegation.edition).filter(pk__in=inside).values_list("pk", flat=True))
    parts = (keys[first : first + AT_A_TIME] for first in range(0, len(keys), AT_A_TIME))
    return sum(_visitors_part(delegation.edition, part, context) for part in parts)


def invite_all(
    edition: Edition,
    *,
    visitors: bool = False,
    contacts: bool = False,
    context: ActionContext,
    progress: Progress | None = None,
) -> int:
    """Invite every visitor or contact of an edition who has an address and no account; how many.

    Some hundreds at a time, each in its own transaction. Who was invited before is left out, so that a run that was
    stopped goes on where it ended.
    """
    people = list(visitors_to_invite(edition).values_list("pk", flat=True)) if visitors else []
    firms = list(applications_to_invite(edition).values_list("pk", flat=True)) if contacts else []
    parts = [(_visitors_part, people[at : at + AT_A_TIME]) for at in range(0, len(people), AT_A_TIME)]
    parts += [(_contacts_part, firms[at : at + AT_A_TIME]) for at in range(0, len(firms), AT_A_TIME)]
    looked_at = invited = 0
    for invite, keys in parts:
        invited += invite(edition, keys, context)
        looked_at += len(keys)
        if progress is not None:
            progress(looked_at, len(people) + len(firms))
    return invited


@transaction.atomic
def _visitors_part(edition: Edition, keys: list[int], context: ActionContext) -> int:
    _lock(edition.fair)
    invited = [
        (Invitation(kind=Kind.VISITOR, fair=edition.fair, visitor=one, address=one.email), _about_visitor(one))
        for one in visitors_to_invite(edition).filter(pk__in=keys)
    ]
    return _send_many(edition, invited, context)


@transaction.atomic
def _contacts_part(edition: Edition, keys: list[int], context: ActionContext) -> int:
    _lock(edition.fair)
    # An organisation that has applied twice is invited once.
    found = {one.organisation_id: one for one in applications_to_invite(edition).filter(pk__in=keys)}
    invited = [(_to_contact(edition.fair, one.organisation, one.contact_email), _about(one)) for one in found.values()]
    return _send_many(edition, invited, context)


def _about(application: Application) -> dict[str, Any]:
    return {"organisation": stored(application.organisation.proper_name)}


def _about_visitor(visitor: Visitor) -> dict[str, Any]:
    return {"name": stored(visitor.proper_name), "number": visitor.number}


def _to_contact(fair: Fair, organisation: Organisation, address: str) -> Invitation:
    """An invitation to manage an organisation."""
    roles = [representation.MANAGES]
    return Invitation(kind=Kind.CONTACT, fair=fair, organisation=organisation, address=address, roles=roles)


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
    rules.require_address(locked.address, confirmed_addresses(user))
    if locked.accepted and locked.accepted_by_id == user.pk:
        return locked
    rules.require_open(accepted=locked.accepted, withdrawn=locked.withdrawn, expires=locked.expires, at=context.at)
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
    elif invitation.exhibitor is not None:
        engage_contractor(invitation.exhibitor, user, context=by)
    elif invitation.kind == Kind.LEADER:
        assert invitation.delegation is not None
        appoint_leader(invitation.delegation, user, context=by)
    elif invitation.kind == Kind.MEMBER:
        pass  # Whoever accepts is confirmed in the delegation when they register.
    else:
        grant_role(invitation.fair, user, invitation.staff_role, area=invitation.area, context=by)


@transaction.atomic
def _send(invitation: Invitation, about: dict[str, Any], context: ActionContext) -> Invitation:
    """Store an invitation and put its message into the outbox; one sent before to the same end is replaced.

    Asked for twice at once, it is one invitation and one message.
    """
    invitation.address = invitation.address.strip().lower()
    if not invitation.address:
        raise rules.AddressNeeded()
    _lock(invitation.fair)
    before = _same_end(invitation).first()
    if before and rules.is_the_same(before.sent, context.at, before.roles, invitation.roles):
        return before
    _same_end(invitation).update(withdrawn=context.at)
    token = _seal(invitation, context)
    invitation.save()
    _record("invitation.sent", invitation, context)
    notify_all([_message(invitation, about, token, _current(invitation.fair), context)], at=context.at)
    return invitation


def _send_many(edition: Edition, invited: Sequence[tuple[Invitation, dict[str, Any]]], context: ActionContext) -> int:
    """Store invitations whose ends nobody has been invited to, and their messages; one journal entry."""
    if not invited:
        return 0
    tokens = []
    for invitation, _words in invited:
        invitation.address = invitation.address.strip().lower()
        tokens.append(_seal(invitation, context))
    stored = Invitation.objects.bulk_create([invitation for invitation, _words in invited])
    current = _current(edition.fair)
    texts = zip(stored, invited, tokens, strict=True)
    notify_all((_message(one, words, token, current, context) for one, (_one, words), token in texts), at=context.at)
    record("invitations.sent", edition, context=context, edition=edition.pk, invited=len(stored))
    return len(stored)


def _lock(fair: Fair) -> None:
    """Of two who invite to the same end one waits."""
    Fair.objects.select_for_update(no_key=True).get(pk=fair.pk)


def _current(fair: Fair) -> Edition | None:
    return fair.editions.filter(current=True).first()


def _seal(invitation: Invitation, context: ActionContext) -> str:
    """Give an invitation its secret, of which the digest alone is kept, and its term."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash, invitation.sent = rules.hash_of(token), context.at
    invitation.expires, invitation.invited_by = context.at + rules.VALID_FOR, context.actor
    return token


def _message(
    invitation: Invitation, about: dict[str, Any], token: str, current: Edition | None, context: ActionContext
) -> Message:
    named = {} if current else {"fair": invitation.fair.name_en}
    by = {
        "token": token,
        "expires": f"{invitation.expires:%Y-%m-%d}",
        "by": stored(context.actor.proper_name) if context.actor else "",
    }
    return Message(
        f"invitation.{invitation.kind}:{invitation.pk}", invitation.address, f"invitation_{invitation.kind}",
        {**about, **named, **by}, edition_id=current.pk if current else None,
    )  # fmt: skip


def _same_end(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        kind=invitation.kind, address__iexact=invitation.address, fair=invitation.fair_id,
        organisation=invitation.organisation_id, visitor=invitation.visitor_id, exhibitor=invitation.exhibitor_id,
        staff_role=invitation.staff_role, area=invitation.area, delegation=invitation.delegation_id, accepted=None,
        withdrawn=None,
    )  # fmt: skip


def _record(event: str, invitation: Invitation, context: ActionContext) -> None:
    # The address is a person's, and the journal forgets nothing.
    subject = Subject("invitation", str(invitation.pk), invitation.kind)
    record(event, subject, context=context, fair=invitation.fair_id)

"""A person closes their account: what names them goes, what figures count stays."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.admission.models import Badge
from emporion.domain.designs.models import Contractor
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import OrganisationClaim
from emporion.domain.people.models import Invitation
from emporion.domain.staff.actions import revoke_role
from emporion.domain.visitors.actions import cancel_visitor, dismiss_leader
from emporion.domain.visitors.models import Visitor

NAMELESS = "—"


@transaction.atomic
def close_account(user: User, *, context: ActionContext) -> None:
    """Close an account for good, at its holder's wish. Closed twice it is closed once.

    Registrations for editions that have not ended are cancelled; visits that took place keep their number, country
    and entries, so that figures stay right, and lose the person's name, address, telephone and document. Deals and
    the journal keep a nameless account.

    Raises: LastOwner.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        return
    Contractor.objects.filter(user=locked).delete()
    for held in locked.staff_roles.all():
        revoke_role(held, context=context)
    for visitor in Visitor.objects.select_related("edition__venue").filter(user=locked):
        _forget_visit(visitor, context)
    for leader in locked.leads.select_related("delegation", "user"):
        dismiss_leader(leader, context=context)
    locked.represents.all().delete()
    OrganisationClaim.objects.filter(user=locked).delete()
    Notice.objects.filter(recipient__iexact=locked.email).delete()
    Invitation.objects.filter(accepted_by=locked).update(address=_nobody(locked))
    EmailAddress.objects.filter(user=locked).delete()
    Authenticator.objects.filter(user=locked).delete()
    for session in UserSession.objects.filter(user=locked):
        session.end()
    _forget(locked)
    record("account.closed", _account(locked), context=context)


@transaction.atomic
def remove_second_factors(user: User, *, context: ActionContext) -> None:
    """Remove the second factors of somebody who has lost them, and end their sessions; staff sets up new ones.

    The journal keeps who did so.
    """
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    record("account.second_factors_removed", _account(user), context=context)


def _forget_visit(visitor: Visitor, context: ActionContext) -> None:
    ahead = visitor.edition.last_day >= context.at.astimezone(visitor.edition.zone).date()
    if ahead and visitor.state in (Visitor.State.REGISTERED, Visitor.State.APPROVED):
        visitor = cancel_visitor(visitor, context=context)
    visitor.name, visitor.email, visitor.phone, visitor.document, visitor.position = NAMELESS, "", "", "", ""
    visitor.name_latin, visitor.user = "", None
    visitor.save(update_fields=["name", "name_latin", "found_by", "email", "phone", "document", "position", "user"])
    # What exhibitors may have of somebody without a name is nothing.
    Visitor.objects.filter(pk=visitor.pk).update(consent=Visitor.Consent.NONE)
    badges = Badge.objects.filter(visitor=visitor)
    badges.filter(revoked=None).update(revoked=context.at)
    badges.update(holder=NAMELESS)


def _forget(user: User) -> None:
    user.email, user.name, user.name_latin = _nobody(user), "", ""
    user.is_active, user.is_superuser = False, False
    user.set_unusable_password()
    user.save()


def _nobody(user: User) -> str:
    """An address that nobody can have (RFC 6761), different for each account."""
    return f"closed-{user.pk}@account.invalid"


def _account(user: User) -> Subject:
    return Subject("user", str(user.pk), f"account {user.pk}")

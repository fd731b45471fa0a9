"""The people who act for an organisation: appointed, given other roles, dismissed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.organisations.rules import representation as rules


@transaction.atomic
def appoint(
    organisation: Organisation,
    user: User,
    *,
    roles: Sequence[str] = (rules.MANAGES,),
    context: ActionContext,
    position: str = "",
) -> Representative:
    """Let a person act for an organisation. Who acts for it already gains the roles and keeps their own.

    Raises: RolesNeeded, UnknownRole.
    """
    wanted = rules.require_roles(roles, user.email)
    representative, is_new = Representative.objects.select_for_update().get_or_create(
        organisation=organisation, user=user, defaults={"position": position, "roles": wanted}
    )
    gained = [role for role in wanted if role not in representative.roles]
    if gained:
        representative.roles = rules.require_roles([*representative.roles, *gained], user.email)
        representative.save(update_fields=["roles"])
    if is_new or gained:
        _record("representative.appointed", representative, context)
    return representative


@transaction.atomic
def change_roles(representative: Representative, roles: Sequence[str], *, context: ActionContext) -> Representative:
    """Give a representative these roles instead of the ones they have.

    Raises: RolesNeeded, UnknownRole, LastManager.
    """
    locked = _locked(representative)
    wanted = rules.require_roles(roles, locked.user.email)
    if wanted == locked.roles:
        return locked
    if rules.MANAGES in locked.roles and rules.MANAGES not in wanted:
        _require_remaining_manager(locked)
    locked.roles = wanted
    locked.save(update_fields=["roles"])
    _record("representative.roles_changed", locked, context)
    return locked


@transaction.atomic
def dismiss(representative: Representative, *, context: ActionContext) -> None:
    """Let a person act for an organisation no longer; dismissed twice is dismissed once.

    Raises: LastManager.
    """
    if not Representative.objects.filter(pk=representative.pk).exists():
        return
    locked = _locked(representative)
    if rules.MANAGES in locked.roles:
        _require_remaining_manager(locked)
    _record("representative.dismissed", locked, context)
    locked.delete()


def _locked(representative: Representative) -> Representative:
    """The representative, with its organisation locked: of two managers who leave at once one is the last."""
    Organisation.objects.select_for_update().get(pk=representative.organisation_id)
    return Representative.objects.select_related("organisation", "user").get(pk=representative.pk)


def _require_remaining_manager(representative: Representative) -> None:
    others = Representative.objects.filter(
        organisation=representative.organisation_id, roles__contains=[rules.MANAGES]
    ).exclude(pk=representative.pk)
    rules.require_remaining_manager(
        others.count(), person=representative.user.proper_name, organisation=representative.organisation.proper_name
    )


def _record(event: str, representative: Representative, context: ActionContext) -> None:
    organisation = representative.organisation
    record(
        event, organisation, context=context,
        person=representative.user_id, roles=representative.roles,
    )  # fmt: skip

"""Roles of the organiser's staff are granted and revoked."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Fair
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff import rules
from emporion.domain.staff.models import StaffRole
from emporion.domain.staff.queries import areas_by_code


@transaction.atomic
def grant_role(fair: Fair, user: User, role: str, *, area: str = "", context: ActionContext) -> StaffRole:
    """Give a person a role at a fair; granted twice, it is one role.

    Raises: UnknownStaffRole, AreaOnlyForReviewers, UnknownArea.
    """
    rules.require_role(role, area, areas_by_code(fair) if area else ())
    granted, is_new = StaffRole.objects.get_or_create(
        fair=fair, user=user, role=role, area=area, defaults={"granted": context.at, "granted_by": context.actor}
    )
    if is_new:
        _record("staff.role_granted", granted, context)
    return granted


@transaction.atomic
def revoke_role(staff_role: StaffRole, *, context: ActionContext) -> None:
    """Take a role from a person; revoked twice, it is gone once.

    Raises: LastOwner.
    """
    # Of two owners who leave at once the second finds that it is the last.
    Fair.objects.select_for_update().get(pk=staff_role.fair_id)
    held = StaffRole.objects.select_related("user", "fair").filter(pk=staff_role.pk).first()
    if held is None:
        return
    if held.role == rules.OWNER:
        others = StaffRole.objects.filter(fair=held.fair_id, role=rules.OWNER).exclude(user=held.user_id)
        rules.require_remaining_owner(others.count(), person=held.user.proper_name, fair=str(held.fair))
    _record("staff.role_revoked", held, context)
    held.delete()


def _record(event: str, held: StaffRole, context: ActionContext) -> None:
    record(
        event, held.fair, context=context, person=held.user_id, role=held.role,
        area=held.area,
    )  # fmt: skip

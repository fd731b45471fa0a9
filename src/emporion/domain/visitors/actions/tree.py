"""The organiser lays out the delegation tree: a group, how many may come and when, and who leads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import DayQuota, Delegation, DelegationLeader


@transaction.atomic
def add_delegation(
    edition: Edition, path: str, name_en: str, name_zh: str, *, quota: int | None = None, context: ActionContext
) -> Delegation:
    """Add a group, or with a path of several codes a sub-group. Raises: PathNotUsable, GroupMissing, PathTaken."""
    rules.require_path(path)
    above = rules.branches(path)[1:2]
    parent = Delegation.objects.filter(edition=edition, path__in=above).first()
    if above and parent is None:
        raise rules.GroupMissing(group=above[0], path=path)
    stated = {"path": path, "name_en": name_en, "name_zh": name_zh, "parent": parent, "quota": quota}
    try:
        with transaction.atomic():
            added = Delegation.objects.create(edition=edition, **stated)
    except IntegrityError as error:
        raise rules.PathTaken(path=path) from error
    record("delegation.added", subject_of(added, path), context=context, edition=edition.pk)
    return added


@transaction.atomic
def set_quotas(
    delegation: Delegation, quota: int | None, by_day: Mapping[date, int | None], *, context: ActionContext
) -> Delegation:
    """Set how many people of a delegation may register, and how many may come on which day; none for any number.

    Who is registered stays, also where they are more than that. Raises: DayOutsideTheShow.
    """
    locked = Delegation.objects.select_for_update(no_key=True).select_related("edition").get(pk=delegation.pk)
    rules.require_days(by_day, locked.edition.first_day, locked.edition.last_day)
    locked.quota = quota
    locked.save(update_fields=["quota"])
    DayQuota.objects.filter(delegation=locked).delete()
    limited = {day: most for day, most in sorted(by_day.items()) if most is not None}
    DayQuota.objects.bulk_create(DayQuota(delegation=locked, day=day, quota=most) for day, most in limited.items())
    days = {day.isoformat(): most for day, most in limited.items()}
    subject = subject_of(locked, locked.path)
    record("delegation.quotas_set", subject, context=context, edition=locked.edition_id, quota=quota, days=days)
    return locked


@transaction.atomic
def appoint_leader(delegation: Delegation, user: User, *, context: ActionContext) -> DelegationLeader:
    """Let a person lead a delegation; who leads it already goes on."""
    facts = {"appointed": context.at, "appointed_by": context.actor}
    leader, new = DelegationLeader.objects.get_or_create(delegation=delegation, user=user, defaults=facts)
    if new:
        _record("delegation.leader_appointed", delegation, user, context)
    return leader


@transaction.atomic
def dismiss_leader(leader: DelegationLeader, *, context: ActionContext) -> None:
    """Let a person lead a delegation no longer; dismissed twice is once."""
    if DelegationLeader.objects.filter(pk=leader.pk).delete()[0]:
        _record("delegation.leader_dismissed", leader.delegation, leader.user, context)


def _record(event: str, delegation: Delegation, user: User, context: ActionContext) -> None:
    subject = subject_of(delegation, delegation.path)
    record(event, subject, context=context, edition=delegation.edition_id, user=user.pk)

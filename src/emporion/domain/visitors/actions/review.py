"""A delegation's leader reviews the delegation's own people before the organiser decides."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify_all
from emporion.domain.visitors.actions.approval import rejection
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.domain.visitors.queries import people_within


@transaction.atomic
def confirm_people(delegation: Delegation, keys: Collection[int], *, context: ActionContext) -> int:
    """Confirm those of these people who are the delegation's and await the organiser's decision; how many."""
    confirmed = _waiting(delegation, keys).exclude(review=Visitor.Review.CONFIRMED)
    count = confirmed.update(review=Visitor.Review.CONFIRMED)
    if count:
        _record("delegation.people_confirmed", delegation, context, count)
    return count


@transaction.atomic
def decline_people(delegation: Delegation, keys: Collection[int], *, reason: str, context: ActionContext) -> int:
    """Decline those of them who await the decision, and tell each why; how many. Their places are free again."""
    people = list(_waiting(delegation, keys).order_by("pk").select_for_update())
    declined = Visitor.objects.filter(pk__in=[one.pk for one in people])
    declined.update(review=Visitor.Review.DECLINED, state=Visitor.State.REJECTED, decided=context.at, reason=reason)
    for one in people:
        by = {"reason": reason, "delegation": delegation.path}
        record("visitor.rejected", one, context=context, edition=one.edition_id, **by)
    notify_all((rejection(one, reason, context.at) for one in people), at=context.at)
    return len(people)


def _waiting(delegation: Delegation, keys: Collection[int]) -> QuerySet[Visitor]:
    inside = people_within(delegation).filter(pk__in=keys).order_by().values("pk")
    return Visitor.objects.filter(pk__in=inside, state=Visitor.State.REGISTERED)


def _record(event: str, delegation: Delegation, context: ActionContext, people: int) -> None:
    subject = subject_of(delegation, delegation.path)
    record(event, subject, context=context, edition=delegation.edition_id, people=people)

"""Decisions about visitors and their units taken back: they are reviewed again."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.admission.models import Badge
from emporion.domain.desk import rules
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import notify, take_back
from emporion.domain.reason import stored
from emporion.domain.visitors.models import VisitingUnit, Visitor


@transaction.atomic
def review_visitor_again(visitor: Visitor, *, context: ActionContext) -> Visitor:
    """Take the decision about a person back. A message that has not left is taken out; else they are told.

    Raises: NotToBeReviewedAgain, BadgeMade.
    """
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    if locked.state != Visitor.State.REGISTERED:
        has_badge = Badge.objects.filter(visitor=locked).exists()
        rules.require_reviewed_again(locked.proper_name, locked.state, badge=has_badge)
        told = _take_back(locked)
        locked.state, locked.decided = Visitor.State.REGISTERED, None
        locked.save(update_fields=["state", "decided"])
        record("visitor.reviewed_again", locked, context=context, edition=locked.edition_id)
        if told:
            _tell(locked, context)
    return locked


@transaction.atomic
def review_unit_again(unit: VisitingUnit, *, context: ActionContext) -> VisitingUnit:
    """Take the decision about a unit back; people who were turned down with it wait again, too.

    Raises: NotToBeReviewedAgain.
    """
    locked = VisitingUnit.objects.select_for_update().get(pk=unit.pk)
    if locked.state != VisitingUnit.State.REGISTERED:
        rules.require_reviewed_again(locked.organisation.proper_name, locked.state)
        people = Visitor.objects.filter(unit=locked, state=Visitor.State.REJECTED, decided=locked.decided)
        people.update(state=Visitor.State.REGISTERED, decided=None)
        locked.state, locked.decided = VisitingUnit.State.REGISTERED, None
        locked.save(update_fields=["state", "decided"])
        record("unit.reviewed_again", locked, context=context, edition=locked.edition_id)
    return locked


def _take_back(visitor: Visitor) -> bool:
    """Take the message about the decision out of the outbox; true when it has left already."""
    if visitor.decided is None or not visitor.email:
        return False
    return not take_back([f"visitor.{visitor.state}:{visitor.pk}:{visitor.decided:%Y%m%d%H%M%S}"])


def _tell(visitor: Visitor, context: ActionContext) -> None:
    notify(
        f"visitor.reviewed_again:{visitor.pk}:{context.at:%Y%m%d%H%M%S}", recipient=visitor.email,
        template="visitor_reviewed_again",
        context={"name": stored(visitor.proper_name), "number": visitor.number}, edition_id=visitor.edition_id,
        at=context.at,
    )  # fmt: skip

"""Deciding about units and people: the unit first, then its people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify, notify_all
from emporion.domain.reason import stored
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import Delegation, VisitingUnit, Visitor

Progress = Callable[[int, int], None]
AT_A_TIME = 1_000


@dataclass(frozen=True)
class Approved:
    """How many units and people a decision about many approved."""

    units: int
    people: int


@transaction.atomic
def approve_unit(unit: VisitingUnit, *, context: ActionContext) -> VisitingUnit:
    """Approve a unit, so that its people can be approved. Raises: WrongState."""
    return _decide_unit(unit, rules.APPROVED, context)


@transaction.atomic
def reject_unit(unit: VisitingUnit, *, reason: str, context: ActionContext) -> VisitingUnit:
    """Turn a unit down, and with it those of its people who still wait or were approved. Raises: WrongState."""
    locked = _decide_unit(unit, rules.REJECTED, context, reason=reason)
    waiting = Visitor.objects.filter(unit=locked, state__in=[Visitor.State.REGISTERED, Visitor.State.APPROVED])
    people = list(waiting.order_by("pk").select_for_update())
    turned_down = Visitor.objects.filter(pk__in=[one.pk for one in people])
    turned_down.update(state=Visitor.State.REJECTED, decided=context.at, reason=reason)
    notify_all((rejection(one, reason, context.at) for one in people), at=context.at)
    return locked


@transaction.atomic
def approve_visitor(visitor: Visitor, *, context: ActionContext) -> Visitor:
    """Approve a person whose unit is approved, or who comes alone, and tell them.

    Raises: UnitNotApproved, WrongState.
    """
    if visitor.unit_id is not None:
        unit = VisitingUnit.objects.select_for_update().get(pk=visitor.unit_id)
        rules.require_unit_approved(visitor.proper_name, unit.organisation.proper_name, unit.state)
    return _decide_visitor(visitor, rules.APPROVED, context)


@transaction.atomic
def reject_visitor(visitor: Visitor, *, reason: str, context: ActionContext) -> Visitor:
    """Turn a person down and tell them why. Raises: WrongState."""
    return _decide_visitor(visitor, rules.REJECTED, context, reason=reason)


@transaction.atomic
def approve_delegation(delegation: Delegation, *, context: ActionContext) -> Approved:
    """Approve the waiting units of a delegation and its sub-groups, and their waiting people; one journal entry.

    People whom a leader of theirs has still to review are left out, here and where everyone is approved.
    """
    approved = _approve(delegation.edition_id, delegation.path, context.at)
    record(
        "delegation.approved", subject_of(delegation, delegation.path), context=context, edition=delegation.edition_id,
        units=approved.units, people=approved.people,
    )  # fmt: skip
    return approved


@transaction.atomic
def approve_all(edition: Edition, *, context: ActionContext) -> Approved:
    """Approve everyone who waits: units first, then the people of approved units and those who come alone.

    Whole sets in two statements; people are told when their badges are issued, not here. One journal entry.
    """
    approved = _approve(edition.pk, "", context.at)
    record(
        "visitors.approved", edition, context=context, edition=edition.pk,
        units=approved.units, people=approved.people,
    )  # fmt: skip
    return approved


def approve_chosen(
    edition: Edition, ids: Sequence[int], *, context: ActionContext, progress: Progress | None = None
) -> Approved:
    """Approve these people as far as they wait and their unit is approved, and tell each of them.

    A thousand at a time, each in its own transaction: killed in the middle and run again, nobody is told twice.
    """
    people = 0
    for start in range(0, len(ids), AT_A_TIME):
        people += _approve_part(edition, ids[start : start + AT_A_TIME], context)
        if progress is not None:
            progress(min(start + AT_A_TIME, len(ids)), len(ids))
    return Approved(0, people)


@transaction.atomic
def _approve_part(edition: Edition, ids: Sequence[int], context: ActionContext) -> int:
    may_come = Q(unit=None) | Q(unit__state=rules.APPROVED)
    waiting = Visitor.objects.filter(may_come, edition=edition, pk__in=ids, state=Visitor.State.REGISTERED)
    locked = list(waiting.order_by("pk").select_for_update(of=("self",)))
    if not locked:
        return 0
    chosen = Visitor.objects.filter(pk__in=[one.pk for one in locked])
    chosen.update(state=Visitor.State.APPROVED, decided=context.at)
    record("visitors.approved", edition, context=context, edition=edition.pk, units=0, people=len(locked))
    notify_all((_approval(one, context.at) for one in locked), at=context.at)
    return len(locked)


def _approval(visitor: Visitor, at: datetime) -> Message:
    key = f"visitor.approved:{visitor.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"name": stored(visitor.proper_name), "number": visitor.number}
    return Message(key, visitor.email, "visitor_approved", facts, edition_id=visitor.edition_id)


def rejection(visitor: Visitor, reason: str, at: datetime) -> Message:
    """Why a person was turned down, for that person."""
    key = f"visitor.rejected:{visitor.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"name": stored(visitor.proper_name), "number": visitor.number, "reason": reason}
    return Message(key, visitor.email, "visitor_rejected", facts, edition_id=visitor.edition_id)


def _approve(edition: int, path: str, at: datetime) -> Approved:
    with connection.cursor() as cursor:
        cursor.execute(_APPROVE_UNITS, {"edition": edition, "path": path, "at": at})
        units = cursor.rowcount
        cursor.execute(_APPROVE_PEOPLE, {"edition": edition, "path": path, "at": at})
        return Approved(units, cursor.rowcount)


def _decide_unit(unit: VisitingUnit, target: str, context: ActionContext, **data: str) -> VisitingUnit:
    locked = VisitingUnit.objects.select_for_update().get(pk=unit.pk)
    rules.require_transition(locked.organisation.proper_name, locked.state, target)
    locked.state, locked.decided, locked.reason = target, context.at, data.get("reason", "")
    locked.save(update_fields=["state", "decided", "reason"])
    record(f"unit.{target}", locked, context=context, edition=locked.edition_id, **data)
    return locked


def _decide_visitor(visitor: Visitor, target: str, context: ActionContext, **data: str) -> Visitor:
    locked = Visitor.objects.select_for_update().get(pk=visitor.pk)
    rules.require_transition(locked.proper_name, locked.state, target)
    locked.state, locked.decided, locked.reason = target, context.at, data.get("reason", "")
    locked.save(update_fields=["state", "decided", "reason"])
    record(f"visitor.{target}", locked, context=context, edition=locked.edition_id, **data)
    notify(
        f"visitor.{target}:{locked.pk}:{context.at:%Y%m%d%H%M%S}", recipient=locked.email, template=f"visitor_{target}",
        context={"name": stored(locked.proper_name), "number": locked.number, **data}, edition_id=locked.edition_id,
        at=context.at,
    )  # fmt: skip
    return locked


# An empty path stands for the whole edition, units without a delegation included.
_IN_BRANCH = """
(%(path)s = '' OR u.delegation_id IN (
    SELECT id FROM visitors_delegation d WHERE d.edition_id = %(edition)s
    AND (d.path = %(path)s OR starts_with(d.path, %(path)s || '.'))))
"""
# The delegations that somebody leads, their sub-groups included.
_LED = """
SELECT below.id FROM visitors_delegationleader l
JOIN visitors_delegation led ON led.id = l.delegation_id AND led.edition_id = %(edition)s
JOIN visitors_delegation below ON below.edition_id = led.edition_id
    AND (below.path = led.path OR starts_with(below.path, led.path || '.'))
"""
_APPROVE_UNITS = f"""
UPDATE visitors_visitingunit u SET state = 'approved', decided = %(at)s
WHERE u.edition_id = %(edition)s AND u.state = 'registered' AND {_IN_BRANCH}
"""
# Neither names the visitor: the database reads each once, not once for each of hundreds of thousands of visitors.
_APPROVED_UNITS = f"""
SELECT u.id FROM visitors_visitingunit u WHERE u.edition_id = %(edition)s AND u.state = 'approved' AND {_IN_BRANCH}
"""
_UNLED_UNITS = f"{_APPROVED_UNITS} AND (u.delegation_id IS NULL OR u.delegation_id NOT IN ({_LED}))"
_APPROVE_PEOPLE = f"""
UPDATE visitors_visitor v SET state = 'approved', decided = %(at)s
WHERE v.edition_id = %(edition)s AND v.state = 'registered' AND (
    v.unit_id IS NULL AND %(path)s = ''
    OR v.unit_id IN ({_UNLED_UNITS})
    OR v.review = 'confirmed' AND v.unit_id IN ({_APPROVED_UNITS}))
"""

"""Two registrations that may be one person's: listed by rule, merged or kept apart by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Phrase
from emporion.domain.visitors import rules
from emporion.domain.visitors.models import LikelyVisitorDuplicate, Visitor

Decision = LikelyVisitorDuplicate.Decision
_FILLED = ("email", "phone", "document", "position", "unit_id", "user_id", "name_latin")


@transaction.atomic
def list_likely_visitors(edition: Edition, *, context: ActionContext) -> int:
    """List the edition's registrations that may be one person's and were not listed before; how many pairs."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST, {"edition": edition.pk})
        new = int(cursor.rowcount)
    if new:
        record(
            "visitors.duplicates_listed",
            Subject("visitor", "", "visitors"),
            context=context,
            edition=edition.pk,
            count=new,
        )
    return new


@transaction.atomic
def keep_visitors_apart(pair: LikelyVisitorDuplicate, *, context: ActionContext) -> None:
    """Note that two registrations are two people's; the pair is not listed again.

    Raises: PairDecided.
    """
    locked = _locked(pair)
    if locked.decision == Decision.DIFFERENT:
        return
    locked.decision, locked.decided, locked.decided_by = Decision.DIFFERENT, context.at, context.actor
    locked.save(update_fields=["decision", "decided", "decided_by"])
    _record("visitors.kept_apart", locked.first, locked.second, context)


@transaction.atomic
def merge_visitors(pair: LikelyVisitorDuplicate, *, context: ActionContext) -> Visitor:
    """Make two registrations one: the one with an account stays, else the approved one, else the earlier one.

    Badge, entries, meetings and whatever else names the other name the one that stays, which takes over what it
    lacks.

    Raises: PairDecided, PairOfAccounts, BothHaveRecords.
    """
    locked = _locked(pair)
    both = Visitor.objects.select_for_update().in_bulk([locked.first_id, locked.second_id])
    kept, absorbed = sorted(both.values(), key=_precedence)
    if kept.user_id and absorbed.user_id:
        raise rules.PairOfAccounts(kept=kept.number, absorbed=absorbed.number)
    _repoint(kept, absorbed)
    _record("visitors.merged", kept, absorbed, context)
    absorbed.delete()
    for name in _FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(absorbed, name))
    kept.sectors = kept.sectors or absorbed.sectors
    kept.hs_headings = kept.hs_headings or absorbed.hs_headings
    kept.save()
    return kept


def _precedence(visitor: Visitor) -> tuple[bool, bool, datetime, int]:
    return visitor.user_id is None, visitor.state != Visitor.State.APPROVED, visitor.registered, visitor.pk


def _locked(pair: LikelyVisitorDuplicate) -> LikelyVisitorDuplicate:
    locked = LikelyVisitorDuplicate.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if locked is None:
        raise rules.PairDecided()
    return locked


def _repoint(kept: Visitor, absorbed: Visitor) -> None:
    """Let every record of any room that names the absorbed registration name the one that stays.

    Raises: BothHaveRecords.
    """
    for relation in Visitor._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model is LikelyVisitorDuplicate:
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(**{name: absorbed}).update(**{name: kept})
        except IntegrityError as error:
            what = Phrase(model._meta.verbose_name)
            raise rules.BothHaveRecords(kept=kept.number, absorbed=absorbed.number, what=what) from error


def _record(event: str, kept: Visitor, other: Visitor, context: ActionContext) -> None:
    record(event, kept, context=context, edition=kept.edition_id, other=other.number)


# Each is paired with the earliest of those like it, so that many alike give as many pairs and not their square.
_LIST = r"""
WITH people AS (
    SELECT id, unit_id, lower(regexp_replace(name, '\s+', '', 'g')) AS name,
        right(regexp_replace(phone, '\D', '', 'g'), 9) AS phone
    FROM visitors_visitor WHERE edition_id = %(edition)s AND state IN ('registered', 'approved')
), alike AS (
    SELECT min(id) OVER (PARTITION BY unit_id, name) AS first, id AS second, 'name_and_unit' AS reason
    FROM people WHERE unit_id IS NOT NULL
    UNION ALL
    SELECT min(id) OVER (PARTITION BY phone, name), id, 'name_and_phone' FROM people WHERE length(phone) >= 6
)
INSERT INTO visitors_likelyvisitorduplicate (edition_id, first_id, second_id, reason, decision)
SELECT DISTINCT ON (first, second) %(edition)s, first, second, reason, 'open' FROM alike WHERE first < second
ORDER BY first, second, reason
ON CONFLICT (first_id, second_id) DO NOTHING
"""

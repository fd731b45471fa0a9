"""What people say to suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.matching.models import Decline, Mark
from emporion.domain.matching.rules import require_one_edition
from emporion.domain.visitors.models import Visitor

_NOTE = """INSERT INTO matching_interest (visitor_id, exhibitor_id, by_exhibitor, at)
    SELECT v, e, b, t FROM unnest(%s::bigint[], %s::bigint[], %s::bool[]) AS asked (v, e, b), (SELECT %s AS t) AS noted
    ON CONFLICT DO NOTHING"""


@transaction.atomic
def decline(visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool, context: ActionContext) -> Decline:
    """One side does not want the other: the two are not suggested to each other, from now on.

    Declining twice keeps the first. Each side declines for itself; the other is told nothing. Raises NotOfOneEdition.
    """
    side = _side(visitor, exhibitor, by_exhibitor)
    declined, new = Decline.objects.get_or_create(**side, defaults={"at": context.at})
    if new:
        _record("suggestion.declined", visitor, exhibitor, context=context, by_exhibitor=by_exhibitor)
    return declined


@transaction.atomic
def take_back_decline(visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool, context: ActionContext) -> None:
    """The side that declined takes it back; what the other side said holds. Without a decline nothing happens.

    Raises NotOfOneEdition.
    """
    gone, _ = Decline.objects.filter(**_side(visitor, exhibitor, by_exhibitor)).delete()
    if gone:
        _record("suggestion.decline_taken_back", visitor, exhibitor, context=context, by_exhibitor=by_exhibitor)


@transaction.atomic
def mark(
    visitor: Visitor,
    exhibitor: Exhibitor,
    kind: Mark.Kind | None,
    *,
    by_exhibitor: bool,
    context: ActionContext,
) -> None:
    """One side makes the other a favourite, hides it from its own suggestions, or takes its mark back (None).

    The other side is told nothing. A favourite moves the next run towards what it shows; who is hidden is left out at
    once. Marking the same again changes nothing. Raises NotOfOneEdition.
    """
    side = _side(visitor, exhibitor, by_exhibitor)
    changed = _unmark(side) if kind is None else _mark(side, kind, context.at)
    if changed:
        facts = {"mark": str(kind or "none"), "by_exhibitor": by_exhibitor}
        _record("suggestion.marked", visitor, exhibitor, context=context, **facts)


def note_interest(rows: Sequence[tuple[int, int, bool]], *, at: datetime) -> None:
    """One side has asked to meet the other: rows of visitor, exhibitor (their keys) and whether the exhibitor asked.

    What was noted stays as it is. It moves the next run; the action itself is in the journal where it was done. One
    statement, whatever the number of rows.
    """
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [*columns, at])


def _mark(side: dict[str, Any], kind: Mark.Kind, at: datetime) -> bool:
    """Whether the mark was another before."""
    # Of two at once the second waits for the first, and sees what it left.
    found, new = Mark.objects.select_for_update().get_or_create(**side, defaults={"kind": kind, "at": at})
    if new or found.kind == kind:
        return new
    found.kind, found.at = kind, at
    found.save(update_fields=["kind", "at"])
    return True


def _unmark(side: dict[str, Any]) -> bool:
    return Mark.objects.filter(**side).delete()[0] > 0


def _side(visitor: Visitor, exhibitor: Exhibitor, by_exhibitor: bool) -> dict[str, Any]:
    same = visitor.edition_id == exhibitor.edition_id
    require_one_edition(visitor.number, exhibitor.number, same=same)
    return {"visitor": visitor, "exhibitor": exhibitor, "by_exhibitor": by_exhibitor}


def _record(event: str, visitor: Visitor, exhibitor: Exhibitor, *, context: ActionContext, **facts: Any) -> None:
    record(event, visitor, context=context, exhibitor=exhibitor.number, edition=visitor.edition_id, **facts)

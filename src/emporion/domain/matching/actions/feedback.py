"""What people say to suggestions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.accounts.models import User
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.matching.models import Decline, Mark
from emporion.domain.matching.rules import require_one_edition
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def decline(
    visitor: Visitor, exhibitor: Exhibitor, *, by_exhibitor: bool, at: datetime, actor: User | None = None
) -> Decline:
    """One side does not want the other: the two are not suggested to each other again, from now on.

    Declining twice keeps the first. Raises NotOfOneEdition.
    """
    same = visitor.edition_id == exhibitor.edition_id
    require_one_edition(visitor.number, exhibitor.number, same=same)
    facts = {"by_exhibitor": by_exhibitor, "at": at}
    declined, new = Decline.objects.get_or_create(visitor=visitor, exhibitor=exhibitor, defaults=facts)
    if new:
        pair = f"visitor {visitor.number} × exhibitor {exhibitor.number}"
        record("suggestion.declined", pair, at=at, actor=actor, edition=visitor.edition_id, by_exhibitor=by_exhibitor)
    return declined


@transaction.atomic
def mark(
    visitor: Visitor,
    exhibitor: Exhibitor,
    kind: Mark.Kind | None,
    *,
    by_exhibitor: bool,
    at: datetime,
    actor: User | None = None,
) -> None:
    """One side makes the other a favourite, hides it from its own suggestions, or takes its mark back (None).

    The other side is told nothing. A favourite moves the next run towards what it shows; who is hidden is left out at
    once. Raises NotOfOneEdition.
    """
    same = visitor.edition_id == exhibitor.edition_id
    require_one_edition(visitor.number, exhibitor.number, same=same)
    side: dict[str, Any] = {"visitor": visitor, "exhibitor": exhibitor, "by_exhibitor": by_exhibitor}
    if kind is None:
        Mark.objects.filter(**side).delete()
    else:
        Mark.objects.update_or_create(**side, defaults={"kind": kind, "at": at})
    pair = f"visitor {visitor.number} × exhibitor {exhibitor.number}"
    facts = {"mark": str(kind or "none"), "by_exhibitor": by_exhibitor}
    record("suggestion.marked", pair, at=at, actor=actor, edition=visitor.edition_id, **facts)

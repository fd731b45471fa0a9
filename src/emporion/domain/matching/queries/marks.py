"""What each side has said of the other: favourites, those hidden, those declined."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.db.models import F, Value

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Decline, Mark
from emporion.domain.matching.rules import may_mark
from emporion.domain.visitors.models import Visitor

Kind = Literal["favourite", "hidden", "declined"]


class Marked(NamedTuple):
    """What one side has said of another, and when."""

    other: Visitor | Exhibitor
    kind: Kind
    at: datetime


def marks_of(side: Visitor | Exhibitor) -> dict[int, Kind]:
    """What a visitor or an exhibitor has said of the other side, by the others' keys; one query."""
    return {other: kind for other, kind, _at in _rows(side)}


def marked_by(side: Visitor | Exhibitor) -> list[Marked]:
    """The same with the others themselves, the newest first; in a constant number of queries."""
    rows = {other: (kind, at) for other, kind, at in _rows(side)}
    others = _others(side, list(rows))
    marked = [Marked(others[other], kind, at) for other, (kind, at) in rows.items() if other in others]
    return sorted(marked, key=lambda one: one.at, reverse=True)


def can_mark(visitor: Visitor, exhibitor: Exhibitor) -> bool:
    """Whether a visitor can mark an exhibitor or ask to meet it."""
    visiting = visitor.unit.organisation_id if visitor.unit else 0
    return may_mark(visitor.state, visiting_organisation=visiting, exhibiting_organisation=exhibitor.organisation_id)


def _others(side: Visitor | Exhibitor, keys: list[int]) -> dict[int, Any]:
    if isinstance(side, Visitor):
        return Exhibitor.objects.select_related("organisation", "origin", "area").in_bulk(keys)
    return Visitor.objects.select_related("unit__organisation", "country").in_bulk(keys)


def _rows(side: Visitor | Exhibitor) -> list[tuple[int, Kind, datetime]]:
    """Other, kind, time; a decline comes last, since it outweighs a mark of the same pair."""
    by_exhibitor = isinstance(side, Exhibitor)
    own, other = ("exhibitor", "visitor") if by_exhibitor else ("visitor", "exhibitor")
    which = {own: side, "by_exhibitor": by_exhibitor}
    marks = Mark.objects.filter(**which).values_list(other, F("kind"), "at")
    declines = Decline.objects.filter(**which).values_list(other, Value("declined"), "at")
    return sorted(marks.union(declines, all=True), key=lambda row: row[1] == "declined")

"""Long lists by key: a page begins after the last row of the page before, never at an offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from emporion.web.shell.whole_numbers import whole_number

PAGE = 48


@dataclass(frozen=True)
class Rows:
    """Some rows of a list and the key after which the next page begins, empty on the last page."""

    rows: Sequence[Any]
    after: str


def page_after(found: QuerySet[Any], after: str, order: str, *, size: int = PAGE) -> Rows:
    """The rows that follow the one with primary key ``after``, in the order of ``order`` and then of the keys.

    A key that names no row, as when the row was deleted meanwhile, begins the list anew.
    """
    rows = list(found.filter(_beyond(found, after, order)).order_by(order, "pk")[: size + 1])
    return Rows(rows[:size], str(rows[size - 1].pk) if len(rows) > size else "")


def _beyond(found: QuerySet[Any], after: str, order: str) -> Q:
    if (key := whole_number(after)) is None:
        return Q()
    last = found.model._default_manager.filter(pk=key).values_list(order, flat=True).first()
    return Q() if last is None else Q(**{f"{order}__gt": last}) | Q(**{order: last}, pk__gt=key)

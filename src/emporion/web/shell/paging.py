"""Long lists by key: a page begins after the last row of the page before, never at an offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from emporion.web.shell.whole_numbers import whole_number

PAGE = 48


@dataclass(frozen=True)
class Rows:
    """Some rows of a list and the key after which the next page begins, empty on the last page."""

    rows: Sequence[Any]
    after: str


def page_after(found: QuerySet[Any], after: str, order: str, *, size: int = PAGE, nullable: bool = False) -> Rows:
    """The rows that follow the one with primary key ``after``, in the order of ``order`` and then of the keys.

    With ``-`` before it the order goes down. Rows where a ``nullable`` field is empty come last. A key that names no
    row, as when the row was deleted meanwhile, begins the list anew.
    """
    name, descending = order.removeprefix("-"), order.startswith("-")
    last = {"nulls_last": True} if nullable else {}
    turn = F(name).desc(**last) if descending else F(name).asc(**last)
    rows = list(found.filter(_beyond(found, after, name, descending)).order_by(turn, "pk")[: size + 1])
    return Rows(rows[:size], str(rows[size - 1].pk) if len(rows) > size else "")


def _beyond(found: QuerySet[Any], after: str, name: str, descending: bool) -> Q:
    if (key := whole_number(after)) is None:
        return Q()
    rows = list(found.model._default_manager.filter(pk=key).values_list(name, flat=True))
    if not rows:
        return Q()
    last, further = rows[0], "lt" if descending else "gt"
    if last is None:
        return Q(**{f"{name}__isnull": True}, pk__gt=key)
    if name == "pk":
        return Q(**{f"pk__{further}": key})
    # The first condition alone tells the index where the page begins.
    beyond = Q(**{f"{name}__{further}e": last}) & (Q(**{f"{name}__{further}": last}) | Q(pk__gt=key))
    return beyond | Q(**{f"{name}__isnull": True}) if _may_be_null(found, name) else beyond


def _may_be_null(found: QuerySet[Any], name: str) -> bool:
    return "__" not in name and bool(found.model._meta.get_field(name).null)

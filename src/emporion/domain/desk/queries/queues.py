"""A long list of an edition's records: by what it is filtered and ordered, and how many are in each state.

A filter is a mapping of texts, as it stands in an address or in the arguments of background work: the same filter
finds the same records at both. ``chosen`` holds keys, ``until`` the highest key that somebody has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from emporion.domain.editions.models import Edition

Condition = Callable[[Edition, str], Q]
NOTHING = Q(pk__in=())
# Beyond it a large list says that there are more.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Order:
    """The order of a list by a field; records where it is ``nullable`` and empty come last."""

    field: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True)
class Queue:
    """A list of an edition's records. The first of ``orders`` is the usual one.

    ``large``: there may be hundreds of thousands, so that what a filter finds is counted up to :data:`MOST_COUNTED`.
    """

    key: str
    records: Callable[[Edition], QuerySet[Any]]
    conditions: Mapping[str, Condition]
    orders: Mapping[str, Order] = field(default_factory=dict)
    large: bool = False

    def narrowed(self, edition: Edition, terms: Mapping[str, str]) -> QuerySet[Any]:
        """The records that a filter finds, in no order; terms that the list does not know are left out."""
        found = self.records(edition).order_by()
        for name, condition in {**COMMON, **self.conditions}.items():
            if value := terms.get(name, ""):
                found = found.filter(condition(edition, value))
        return found

    def counts(self, edition: Edition, terms: Mapping[str, str], states: Iterable[str]) -> dict[str, int]:
        """How many records of each state the rest of the filter finds; of a large list at most one more than
        :data:`MOST_COUNTED`, unless it is not narrowed."""
        rest = {name: value for name, value in terms.items() if name != "state"}
        # What a row shows beside its state is not joined to be counted.
        found = self.narrowed(edition, rest).select_related(None)
        if self.large and rest:
            return {state: found.filter(state=state).values("pk")[: MOST_COUNTED + 1].count() for state in states}
        return {row["state"]: row["count"] for row in found.values("state").annotate(count=Count("pk"))}

    def order(self, name: str) -> Order:
        """The order of this name, else the usual one."""
        return self.orders.get(name) or next(iter(self.orders.values()))


def equal(way: str) -> Condition:
    """The condition that a field holds the value itself."""
    return lambda _edition, value: Q(**{way: value})


def is_moment(way: str) -> Condition:
    """The condition that a field holds the moment of a decision."""

    def condition(_edition: Edition, value: str) -> Q:
        try:
            return Q(**{way: datetime.fromisoformat(value)})
        except ValueError:
            return NOTHING

    return condition


def one_of(ways: Mapping[str, Q]) -> Condition:
    """The condition of the name that was chosen."""
    return lambda _edition, value: ways.get(value, NOTHING)


def highest_key(found: QuerySet[Any]) -> int:
    """The highest key among records: what comes later was not seen by whoever decides now."""
    return int(found.aggregate(highest=Max("pk"))["highest"] or 0)


def _chosen(_edition: Edition, value: str) -> Q:
    return Q(pk__in=[int(key) for key in value.split(",") if key.isascii() and key.isdecimal() and len(key) < 19])


def _until(_edition: Edition, value: str) -> Q:
    return Q(pk__lte=int(value)) if value.isascii() and value.isdecimal() and len(value) < 19 else NOTHING


COMMON: dict[str, Condition] = {"chosen": _chosen, "until": _until, "state": equal("state")}

"""What a figure is made of: rows, how they add up to a value, and how they are shown.

A figure's function gives slices. A slice holds one query for its rows; the value is an aggregate over exactly those
rows, computed by the database, and the records behind the value are exactly those rows, shown by page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from emporion.domain.reason import Name, Statement

Number = int | Decimal
NOT_STATED = "not-stated"


@dataclass(frozen=True)
class Column:
    """A column in which rows are shown: its field and its heading."""

    field: str
    heading: Name


@dataclass(frozen=True)
class Measure:
    """How rows add up: aggregates by name, and what makes the value of their results and of ``records``, the count."""

    aggregates: Mapping[str, Aggregate]
    finish: Callable[[Mapping[str, Any]], Number | None]


COUNT = Measure({}, lambda got: got["records"])


def total(of: str) -> Measure:
    """The sum of a field; 0 over no rows, unknown while one of them has no value."""
    aggregates = {"added": Sum(of), "known": Count(of)}
    return Measure(aggregates, lambda got: (got["added"] or 0) if got["known"] == got["records"] else None)


def share(part: Q, weight: str | None = None) -> Measure:
    """The percentage of rows that are ``part``, counted or weighed by a field; unknown over no rows."""
    added = (lambda of: Sum(weight, filter=of)) if weight else (lambda of: Count("pk", filter=of))
    return Measure(
        {"portion": added(part), "whole": added(Q())}, lambda got: percentage(got["portion"] or 0, got["whole"])
    )


def growth(before: Q, now: Q) -> Measure:
    """By how many per cent the rows that are ``now`` outnumber those that were ``before``; unknown from nothing."""
    aggregates = {"earlier": Count("pk", filter=before), "later": Count("pk", filter=now)}
    return Measure(aggregates, lambda got: percentage(got["later"] - got["earlier"], got["earlier"]))


def percentage(part: Number, whole: Number | None) -> Decimal | None:
    """``part`` as a percentage of ``whole`` to two decimals; None where there is no whole."""
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.01")) if whole else None


@dataclass(frozen=True)
class Result:
    """The value of one scope and the number of rows behind it. ``part`` is the breakdown's key, None without one.

    ``gap`` says why the value is unknown, where that can be told; ``basis`` what it rests on where that is not this
    edition's records.
    """

    scope: str
    part: str | None
    value: Number | None
    records: int
    gap: Statement | None = None
    basis: Statement | None = None


@dataclass(frozen=True)
class Slice:
    """Rows of one scope, whole (``by`` empty) or broken down by a dimension that ``grouped`` holds.

    ``cover`` is the head of the scope: ``all``, ``country``, ``enterprise``, ``indoor`` …; a part is written
    ``all; area=automobiles``. ``part`` names the one part where the rows are of that part alone. ``order`` names
    rows uniquely and pages through them. ``gap``: what keeps values of the slice from being known; ``basis``: what
    they rest on where that is not this edition's records.
    """

    cover: str
    rows: QuerySet[Any, Any]
    columns: tuple[Column, ...]
    measure: Measure = field(default=COUNT)
    by: str = ""
    grouped: str = ""
    part: str | None = None
    order: str = "pk"
    gap: Statement | None = None
    basis: Statement | None = None

    def results(self) -> list[Result]:
        """The values of the slice, in one query: one, or one for each part in the order of their keys."""
        aggregates = {"records": Count("*"), **self.measure.aggregates}
        if not self.grouped:
            return [self._result(self.part, self.rows.aggregate(**aggregates))]
        parts = self.rows.order_by().values(self.grouped).annotate(**aggregates).order_by(self.grouped)
        return [self._result(str(row[self.grouped]), row) for row in parts]

    def _result(self, part: str | None, got: Mapping[str, Any]) -> Result:
        value = self.measure.finish(got)
        known = value is not None
        about = (None, self.basis) if known else (self.gap, None)
        return Result(self.scope_of(part), part, value, got["records"], *about)

    def scope_of(self, part: str | None) -> str:
        """The scope as it is written for a part of the slice."""
        return self.cover if part is None else f"{self.cover}; {self.by}={part}"

    def behind(self, scope: str) -> QuerySet[Any, Any] | None:
        """The rows behind the value of a scope; None when the scope is not of this slice."""
        if not self.grouped:
            return self.rows if scope == self.scope_of(self.part) else None
        head, _, part = scope.partition(f"; {self.by}=")
        if head != self.cover or not part:
            return None
        return self.rows.filter(**{self.grouped: part})


def stated(name: str) -> Coalesce:
    """A text field to group on: ``not-stated`` stands for null and for empty text."""
    return Coalesce(NullIf(F(name), Value("")), Value(NOT_STATED))


def each_exhibition(name: str, rows: QuerySet[Any, Any], columns: tuple[Column, ...], **more: Any) -> list[Slice]:
    """The slices of all exhibitions, the country and the enterprise exhibition, told apart by the field ``name``."""
    apart = [Slice(one, rows.filter(**{name: one}), columns, **more) for one in ("country", "enterprise")]
    return [Slice("all", rows, columns, **more), *apart]

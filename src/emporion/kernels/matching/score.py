"""One pair's score read back term by term, and one newcomer's list at the current prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from emporion.kernels.matching.problem import Floats, Problem

Columns = slice | Sequence[int]


@dataclass(frozen=True)
class Term:
    """What one named group of columns adds to a pair's score.

    ``side`` is ``"visitor"`` for what the visitor wants of the exhibitor (a part of p), ``"exhibitor"`` for what the
    exhibitor wants of the visitor (a part of q).
    """

    side: Literal["visitor", "exhibitor"]
    name: str
    value: float


def explain(
    problem: Problem,
    visitor: int,
    exhibitor: int,
    wanted_by_visitor: Mapping[str, Columns],
    wanted_by_exhibitor: Mapping[str, Columns],
) -> list[Term]:
    """The terms of one pair's score, largest first; they sum to ``p + q``.

    The mappings name groups of columns of ``visitor_wants`` and of ``exhibitor_wants``. Every column must be in
    exactly one group; ``ValueError`` says which is not.
    """
    products: tuple[tuple[Literal["visitor", "exhibitor"], Mapping[str, Columns], Floats], ...] = (
        ("visitor", wanted_by_visitor, problem.visitor_wants[visitor] * problem.exhibitor_offers[exhibitor]),
        ("exhibitor", wanted_by_exhibitor, problem.exhibitor_wants[exhibitor] * problem.visitor_offers[visitor]),
    )
    terms: list[Term] = []
    for side, groups, product in products:
        _each_once(side, groups, product.size)
        terms += [Term(side, name, float(product[_index(columns)].sum())) for name, columns in groups.items()]
    return sorted(terms, key=lambda term: -term.value)


def rank_one(
    wants: Floats,
    offers: Floats,
    exhibitor_offers: Floats,
    exhibitor_wants: Floats,
    exhibitor_prices: Floats,
    hidden: Sequence[int] = (),
    length: int = 20,
    favour: Floats | None = None,
) -> tuple[np.ndarray, Floats]:
    """The list of one visitor at the current prices: exhibitors' rows and score less price, best first.

    ``wants (a,)`` and ``offers (b,)`` are the visitor's factors, ``hidden`` the exhibitors' rows never to be
    suggested to it, ``favour (E,)`` what a pair gains because one favours the other. This is what a newly approved
    visitor sees until the next run. One pass over the exhibitors: under a millisecond for some thousand. Equal values
    keep the order of the rows.
    """
    for name, row, side in (("wants", wants, exhibitor_offers), ("offers", offers, exhibitor_wants)):
        if np.shape(row) != side.shape[1:] or not np.isfinite(row).all():
            raise ValueError(f"{name} must be {side.shape[1]} finite numbers, got shape {np.shape(row)}")
    values = exhibitor_offers @ wants + exhibitor_wants @ offers - exhibitor_prices
    if favour is not None:
        values = values + favour
    order = np.argsort(-values, kind="stable")
    order = order[~np.isin(order, np.asarray(hidden, dtype=np.int64))][:length]
    return order.astype(np.int32), values[order].astype(np.float32)


def _index(columns: Columns) -> slice | list[int]:
    return columns if isinstance(columns, slice) else list(columns)


def _each_once(side: str, groups: Mapping[str, Columns], columns: int) -> None:
    seen = np.zeros(columns, np.int64)
    for chosen in groups.values():
        seen[_index(chosen)] += 1
    if (seen != 1).any():
        column = int(np.argmax(seen != 1))
        raise ValueError(f"column {column} of {side}_wants is in {seen[column]} groups; it must be in exactly one")

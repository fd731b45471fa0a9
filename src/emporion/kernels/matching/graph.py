"""The sparse graph that is left when both sides' candidates are joined: what the rounding works on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.problem import Floats, Ints
from emporion.kernels.matching.rank import Candidates

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """Pairs by visitor: those of visitor x are ``start[x]`` to ``start[x + 1]`` of ``exhibitor`` and ``score``.

    ``contested`` marks the pairs among which the auction looks: an exhibitor's candidates, and those of a visitor's
    list that are worth their price.
    """

    start: Offsets
    exhibitor: Ints
    score: Floats
    contested: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """Pairs by bidder. ``item`` is the other side's row, ``pair`` the pair's place in the graph."""

    start: Offsets
    item: Ints
    score: Floats
    pair: Offsets


def join(found: Candidates, least: float) -> Graph:
    """Both sides' candidates as one graph, each pair once; pairs that score ``least`` or less are not contested."""
    start = np.zeros(len(found.items) + 1, np.int64)
    _count(found.items, found.column_items, start)
    np.cumsum(start, out=start)
    graph = Graph(start, np.empty(start[-1], np.int32), np.empty(start[-1], np.float32), np.zeros(start[-1], np.bool_))
    _fill(
        found.items, found.values, found.column_items, found.column_values, found.prices, found.marginal, least,
        start, start[:-1].copy(), graph.exhibitor, graph.score, graph.contested,
    )  # fmt: skip
    return graph


def with_contested(graph: Graph, older: Graph) -> Graph:
    """``graph`` and the contested pairs of an ``older`` one, each pair once."""
    width = int(max(graph.exhibitor.max(initial=0), older.exhibitor.max(initial=0))) + 1
    extra = np.flatnonzero(older.contested)
    keys = _keys(graph, width)
    older_keys = _keys(older, width)[extra]
    pairs, first = np.unique(np.concatenate([keys, older_keys]), return_index=True)
    score = np.concatenate([graph.score, older.score[extra]])[first]
    contested = np.zeros(pairs.size, np.bool_)
    for some in (keys[graph.contested], older_keys):
        contested[np.searchsorted(pairs, some)] = True
    start = np.searchsorted(pairs, np.arange(graph.start.size, dtype=np.int64) * width)
    return Graph(start.astype(np.int64), (pairs % width).astype(np.int32), score, contested)


def by_visitor(graph: Graph) -> Side:
    """The contested pairs, visitors bidding."""
    pair = np.flatnonzero(graph.contested)
    start = np.concatenate([[0], np.cumsum(graph.contested)])[graph.start]
    return Side(start.astype(np.int64), graph.exhibitor[pair], graph.score[pair], pair)


def by_exhibitor(graph: Graph, exhibitors: int) -> Side:
    """The contested pairs, exhibitors bidding."""
    pair = np.flatnonzero(graph.contested)
    pair = pair[np.argsort(graph.exhibitor[pair], kind="stable")]
    start = np.zeros(exhibitors + 1, np.int64)
    np.cumsum(np.bincount(graph.exhibitor[pair], minlength=exhibitors), out=start[1:])
    visitor = visitors_of(graph)[pair]
    return Side(start, visitor, graph.score[pair], pair)


def visitors_of(graph: Graph) -> Ints:
    """The visitor of each pair."""
    return np.repeat(np.arange(graph.start.size - 1, dtype=np.int32), np.diff(graph.start))


def _keys(graph: Graph, width: int) -> Offsets:
    return visitors_of(graph).astype(np.int64) * width + graph.exhibitor


@compiled
def _count(items: Ints, column_items: Ints, start: Offsets) -> None:
    for visitor in range(items.shape[0]):
        start[visitor + 1] = np.sum(items[visitor] >= 0)
    for exhibitor in range(column_items.shape[0]):
        for visitor in column_items[exhibitor]:
            if visitor >= 0 and _entry(items[visitor], exhibitor) < 0:
                start[visitor + 1] += 1


@compiled
def _fill(
    items: Ints,
    values: Floats,
    column_items: Ints,
    column_values: Floats,
    prices: Floats,
    marginal: Floats,
    least: float,
    start: Offsets,
    place: Offsets,
    exhibitor_of: Ints,
    score: Floats,
    contested: npt.NDArray[np.bool_],
) -> None:
    for visitor in range(items.shape[0]):
        for entry in range(items.shape[1]):
            exhibitor = items[visitor, entry]
            if exhibitor >= 0:
                pair = place[visitor]
                exhibitor_of[pair] = exhibitor
                score[pair] = values[visitor, entry] + prices[exhibitor]
                contested[pair] = values[visitor, entry] >= 0 and score[pair] > least
                place[visitor] += 1
    for exhibitor in range(column_items.shape[0]):
        for entry in range(column_items.shape[1]):
            visitor = column_items[exhibitor, entry]
            if visitor >= 0:
                value = column_values[exhibitor, entry] + marginal[visitor]
                entry_of = _entry(items[visitor], exhibitor)
                pair = start[visitor] + entry_of if entry_of >= 0 else place[visitor]
                place[visitor] += entry_of < 0
                exhibitor_of[pair] = exhibitor
                score[pair] = value
                contested[pair] = value > least


@compiled
def _entry(items: Ints, item: int) -> int:
    for entry in range(items.size):
        if items[entry] == item:
            return entry
    return -1

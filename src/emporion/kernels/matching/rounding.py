"""Lists from the joint graph, such that no exhibitor stands on more lists than its quota can bear.

The planned meetings come first: every one is on its visitor's list. The rest of the lists is filled in rounds; in
each round every visitor whose list is shorter than the round takes its best exhibitor that still has room, those with
the better offer first. So everybody has a first suggestion before anybody has a second. A visitor's best at the
prices of attention then fill the list up to its length, apart from what counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.auction import auction
from emporion.kernels.matching.bound import covering_prices, dual_bound
from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.graph import Graph, Offsets, by_exhibitor, by_visitor, join, visitors_of, with_contested
from emporion.kernels.matching.market import Market
from emporion.kernels.matching.order import best_first
from emporion.kernels.matching.problem import Floats, Ints, Params
from emporion.kernels.matching.rank import Candidates
from emporion.kernels.matching.scan import insert

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rounded:
    """Lists, prices, plan and bound in the market's order; fields as in ``Result``."""

    visitor_lists: Ints
    visitor_scores: Floats
    further_lists: Ints
    further_scores: Floats
    exhibitor_lists: Ints
    exhibitor_scores: Floats
    visitor_prices: Floats
    exhibitor_prices: Floats
    plan: Ints
    bound: float


@dataclass(frozen=True)
class Settled:
    """The plan on a graph of candidates, both sides' prices and what they prove.

    ``auction_prices`` are the exhibitors' prices the auction ended with; ``exhibitor_prices`` those with the lowest
    ``bound`` so far.
    """

    graph: Graph
    planned: Flags
    visitor_prices: Floats
    auction_prices: Floats
    exhibitor_prices: Floats
    bound: float

    @property
    def gap(self) -> float:
        worth = float(self.graph.score[self.planned].sum(dtype=np.float64))
        return (self.bound - worth) / self.bound if self.bound > 0 else 0.0


def settle(market: Market, found: Candidates, older: Settled | None, params: Params, spread: float) -> Settled:
    """Plan the meetings among ``found`` and what an ``older`` round contested; ``spread`` is a unit of score."""
    # A pair worth no more than what tells ties apart may be worth nothing.
    graph = join(found, market.dither)
    if older is not None:
        graph = with_contested(graph, older.graph)
    planned, visitor_prices, prices = plan_meetings(market, graph, params.visitor_list, params.bid_step * spread)
    proofs = [(dual_bound(market, graph, found, some), some) for some in (prices, covering_prices(prices, found))]
    if older is not None:
        proofs.append((older.bound, older.exhibitor_prices))
    bound, proving = min(proofs, key=lambda proof: proof[0])
    return Settled(graph, planned, visitor_prices, prices, proving, bound)


def round_lists(market: Market, settled: Settled, further: tuple[Ints, Floats], params: Params) -> Rounded:
    """Both sides' lists from the plan, its graph and its prices, filled up from ``further``: items and values."""
    graph, planned, prices = settled.graph, settled.planned, settled.exhibitor_prices
    load = params.max_load_over_quota * market.exhibitor_capacity.astype(np.float64)
    most = np.minimum(load, market.visitors).astype(np.int32)
    lists, scores = visitor_lists(graph, planned, prices, params.visitor_list, most, market.dither)
    further_side = fill_up(lists, *further)
    visitor_prices = settled.visitor_prices
    exhibitor_side = exhibitor_lists(graph, visitor_prices, market.exhibitors, params.exhibitor_list)
    plan = np.stack([visitors_of(graph)[planned], graph.exhibitor[planned]], axis=1)
    return Rounded(lists, scores, *further_side, *exhibitor_side, visitor_prices, prices, plan, settled.bound)


def plan_meetings(market: Market, graph: Graph, length: int, step: float) -> tuple[Flags, Floats, Floats]:
    """The planned pairs, the visitors' and the exhibitors' prices; the side with fewer places bids."""
    visitor_capacity = np.minimum(market.visitor_capacity, length)
    exhibitor_capacity = market.exhibitor_capacity
    planned = np.zeros(graph.exhibitor.size, np.bool_)
    if visitor_capacity.sum(dtype=np.int64) < exhibitor_capacity.sum(dtype=np.int64):
        side = by_visitor(graph)
        outcome = auction(side, visitor_capacity, exhibitor_capacity, step)
        prices = outcome.bidder_prices, outcome.item_prices
    else:
        side = by_exhibitor(graph, market.exhibitors)
        outcome = auction(side, exhibitor_capacity, visitor_capacity, step)
        prices = outcome.item_prices, outcome.bidder_prices
    planned[side.pair[outcome.held]] = True
    return planned, *prices


def visitor_lists(
    graph: Graph, planned: Flags, prices: Floats, length: int, most: Ints, least: float
) -> tuple[Ints, Floats]:
    """Lists ``(V, length)`` and score less price, best first; ``most`` is each exhibitor's largest list load.

    Who scores ``least`` or less is not worth a place: not to meet is worth 0.
    """
    value = graph.score - prices[graph.exhibitor]
    order = np.empty(graph.exhibitor.size, np.int64)
    _order_pairs(graph.start, value, order)
    worthless = graph.score <= least
    taken = planned | worthless
    load = np.bincount(graph.exhibitor[planned], minlength=most.size).astype(np.int32)
    size = np.add.reduceat(np.append(planned, False), graph.start[:-1], dtype=np.int32)
    size[np.diff(graph.start) == 0] = 0
    next_place = graph.start[:-1].copy()
    for turn in range(1, length + 1):
        bids = np.flatnonzero(size < turn)
        best = _look(bids, graph.start, graph.exhibitor, order, taken, load, most, next_place, value)
        bids = bids[np.argsort(-best, kind="stable")]
        _take(bids, graph.start, graph.exhibitor, order, taken, load, most, next_place, size)
    return _write(graph.start, graph.exhibitor, order, taken & ~worthless, value, length)


@compiled
def fill_up(lists: Ints, items: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Of ``items`` what is not on a visitor's list yet, in their order, as many as the list has room for."""
    further, their_values = np.full_like(lists, -1), np.zeros(lists.shape, np.float32)
    for visitor in range(lists.shape[0]):
        room, count = np.sum(lists[visitor] < 0), 0
        for entry in range(items.shape[1]):
            item = items[visitor, entry]
            if count < room and item >= 0 and not np.any(lists[visitor] == item):
                further[visitor, count], their_values[visitor, count] = item, values[visitor, entry]
                count += 1
    return further, their_values


def exhibitor_lists(graph: Graph, prices: Floats, exhibitors: int, length: int) -> tuple[Ints, Floats]:
    """Lists ``(E, length)`` of the best visitors by score less the visitor's price, best first."""
    visitor = visitors_of(graph)
    items = np.full((exhibitors, length), -1, np.int32)
    values = np.zeros((exhibitors, length), np.float32)
    counts = np.zeros(exhibitors, np.int32)
    _best_visitors(graph.exhibitor, visitor, graph.score, prices, items, values, counts)
    return items, values


@compiled
def _order_pairs(start: Offsets, value: Floats, order: Offsets) -> None:
    """The places of each visitor's pairs, best first; equal values keep their order."""
    for visitor in range(start.size - 1):
        first, last = start[visitor], start[visitor + 1]
        order[first:last] = first + best_first(value[first:last])


@compiled
def _advance(
    visitor: int, start: Offsets, exhibitor: Ints, order: Offsets, taken: Flags, load: Ints, most: Ints, place: Offsets
) -> int:
    """Move on to the visitor's best pair that is free and has room; returns it, or -1."""
    while place[visitor] < start[visitor + 1]:
        pair = order[place[visitor]]
        if not taken[pair] and load[exhibitor[pair]] < most[exhibitor[pair]]:
            return int(pair)
        place[visitor] += 1
    return -1


@compiled
def _look(
    visitors: Offsets,
    start: Offsets,
    exhibitor: Ints,
    order: Offsets,
    taken: Flags,
    load: Ints,
    most: Ints,
    place: Offsets,
    value: Floats,
) -> Floats:
    best = np.full(visitors.size, -np.inf, np.float32)
    for entry in range(visitors.size):
        pair = _advance(visitors[entry], start, exhibitor, order, taken, load, most, place)
        if pair >= 0:
            best[entry] = value[pair]
    return best


@compiled
def _take(
    visitors: Offsets,
    start: Offsets,
    exhibitor: Ints,
    order: Offsets,
    taken: Flags,
    load: Ints,
    most: Ints,
    place: Offsets,
    size: Ints,
) -> None:
    for visitor in visitors:
        pair = _advance(visitor, start, exhibitor, order, taken, load, most, place)
        if pair >= 0:
            taken[pair] = True
            load[exhibitor[pair]] += 1
            size[visitor] += 1


@compiled
def _write(
    start: Offsets, exhibitor: Ints, order: Offsets, chosen: Flags, value: Floats, length: int
) -> tuple[Ints, Floats]:
    items = np.full((start.size - 1, length), -1, np.int32)
    values = np.zeros((start.size - 1, length), np.float32)
    for visitor in range(start.size - 1):
        count = 0
        for pair in order[start[visitor] : start[visitor + 1]]:
            if count == length:
                break
            if chosen[pair]:
                items[visitor, count] = exhibitor[pair]
                values[visitor, count] = value[pair]
                count += 1
    return items, values


@compiled
def _best_visitors(
    exhibitor: Ints, visitor: Ints, score: Floats, prices: Floats, items: Ints, values: Floats, counts: Ints
) -> None:
    for pair in range(exhibitor.size):
        row, value = exhibitor[pair], score[pair] - prices[visitor[pair]]
        count = counts[row]
        if count < items.shape[1] or value > values[row, count - 1]:
            counts[row] = insert(values[row], items[row], count, value, visitor[pair])

"""What no plan within the quotas can pass, from prices and what the blocked pass left out.

For any prices ``v >= 0`` of the exhibitors' places, linear programming duality bounds the welfare by the places at
their prices plus what each visitor can gain beyond them with its own quota. The pass has kept every pair that can
matter: of the pairs it left out, exhibitor y's score at most ``reach[y]`` above the visitor's price in the pass, so
that a price of at least ``reach[y]`` leaves no more than the visitor's price, and pairs left out of a visitor's list
were worth less than the last of it.
"""

from __future__ import annotations

import numpy as np

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.graph import Graph, Offsets
from emporion.kernels.matching.market import Market
from emporion.kernels.matching.order import best_first
from emporion.kernels.matching.problem import Doubles, Floats, Ints
from emporion.kernels.matching.rank import Candidates


def covering_prices(prices: Floats, found: Candidates) -> Floats:
    """The prices raised to where pairs left out by the exhibitors' candidates gain a visitor nothing."""
    least: Floats = np.maximum(found.reach, np.float32(0.0))
    raised: Floats = np.maximum(prices, least)
    return raised


def dual_bound(market: Market, graph: Graph, found: Candidates, prices: Floats) -> float:
    """A bound on the welfare of every plan, for non-negative ``prices`` of the exhibitors."""
    places = float(market.exhibitor_capacity.astype(np.float64) @ prices.astype(np.float64))
    gains = _gains(graph.start, graph.exhibitor, graph.score, prices, market.visitor_capacity, _left_out(found, prices))
    return places + float(gains.sum())


def _left_out(found: Candidates, prices: Floats) -> Floats:
    """The most that a pair kept by neither side can gain each visitor."""
    by_exhibitors = np.max(found.reach - prices) + found.marginal
    whole_list = found.items[:, -1] >= 0
    by_visitors = np.where(whole_list, found.values[:, -1] + np.max(found.prices - prices), -np.inf)
    least: Floats = np.maximum(np.minimum(by_exhibitors, by_visitors), 0.0).astype(np.float32)
    return least


@compiled
def _gains(start: Offsets, exhibitor: Ints, score: Floats, prices: Floats, capacity: Ints, left_out: Floats) -> Doubles:
    """The largest sum of ``capacity`` gains of each visitor, pairs left out counted at their most."""
    gains = np.zeros(start.size - 1, np.float64)
    for visitor in range(start.size - 1):
        pairs = slice(start[visitor], start[visitor + 1])
        values = score[pairs] - prices[exhibitor[pairs]]
        order = best_first(values)
        for place in range(capacity[visitor]):
            if place >= values.size or values[order[place]] <= left_out[visitor]:
                gains[visitor] += (capacity[visitor] - place) * left_out[visitor]
                break
            gains[visitor] += values[order[place]]
    return gains

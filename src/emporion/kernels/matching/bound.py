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
from emporion.kernels.matching.market import FLOOR, Market
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
    """The most that a pair kept by neither side can gain each visitor.

    Exhibitor y can be left out at most ``reach[y] - prices[y]`` above the visitor's price and at most the rise of its
    price since the pass below the last of the visitor's list: what matters is the larger, over the exhibitors, of the
    smaller of the two. Only exhibitors that no other passes in both have a say.
    """
    above = np.maximum(found.reach - prices, FLOOR)
    below = found.prices - prices
    order = np.lexsort((-below, -above))
    best_before = np.concatenate([[FLOOR], np.maximum.accumulate(below[order])[:-1]])
    front = order[below[order] > best_before]
    last = np.where(found.items[:, -1] >= 0, found.values[:, -1], FLOOR)
    return _most(above[front], below[front], found.marginal, last)


@compiled
def _most(above: Floats, below: Floats, marginal: Floats, last: Floats) -> Floats:
    most = np.zeros(marginal.size, np.float32)
    for visitor in range(marginal.size):
        for entry in range(above.size):
            gain = min(above[entry] + marginal[visitor], below[entry] + last[visitor])
            most[visitor] = max(most[visitor], gain)
    return most


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

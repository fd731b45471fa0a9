"""Tells apart pairs that score the same, so that equal profiles are not all sent to the same few partners.

When profiles are coarse (a sector, a region) thousands of pairs score exactly alike, and any fixed order would put the
same names first on every list. Every pair's score is then moved by a fixed small amount of its own: the inner product
of two random directions, one for each visitor and one for each exhibitor.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from emporion.kernels.matching.market import HIDDEN, Market, score_block
from emporion.kernels.matching.problem import Floats, Params

# Scores are taken as tied when fewer than this share of those looked at are distinct along a row or a column.
DISTINCT = 0.9
DIRECTIONS = 8
_ROWS, _COLUMNS = 1024, 256


def break_ties(market: Market, params: Params, seed: int) -> Market:
    """The same market, its scores moved by at most ``params.tie_break`` of their spread when many are tied."""
    scores = sampled_scores(market)
    if min(_distinct(scores), _distinct(scores.T)) >= DISTINCT:
        return market
    amount = params.tie_break * spread_of(scores)
    random = np.random.default_rng(seed % (1 << 63))
    visitors = _directions(random, market.visitors) * np.float32(amount)
    exhibitors = _directions(random, market.exhibitors)
    factors = np.concatenate([market.exhibitor_factors, exhibitors.T])
    return replace(market, exhibitor_factors=np.ascontiguousarray(factors), visitor_dither=visitors, dither=amount)


def sampled_scores(market: Market) -> Floats:
    """Scores of the first visitors with every exhibitor."""
    rows = market.rows(0, min(_ROWS, market.visitors))
    scores = np.empty((len(rows), market.exhibitors), np.float32)
    return score_block(rows, market.exhibitor_factors, 0, len(rows), scores)


def spread_of(scores: Floats) -> float:
    """A unit of score: the standard deviation, but not less than a thousandth of the largest."""
    seen = scores[scores > HIDDEN]
    if seen.size == 0:
        return 1e-6
    return max(float(seen.std(dtype=np.float64)), 1e-3 * float(np.abs(seen).max()), 1e-6)


def _distinct(scores: Floats) -> float:
    ordered = np.sort(scores[:, :_COLUMNS], axis=0)
    return float((np.count_nonzero(np.diff(ordered, axis=0), axis=0) + 1).mean() / len(scores))


def _directions(random: np.random.Generator, count: int) -> Floats:
    directions = random.standard_normal((count, DIRECTIONS), dtype=np.float32)
    lengths: Floats = np.sqrt((directions * directions).sum(axis=1, keepdims=True))
    directions /= np.maximum(lengths, np.float32(1e-6))
    return directions

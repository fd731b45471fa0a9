"""Small markets for the matching tests."""

from __future__ import annotations

import numpy as np

from emporion.kernels.matching import Problem


def market_of_scores(
    p: list[list[float]],
    q: list[list[float]] | None = None,
    visitor_capacity: list[int] | None = None,
    exhibitor_capacity: list[int] | None = None,
    hidden: list[tuple[int, int]] | None = None,
) -> Problem:
    """A market in which visitor x wants exhibitor y exactly ``p[x][y]`` and is wanted ``q[x][y]``."""
    wants = np.array(p, np.float32)
    visitors, exhibitors = wants.shape
    wanted = np.zeros_like(wants) if q is None else np.array(q, np.float32)
    return Problem(
        visitor_wants=wants,
        exhibitor_offers=np.eye(exhibitors, dtype=np.float32),
        exhibitor_wants=np.eye(exhibitors, dtype=np.float32),
        visitor_offers=wanted,
        visitor_capacity=np.array(visitor_capacity or [1] * visitors),
        exhibitor_capacity=np.array(exhibitor_capacity or [1] * exhibitors),
        hidden=np.array(hidden or np.zeros((0, 2)), dtype=np.int32),
    )


def random_market(
    visitors: int, exhibitors: int, seed: int, *, factors: int = 4, places: int = 3, hidden: int = 0
) -> Problem:
    """Factors from a normal distribution with a few exhibitors that everybody wants; ``hidden`` pairs at random."""
    random = np.random.default_rng(seed)
    offers = random.standard_normal((exhibitors, factors))
    offers[: max(1, exhibitors // 10)] *= 2.0
    return Problem(
        visitor_wants=random.standard_normal((visitors, factors)).astype(np.float32),
        exhibitor_offers=offers.astype(np.float32),
        exhibitor_wants=random.standard_normal((exhibitors, factors)).astype(np.float32),
        visitor_offers=random.standard_normal((visitors, factors)).astype(np.float32),
        visitor_capacity=random.integers(1, 3, visitors, endpoint=True),
        exhibitor_capacity=random.integers(1, places, exhibitors, endpoint=True),
        hidden=np.stack([random.integers(0, visitors, hidden), random.integers(0, exhibitors, hidden)], axis=1),
    )


def all_scores(problem: Problem) -> np.ndarray:
    """p + q of every pair in float64, minus infinity where hidden."""
    wants, offers = problem.visitor_wants.astype(float), problem.visitor_offers.astype(float)
    scores = wants @ problem.exhibitor_offers.T.astype(float) + offers @ problem.exhibitor_wants.T.astype(float)
    scores[problem.hidden[:, 0], problem.hidden[:, 1]] = -np.inf
    return scores


def best_welfare(problem: Problem) -> float:
    """The most that any plan within the quotas is worth, by linear programming over every pair.

    The constraint matrix of a bipartite graph is totally unimodular, so that the linear optimum is a plan.
    """
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, vstack

    scores = all_scores(problem)
    visitor, exhibitor = np.nonzero(scores > 0)
    if visitor.size == 0:
        return 0.0
    pair = np.arange(visitor.size)
    ones = np.ones(visitor.size)
    sides = [
        coo_array((ones, (visitor, pair)), shape=(problem.visitors, visitor.size)),
        coo_array((ones, (exhibitor, pair)), shape=(problem.exhibitors, visitor.size)),
    ]
    room = np.concatenate([problem.visitor_capacity, problem.exhibitor_capacity])
    solved = linprog(-scores[visitor, exhibitor], A_ub=vstack(sides).tocsr(), b_ub=room, bounds=(0, 1), method="highs")
    return float(-solved.fun)

"""The blocked pass against a full sort."""

from __future__ import annotations

import numpy as np
import pytest

from emporion.kernels.matching import Params
from emporion.kernels.matching.market import make_market
from emporion.kernels.matching.order import best_first
from emporion.kernels.matching.rank import best_exhibitors, rank
from tests.kernels.matching.markets import all_scores, random_market


def quiet(done: int, total: int, what: str) -> None:
    pass


@pytest.mark.parametrize("exhibitors", [1, 7, 32, 33, 100])
def test_each_visitors_best_are_those_of_a_full_sort(exhibitors: int) -> None:
    problem = random_market(50, exhibitors, seed=exhibitors)
    market = make_market(problem, seed=0)
    prices = np.random.default_rng(1).random(exhibitors).astype(np.float32)
    items, values = best_exhibitors(market, prices, 50, 10, Params(block_rows=16), None)
    scores = all_scores(problem)[market.visitor_order][:, market.exhibitor_order] - prices
    length = min(10, exhibitors)
    np.testing.assert_array_equal(items[:, :length], np.argsort(-scores, axis=1)[:, :length])
    np.testing.assert_allclose(values[:, :length], -np.sort(-scores, axis=1)[:, :length], atol=1e-5)
    assert (items[:, length:] == -1).all()


@pytest.mark.parametrize("sample", [10, 100, 400])
def test_each_exhibitors_best_are_those_of_a_full_sort_whatever_the_first_look_says(sample: int) -> None:
    problem = random_market(400, 35, seed=2, hidden=100)
    market = make_market(problem, seed=0)
    prices = np.full(35, 1.0, np.float32)
    found = rank(market, prices, Params(block_rows=32, task_blocks=2), 25, sample, None, quiet)
    scores = all_scores(problem)[market.visitor_order][:, market.exhibitor_order]
    gains = -np.sort(-(scores - prices), axis=1)
    marginal = np.maximum(gains[np.arange(400), market.visitor_capacity - 1], 0.0)
    np.testing.assert_allclose(found.marginal, marginal, atol=1e-5)
    priced = scores - marginal[:, None]
    np.testing.assert_array_equal(found.column_items, np.argsort(-priced, axis=0, kind="stable")[:25].T)
    np.testing.assert_allclose(found.reach, -np.sort(-priced, axis=0)[24], atol=1e-5)


def test_scores_that_are_all_equal_overflow_no_pool_and_keep_the_order() -> None:
    problem = random_market(600, 3, seed=2, factors=0)
    market = make_market(problem, seed=0)
    found = rank(market, np.zeros(3, np.float32), Params(block_rows=32, task_blocks=2), 20, 50, None, quiet)
    assert found.column_items.tolist() == [list(range(20))] * 3
    assert found.items[:, :3].tolist() == [[0, 1, 2]] * 600


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 33, 1000])
def test_the_loops_sort_is_stable_and_puts_the_largest_first(size: int) -> None:
    values = np.random.default_rng(size).integers(0, 20, size).astype(np.float32)
    np.testing.assert_array_equal(best_first(values), np.argsort(-values, kind="stable"))

"""What lists are worth, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from emporion.kernels.matching import Exposure, evaluate, preference_lists, solve
from tests.kernels.matching.markets import market_of_scores, random_market


def test_exhibitors_keep_their_best_and_the_rest_is_counted_as_empty() -> None:
    # All three ask the first exhibitor, who has two places and keeps those worth 9 and 8; the second stays empty.
    problem = market_of_scores([[9, 1], [8, 6], [7, 5]], exhibitor_capacity=[2, 3])
    judged = evaluate(problem, np.array([[0], [0], [0]]), bound=34.0)
    assert judged.filled == pytest.approx(2 / 5)
    assert judged.welfare == pytest.approx(17.0)
    assert judged.welfare_over_bound == pytest.approx(0.5)
    assert (judged.empty, judged.empty_lists, judged.max_load_over_quota) == (1, 0, 1.5)


def test_a_visitor_keeps_no_more_meetings_than_it_can_hold() -> None:
    problem = market_of_scores([[9, 8, 7]], visitor_capacity=[2])
    judged = evaluate(problem, np.array([[2, 1, 0]]))
    assert (judged.welfare, judged.empty) == (17.0, 1)
    assert judged.welfare_over_bound is None


def test_places_further_down_a_list_are_looked_at_less_often() -> None:
    problem = market_of_scores([[1, 1, 1]], visitor_capacity=[3])
    assert evaluate(problem, np.array([[0, 1, 2]])).examined == pytest.approx((1 + 1 / np.log2(3) + 0.5) / 3)


def test_exposure_tells_how_each_group_fares() -> None:
    problem = market_of_scores([[9, 1, 5], [8, 6, 5], [7, 5, 5]], exhibitor_capacity=[2, 1, 1])
    lists = np.array([[0, 2], [0, -1], [0, -1]])
    judged = evaluate(problem, lists, groups=["other", "least developed", "other"])
    assert judged.exposure == [Exposure("least developed", 1, 1, 0, 0), Exposure("other", 2, 3, 4, 2)]
    assert judged.exposure[1].filled == pytest.approx(2 / 3)


def test_groups_must_name_every_exhibitor() -> None:
    with pytest.raises(ValueError, match=r"^groups must name one group for each of 2 exhibitors"):
        evaluate(market_of_scores([[1, 2]]), np.array([[0]]), groups=["one"])


def test_lists_without_prices_follow_p_or_p_plus_q() -> None:
    problem = market_of_scores(p=[[3, 2, 1]], q=[[0, 4, 1]], hidden=[(0, 2)])
    assert preference_lists(problem, "own")[0, :3].tolist() == [0, 1, -1]
    assert preference_lists(problem, "reciprocal")[0, :3].tolist() == [1, 0, -1]


def test_prices_fill_more_places_than_preference_where_everybody_wants_the_same() -> None:
    problem = random_market(600, 40, seed=1, places=6)
    crowded = replace(
        problem, exhibitor_offers=problem.exhibitor_offers + np.linspace(3, 0, 40, dtype=np.float32)[:, None]
    )
    result = solve(crowded)
    filled = {
        "own": evaluate(crowded, preference_lists(crowded, "own")[:, :3]).filled,
        "reciprocal": evaluate(crowded, preference_lists(crowded, "reciprocal")[:, :3]).filled,
        "ours": evaluate(crowded, result.visitor_lists[:, :3]).filled,
    }
    assert filled["own"] < filled["reciprocal"] < filled["ours"]
    assert filled["ours"] > 0.95


def test_an_empty_market_is_worth_nothing() -> None:
    problem = replace(market_of_scores([[1, 2]]), visitor_wants=np.zeros((0, 2)), visitor_offers=np.zeros((0, 2)),
                      visitor_capacity=np.zeros(0))  # fmt: skip
    judged = evaluate(problem, np.zeros((0, 20), np.int32), bound=0.0)
    assert (judged.filled, judged.welfare, judged.empty) == (0.0, 0.0, 2)

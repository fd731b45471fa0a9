"""A score read back term by term, and a newcomer's list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from emporion.kernels.matching import Params, Problem, Term, explain, rank_one, solve
from tests.kernels.matching.markets import random_market


@pytest.fixture
def machinery() -> Problem:
    """One buyer of heat exchangers from Ecuador who asks for low carbon; one maker of them who seeks South America."""
    return Problem(
        visitor_wants=np.array([[1.0, 0.0, 0.5]]),
        exhibitor_offers=np.array([[2.0, 1.0, 1.0]]),
        exhibitor_wants=np.array([[0.25, 3.0]]),
        visitor_offers=np.array([[1.0, 1.0]]),
        visitor_capacity=np.array([1]),
        exhibitor_capacity=np.array([1]),
        hidden=np.zeros((0, 2), int),
    )


def test_the_terms_of_a_score_are_read_back_largest_first_and_sum_to_it(machinery: Problem) -> None:
    terms = explain(machinery, 0, 0, {"HS 8419": slice(0, 2), "low carbon": [2]}, {"size": [0], "South America": [1]})
    assert terms == [
        Term("exhibitor", "South America", 3.0),
        Term("visitor", "HS 8419", 2.0),
        Term("visitor", "low carbon", 0.5),
        Term("exhibitor", "size", 0.25),
    ]
    assert sum(term.value for term in terms) == pytest.approx(solve(machinery).objective)


def test_a_column_that_no_group_names_is_refused(machinery: Problem) -> None:
    with pytest.raises(ValueError, match=r"^column 2 of visitor_wants is in 0 groups"):
        explain(machinery, 0, 0, {"HS 8419": slice(0, 2)}, {"all": slice(None)})


def test_a_column_in_two_groups_is_refused(machinery: Problem) -> None:
    with pytest.raises(ValueError, match=r"^column 1 of exhibitor_wants is in 2 groups"):
        explain(machinery, 0, 0, {"all": slice(None)}, {"all": slice(None), "twice": [1]})


def test_a_newcomer_like_a_visitor_of_the_run_gets_the_list_the_run_gave_it() -> None:
    """Exhibitors stand on one list each: what else is worth a look is what a newcomer is shown."""
    problem = replace(random_market(60, 12, seed=3), hidden=np.zeros((0, 2), np.int32))
    problem = replace(problem, exhibitor_capacity=np.ones(12, int), visitor_capacity=np.ones(60, int))
    result = solve(problem, params=Params(max_load_over_quota=1))
    for visitor in range(5):
        profile = problem.visitor_wants[visitor], problem.visitor_offers[visitor]
        sides = problem.exhibitor_offers, problem.exhibitor_wants
        exhibitors, scores = rank_one(*profile, *sides, result.attention_prices)
        further = ~np.isin(exhibitors, result.visitor_lists[visitor])
        count = int(further.sum())
        assert count >= 11
        assert exhibitors[further].tolist() == result.further_lists[visitor, :count].tolist()
        np.testing.assert_allclose(scores[further], result.further_scores[visitor, :count], atol=1e-4)


def test_a_newcomer_is_never_shown_what_is_hidden() -> None:
    sides = np.array([[3.0], [2.0], [1.0]], np.float32), np.zeros((3, 0), np.float32)
    exhibitors, scores = rank_one(np.ones(1), np.zeros(0), *sides, np.array([0.0, 1.5, 0.0]), hidden=[0], length=5)
    assert exhibitors.tolist() == [2, 1]
    assert scores.tolist() == [1.0, 0.5]


def test_a_newcomer_with_a_wrong_or_unfinished_profile_is_refused() -> None:
    sides = np.ones((3, 2), np.float32), np.ones((3, 1), np.float32)
    with pytest.raises(ValueError, match=r"^wants must be 2 finite numbers, got shape \(3,\)"):
        rank_one(np.ones(3), np.ones(1), *sides, np.zeros(3))
    with pytest.raises(ValueError, match=r"^offers must be 1 finite numbers"):
        rank_one(np.ones(2), np.array([np.nan]), *sides, np.zeros(3))

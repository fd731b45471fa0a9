"""The checker finds what is wrong: each test breaks one thing in a good result."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from emporion.kernels.matching import Params, Problem, Result, check, solve
from tests.kernels.matching.markets import random_market

PARAMS = Params(visitor_list=4, exhibitor_list=6)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return random_market(40, 8, seed=1, hidden=5)


@pytest.fixture(scope="module")
def good(problem: Problem) -> Result:
    return solve(problem, params=PARAMS)


def codes(problem: Problem, result: Result, params: Params = PARAMS) -> set[str]:
    return {violation.code for violation in check(problem, params, result)}


def test_a_good_result_has_no_violation(problem: Problem, good: Result) -> None:
    assert check(problem, PARAMS, good) == []


def test_lists_of_another_length_are_found(problem: Problem, good: Result) -> None:
    assert codes(problem, replace(good, visitor_lists=good.visitor_lists[:, :3])) == {"shape"}


def test_somebody_who_is_not_there_is_found(problem: Problem, good: Result) -> None:
    lists = good.visitor_lists.copy()
    lists[3, 0] = 8
    assert {"visitor_list_range"} == codes(problem, replace(good, visitor_lists=lists))


def test_somebody_named_twice_is_found_with_the_row(problem: Problem, good: Result) -> None:
    lists, scores = good.exhibitor_lists.copy(), good.exhibitor_scores.copy()
    lists[5, 1], scores[5, 1] = lists[5, 0], scores[5, 0]
    found = check(problem, PARAMS, replace(good, exhibitor_lists=lists, exhibitor_scores=scores))
    assert [(violation.code, violation.row) for violation in found] == [("exhibitor_list_double", 5)]


def test_a_hole_in_a_list_is_found(problem: Problem, good: Result) -> None:
    lists = good.exhibitor_lists.copy()
    lists[2, 1] = -1
    assert codes(problem, replace(good, exhibitor_lists=lists)) == {"exhibitor_list_padding"}


def test_a_list_out_of_order_is_found(problem: Problem, good: Result) -> None:
    lists, scores = good.exhibitor_lists.copy(), good.exhibitor_scores.copy()
    lists[2, :2], scores[2, :2] = lists[2, 1::-1], scores[2, 1::-1]
    assert codes(problem, replace(good, exhibitor_lists=lists, exhibitor_scores=scores)) == {"exhibitor_list_order"}


def test_a_score_that_factors_do_not_give_is_found(problem: Problem, good: Result) -> None:
    scores = good.visitor_scores.copy()
    scores[4, 0] += 0.1
    assert codes(problem, replace(good, visitor_scores=scores)) == {"visitor_list_score"}


def test_hidden_pairs_are_found_on_lists_and_in_the_plan(problem: Problem, good: Result) -> None:
    hiding = replace(problem, hidden=good.plan[:1])
    assert {"visitor_list_hidden", "plan_hidden"} <= codes(hiding, good)


def test_load_over_the_limit_is_found(problem: Problem, good: Result) -> None:
    assert codes(problem, good, replace(PARAMS, max_load_over_quota=1.0)) == {"list_load_cap"}


def test_load_that_was_miscounted_is_found(problem: Problem, good: Result) -> None:
    assert codes(problem, replace(good, list_load=good.list_load + np.int32(1))) == {"list_load"}


def test_a_plan_beyond_a_quota_is_found(problem: Problem, good: Result) -> None:
    one_each = replace(problem, visitor_capacity=np.ones(40), exhibitor_capacity=np.ones(8))
    assert {"plan_visitor_quota", "plan_exhibitor_quota"} <= codes(one_each, good)


def test_a_meeting_planned_twice_is_found(problem: Problem, good: Result) -> None:
    assert "plan_double" in codes(problem, replace(good, plan=np.concatenate([good.plan, good.plan[:1]])))


def test_a_meeting_that_was_not_suggested_is_found(problem: Problem, good: Result) -> None:
    lists = np.full_like(good.visitor_lists, -1)
    unlisted = replace(good, visitor_lists=lists, list_load=np.zeros_like(good.list_load))
    assert "plan_listed" in codes(problem, unlisted)


def test_an_objective_that_is_not_the_plans_worth_is_found(problem: Problem, good: Result) -> None:
    assert codes(problem, replace(good, objective=good.objective * 0.9)) == {"objective"}


def test_a_bound_below_the_plans_worth_or_the_prices_is_found(problem: Problem, good: Result) -> None:
    assert codes(problem, replace(good, bound=good.objective * 0.9)) == {"bound", "bound_prices"}
    free = replace(good, exhibitor_prices=np.zeros_like(good.exhibitor_prices))
    assert "bound_prices" in codes(problem, free)


def test_a_further_suggestion_that_is_on_the_list_already_is_found() -> None:
    problem = random_market(40, 8, seed=1)
    good = solve(problem, params=PARAMS)
    lists, scores = good.further_lists.copy(), good.further_scores.copy()
    lists[0], scores[0] = good.visitor_lists[0], good.visitor_scores[0]
    assert "further_again" in codes(problem, replace(good, further_lists=lists, further_scores=scores))

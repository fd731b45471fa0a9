"""The whole run against brute force, against the checker, and against its own promises."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields, replace
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.matching import Params, Problem, Result, check, solve
from emporion.kernels.stop import MaxIterations
from tests.kernels.matching.markets import all_scores, best_welfare, market_of_scores, random_market

SHORT = Params(visitor_list=5, exhibitor_list=6)


def assert_same(one: Result, other: Result) -> None:
    for field in fields(Result):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def test_two_visitors_do_not_both_go_for_the_exhibitor_both_like_best() -> None:
    # Alice likes the robot maker most, so does Bob; Bob has an alternative, Alice has none.
    problem = market_of_scores([[9, 1], [8, 6]])
    result = solve(problem, params=Params(visitor_list=1))
    assert result.plan.tolist() == [[0, 0], [1, 1]]
    assert result.visitor_lists.tolist() == [[0], [1]]
    assert result.objective == pytest.approx(15.0)
    assert result.bound == pytest.approx(15.0, rel=0.01)
    assert check(problem, Params(visitor_list=1), result) == []


def test_a_meeting_needs_both_sides() -> None:
    # Each likes the first exhibitor best, but the exhibitors want it the other way round.
    problem = market_of_scores(p=[[2, 1], [2, 1]], q=[[0, 4], [4, 0]])
    assert solve(problem).plan.tolist() == [[0, 1], [1, 0]]


def test_a_pair_that_is_worth_less_than_nothing_is_not_planned() -> None:
    result = solve(market_of_scores([[-1, 2]]))
    assert result.plan.tolist() == [[0, 1]]
    assert result.objective == pytest.approx(2.0)


def test_a_hidden_pair_is_never_suggested_however_good() -> None:
    problem = market_of_scores([[9, 1], [8, 6]], hidden=[(0, 0), (0, 0)])
    result = solve(problem)
    assert result.visitor_lists[0].tolist() == [1] + [-1] * 19
    assert 0 not in result.exhibitor_lists[0]


def test_a_visitor_from_whom_everybody_is_hidden_has_an_empty_list() -> None:
    result = solve(market_of_scores([[9, 1], [8, 6]], hidden=[(0, 0), (0, 1)]))
    assert result.visitor_lists[0].tolist() == [-1] * 20
    assert result.plan.tolist() == [[1, 0]]


@pytest.mark.parametrize("seed", range(12))
def test_on_small_markets_the_plan_is_the_best_there_is(seed: int) -> None:
    problem = random_market(30 + seed, 4 + seed, seed, hidden=10)
    result = solve(problem, seed=seed)
    best = best_welfare(problem)
    assert result.objective <= best + 1e-3
    assert result.objective >= 0.995 * best
    assert best - 1e-3 <= result.bound <= 1.01 * best
    assert check(problem, Params(), result) == []


def test_on_a_market_larger_than_its_sample_and_its_lists_the_bound_still_holds() -> None:
    problem = random_market(900, 60, seed=5, places=8, hidden=300)
    params = Params(visitor_list=4, exhibitor_list=10, sample_least=50, block_rows=64, task_blocks=2)
    result = solve(problem, params=params)
    best = best_welfare(problem)
    assert check(problem, params, result) == []
    assert 0.99 * best <= result.objective <= best + 1e-2
    assert best - 1e-2 <= result.bound <= 1.01 * best
    assert result.gap <= 0.01


def test_without_congestion_lists_are_the_best_by_score() -> None:
    problem = random_market(12, 6, seed=3)
    roomy = replace(problem, exhibitor_capacity=np.full(6, 12), visitor_capacity=np.full(12, 6))
    result = solve(roomy)
    expected = np.argsort(-all_scores(roomy), axis=1)
    places = (result.visitor_lists >= 0).sum(axis=1)
    assert places.tolist() == (all_scores(roomy) > 0).sum(axis=1).tolist()
    shown = [[*a[a >= 0], *b[b >= 0]] for a, b in zip(result.visitor_lists, result.further_lists, strict=True)]
    assert np.array(shown).tolist() == expected.tolist()
    assert result.exhibitor_prices.tolist() == [0.0] * 6


def test_an_exhibitor_everybody_wants_stands_on_no_more_lists_than_its_quota_bears() -> None:
    scores = np.ones((200, 4)) + np.random.default_rng(0).random((200, 4))
    scores[:, 0] += 5
    problem = market_of_scores(scores.tolist(), exhibitor_capacity=[3, 3, 3, 3])
    result = solve(problem, params=Params(max_load_over_quota=2.5))
    assert result.list_load.tolist() == [7, 7, 7, 7]


def test_everybody_has_a_first_suggestion_before_anybody_has_a_second() -> None:
    problem = random_market(100, 10, seed=8, factors=6, places=1)
    problem = replace(problem, exhibitor_capacity=np.full(10, 2), visitor_capacity=np.ones(100, int))
    lengths = (solve(problem, params=Params(max_load_over_quota=6)).visitor_lists >= 0).sum(axis=1)
    assert sorted(set(lengths.tolist())) == [1, 2]


@pytest.mark.slow
def test_a_dask_cluster_of_two_workers_gives_the_same_lists() -> None:
    distributed = pytest.importorskip("distributed")
    problem = random_market(600, 40, seed=2, places=5)
    params = replace(SHORT, sample_least=60, block_rows=32, task_blocks=2)
    alone = solve(problem, params=params)
    quiet = {"dashboard_address": None, "host": "127.0.0.1", "threads_per_worker": 1}
    with distributed.LocalCluster(n_workers=2, **quiet) as cluster, distributed.Client(cluster) as client:
        assert_same(solve(problem, params=params, executor=client.get_executor()), alone)


def test_further_suggestions_fill_every_list_up_to_its_length() -> None:
    problem = random_market(200, 30, seed=4, places=2)
    result = solve(problem)
    together = (result.visitor_lists >= 0).sum(axis=1) + (result.further_lists >= 0).sum(axis=1)
    assert together.tolist() == [20] * 200
    assert (result.list_load <= 5 * problem.exhibitor_capacity).all()
    assert check(problem, Params(), result) == []


def test_what_is_not_worth_a_meeting_takes_no_place_but_may_be_looked_at() -> None:
    problem = market_of_scores([[2.0, -1.0, 0.0]], exhibitor_capacity=[1, 1, 1])
    result = solve(problem)
    assert result.visitor_lists[0, :2].tolist() == [0, -1]
    assert result.further_lists[0, :3].tolist() == [2, 1, -1]


def test_further_suggestions_follow_what_a_visitor_wants_and_not_who_has_room() -> None:
    """Nobody wants the last ten exhibitors, which have all their places free: the others are still shown first."""
    scores = np.random.default_rng(2).random((400, 40)) + 1
    scores[:, 30:] = 0.01
    problem = market_of_scores(scores.tolist(), exhibitor_capacity=[1] * 40)
    result = solve(problem, params=Params(max_load_over_quota=1))
    shown = result.further_lists[result.further_lists >= 0]
    assert (shown < 30).mean() > 0.99
    assert (result.attention_prices[30:] == 0).all()


def test_prices_of_attention_spread_the_looks_when_all_want_the_same() -> None:
    scores = np.random.default_rng(0).random((2000, 100)) + 1
    scores[:, 0] += 1
    problem = market_of_scores(scores.tolist(), exhibitor_capacity=[2] * 100)
    looks = [
        int((solve(problem, params=Params(attention_over_share=share)).further_lists == 0).sum())
        for share in (2.0, 100.0)
    ]
    assert looks[1] > 1900
    assert 0 < looks[0] <= 800


def test_a_favoured_pair_scores_what_it_gains_and_a_hidden_one_stays_hidden() -> None:
    problem = market_of_scores([[1.0, 1.5, 0.5], [1.0, 1.5, 0.5]], exhibitor_capacity=[2, 2, 2])
    twice = np.array([[0, 2], [0, 2], [1, 1]])
    problem = replace(problem, favoured=twice, favour=np.array([1.0, 0.25, 9.0]), hidden=np.array([[1, 1]]))
    result = solve(problem)
    assert result.visitor_lists[:, :3].tolist() == [[2, 1, 0], [0, 2, -1]]
    assert result.visitor_scores[0, 0] == pytest.approx(1.75, abs=0.01)
    assert result.objective == pytest.approx(1.75 + 1.0, abs=0.01)
    assert check(problem, Params(), result) == []


def test_favoured_pairs_travel_with_their_rows_whatever_the_order_and_the_number_of_workers() -> None:
    problem = random_market(300, 30, seed=6, places=4)
    random = np.random.default_rng(1)
    favoured = np.stack([random.integers(0, 300, 200), random.integers(0, 30, 200)], axis=1)
    problem = replace(problem, favoured=favoured, favour=random.random(200))
    params = replace(SHORT, sample_least=60, block_rows=32, task_blocks=2)
    result = solve(problem, params=params)
    with ThreadPoolExecutor(2) as pool:
        assert_same(solve(problem, params=params, executor=pool), result)
    assert check(problem, params, result) == []
    assert result.objective > solve(replace(problem, favour=np.zeros(200)), params=params).objective


@pytest.mark.parametrize(
    ("favoured", "favour", "message"),
    [
        ([[0, 9]], [1.0], r"^favoured is out of range: pair 0 is \(0, 9\)"),
        ([[0, 1]], [], r"^favour must be one finite number for each of 1 favoured pairs"),
        ([[0, 1]], [np.nan], r"^favour must be one finite number"),
    ],
)
def test_favours_that_make_no_sense_are_refused(favoured, favour, message) -> None:
    with pytest.raises(ValueError, match=message):
        replace(market_of_scores([[1.0, 1.0]], exhibitor_capacity=[1, 1]), favoured=favoured, favour=np.array(favour))


def test_coarse_profiles_are_rehearsed_on_a_sample_and_fill_all_places() -> None:
    few = random_market(12, 20, seed=11, places=6)
    rows = np.random.default_rng(0).integers(0, 12, 900)
    problem = replace(
        few,
        visitor_wants=few.visitor_wants[rows],
        visitor_offers=few.visitor_offers[rows],
        visitor_capacity=few.visitor_capacity[rows],
    )
    params = Params(sample_least=100, rounds=1, candidates_over_quota=6)
    result = solve(problem, params=params)
    assert len(result.plan) == problem.exhibitor_capacity.sum()
    assert result.objective >= 0.99 * best_welfare(problem)
    assert check(problem, params, result) == []


def test_profiles_that_are_all_alike_are_still_spread_over_the_exhibitors() -> None:
    problem = market_of_scores([[1.0] * 10] * 60, exhibitor_capacity=[6] * 10)
    result = solve(problem, params=Params(visitor_list=3))
    assert len(result.plan) == 60
    assert result.list_load.min() >= 6
    assert 0 < result.dither < 0.01
    assert check(problem, Params(visitor_list=3), result) == []


def test_more_rounds_at_the_plans_own_prices_close_the_gap_of_coarse_profiles() -> None:
    few = random_market(12, 20, seed=11, places=6)
    rows = np.random.default_rng(0).integers(0, 12, 900)
    problem = replace(
        few,
        visitor_wants=few.visitor_wants[rows],
        visitor_offers=few.visitor_offers[rows],
        visitor_capacity=few.visitor_capacity[rows],
    )
    params = replace(SHORT, gap=1e-6)
    once, often = (solve(problem, params=replace(params, rounds=rounds)) for rounds in (1, 4))
    assert (once.rounds, often.rounds) == (1, 4)
    assert often.gap < once.gap / 2
    assert often.objective >= 0.99 * best_welfare(problem)
    assert check(problem, params, often) == []


def test_one_worker_two_workers_and_no_worker_give_the_same_lists() -> None:
    problem = random_market(700, 40, seed=4, hidden=50)
    params = replace(SHORT, sample_least=60, block_rows=50, task_blocks=2, polish_passes=2)
    alone = solve(problem, params=params)
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(2) as two:
        assert_same(solve(problem, params=params, executor=one), alone)
        assert_same(solve(problem, params=params, executor=two), alone)


@pytest.mark.slow
def test_two_processes_give_the_same_lists_as_one() -> None:
    problem = random_market(300, 20, seed=6)
    params = replace(SHORT, block_rows=50, task_blocks=1)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert_same(solve(problem, params=params, executor=processes), solve(problem, params=params))


@given(seed=st.integers(0, 10_000), visitors=st.integers(1, 60), exhibitors=st.integers(1, 12))
@settings(max_examples=40)
def test_no_rule_is_ever_broken(seed: int, visitors: int, exhibitors: int) -> None:
    problem = random_market(visitors, exhibitors, seed, hidden=visitors)
    result = solve(problem, seed=seed, params=SHORT)
    assert check(problem, SHORT, result) == []
    assert (result.list_load <= 5 * problem.exhibitor_capacity).all()
    assert not np.isneginf(all_scores(problem)[result.plan[:, 0], result.plan[:, 1]]).any()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20)
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    problem = random_market(80, 9, seed, hidden=20)
    random = np.random.default_rng(seed + 1)
    visitor, exhibitor = random.permutation(80), random.permutation(9)
    given, shuffled = solve(problem, params=SHORT), solve(_permuted(problem, visitor, exhibitor), params=SHORT)
    named = np.where(shuffled.visitor_lists >= 0, exhibitor[shuffled.visitor_lists], -1)
    np.testing.assert_array_equal(named, given.visitor_lists[visitor])
    named = np.where(shuffled.exhibitor_lists >= 0, visitor[shuffled.exhibitor_lists], -1)
    np.testing.assert_array_equal(named, given.exhibitor_lists[exhibitor])
    assert shuffled.objective == pytest.approx(given.objective)


def _permuted(problem: Problem, visitor: np.ndarray, exhibitor: np.ndarray) -> Problem:
    place_v, place_e = np.argsort(visitor), np.argsort(exhibitor)
    return Problem(
        problem.visitor_wants[visitor],
        problem.exhibitor_offers[exhibitor],
        problem.exhibitor_wants[exhibitor],
        problem.visitor_offers[visitor],
        problem.visitor_capacity[visitor],
        problem.exhibitor_capacity[exhibitor],
        np.stack([place_v[problem.hidden[:, 0]], place_e[problem.hidden[:, 1]]], axis=1),
    )


@pytest.mark.parametrize(("visitors", "exhibitors"), [(0, 3), (3, 0), (0, 0)])
def test_an_empty_market_has_empty_lists(visitors: int, exhibitors: int) -> None:
    problem = Problem(
        np.zeros((visitors, 2)), np.zeros((exhibitors, 2)), np.zeros((exhibitors, 1)), np.zeros((visitors, 1)),
        np.ones(visitors), np.ones(exhibitors), np.zeros((0, 2), int),
    )  # fmt: skip
    result = solve(problem)
    assert result.stopped == "the market is empty"
    assert result.visitor_lists.tolist() == [[-1] * 20] * visitors
    assert result.exhibitor_lists.tolist() == [[-1] * 100] * exhibitors
    assert (result.objective, result.bound, result.gap) == (0.0, 0.0, 0.0)
    assert check(problem, Params(), result) == []


def test_exhibitors_that_state_no_wishes_are_matched_by_what_visitors_want() -> None:
    problem = random_market(20, 5, seed=2)
    one_sided = replace(problem, exhibitor_wants=np.zeros((5, 0)), visitor_offers=np.zeros((20, 0)))
    assert solve(one_sided).objective == pytest.approx(best_welfare(one_sided), rel=0.005)


def test_a_market_without_any_factors_plans_nothing() -> None:
    problem = Problem(
        np.zeros((3, 0)), np.zeros((2, 0)), np.zeros((2, 0)), np.zeros((3, 0)), np.ones(3), np.ones(2),
        np.zeros((0, 2), int),
    )  # fmt: skip
    result = solve(problem)
    assert (len(result.plan), result.objective) == (0, 0.0)
    assert check(problem, Params(), result) == []


def test_a_run_that_is_stopped_still_has_complete_lists() -> None:
    problem = random_market(50, 8, seed=9)
    result = solve(problem, stop=MaxIterations(2))
    assert (result.iterations, result.rounds, result.stopped) == (2, 1, "2 iterations done")
    assert (result.visitor_lists[:, 0] >= 0).all()
    assert check(problem, Params(), result) == []


def test_seconds_come_from_the_clock_that_is_given() -> None:
    ticks = iter([10.0, 12.5])
    assert solve(random_market(5, 2, seed=0), clock=lambda: next(ticks)).seconds == 2.5
    assert solve(random_market(5, 2, seed=0)).seconds is None


def test_progress_tells_each_part_to_its_end() -> None:
    steps: list[tuple[int, int, str]] = []
    solve(random_market(50, 8, seed=9), progress=lambda done, total, what: steps.append((done, total, what)))
    ends = {what: done == total for done, total, what in steps}
    assert ends["ranking"] and ends["lists"]
    assert set(ends) == {"prices from a sample", "ranking", "lists"}

"""Timetables against brute force, and what every timetable keeps to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.scheduling import Objective, Params, Problem, check, solve, two_sided
from emporion.kernels.stop import MaxIterations, MaxSeconds
from tests.kernels.scheduling.oracle import best, tiny_problems

LARGE = Params(method="large", rounds=4)
quick = settings(max_examples=40)


def event(seed: int = 3, buyers: int = 30, exhibitors: int = 6, wishes: int = 120) -> Problem:
    """Six stands in two distant halls, two days of six slots with lunch after the third, more wishes than room."""
    random = np.random.default_rng(seed)
    return two_sided(
        meetings=np.c_[random.integers(0, buyers, wishes), random.integers(0, exhibitors, wishes)],
        slots=12,
        slot_day=np.repeat([0, 1], 6),
        follows=np.tile([False, True, True, False, True, True], 2),
        buyer_availability=random.random((buyers, 12)) < 0.7,
        exhibitor_availability=random.random((exhibitors, 12)) < 0.9,
        exhibitor_parallel=[1, 1, 1, 2, 1, 3],
        exhibitor_hall=[0, 1, 0, 1, 0, 1],
        too_far=[[0, 1], [1, 0]],
        daily_limit=np.full(buyers, 3),
        must=random.random(wishes) < 0.2,
        strength=random.integers(0, 4, wishes),
    )


@quick
@given(tiny_problems())
def test_a_small_event_gets_the_timetable_brute_force_finds_and_proves_it(problem: Problem) -> None:
    truth = best(problem)
    try:
        result = solve(problem)
    except ValueError as clash:
        assert str(clash).startswith("pinned:")
        assert truth is None
        return
    assert result.method == "exact"
    assert result.proved
    assert result.feasible == (truth is not None)
    if truth is not None:
        assert result.objective == truth
        assert check(problem, result) == []


@quick
@given(tiny_problems(free=True))
def test_the_large_method_breaks_no_rule_and_stays_under_the_bound(problem: Problem) -> None:
    result, truth = solve(problem, params=LARGE), best(problem)
    assert check(problem, result) == []
    assert truth is not None
    assert result.objective.key <= truth.key
    assert truth.placed <= result.bound
    assert truth.musts <= result.must_bound


@settings(max_examples=25)
@given(tiny_problems(free=True), st.randoms(use_true_random=False), st.sampled_from([LARGE, Params()]))
def test_renaming_people_and_shuffling_wishes_changes_nothing(problem: Problem, random: object, params: Params) -> None:
    people, meetings = list(range(problem.participants)), list(range(len(problem.meetings)))
    random.shuffle(people)  # type: ignore[attr-defined]
    random.shuffle(meetings)  # type: ignore[attr-defined]
    renamed = rename(problem, np.array(people), np.array(meetings))
    assert solve(renamed, params=params).objective == solve(problem, params=params).objective


def rename(problem: Problem, person: np.ndarray, meeting: np.ndarray) -> Problem:
    """Participant ``person[i]`` becomes number i, meeting ``meeting[i]`` becomes number i, each pair turned round."""
    number, place = np.argsort(person), np.argsort(meeting)
    return replace(
        problem,
        meetings=number[problem.meetings[meeting]][:, ::-1],
        must=problem.must[meeting],
        strength=problem.strength[meeting],
        hall=problem.hall[meeting],
        allowed_slots=problem.allowed_slots[meeting],
        availability=problem.availability[person],
        capacity=problem.capacity[person],
        daily_limit=problem.daily_limit[person],
        counts_breaks=problem.counts_breaks[person],
        pinned=np.c_[place[problem.pinned[:, 0]], problem.pinned[:, 1]],
        precedences=place[problem.precedences][::-1],
    )


def test_renamed_the_whole_event_has_every_meeting_in_the_same_slot() -> None:
    problem, random = event(), np.random.default_rng(8)
    pairs, first = np.unique(problem.meetings, axis=0, return_index=True)
    problem = rename(problem, np.arange(problem.participants), first)
    person, meeting = random.permutation(problem.participants), random.permutation(len(pairs))
    there = solve(rename(problem, person, meeting), seed=5, params=LARGE)
    here = solve(problem, seed=5, params=LARGE)
    assert there.slots.tolist() == here.slots[meeting].tolist()


def test_a_crowded_event_breaks_no_rule_and_explains_every_meeting_left_out() -> None:
    problem = event()
    result = solve(problem, params=LARGE)
    assert check(problem, result) == []
    assert result.method == "large"
    assert 0 < result.placed < len(problem.meetings)
    assert len(result.reasons) == len(problem.meetings) - result.placed
    assert result.placed <= result.bound
    assert result.gap == pytest.approx(1 - result.placed / result.bound)


def test_the_large_method_comes_within_three_meetings_of_the_proved_best() -> None:
    problem = event(wishes=80)
    proved = solve(problem)
    assert proved.proved
    walked = solve(problem, params=Params(method="large", rounds=30))
    assert walked.objective.musts == proved.objective.musts
    assert proved.placed - 3 <= walked.placed <= proved.placed


def test_same_seed_and_rounds_give_the_same_timetable_whatever_the_workers() -> None:
    problem, params = event(), Params(method="large", starts=3)
    alone = solve(problem, seed=11, stop=MaxIterations(3), params=params)
    with ThreadPoolExecutor(3) as pool:
        together = solve(problem, seed=11, stop=MaxIterations(3), params=params, executor=pool)
    assert alone.slots.tolist() == together.slots.tolist()
    assert alone.stopped == "3 iterations done"


def test_more_rounds_never_give_a_worse_timetable() -> None:
    seen: list[tuple[int, Objective]] = []
    solve(event(), stop=MaxIterations(6), params=LARGE, progress=lambda i, objective: seen.append((i, objective)))
    assert [i for i, _ in seen] == [1, 2, 3, 4, 5, 6]
    keys = [objective.key for _, objective in seen]
    assert keys == sorted(keys)


def test_a_time_used_up_by_the_proof_leaves_the_greedy_timetable_and_no_round_of_walking() -> None:
    problem, now, rounds = event(wishes=80), [0.0], list[int]()
    stop = MaxSeconds(60, lambda: now[0])
    now[0] = 61.0
    result = solve(problem, stop=stop, params=Params(method="exact"), progress=lambda done, _best: rounds.append(done))
    assert (rounds, result.proved, result.stopped) == ([], False, "60 seconds passed")
    greedy = solve(problem, stop=MaxIterations(0), params=Params(method="large"))
    assert result.slots.tolist() == greedy.slots.tolist()
    assert check(problem, result) == []
    assert (result.objective.musts, result.placed) == (int(problem.must.sum()), 75)


def test_the_walk_after_a_proof_that_there_is_no_whole_timetable_ends_with_the_callers_time() -> None:
    # Three meetings of one person in two slots, all of which have to be held.
    crowded = Problem(participants=4, slots=2, meetings=[(0, 1), (0, 2), (0, 3)], every_meeting=True)
    now, rounds = [0.0], list[int]()

    def later(done: int, _best: Objective) -> None:
        rounds.append(done)
        now[0] += 25.0

    result = solve(crowded, stop=MaxSeconds(60, lambda: now[0]), progress=later)
    assert (result.method, result.proved, result.feasible) == ("exact", True, False)
    assert result.placed == 2
    assert rounds == [1, 2, 3]


def test_a_must_takes_the_only_slot_before_any_number_of_other_meetings() -> None:
    stand = Problem(participants=4, slots=1, meetings=[(0, 3), (1, 3), (2, 3)], must=[0, 1, 0], strength=[9, 0, 9])
    for params in (Params(), LARGE):
        assert solve(stand, params=params).slots.tolist() == [-1, 0, -1]


def test_between_equal_wishes_the_stronger_is_held() -> None:
    stand = Problem(participants=4, slots=1, meetings=[(0, 3), (1, 3), (2, 3)], strength=[1, 2, 3])
    for params in (Params(), LARGE):
        assert solve(stand, params=params).slots.tolist() == [-1, -1, 0]


def test_two_hosts_at_a_stand_receive_two_buyers_at_once() -> None:
    stand = two_sided(
        meetings=[(0, 0), (1, 0)],
        slots=1,
        buyer_availability=[[1], [1]],
        exhibitor_availability=[[1]],
        exhibitor_parallel=[2],
    )
    assert solve(stand).slots.tolist() == [0, 0]


def test_meetings_without_breaks_stand_side_by_side_and_lunch_between_days_is_none() -> None:
    pair = Problem(
        participants=3, slots=4, slot_day=[0, 0, 0, 1], meetings=[(0, 1), (0, 2)], availability=[[1] * 4] * 3
    )
    result = solve(pair)
    assert result.objective == Objective(musts=0, placed=2, strength=2, breaks=0)
    split = Problem(
        participants=3,
        slots=4,
        slot_day=[0, 0, 0, 1],
        meetings=[(0, 1), (0, 2)],
        allowed_slots=[[1, 0, 0, 0], [0, 0, 1, 1]],
    )
    assert solve(split).slots.tolist() == [0, 3]


def test_an_unfair_pin_or_an_impossible_whole_is_said_to_be_infeasible_and_proved() -> None:
    crowded = Problem(participants=3, slots=1, meetings=[(0, 1), (0, 2)], every_meeting=True)
    result = solve(crowded)
    assert (result.feasible, result.proved) == (False, True)
    assert {violation.code for violation in check(crowded, result)} == {"every_meeting"}
    unfair = Problem(participants=3, slots=3, meetings=[(0, 1), (0, 2)], pinned=[(0, 0), (1, 2)], fairness=0)
    assert (solve(unfair).feasible, solve(unfair).proved) == (False, True)


def test_pins_that_exclude_each_other_are_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match=r"pinned: .*Participant 0 has meetings \[0, 1\] in slot 0"):
        solve(Problem(participants=3, slots=2, meetings=[(0, 1), (0, 2)], pinned=[(0, 0), (1, 0)]))


@pytest.mark.parametrize("params", [Params(), LARGE])
def test_a_seed_below_nought_is_refused_by_name(params: Params) -> None:
    with pytest.raises(ValueError, match=r"^seed: must be 0 or more, got -1"):
        solve(Problem(participants=2, slots=1, meetings=[(0, 1)]), seed=-1, params=params)


def test_no_meetings_make_an_empty_timetable() -> None:
    result = solve(Problem(participants=0, slots=1, meetings=[]))
    assert (result.slots.tolist(), result.bound, result.gap, result.reasons) == ([], 0, 0.0, ())


def test_the_clock_given_times_the_run_and_without_one_nothing_is_timed() -> None:
    ticks = iter([10.0, 12.5])
    pair = Problem(participants=2, slots=1, meetings=[(0, 1)])
    assert solve(pair, clock=lambda: next(ticks)).seconds == 2.5
    assert solve(pair).seconds is None


@pytest.mark.parametrize(
    ("field", "value"), [("method", "magic"), ("rounds", -1), ("starts", 0), ("chain", 0), ("effort", -0.5)]
)
def test_parameters_out_of_range_are_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{field}:"):
        Params(**{field: value})  # type: ignore[arg-type]

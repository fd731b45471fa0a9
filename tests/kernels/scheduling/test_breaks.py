"""Breaks counted by bits, foretold by bits and forced on people, against counting them one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.scheduling import Params, Problem, check, solve
from emporion.kernels.scheduling.board import BASE, CAPACITY, SLOT, Board, empty_board, wanted
from emporion.kernels.scheduling.breaks import all_breaks, breaks_of, costing, entry, forced_breaks, leaving
from emporion.kernels.scheduling.check import count_breaks
from emporion.kernels.scheduling.greedy import keep
from emporion.kernels.scheduling.large import begin_walk, walk
from emporion.kernels.scheduling.moves import rise
from emporion.kernels.scheduling.tidy import chain, place_at_no_cost

DAY = 30


def long_event(seed: int = 4, people: int = 12, meetings: int = 70) -> Problem:
    """Three days of thirty slots, so that a day begins within a word of 64 slots and another runs over its end."""
    random = np.random.default_rng(seed)
    pairs = np.array([random.choice(people, 2, replace=False) for _ in range(meetings)])
    return Problem(
        participants=people,
        slots=3 * DAY,
        slot_day=np.repeat([0, 1, 2], DAY),
        meetings=pairs,
        availability=random.random((people, 3 * DAY)) < 0.5,
        counts_breaks=random.random(people) < 0.8,
        must=random.random(meetings) < 0.2,
        tables=3,
    )


def on_board(problem: Problem, slots: np.ndarray) -> Board:
    board = empty_board(problem, 7)
    keep(board, np.arange(len(slots)), slots)
    return board


def one_by_one(problem: Problem, board: Board) -> dict[int, int]:
    return count_breaks(problem, board.meeting[:, SLOT].tolist())


@pytest.mark.parametrize("seed", range(5))
def test_breaks_by_bits_are_those_counted_one_by_one_over_words_and_days(seed: int) -> None:
    problem = long_event(seed)
    board = on_board(problem, np.random.default_rng(seed).integers(-1, 3 * DAY, 70))
    counted = one_by_one(problem, board)
    assert {person: breaks_of(board, person) for person in counted} == counted
    assert all_breaks(board) == sum(counted.values()) > 0


@pytest.mark.parametrize("seed", range(5))
def test_what_a_meeting_will_cost_is_what_it_then_costs(seed: int) -> None:
    problem = long_event(seed)
    board = on_board(problem, np.random.default_rng(seed).integers(-1, 3 * DAY, 70))
    for meeting in np.flatnonzero(board.meeting[:, SLOT] >= 0).tolist():
        slot, with_it = int(board.meeting[meeting, SLOT]), sum(one_by_one(problem, board).values())
        foretold = leaving(board, meeting)
        rise(board, meeting)
        without = sum(one_by_one(problem, board).values())
        assert foretold == without - with_it
        assert entry(board, meeting, slot) == with_it - without
        for most in range(-3, 4):
            within = (costing(board, meeting, slot >> 6, most) >> (slot & 63)) & 1 == 1
            assert within == (with_it - without <= most)
        keep(board, np.array([meeting]), np.where(np.arange(70) == meeting, slot, -1))


def test_every_round_leaves_words_loads_and_seats_that_fit_the_slots() -> None:
    problem = long_event(meetings=400)
    people, demand = np.flatnonzero(problem.counts_breaks), wanted(problem)
    board, forced = begin_walk(problem, demand, 1, chain=60), forced_breaks(problem, demand)
    for iteration in range(5):
        walk(iteration, people, forced, board, chain=60)
        slots = board.meeting[:, SLOT]
        assert check(problem, slots) == []
        again = on_board(problem, slots)
        for name in ("used", "busy", "load", "resource"):
            assert np.array_equal(getattr(board, name), getattr(again, name)), name
        for resource, first in enumerate(board.resource[:, BASE].tolist()):
            for slot in range(problem.slots):
                sitting = board.seats[first + slot * board.resource[resource, CAPACITY] :][: board.load[resource, slot]]
                assert (slots[sitting] == slot).all()


@settings(max_examples=60)
@given(
    st.lists(st.booleans(), min_size=1, max_size=7), st.lists(st.booleans(), min_size=0, max_size=5), st.integers(0, 4)
)
def test_forced_breaks_are_the_fewest_of_every_choice_of_slots(one: list[bool], two: list[bool], limit: int) -> None:
    slots = len(one) + len(two)
    problem = Problem(
        participants=2,
        slots=slots,
        slot_day=[0] * len(one) + [1] * len(two),
        meetings=[(0, 1)] * slots,
        availability=[one + two, [True] * slots],
        daily_limit=[limit, slots],
        counts_breaks=[True, False],
    )
    forced = forced_breaks(problem, wanted(problem))[0].tolist()
    there = np.flatnonzero(one + two).tolist()
    for meetings in range(len(there) + 1):
        fewest = [
            count_breaks(problem, list(chosen))[0]
            for chosen in combinations(there, meetings)
            if all(np.count_nonzero(problem.slot_day[list(chosen)] == day) <= limit for day in (0, 1))
        ]
        assert forced[meetings] == min(fewest, default=slots)


# Ana (0) meets Ben (1), Chen (2) and Dora (3); Dora is there in the first and the third slot only.
ANA = Problem(
    participants=4,
    slots=5,
    meetings=[(0, 1), (0, 2), (0, 3)],
    availability=[[1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 0, 1, 0, 0]],
    counts_breaks=[1, 0, 0, 0],
)


def test_a_chain_closes_a_break_and_leaves_all_as_it_was_where_it_cannot() -> None:
    board = on_board(ANA, np.array([1, 4, 2]))
    assert chain(board, 1, -1, 1)
    assert board.meeting[:, SLOT].tolist() in ([1, 0, 2], [1, 3, 2])
    tight = on_board(ANA, np.array([1, 3, 2]))
    assert not chain(tight, 0, -1, 3)
    assert tight.meeting[:, SLOT].tolist() == [1, 3, 2]


def test_whoever_sits_in_the_way_moves_on_at_no_break() -> None:
    crowded = replace(ANA, availability=[[1, 1, 1, 0, 0], [1, 1, 1, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0]])
    board = on_board(crowded, np.array([0, 1, -1]))
    place_at_no_cost(board, np.array([2]))
    assert board.meeting[2, SLOT] == 0
    assert sorted(board.meeting[:, SLOT].tolist()) == [0, 1, 2]
    assert all_breaks(board) == 0


def test_a_meeting_gives_way_to_one_as_strong_that_makes_no_break_but_never_to_a_weaker_one() -> None:
    # Ana and Chen both want Ben's only slot; Ana has another meeting right before it, Chen one long after.
    stand = Problem(
        participants=4,
        slots=4,
        meetings=[(0, 1), (2, 1), (0, 3), (2, 3)],
        allowed_slots=[[0, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]],
        counts_breaks=[1, 0, 1, 0],
    )
    board = on_board(stand, np.array([-1, 1, 0, 3]))
    place_at_no_cost(board, np.array([0]))
    assert board.meeting[:, SLOT].tolist() == [1, -1, 0, 3]
    strong = on_board(replace(stand, must=[0, 1, 0, 0]), np.array([-1, 1, 0, 3]))
    place_at_no_cost(strong, np.array([0]))
    assert strong.meeting[:, SLOT].tolist() == [-1, 1, 0, 3]


def test_the_large_method_ends_with_as_few_breaks_as_the_proved_best() -> None:
    buyers = 12
    random = np.random.default_rng(2)
    problem = Problem(
        participants=buyers + 6,
        slots=12,
        meetings=[(b, buyers + s) for b in range(buyers) for s in random.choice(6, 3, replace=False)],
        availability=np.vstack([random.random((buyers, 12)) < 0.8, np.ones((6, 12), bool)]),
        counts_breaks=np.arange(buyers + 6) < buyers,
    )
    proved = solve(problem)
    walked = solve(problem, params=Params(method="large", rounds=30))
    assert proved.proved
    assert walked.objective == proved.objective

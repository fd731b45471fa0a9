"""Events of two sides over a morning and an afternoon, too hard for a proof in little time: an answer all the same."""

from __future__ import annotations

import numpy as np

from emporion.kernels.scheduling import Params, Problem, check, solve
from emporion.kernels.scheduling.exact import Rounds
from emporion.kernels.scheduling.fairness import breaks_each
from emporion.kernels.scheduling.large import fewer_breaks
from emporion.kernels.scheduling.model import Model
from emporion.kernels.stop import MaxIterations

MORNING, SLOTS = 12, 22
LITTLE = 0.5


def two_sides(seed: int = 1, each: int = 20, meetings: int = 80, tables: int = 5) -> Problem:
    """A day like those of the published events: pairs drawn evenly without repeats, a third of them in each session."""
    random = np.random.default_rng(seed)
    pairs = np.argwhere(np.ones((each, each)))[random.permutation(each * each)[:meetings]]
    session, times = random.integers(0, 3, meetings)[:, None], np.arange(SLOTS)
    return Problem(
        participants=2 * each,
        slots=SLOTS,
        meetings=pairs + np.array([0, each]),
        availability=random.random((2 * each, SLOTS)) > 0.02,
        allowed_slots=~((session == 1) & (times >= MORNING)) & ~((session == 2) & (times < MORNING)),
        tables=tables,
        fairness=2,
        every_meeting=True,
    )


def test_every_meeting_is_held_where_the_time_is_too_short_for_a_proof() -> None:
    problem = two_sides()
    result = solve(problem, params=Params(effort=LITTLE))
    assert (result.feasible, result.proved, result.placed) == (True, False, 80)
    assert result.stopped == "0.5 deterministic seconds used"
    assert check(problem, result) == []


def test_the_answer_comes_with_the_opening_where_cores_alone_have_none() -> None:
    problem = two_sides()
    model = Model(problem)
    model.aim_at_breaks()
    rounds = Rounds(model, MaxIterations(1), seed=0, effort=LITTLE)
    known = rounds.opening()
    assert (known.slots >= 0).all()
    assert check(problem, known.slots) == []
    assert rounds._aimed(0, 0, rounds.stop).slots is None


def test_the_same_seed_gives_the_same_answer_without_a_proof() -> None:
    problem = two_sides()
    params = Params(effort=LITTLE)
    once, again = solve(problem, seed=3, params=params), solve(problem, seed=3, params=params)
    assert once.slots.tolist() == again.slots.tolist()


def test_annealing_closes_breaks_and_leaves_nobody_out() -> None:
    problem = two_sides()
    model = Model(problem)
    model.aim_at_breaks()
    slots = Rounds(model, MaxIterations(1), seed=0, effort=LITTLE).opening().slots
    fewer = fewer_breaks(problem, slots, 100, 0, MaxIterations(1))
    assert check(problem, fewer) == []
    assert breaks_each(problem, fewer).sum() < breaks_each(problem, slots).sum() / 2

"""Single breaks tried one by one: the timetable without a break, or with one, or word that there is neither."""

from __future__ import annotations

import pytest

from emporion.kernels.scheduling import Problem, check
from emporion.kernels.scheduling.exact import Known, Rounds
from emporion.kernels.scheduling.model import Model
from emporion.kernels.stop import MaxIterations


def star(*slots: int) -> Problem:
    """One person who meets others, each of whom is there in one slot only."""
    availability = [[True] * 5, *([t == slot for t in range(5)] for slot in slots)]
    return Problem(
        participants=len(availability),
        slots=5,
        meetings=[(0, one) for one in range(1, len(availability))],
        availability=availability,
        every_meeting=True,
    )


def rounds(problem: Problem) -> Rounds:
    model = Model(problem)
    model.aim_at_breaks()
    return Rounds(model, MaxIterations(5), seed=0, effort=4.0)


def test_a_timetable_without_a_break_is_found_at_once() -> None:
    known = rounds(star(1, 2, 3)).opening()
    assert (known.slots.tolist(), known.settled) == ([1, 2, 3], True)


def test_the_opening_finds_some_timetable_where_none_is_without_a_break() -> None:
    known = rounds(star(0, 2, 4)).opening()
    assert (known.slots.tolist(), known.bound, known.settled) == ([0, 2, 4], 1, False)


def test_the_opening_says_that_there_is_no_timetable() -> None:
    known = rounds(star(1, 1)).opening()
    assert (known.slots, known.settled) == (None, True)


@pytest.mark.parametrize("slots", [(0, 2, 3), (0, 1, 4)])
def test_one_break_is_found_and_proved(slots: tuple[int, ...]) -> None:
    problem = star(*slots)
    known = rounds(problem).single_break(Known(bound=1))
    assert (known.slots.tolist(), known.settled) == (list(slots), True)
    assert check(problem, known.slots) == []


def test_two_breaks_are_more_than_one() -> None:
    known = rounds(star(0, 2, 4)).single_break(Known(bound=1))
    assert (known.slots, known.bound, known.settled) == (None, 2, False)

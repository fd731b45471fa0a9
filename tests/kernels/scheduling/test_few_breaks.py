"""Single breaks tried one by one: the timetable without a break, or with one, or word that there is neither."""

from __future__ import annotations

import pytest

from emporion.kernels.scheduling import Problem, check
from emporion.kernels.scheduling.exact import Model, Proof
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


def tried(problem: Problem) -> Proof | None:
    model = Model(problem)
    model.aim_at_breaks()
    return model._with_one_break(MaxIterations(5), 0)


@pytest.mark.parametrize("slots", [(1, 2, 3), (0, 2, 3), (0, 1, 4)])
def test_none_or_one_break_is_found_and_proved(slots: tuple[int, ...]) -> None:
    problem = star(*slots)
    proof = tried(problem)
    assert proof is not None
    assert (proof.slots.tolist(), proof.proved) == (list(slots), True)
    assert check(problem, proof.slots) == []


def test_two_breaks_are_more_than_one() -> None:
    assert tried(star(0, 2, 4)) is None

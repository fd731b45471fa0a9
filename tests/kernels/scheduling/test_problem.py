"""What is not a problem is refused, naming the field."""

from __future__ import annotations

import pytest

from emporion.kernels.scheduling import Problem, two_sided


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"participants": -1}, "participants: must be 0 or more"),
        ({"slots": 0}, "slots: must be 1 or more"),
        ({"slots": 2.5}, "slots: a whole number expected, got 2.5"),
        ({"participants": True}, "participants: a whole number expected, got True"),
        ({"tables": "3"}, "tables: a whole number expected, got '3'"),
        ({"tables": 0}, "tables: must be 1 or more"),
        ({"fairness": -1}, "fairness: must be 0 or more"),
        ({"meetings": [(0, 1, 2)]}, "meetings: shape"),
        ({"meetings": [(0, 3)]}, "meetings: entry \\(0, 1\\) is 3, must be from 0 to 2"),
        ({"meetings": [(1, 1)]}, "meetings: meeting 0 joins participant 1 to itself"),
        ({"meetings": [(0, 1.5)]}, "meetings: whole numbers expected"),
        ({"must": [True]}, "must: shape must be \\(2,\\), got \\(1,\\)"),
        ({"must": [2, 0]}, "must: yes or no expected"),
        ({"strength": [1, -1]}, "strength: entry"),
        ({"strength": [1, float("nan")]}, "strength: whole numbers expected"),
        ({"slot_day": [1, 1, 1]}, "slot_day: days must begin at 0"),
        ({"slot_day": [0, 2, 2]}, "slot_day: days must begin at 0"),
        ({"slot_day": [0, 1, 0]}, "slot_day: days must begin at 0"),
        ({"follows": [True, True, True]}, "follows: the first slot of a day"),
        ({"availability": [[1, 1, 1]]}, "availability: shape"),
        ({"capacity": [1, 0, 1]}, "capacity: entry"),
        ({"daily_limit": [1, -1, 1]}, "daily_limit: entry"),
        ({"hall": [0, 2], "too_far": [[0, 1], [1, 0]]}, "hall: entry"),
        ({"hall": [0, 1], "capacity": [2, 1, 1]}, "hall: participant 0 holds meetings in parallel"),
        ({"too_far": [[0, 1]]}, "too_far: must be square"),
        ({"too_far": [[0, 1], [0, 0]]}, "too_far: must be symmetric"),
        ({"too_far": [[1]]}, "too_far: must be symmetric"),
        ({"pinned": [(2, 0)]}, "pinned \\(meeting\\): entry"),
        ({"pinned": [(0, 3)]}, "pinned \\(slot\\): entry"),
        ({"pinned": [(0, 1), (0, 2)]}, "pinned: a meeting is pinned twice"),
        ({"precedences": [(0, 2)]}, "precedences: entry"),
        ({"precedences": [(1, 1)]}, "precedences: a meeting cannot be held before itself"),
        ({"precedences": [(0, 1), (1, 0)]}, r"precedences: meetings \[0, 1\] each have to be held before the others"),
        ({"allowed_slots": [[1, 1], [1, 1]]}, "allowed_slots: shape"),
        ({"counts_breaks": [1, 1]}, "counts_breaks: shape"),
    ],
)
def test_a_field_that_does_not_fit_is_named(fields: dict[str, object], sentence: str) -> None:
    whole: dict[str, object] = {"participants": 3, "slots": 3, "meetings": [(0, 1), (0, 2)]}
    with pytest.raises(ValueError, match=f"^{sentence}"):
        Problem(**(whole | fields))  # type: ignore[arg-type]


def test_what_is_left_out_is_filled_in_and_cannot_be_written_to() -> None:
    problem = Problem(participants=2, slots=3, slot_day=[0, 0, 1], meetings=[(0, 1)])
    assert problem.follows.tolist() == [False, True, False]
    assert problem.strength.tolist() == [1]
    assert problem.possible.tolist() == [[True, True, True]]
    assert problem.days == 2
    with pytest.raises(ValueError, match="read-only"):
        problem.must[0] = True


def test_buyers_come_first_then_stands_and_only_buyers_breaks_count() -> None:
    problem = two_sided(
        meetings=[(0, 1), (1, 0)],
        slots=2,
        buyer_availability=[[1, 0], [1, 1]],
        exhibitor_availability=[[1, 1], [0, 1]],
        exhibitor_parallel=[1, 2],
        exhibitor_hall=[0, 1],
        daily_limit=[1, 2],
        too_far=[[0, 1], [1, 0]],
    )
    assert problem.meetings.tolist() == [[0, 3], [1, 2]]
    assert problem.hall.tolist() == [1, 0]
    assert problem.capacity.tolist() == [1, 1, 1, 2]
    assert problem.counts_breaks.tolist() == [True, True, False, False]
    assert problem.possible.tolist() == [[False, False], [True, True]]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"buyer_availability": [[1]]}, "buyer_availability: shape"),
        ({"exhibitor_availability": [1, 1]}, "exhibitor_availability: shape"),
        ({"meetings": [(1, 0)]}, "meetings \\(buyer\\): entry"),
        ({"meetings": [(0, 1)]}, "meetings \\(exhibitor\\): entry"),
        ({"exhibitor_parallel": [1, 1]}, "exhibitor_parallel: shape"),
        ({"exhibitor_hall": [[0]]}, "exhibitor_hall: shape"),
        ({"daily_limit": [1, 1]}, "daily_limit: shape"),
    ],
)
def test_buyers_and_stands_that_do_not_fit_are_named(fields: dict[str, object], sentence: str) -> None:
    whole: dict[str, object] = {
        "meetings": [(0, 0)],
        "slots": 2,
        "buyer_availability": [[1, 1]],
        "exhibitor_availability": [[1, 1]],
    }
    with pytest.raises(ValueError, match=f"^{sentence}"):
        two_sided(**(whole | fields))  # type: ignore[arg-type]

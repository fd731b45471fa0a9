"""Every meeting left out says why, by a code and what stands in the way."""

from __future__ import annotations

import pytest

from emporion.kernels.scheduling import Problem, Reason, reasons

# Four participants: Ana, Ben, Chen and Dora. Ana wants Ben; Chen's and Dora's meetings with either stand in the way.
MEETINGS = [(0, 1), (0, 2), (1, 3), (2, 3)]


def why(slots: list[int], **rules: object) -> Reason:
    problem = Problem(participants=4, slots=2, meetings=MEETINGS, **rules)  # type: ignore[arg-type]
    return next(reason for reason in reasons(problem, slots) if reason.meeting == 0)


@pytest.mark.parametrize(
    ("slots", "rules", "code"),
    [
        (
            [-1, -1, -1, -1],
            {"availability": [[1, 0], [0, 1], [1, 1], [1, 1]]},
            "no_common_slot",
        ),
        (
            [-1, -1, -1, -1],
            {"availability": [[0, 0], [0, 1], [1, 1], [1, 1]]},
            "absent_a",
        ),
        (
            [-1, -1, -1, -1],
            {"availability": [[1, 0], [0, 0], [1, 1], [1, 1]]},
            "absent_b",
        ),
        (
            [-1, 0, -1, -1],
            {"availability": [[1, 0], [1, 1], [1, 1], [1, 1]]},
            "full_a",
        ),
        (
            [-1, -1, 1, -1],
            {"availability": [[1, 1], [0, 1], [1, 1], [1, 1]]},
            "full_b",
        ),
        (
            [-1, 0, 1, -1],
            {},
            "no_free_slot",
        ),
        (
            [-1, 0, 1, -1],
            {"strength": [1, 2, 3, 1]},
            "displaced",
        ),
        (
            [-1, 0, -1, -1],
            {"daily_limit": [1, 9, 9, 9]},
            "daily_limit_a",
        ),
        (
            [-1, -1, -1, 1],
            {"tables": 1, "allowed_slots": [[0, 1], [1, 1], [1, 1], [1, 1]]},
            "no_table",
        ),
        (
            [-1, 0, -1, -1],
            {"hall": [0, 1, 0, 0], "too_far": [[0, 1], [1, 0]], "availability": [[1, 1], [0, 1], [1, 1], [1, 1]]},
            "too_far",
        ),
        (
            [-1, -1, -1, 0],
            {"precedences": [(0, 3)]},
            "order",
        ),
        (
            [-1, -1, -1, -1],
            {"fairness": 0},
            "fairness",
        ),
        (
            [-1, -1, -1, -1],
            {},
            "free",
        ),
    ],
)
def test_the_reason_is_the_one_that_holds(slots: list[int], rules: dict[str, object], code: str) -> None:
    assert why(slots, **rules).code == code


def test_a_reason_names_the_meetings_in_the_way_and_counts_the_slots() -> None:
    reason = why([-1, 0, 1, -1])
    assert reason.participants == (0, 1)
    assert reason.slots == 2
    assert reason.obstacles == (("busy_a", 1), ("busy_b", 1))
    assert reason.blockers == (1, 2)

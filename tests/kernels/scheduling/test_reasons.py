"""Every meeting left out says why, in a sentence somebody can act on."""

from __future__ import annotations

import pytest

from emporion.kernels.scheduling import Problem, Reason, reasons

NAMES = ("Ana", "Ben", "Chen", "Dora").__getitem__
# Ana wants Ben; Chen's and Dora's meetings with either stand in the way.
MEETINGS = [(0, 1), (0, 2), (1, 3), (2, 3)]


def why(slots: list[int], **rules: object) -> Reason:
    problem = Problem(participants=4, slots=2, meetings=MEETINGS, **rules)  # type: ignore[arg-type]
    return next(reason for reason in reasons(problem, slots) if reason.meeting == 0)


@pytest.mark.parametrize(
    ("slots", "rules", "code", "sentence"),
    [
        (
            [-1, -1, -1, -1],
            {"availability": [[1, 0], [0, 1], [1, 1], [1, 1]]},
            "no_common_slot",
            "Ana and Ben are never both available in a slot this meeting may take: ask one of them for more time.",
        ),
        (
            [-1, -1, -1, -1],
            {"availability": [[0, 0], [0, 1], [1, 1], [1, 1]]},
            "absent_a",
            "Ana is available in none of the slots and cannot meet Ben: it takes more time of Ana, or other slots.",
        ),
        (
            [-1, -1, -1, -1],
            {"availability": [[1, 0], [0, 0], [1, 1], [1, 1]]},
            "absent_b",
            "Ben is available in none of the slots and cannot meet Ana: it takes more time of Ben, or other slots.",
        ),
        (
            [-1, 0, -1, -1],
            {"availability": [[1, 0], [1, 1], [1, 1], [1, 1]]},
            "full_a",
            "Ana is full in all 1 slots in which Ben is available: a second host or more time would make room.",
        ),
        (
            [-1, -1, 1, -1],
            {"availability": [[1, 1], [0, 1], [1, 1], [1, 1]]},
            "full_b",
            "Ben is full in all 1 slots in which Ana is available: a second host or more time would make room.",
        ),
        (
            [-1, 0, 1, -1],
            {},
            "no_free_slot",
            "Of the 2 slots Ana and Ben share, Ana is in another meeting in 1 and Ben is in another meeting in 1: "
            "more time of either would help.",
        ),
        (
            [-1, 0, 1, -1],
            {"strength": [1, 2, 3, 1]},
            "displaced",
            "Every slot Ana and Ben share is taken by a stronger wish (2 of them): mark this meeting as a must, "
            "or open more time.",
        ),
        (
            [-1, 0, -1, -1],
            {"daily_limit": [1, 9, 9, 9]},
            "daily_limit_a",
            "Ana has reached the daily limit on every day the two could meet: raise it, or drop a meeting.",
        ),
        (
            [-1, -1, -1, 1],
            {"tables": 1, "allowed_slots": [[0, 1], [1, 1], [1, 1], [1, 1]]},
            "no_table",
            "No table is free in any of the 1 slots Ana and Ben share: add tables or slots.",
        ),
        (
            [-1, 0, -1, -1],
            {"hall": [0, 1, 0, 0], "too_far": [[0, 1], [1, 0]], "availability": [[1, 1], [0, 1], [1, 1], [1, 1]]},
            "too_far",
            "In every free slot Ana and Ben share, the walk from or to the neighbouring meeting is too far: "
            "move that meeting.",
        ),
        (
            [-1, -1, -1, 0],
            {"precedences": [(0, 3)]},
            "order",
            "No free slot of Ana and Ben keeps the order asked for among their meetings: relax the order.",
        ),
        (
            [-1, -1, -1, -1],
            {"fairness": 0},
            "fairness",
            "A slot is free for Ana and Ben, but it would give one of them more breaks than is fair.",
        ),
        (
            [-1, -1, -1, -1],
            {},
            "free",
            "A slot is free for Ana and Ben: the search was ended before it was tried again. Let it run longer.",
        ),
    ],
)
def test_the_reason_is_the_one_that_holds(slots: list[int], rules: dict[str, object], code: str, sentence: str) -> None:
    reason = why(slots, **rules)
    assert reason.code == code
    assert reason.sentence(NAMES) == sentence


def test_a_reason_names_the_meetings_in_the_way_and_counts_the_slots() -> None:
    reason = why([-1, 0, 1, -1])
    assert reason.participants == (0, 1)
    assert reason.slots == 2
    assert reason.obstacles == (("busy_a", 1), ("busy_b", 1))
    assert reason.blockers == (1, 2)


def test_without_names_participants_are_numbered() -> None:
    assert why([-1, 0, 1, -1]).sentence().startswith("Of the 2 slots Participant 0 and Participant 1 share")


def test_a_name_stays_as_it_is_written_where_the_sentence_begins_with_it() -> None:
    reason = why([-1, -1, -1, -1], availability=[[1, 0], [0, 1], [1, 1], [1, 1]])
    assert reason.sentence(("iRobot", "eBay").__getitem__).startswith("iRobot and eBay are never both available")

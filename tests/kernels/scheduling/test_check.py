"""The checker against timetables broken on purpose: one wrong, one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emporion.kernels.scheduling import Objective, Problem, check, solve

# Ana (0), Ben (1) and Chen (2) meet each other on two days of three slots.
FAIR = Problem(
    participants=3,
    slots=6,
    slot_day=[0, 0, 0, 1, 1, 1],
    meetings=[(0, 1), (0, 2), (1, 2)],
)


def broken(problem: Problem, slots: list[int]) -> list[tuple[str, tuple[int, ...], tuple[int, ...], int | None]]:
    return [(v.code, v.meetings, v.participants, v.slot) for v in check(problem, slots)]


def test_a_timetable_that_keeps_every_rule_has_no_violation() -> None:
    assert check(FAIR, [0, 1, 2]) == []
    assert check(FAIR, [-1, -1, -1]) == []


@pytest.mark.parametrize(
    ("rule", "slots", "seen"),
    [
        ({}, [0, 0, 2], ("capacity", (0, 1), (0,), 0)),
        ({"availability": [[1] * 6, [1, 0, 1, 1, 1, 1], [1] * 6]}, [1, 0, 2], ("availability", (0,), (1,), 1)),
        ({"allowed_slots": [[1] * 6, [0, 0, 0, 1, 1, 1], [1] * 6]}, [1, 0, 2], ("allowed", (1,), (), 0)),
        ({"capacity": [2, 1, 2], "tables": 1}, [0, 0, 2], ("tables", (), (), 0)),
        ({"daily_limit": [1, 9, 9]}, [0, 1, 2], ("daily_limit", (0, 1), (0,), None)),
        ({"pinned": [(2, 4)]}, [0, 1, 5], ("pinned", (2,), (), 4)),
        ({"pinned": [(2, 4)]}, [0, 1, -1], ("pinned", (2,), (), 4)),
        ({"precedences": [(1, 0)]}, [0, 1, 2], ("precedences", (1, 0), (), 1)),
        ({"hall": [0, 1, -1], "too_far": [[0, 1], [1, 0]]}, [0, 1, 2], ("too_far", (0, 1), (0,), 1)),
        ({"every_meeting": True}, [0, 1, -1], ("every_meeting", (2,), (), None)),
        ({"fairness": 0}, [0, 2, 3], ("fairness", (), (0,), None)),
    ],
)
def test_one_broken_rule_is_one_violation(rule: dict[str, object], slots: list[int], seen: tuple[object, ...]) -> None:
    assert broken(replace(FAIR, **rule), slots) == [seen]  # type: ignore[arg-type]


def test_walking_has_time_over_lunch_over_night_and_over_a_slot() -> None:
    halls = replace(FAIR, hall=[0, 1, -1], too_far=[[0, 1], [1, 0]])
    assert broken(halls, [0, 2, -1]) == []
    assert broken(halls, [2, 3, -1]) == []
    lunch = replace(halls, follows=[0, 0, 1, 0, 1, 1])
    assert broken(lunch, [0, 1, -1]) == []
    assert broken(lunch, [2, 1, -1]) == [("too_far", (1, 0), (0,), 2)]


def test_a_wrong_number_of_slots_and_slots_that_do_not_exist_are_reported_first() -> None:
    assert [v.sentence for v in check(FAIR, [0, 1])] == ["The timetable has 2 slots for 3 meetings."]
    assert broken(FAIR, [0, 6, -2]) == [("slot", (1,), (), 6), ("slot", (2,), (), -2)]
    assert [v.sentence for v in check(FAIR, [0, 1.5, 2])] == ["Meeting 1 has no slot 1.5."]


def test_sentences_name_who_when_and_how_many() -> None:
    assert check(FAIR, [0, 0, 2])[0].sentence == "Participant 0 has meetings [0, 1] in slot 0, 1 at most."
    tables = replace(FAIR, capacity=[2, 1, 2], tables=1)
    assert check(tables, [0, 0, 2])[0].sentence == "Slot 0 has 2 meetings and 1 tables."


def test_a_result_that_overstates_itself_or_keeps_a_reason_back_is_caught() -> None:
    crowded = replace(FAIR, slots=1, slot_day=[0], follows=[0], availability=[[1]] * 3, allowed_slots=[[1]] * 3)
    result = solve(crowded)
    assert check(crowded, result) == []
    boast = replace(result, objective=Objective(musts=0, placed=3, strength=3, breaks=0))
    assert [v.code for v in check(crowded, boast)] == ["objective"]
    silent = replace(result, reasons=result.reasons[:1])
    assert [v.code for v in check(crowded, silent)] == ["reasons"]
    twice = replace(result, reasons=(*result.reasons, result.reasons[0]))
    assert [v.code for v in check(crowded, twice)] == ["reasons"]

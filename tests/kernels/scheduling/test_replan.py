"""A published timetable during the show: little moves, and every change is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.scheduling import Change, Params, Problem, check, replan, solve
from tests.kernels.scheduling.oracle import tiny_problems
from tests.kernels.scheduling.test_solve import event

# Buyers Ana (0) and Ben (1) see stands 2 and 3 in three slots.
SHOW = Problem(participants=4, slots=3, meetings=[(0, 2), (0, 3), (1, 2), (1, 3)])
PUBLISHED = [0, 1, 1, 0]


def test_where_nothing_changed_nothing_moves() -> None:
    plan = replan(SHOW, PUBLISHED)
    assert plan.changes == ()
    assert plan.result.slots.tolist() == PUBLISHED
    assert plan.result.method == "replan"


def test_a_cancelled_meeting_is_named_and_no_other_moves() -> None:
    plan = replan(SHOW, PUBLISHED, cancelled=[1])
    assert plan.changes == (Change(1, "cancelled", 1, -1, (0, 3), forced=True),)
    assert plan.result.slots.tolist() == [0, -1, 1, 0]


def test_a_late_arrival_moves_only_the_meeting_that_was_missed() -> None:
    late = replace(SHOW, availability=[[0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]])
    plan = replan(late, PUBLISHED)
    assert plan.changes == (Change(0, "moved", 0, 2, (0, 2), forced=True),)


def test_room_is_made_by_moving_the_one_in_the_way_who_was_not_forced() -> None:
    late = replace(
        SHOW, availability=[[0, 1, 0], [1, 1, 1], [1, 1, 1], [1, 1, 1]], meetings=[(0, 2), (1, 3), (1, 2), (1, 3)]
    )
    plan = replan(late, [0, 1, -1, 0])
    assert [(c.meeting, c.kind, c.after, c.forced) for c in plan.changes] == [
        (0, "moved", 1, True),
        (2, "placed", 2, False),
    ]


def test_two_who_stand_in_the_way_both_move_on() -> None:
    late = replace(SHOW, availability=[[0, 1, 1], [1, 1, 1], [1, 1, 0], [1, 1, 1]])
    plan = replan(late, PUBLISHED)
    assert plan.result.slots.tolist() == [1, 2, 0, 1]
    assert [(c.meeting, c.forced) for c in plan.changes] == [(0, True), (1, False), (2, False), (3, False)]


def test_a_stand_that_closes_loses_its_meetings_and_tells_both_sides() -> None:
    closed = replace(SHOW, availability=[[1, 1, 1], [1, 1, 1], [0, 0, 0], [1, 1, 1]])
    plan = replan(closed, PUBLISHED)
    assert [(c.meeting, c.kind, c.notify) for c in plan.changes] == [(0, "lost", (0, 2)), (2, "lost", (1, 2))]
    assert {reason.code for reason in plan.result.reasons} == {"absent_b"}


def test_a_hall_that_closes_after_the_first_slot_loses_what_came_later_and_nothing_else_moves() -> None:
    # Stand 3 is in the hall that closes; its first slot is Ben's and stays so, and Ana is elsewhere then.
    in_hall = np.array([False, True, False, True])
    closed = replace(SHOW, allowed_slots=~in_hall[:, None] | (np.arange(3) == 0))
    plan = replan(closed, PUBLISHED)
    assert plan.changes == (Change(1, "lost", 1, -1, (0, 3), forced=True),)
    assert [(reason.meeting, reason.code) for reason in plan.result.reasons] == [(1, "full_a")]


def test_a_new_must_takes_the_place_of_a_meeting_that_is_none() -> None:
    one_slot = Problem(participants=3, slots=1, meetings=[(0, 1), (0, 2)], must=[False, True])
    plan = replan(one_slot, [0, -1])
    assert [(c.meeting, c.kind, c.forced) for c in plan.changes] == [(0, "lost", False), (1, "placed", False)]


def test_a_new_wish_that_is_no_must_moves_nobody() -> None:
    full = Problem(participants=3, slots=2, meetings=[(0, 1), (0, 2), (1, 2)], availability=[[1, 1], [1, 1], [1, 0]])
    plan = replan(full, [0, -1, -1])
    assert plan.changes == ()


@settings(max_examples=40)
@given(tiny_problems(free=True), st.data())
def test_whatever_was_published_the_new_timetable_keeps_every_rule(problem: Problem, data: st.DataObject) -> None:
    slot = st.integers(-1, problem.slots - 1)
    published = data.draw(st.lists(slot, min_size=len(problem.meetings), max_size=len(problem.meetings)))
    plan = replan(problem, published)
    assert check(problem, plan.result) == []
    changed = {m for m, (was, now) in enumerate(zip(published, plan.result.slots, strict=True)) if was != now}
    assert {change.meeting for change in plan.changes} == changed
    if check(problem, published) == []:
        assert all(not change.forced for change in plan.changes)


def test_one_cancellation_in_a_hundred_moves_nobody_and_gives_the_slots_to_those_waiting() -> None:
    problem = event()
    published = solve(problem, params=Params(method="large", rounds=4)).slots
    held = np.flatnonzero(published >= 0)
    plan = replan(problem, published, cancelled=held[::40].tolist())
    assert {change.kind for change in plan.changes} <= {"cancelled", "placed"}
    assert sum(change.kind == "cancelled" for change in plan.changes) == len(held[::40])


@pytest.mark.parametrize(
    ("published", "cancelled", "sentence"),
    [
        ([0, 1], [], "published: one slot from -1 to 2 for each of 4 meetings"),
        ([0, 1, 3, 0], [], "published: one slot from -1 to 2"),
        ([0, 1, 1.5, 0], [], "published: one slot from -1 to 2"),
        (["a", "b", "c", "d"], [], "published: one slot from -1 to 2"),
        ([0, 1, 1, 0], [4], "cancelled: meetings are from 0 to 3, got \\[4\\]"),
        ([0, 1, 1, 0], [-1], "cancelled: meetings are from 0 to 3"),
    ],
)
def test_slots_and_meetings_that_do_not_exist_are_refused(
    published: list[int], cancelled: list[int], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}"):
        replan(SHOW, published, cancelled=cancelled)

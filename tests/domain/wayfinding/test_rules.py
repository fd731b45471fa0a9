"""How a way is told, and where halls lie on the site."""

from __future__ import annotations

import pytest

from emporion.domain.wayfinding import rules
from emporion.domain.wayfinding.rules import LEFT, RIGHT

SIGNS = [("A012", (10.0, 1.0)), ("B003", (40.0, 40.0))]


def test_a_way_is_told_turn_by_turn_and_by_stands_that_are_near() -> None:
    points = [(0, 0), (10, 0), (10, 20), (30, 20)]
    assert [str(step) for step in rules.told(points, "4.1-A001", "4.1", SIGNS)] == [
        "From 4.1-A001, go 10 m to the east of the plan.",
        "Turn right at stand A012 and go 20 m.",
        "Turn left and go 20 m.",
    ]


def test_who_comes_from_another_hall_sets_out_in_this_one() -> None:
    [step] = rules.told([(0, 10), (0, 0)], "", "3", SIGNS)
    assert step == rules.SetOutInHall("3", 10, rules.COMPASS[0])


def test_slight_bends_and_single_steps_are_not_told() -> None:
    assert rules.straightened([(0, 0), (10, 0.5), (20, 0), (20.5, 0.5), (20, 30)]) == [(0, 0), (20, 0), (20, 30)]
    assert rules.told([(0, 0)], "A", "3", SIGNS) == []


@pytest.mark.parametrize(("goal", "side"), [((10, 10), RIGHT), ((10, -10), LEFT)], ids=["to the south", "to the north"])
def test_who_goes_east_has_the_south_on_the_right(goal: tuple[float, float], side: str) -> None:
    [_set_out, step] = rules.told([(0, 0), (10, 0), goal], "A", "3", [])
    assert step == rules.Turn(side, 10)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "direction"),
    [((0, -9), "the north"), ((9, -9), "the north-east"), ((0, 9), "the south"), ((-9, 0), "the west")],
)
def test_the_north_is_at_the_top_of_the_plan(goal: tuple[float, float], direction: str) -> None:
    assert rules.compass((0, 0), goal) == direction


def test_minutes_are_whole_and_rounded_up() -> None:
    assert [rules.whole_minutes(rules.minutes_for(metres)) for metres in (0, 5, 70, 71, 700)] == [1, 1, 1, 2, 10]


def test_a_hall_turned_by_a_right_angle_has_its_east_in_the_south() -> None:
    assert rules.on_site((10, 0), 100, 50, 90) == pytest.approx((100, 60))
    assert rules.on_site((10, 5), 100, 50, 0) == (110, 55)

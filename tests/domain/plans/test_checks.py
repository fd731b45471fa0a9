"""What is wrong with a plan, where, and whether it is refused: a hall of 30 by 24 m."""

from __future__ import annotations

import pytest

from emporion.domain.editions.rules.floors import (
    Element,
    Shape,
    line,
    polygon,
    rectangle,
)
from emporion.domain.plans.rules.checks import IGNORE, REFUSE, WARN, PlanRules, check
from emporion.domain.plans.rules.floor import Floor, FloorStand, area_of
from emporion.domain.plans.rules.modules import in_modules
from emporion.domain.plans.rules.stands import open_sides, zone_at

HALL = rectangle(0, 0, 30, 24)
DOOR = Element("door", "entrance", line([(0, 12), (0, 15)]))


def stand(number: str, *place: float, shape: Shape | None = None) -> FloorStand:
    return FloorStand(number, number, shape or rectangle(*place))


def found(*stands: FloorStand, elements: tuple[Element, ...] = (), rules: PlanRules | None = None, hall: Shape = HALL):
    floor = Floor(hall, stands, (DOOR, *elements))
    return [(one.reason.code, one.severity, one.at, one.keys) for one in check(floor, rules or PlanRules())]


def test_a_sound_plan_has_nothing_wrong() -> None:
    rows = [stand(f"{x}-{y}", x, y, 3, 3) for x in (6, 9, 12, 15) for y in (6, 9, 15, 18)]
    assert found(*rows) == []


def test_a_stand_that_crosses_itself_is_told_where_it_does() -> None:
    bow = stand("A", shape=polygon([(10, 10), (14, 14), (14, 10), (10, 14)]))
    assert found(bow)[0] == ("crosses_itself", REFUSE, (12.0, 12.0), ("A",))


def test_a_stand_partly_outside_is_told_by_how_much() -> None:
    [one] = check(Floor(HALL, (stand("A", 28, 18, 3, 3),), (DOOR,)), PlanRules())
    assert one.reason.sentence == "3 m² of stand A lie outside the hall; move it in, or make it smaller."
    assert 30 <= one.at[0] <= 31 and 18 <= one.at[1] <= 21


def test_the_court_of_a_hall_is_outside_it() -> None:
    court = polygon([(0, 0), (30, 0), (30, 24), (0, 24)], [(14, 6), (20, 6), (20, 12), (14, 12)])
    assert [one[0] for one in found(stand("A", 13, 7, 3, 3), hall=court)] == ["outside_hall"]


def test_stands_that_share_an_edge_do_not_overlap_and_those_a_step_over_do() -> None:
    assert found(stand("A", 6, 6, 3, 3), stand("B", 8.995, 6, 3, 3)) == []
    [one] = found(stand("A", 6, 6, 3, 3), stand("B", 8, 7, 3, 3))
    assert (one[0], one[1], one[3]) == ("overlap", REFUSE, ("A", "B"))
    assert one[2] == (8.5, 8.0)


def test_a_stand_on_a_column_on_a_wall_and_on_a_lounge_is_refused() -> None:
    elements = (
        Element("c", "column", rectangle(7, 7, 1, 1)),
        Element("w", "wall", line([(12, 7), (15, 7)])),
        Element("l", "lounge", rectangle(19, 6, 6, 6), name="Harbour"),
    )
    stands = (stand("A", 6, 6, 3, 3), stand("B", 12, 6, 3, 3), stand("C", 18, 6, 3, 3))
    assert sorted((one[0], one[3]) for one in found(*stands, elements=elements)) == [
        ("on_built", ("A", "c")), ("on_built", ("B", "w")), ("on_built", ("C", "l")),
    ]  # fmt: skip


@pytest.mark.parametrize(("depth", "blocked"), [(None, True), (2.0, False), (4.0, True)])
def test_the_floor_before_an_exit_stays_free_as_deep_as_it_says(depth: float | None, blocked: bool) -> None:
    way_out = Element("x", "exit", line([(10, 0), (13, 0)]), depth_m=depth)
    codes = [one[0] for one in found(stand("A", 9, 2.5, 6, 3), elements=(way_out,))]
    assert ("exit_blocked" in codes) is blocked


def test_a_stand_among_stands_is_cut_off() -> None:
    ring = [stand(f"{x}{y}", x, y, 3, 3) for x in (6, 9, 12) for y in (6, 9, 12)]
    assert found(*ring) == [("cut_off", REFUSE, (10.5, 10.5), ("99",))]


def test_stands_behind_a_wall_of_stands_are_cut_off_from_the_door() -> None:
    barrier = [stand(f"W{y}", 15, y, 3, 3) for y in range(0, 24, 3)]
    assert found(*barrier, stand("A", 24, 9, 3, 3)) == [("cut_off", REFUSE, (25.5, 10.5), ("A",))]


def test_a_gap_of_two_metres_is_warned_of_and_one_of_three_is_not() -> None:
    row = [stand(f"A{x}", x, 9, 3, 3) for x in (9, 12, 15)]
    assert found(*row, *[stand(f"B{x}", x, 15, 3, 3) for x in (9, 12, 15)]) == []
    [one] = check(Floor(HALL, (*row, *[stand(f"B{x}", x, 14, 3, 3) for x in (9, 12, 15)]), (DOOR,)), PlanRules())
    assert one.reason.sentence == "Here the way is 2 m wide; the edition asks for 3 m."
    assert one.severity == WARN
    assert 9 <= one.at[0] <= 18 and 12 <= one.at[1] <= 14


def test_an_aisle_that_is_drawn_too_narrow_and_a_stand_in_it_are_warned_of() -> None:
    aisle = Element("g", "aisle", line([(0, 20), (30, 20)]), width_m=2.5)
    assert [one[:2] + one[3:] for one in found(stand("A", 6, 18, 3, 3), elements=(aisle,))] == [
        ("on_aisle", WARN, ("A", "g")),
        ("narrow_aisle", WARN, ("g",)),
    ]


def test_the_edition_says_what_is_refused_and_what_is_not_looked_for() -> None:
    two = (stand("A", 6, 6, 3, 3), stand("B", 8, 7, 3, 3))
    assert found(*two, rules=PlanRules(severities={"overlap": WARN}))[0][1] == WARN
    assert found(*two, rules=PlanRules(severities={"overlap": IGNORE})) == []


def test_modules_that_are_not_whole_or_built_on_are_obstacles() -> None:
    corner_cut = polygon([(0, 0), (30, 0), (30, 12), (18, 12), (18, 24), (0, 24)])
    lounge = Element("l", "lounge", rectangle(1, 1, 3, 1))
    way_out = Element("x", "exit", line([(10, 0), (11, 0)]))
    found = in_modules(Floor(corner_cut, (), (lounge, way_out)))
    assert (found.width, found.depth) == (10, 8)
    assert found.obstacles == [[0, 0, 2, 1], [6, 4, 4, 4]]
    assert found.exits == [[3, 0]]


def test_a_hall_of_31_and_a_half_metres_has_ten_whole_modules() -> None:
    found = in_modules(Floor(rectangle(0, 0, 31.5, 8.9)))
    assert (found.width, found.depth, found.obstacles, found.exits) == (10, 2, [], [])


def test_open_sides_are_those_that_people_can_step_along() -> None:
    free = area_of(HALL).difference(area_of(rectangle(6, 6, 9, 3)))
    assert open_sides(rectangle(9, 6, 3, 3), free) == 2
    assert open_sides(rectangle(6, 6, 3, 3), free) == 3
    assert open_sides(rectangle(0, 0, 3, 3), free) == 2
    assert open_sides(polygon([(20, 6), (23, 6), (26, 6), (26, 9), (20, 9)]), free) == 4


def test_a_stand_lies_in_the_zone_that_holds_most_of_it() -> None:
    zones = [
        Element("1", "zone", rectangle(0, 0, 15, 24), area="food"),
        Element("2", "zone", rectangle(15, 0, 9, 24), area="tech"),
    ]
    assert zone_at(rectangle(13, 0, 3, 3), zones) == "food"
    assert zone_at(rectangle(16, 0, 3, 3), zones) == "tech"
    assert zone_at(rectangle(27, 0, 3, 3), zones) == ""

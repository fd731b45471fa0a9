"""The checker finds every way in which a good plan is broken on purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from emporion.kernels.allocation import (
    Area,
    Exit,
    Hall,
    HallPlan,
    Lane,
    Locked,
    Place,
    Placement,
    Problem,
    Result,
    Unplaced,
    check,
    solve,
)
from emporion.kernels.allocation.geometry import Rect, hall_rect, obstacle_rects
from emporion.kernels.allocation.tidiness import tidiness

from .world import QUICK, hall, raw, small_fair, standard

PROBLEM = small_fair()
GOOD = solve(PROBLEM, params=QUICK)


def rules(problem: Problem, result: Result) -> set[str]:
    return {violation.rule for violation in check(problem, result)}


def moved(name: str, **fields: Any) -> Result:
    return replace(GOOD, placements={**GOOD.placements, name: replace(GOOD.placements[name], **fields)})


def test_the_plan_that_is_broken_below_is_good() -> None:
    assert check(PROBLEM, GOOD) == []


@pytest.mark.parametrize(
    ("result", "rule"),
    [
        (moved("row", x=GOOD.placements["island"].x, y=GOOD.placements["island"].y), "overlap"),
        (moved("row", x=58.0), "inside"),
        (moved("row", x=-3.0), "inside"),
        (moved("row", x=GOOD.placements["row"].x + 0.1), "inside"),
        (moved("row", width=GOOD.placements["row"].width + 3), "area"),
        (moved("row", width=36.0, depth=1.0), "shape"),
        (moved("Benin", width=12.0, depth=1.5), "shape"),
        (moved("island", open_sides=("north",)), "open sides"),
        (moved("island", open_sides=("north",)), "depth"),
        (moved("row", open_sides=()), "reach"),
        (moved("row", key="island"), "placed twice"),
        (moved("row", hall="9.9"), "unknown hall"),
        (moved("row", in_zone=False), "zone"),
        (replace(GOOD, objective=1.0), "accounts"),
        (replace(GOOD, bound=1.0), "accounts"),
        (replace(GOOD, halls={}), "accounts"),
    ],
)
def test_a_broken_plan_is_found_out(result: Result, rule: str) -> None:
    assert rule in rules(PROBLEM, result)


def test_a_request_neither_placed_nor_answered_is_found_out() -> None:
    rest = {key: place for key, place in GOOD.placements.items() if key != "row"}
    assert "accounts" in rules(PROBLEM, replace(GOOD, placements=rest))


def test_a_stand_nobody_asked_for_is_found_out() -> None:
    ghost = replace(GOOD.placements["row"], key="ghost", x=0.0, y=0.0)
    assert "unknown request" in rules(PROBLEM, replace(GOOD, placements={**GOOD.placements, "ghost": ghost}))


def plan(problem: Problem, *places: Placement) -> Result:
    """A result written by hand, all else answered as full."""
    placements = {place.key: place for place in places}
    value = sum(request.area_m2 for request in problem.requests if request.key in placements)
    unplaced = {
        request.key: Unplaced("hall_full", request.area_m2, request.open_sides_min, request.zone, None)
        for request in problem.requests
        if request.key not in placements
    }
    halls = {one.code: claims(one, problem, placements) for one in problem.halls}
    return Result(placements, unplaced, halls, value, value, 0.0, 0, None, "by hand")


def claims(hall: Hall, problem: Problem, placements: dict[str, Placement]) -> HallPlan:
    """The hall's plan without drawn aisles, with the parts that the kernel counts."""
    stands = {
        key: Rect(*(round(4 * value) for value in (place.x, place.y, place.x + place.width, place.y + place.depth)))
        for key, place in placements.items()
        if place.hall == hall.code
    }
    requests = {request.key: request for request in problem.requests}
    order = tidiness(
        hall_rect(hall),
        obstacle_rects(hall),
        stands,
        {key: requests[key].zone for key in stands},
        {key: requests[key].pavilion or "" for key in stands},
    )
    return HallPlan(hall.code, (), 0, 0, 0, (), order.area_parts, order.pavilion_parts, order.astray)


def shell(key: str, x: float, y: float, *sides: str, code: str = "tiny", **fields: Any) -> Placement:
    return Placement(key, code, x, y, 3.0, 3.0, sides, **fields)


TINY = Hall("tiny", 4, 3, exits=(Exit("west", 1), Exit("east", 1)))


def test_a_stand_before_an_exit_or_across_the_only_aisle_is_found_out() -> None:
    problem = Problem((TINY,), (standard("a"),))
    assert rules(problem, plan(problem, shell("a", 0, 3, "east"))) == {"exit"}
    tight = Problem((replace(TINY, obstacles=((0, 0, 4, 1), (0, 2, 4, 1))),), (standard("a"),))  # type: ignore[arg-type]
    assert rules(tight, plan(tight, shell("a", 3, 3, "east"))) == {"exit"}


def test_an_aisle_narrower_than_three_metres_serves_nobody() -> None:
    problem = Problem((Hall("tiny", 4, 3),), (standard("a"), standard("b")))
    good = plan(problem, shell("a", 0, 0, "south"), shell("b", 0, 6, "north"))
    assert check(problem, good) == []
    narrow = plan(problem, shell("a", 0, 0, "south"), shell("b", 0, 5.75, "north"))
    assert rules(problem, narrow) == {"open side"}


def test_a_stand_on_a_pocket_of_floor_is_not_reached() -> None:
    walls = tuple(standard(f"wall {i}") for i in range(3))
    problem = Problem((Hall("tiny", 5, 3, exits=(Exit("west", 1),)),), (*walls, standard("a")))
    column = [shell(f"wall {i}", 6, 3 * i, "west") for i in range(3)]
    assert rules(problem, plan(problem, *column, shell("a", 12, 0, "south"))) == {"open side"}


def test_drawn_aisles_must_be_wide_and_free() -> None:
    wide = GOOD.halls["1.1"].aisles[0]
    for aisle in (wide._replace(depth=2.0), Area(0.0, 0.0, 60.0, 42.0), Area(-3.0, 0.0, 6.0, 6.0)):
        halls = {"1.1": replace(GOOD.halls["1.1"], aisles=(aisle,))}
        assert "aisle" in rules(PROBLEM, replace(GOOD, halls=halls))


def test_a_hall_that_does_not_serve_the_request_is_found_out() -> None:
    bare = Hall("tiny", 4, 3, zones=("food",), floor_load=10.0)
    asking = standard("a", zone="medical", needs=("water",), floor_load=20.0)
    problem = Problem((bare,), (asking,), overflow=False)
    place = shell("a", 0, 0, "south", in_zone=False)
    assert rules(problem, plan(problem, place)) == {"zone", "needs", "floor load"}


def test_a_parted_pavilion_and_rivals_side_by_side_are_found_out() -> None:
    halls = (Hall("one", 4, 3), Hall("two", 4, 3))
    problem = Problem(halls, (standard("a", pavilion="p"), standard("b", pavilion="p")))
    parted = plan(problem, shell("a", 0, 0, "south", code="one"), shell("b", 0, 0, "south", code="two"))
    assert rules(problem, parted) == {"pavilion"}
    rivals = Problem((Hall("tiny", 4, 3),), (standard("a", keep_apart=("b",)), standard("b")))
    beside = plan(rivals, shell("a", 0, 0, "south"), shell("b", 3, 0, "south"))
    assert rules(rivals, beside) == {"keep apart"}


def test_a_locked_stand_that_moved_or_lost_its_side_is_found_out() -> None:
    kept = Locked("a", 3.0, 0.0, 3.0, 3.0, ("east",))
    problem = Problem((Hall("tiny", 4, 3, locked=(kept,)),), (standard("a"), standard("b")))
    there = shell("a", 3, 0, "east", "south", locked=True)
    assert rules(problem, plan(problem, there)) == set()
    assert rules(problem, plan(problem, replace(there, x=0.0))) == {"locked"}
    blocked = plan(problem, replace(there, open_sides=("south",)), shell("b", 6, 0, "south"))
    assert rules(problem, blocked) == {"locked"}


def test_a_free_stand_that_waits_while_one_pays_for_such_a_place_is_found_out() -> None:
    problem = Problem((Hall("tiny", 4, 3),), (standard("Benin", free=True), standard("rich")))
    assert rules(problem, plan(problem, shell("rich", 0, 0, "south"))) == {"free first"}
    wide = Problem((Hall("tiny", 4, 3),), (standard("Benin", free=True), raw("rich", 36)))
    place = Placement("rich", "tiny", 0.0, 0.0, 12.0, 3.0, ("south",))
    assert "free first" in rules(wide, plan(wide, place))
    corner = Problem((hall("tiny", 4, 3),), (standard("Benin", 9, 3, free=True), standard("rich")))
    assert rules(corner, plan(corner, shell("rich", 0, 0, "south"))) == set()


def test_parts_that_are_not_there_are_found_out() -> None:
    problem = Problem((Hall("tiny", 5, 3),), (standard("a", zone="food"), standard("b", zone="food")))
    two = plan(problem, shell("a", 0, 0, "south"), shell("b", 12, 6, "north"))
    assert two.halls["tiny"].area_parts == {"food": 2}
    assert rules(problem, two) == set()
    for field, wrong in (("area_parts", {"food": 1}), ("pavilion_parts", {"crafts": 1})):
        halls = {"tiny": replace(two.halls["tiny"], **{field: wrong})}
        assert rules(problem, replace(two, halls=halls)) == {"accounts"}


def test_a_place_on_a_stand_or_across_its_open_side_is_found_out() -> None:
    problem = Problem((Hall("tiny", 4, 3),), (standard("a"),))
    good = plan(problem, shell("a", 0, 0, "south"))
    for area, rule in ((Area(9, 0, 3, 3), set()), (Area(0, 0, 3, 3), {"overlap"}), (Area(0, 3, 3, 3), {"open side"})):
        halls = {"tiny": replace(good.halls["tiny"], places=(Place("service", area),))}
        assert rules(problem, replace(good, halls=halls)) == rule


def test_a_stand_and_a_place_on_a_fire_lane_are_found_out() -> None:
    lane = Lane("north", 6.0, 3.0)
    problem = Problem((Hall("tiny", 4, 3, lanes=(lane,)),), (standard("a"),))
    assert rules(problem, plan(problem, shell("a", 3, 0, "south"))) == set()
    assert rules(problem, plan(problem, shell("a", 6, 0, "south"))) == {"fire lane"}
    good = plan(problem, shell("a", 3, 0, "south"))
    halls = {"tiny": replace(good.halls["tiny"], places=(Place("service", Area(6, 0, 3, 3)),))}
    assert rules(problem, replace(good, halls=halls)) == {"fire lane"}

"""A hall's drawing: what goes where, in metres."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from emporion.domain.booths.queries import HallPlan, PlanStand
from emporion.domain.editions.models import ExhibitionArea, Hall
from emporion.domain.editions.queries import elements_of
from emporion.domain.editions.rules.floors import Element, line, rectangle
from emporion.web.booths import plan

AREA = ExhibitionArea(pk=1, code="tech", number=3, name_en="Technical equipment", name_zh="技术装备")
FOOD = ExhibitionArea(pk=2, code="food", number=1, name_en="Food", name_zh="食品")


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    depth: float


def stand(number: str, x: float, width: float, area: str = "tech") -> PlanStand:
    return PlanStand(number, "standard", x, 0.0, width, 3.0, int(3 * width), 1, False, area, 3, ())


def floor(*stands: PlanStand, elements: tuple[Element, ...] | None = None) -> HallPlan:
    hall = Hall(pk=1, width_modules=90, depth_modules=36, obstacles=[[10, 10, 1, 1]], exits=[[0, 17], [44, 35]])
    return HallPlan(hall, hall.floor, stands, elements_of(hall) if elements is None else elements)


def test_a_text_is_as_wide_as_its_letters_and_chinese_is_wider() -> None:
    assert plan.text_width("A012", 10) == pytest.approx(23.2)
    assert plan.text_width("技术", 10) == 20


@pytest.mark.parametrize(("number", "short"), [("4.1-A012", "A012"), ("A012", "A012"), ("4.1-B-7", "7")])
def test_the_plan_shows_the_part_of_a_number_that_differs(number: str, short: str) -> None:
    assert plan.short_number(number) == short


def test_a_label_shows_only_where_it_fits() -> None:
    drawn = plan.draw(floor(stand("4.1-A001", 0, 3), stand("4.1-A002", 10, 9)), {"tech": AREA})
    assert [(each.label, each.fits) for each in drawn.stands] == [("A001", False), ("A002", True)]


def test_only_the_chosen_stand_is_selected() -> None:
    drawn = plan.draw(floor(stand("4.1-A001", 0, 3), stand("4.1-A002", 10, 9)), {"tech": AREA}, "4.1-A002")
    assert [each.selected for each in drawn.stands] == [False, True]


def test_exits_lie_on_the_walls_and_columns_where_they_stand() -> None:
    drawn = plan.draw(floor(stand("4.1-A001", 0, 3)), {"tech": AREA})
    assert [(door.kind, door.x, door.y) for door in drawn.doors] == [("exit", 0.0, 52.5), ("exit", 133.5, 108.0)]
    assert drawn.columns == "M30 30L33 30L33 33L30 33z"


def test_a_stand_of_five_corners_is_a_path_with_its_label_inside() -> None:
    corners = ((0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (3.0, 6.0), (0.0, 3.0))
    bevelled = replace(stand("4.1-A001", 0, 6), depth=6.0, corners=corners)
    [drawn] = plan.draw(floor(bevelled), {"tech": AREA}).stands
    assert drawn.outline == "M0 0L6 0L6 6L3 6L0 3z"
    assert bevelled.shape.area_m2 == 31.5
    # The centroid: the square's moment without that of the corner cut off, over the area left.
    x, y = (36 * 3 - 4.5 * 1) / 31.5, (36 * 3 - 4.5 * 5) / 31.5
    assert bevelled.shape.middle == pytest.approx((x, y))


def test_lounges_are_named_and_entrances_told_from_exits() -> None:
    lounge = Element("a", "lounge", rectangle(60, 30, 30, 12), name="Harbour lounge")
    lift = Element("b", "lift", rectangle(90, 30, 2, 2))
    door = Element("c", "entrance", line([(0, 3), (0, 9)]), name="North gate")
    drawn = plan.draw(floor(elements=(lounge, lift, door)), {})
    assert [(place.label, place.fits) for place in drawn.places] == [("Harbour lounge", True), ("Lift", False)]
    assert [(place.x, place.y) for place in drawn.places] == [(75, 36), (91, 31)]
    assert [(door.kind, door.name, door.x, door.y) for door in drawn.doors] == [("entrance", "North gate", 0.0, 6.0)]


def test_zones_stand_in_the_order_of_their_areas_and_reach_half_an_aisle_around_their_stands() -> None:
    found = plan.zones({AREA: [Box(10, 10, 6, 6)], FOOD: [Box(40, 10, 3, 3), Box(50, 10, 3, 3)]})
    assert [(zone.area.code, zone.count) for zone in found] == [("food", 2), ("tech", 1)]
    assert found[1].ground == "M7 7h12v12h-12z"
    assert found[1].booths == "M10 10h6v6h-6z"
    assert (found[1].x, found[1].y) == (13.0, 13.0)


def test_a_small_plan_shows_one_stand_among_the_others() -> None:
    found = plan.locate(Hall(width_modules=90, depth_modules=36), Box(30, 9, 6, 3), [(0.0, 0.0, 3.0, 3.0)])
    assert (found.width, found.depth, found.others, found.middle) == (270.0, 108.0, "M0 0h3v3h-3z", (33.0, 10.5))

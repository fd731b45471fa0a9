"""A hall's drawing: what goes where, in metres."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from emporion.domain.booths.queries import Plan, PlanStand
from emporion.domain.editions.models import ExhibitionArea, Hall
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


def floor(*stands: PlanStand) -> Plan:
    hall = Hall(width_modules=90, depth_modules=36)
    return Plan(hall, 270.0, 108.0, stands, (), ((30.0, 30.0, 3.0, 3.0),), ((0.0, 51.0), (132.0, 105.0)))


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
    assert drawn.exits == [(0.0, 52.5), (133.5, 108.0)]
    assert drawn.columns == "M30 30h3v3h-3z"


def test_zones_stand_in_the_order_of_their_areas_and_reach_half_an_aisle_around_their_stands() -> None:
    found = plan.zones({AREA: [Box(10, 10, 6, 6)], FOOD: [Box(40, 10, 3, 3), Box(50, 10, 3, 3)]})
    assert [(zone.area.code, zone.count) for zone in found] == [("food", 2), ("tech", 1)]
    assert found[1].ground == "M7 7h12v12h-12z"
    assert found[1].booths == "M10 10h6v6h-6z"
    assert (found[1].x, found[1].y) == (13.0, 13.0)


def test_a_small_plan_shows_one_stand_among_the_others() -> None:
    found = plan.locate(Hall(width_modules=90, depth_modules=36), Box(30, 9, 6, 3), [(0.0, 0.0, 3.0, 3.0)])
    assert (found.width, found.depth, found.others, found.middle) == (270.0, 108.0, "M0 0h3v3h-3z", (33.0, 10.5))

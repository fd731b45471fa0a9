"""What a hall is built of, in metres."""

from __future__ import annotations

import pytest

from emporion.domain.booths.queries import hall_plan
from emporion.domain.editions.models import HallElement
from emporion.domain.editions.rules.floors import (
    Element,
    elements_in_modules,
    halfway,
    line,
    outline_in_modules,
    point,
    polygon,
    rectangle,
    shape_of,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_shapes_are_written_as_geojson_and_read_back() -> None:
    court = polygon([(0, 0), (30, 0), (30, 20), (0, 20), (0, 0)], [(10, 5), (20, 5), (20, 15), (10, 15)])
    assert court.area_m2 == 30 * 20 - 10 * 10
    assert court.box == (0, 0, 30, 20)
    assert court.geojson["coordinates"][0][0] == court.geojson["coordinates"][0][-1] == [0, 0]
    for shape in (court, line([(1, 2), (3, 4)]), point(5.0004, 6), rectangle(1, 2, 3, 4)):
        assert shape_of(shape.geojson) == shape
    assert point(5.0004, -0.0001).corners == ((5.0, 0.0),)
    with pytest.raises(ValueError, match="MultiPoint"):
        shape_of({"type": "MultiPoint", "coordinates": []})


def test_the_middle_of_a_bent_line_is_halfway_along_it() -> None:
    assert halfway(((0, 0), (6, 0), (6, 2))) == (4, 0)
    assert halfway(((2, 3),)) == (2, 3)


def test_the_middle_of_a_polygon_is_its_centre_of_gravity() -> None:
    assert polygon([(0, 0), (6, 0), (0, 3)]).middle == pytest.approx((2, 1))
    assert polygon([(0, 0), (4, 0), (2, 0)]).middle == (2, 0)


def test_a_hall_in_modules_has_columns_and_exits_on_its_walls() -> None:
    found = elements_in_modules("1", 10, 8, [[4, 2, 1, 2]], [[0, 4], [9, 4], [3, 0], [3, 7], [0, 0]])
    assert [(one.kind, one.shape.corners) for one in found] == [
        ("column", ((12, 6), (15, 6), (15, 12), (12, 12))),
        ("exit", ((0, 12), (0, 15))),
        ("exit", ((30, 12), (30, 15))),
        ("exit", ((9, 0), (12, 0))),
        ("exit", ((9, 24), (12, 24))),
        ("exit", ((0, 0), (3, 0))),
    ]
    assert outline_in_modules(10, 8).box == (0, 0, 30, 24)


def test_what_stays_where_it_is_keeps_its_key() -> None:
    before = elements_in_modules("1", 10, 8, [[4, 2, 1, 1], [6, 2, 1, 1]], [])
    after = elements_in_modules("1", 10, 8, [[6, 2, 1, 1]], [])
    assert after[0].key == before[1].key != before[0].key
    assert elements_in_modules("2", 10, 8, [[6, 2, 1, 1]], [])[0].key != after[0].key


def test_a_drawn_hall_shows_its_own_elements() -> None:
    edition = make.make_edition()
    area = make.make_area(edition, "food")
    hall = make.make_hall(edition, obstacles=[[9, 9, 1, 1]], outline=[[[0, 0], [60, 0], [60, 30], [0, 45]]])
    shape = rectangle(10, 5, 2, 2)
    lift = HallElement.objects.create(hall=hall, kind="lift", name="L1", shape=shape.geojson, area=area)
    plan = hall_plan(hall)
    assert plan.elements == (Element(str(lift.key), "lift", shape, name="L1", area="food"),)
    assert (plan.width, plan.depth, plan.outline.area_m2) == (60, 45, 60 * 30 + 60 * 15 / 2)


def test_the_plan_is_one_collection_of_features() -> None:
    edition = make.make_edition()
    hall = make.make_hall(edition, obstacles=[[9, 9, 1, 1]], exits=[[0, 5]], level=1)
    seller = make.make_exhibitor(edition, "Kessel")
    stand = make.make_stand(hall, 9, "standard", seller)
    drawn = hall_plan(hall).geojson
    assert drawn["hall"]["level"] == 1 and drawn["hall"]["drawn"] is False
    kinds = [feature["properties"]["kind"] for feature in drawn["features"]]
    assert kinds == ["outline", "column", "exit", "stand"]
    assert drawn["features"][2]["properties"] == {"kind": "exit", "depth_m": 3.0}
    last = drawn["features"][-1]
    assert last["id"] == str(stand.key)
    assert last["geometry"]["coordinates"] == [[[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]]
    assert last["properties"]["exhibitors"][0]["name"] == "Kessel"

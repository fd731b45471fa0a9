"""Ways through a small venue: two halls side by side, one above, stands that are entered from their free sides."""

from __future__ import annotations

import pytest

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition, Hall, HallElement
from emporion.domain.wayfinding import queries, rules
from tests import make

pytestmark = pytest.mark.django_db


def hall_at(edition: Edition, code: str, x: float | None, level: int = 0) -> Hall:
    """A hall of 60 m by 60 m with a door in the middle of its west wall and of its east wall."""
    return make.make_hall(
        edition, code, size=20, exits=[[0, 9], [19, 9]], site_x=x, site_y=None if x is None else 0, level=level
    )


def stand_at(hall: Hall, number: str, x: float, y: float, width: float = 6, depth: float = 6) -> Stand:
    stand = make.make_stand(hall, 36, "standard")
    Stand.objects.filter(pk=stand.pk).update(number=number, x=x, y=y, width=width, depth=depth)
    return stand


@pytest.fixture
def expo() -> Edition:
    edition = make.make_edition(6, current=True)
    first, second = hall_at(edition, "1", 0), hall_at(edition, "2", 80)
    stand_at(first, "1-A", 10, 27)
    stand_at(first, "1-B", 30, 27)
    stand_at(second, "2-A", 10, 27)
    return edition


def test_within_a_hall_one_goes_from_free_side_to_free_side(expo: Edition) -> None:
    way = queries.way(expo, "1-A", "1-B")
    # From half a metre before the east side of the one to half a metre before the west side of the other.
    assert way.metres == pytest.approx(13.0)
    assert [str(step) for step in way.steps] == ["From 1-A, go 13 m to the east of the plan.", "You are at 1-B."]
    assert way.minutes == pytest.approx(13 / 70)


def test_a_stand_whose_side_is_built_on_is_entered_from_another(expo: Edition) -> None:
    stand_at(expo.halls.get(code="1"), "1-C", 16, 27, width=1)
    [leg] = queries.way(expo, "1-A", "1-B").legs
    assert leg.points[0] != pytest.approx((16.5, 30.0))
    assert queries.way(expo, "1-A", "1-B").metres > 13


def test_from_hall_to_hall_one_goes_through_the_doors(expo: Edition) -> None:
    way = queries.way(expo, "1-B", "2-A")
    assert [leg.hall for leg in way.legs] == ["1", "2"]
    # The doors lie at 60 m and 80 m, in the middle of the walls, at 28.5 m from the north.
    inside = ((36.5, 30.0), (59.7, 28.5), (80.3, 28.5), (89.5, 30.0))
    assert way.metres == pytest.approx(sum(d for d in (23.25, 20.0, 9.32)), abs=0.5)
    assert way.legs[0].points[0] == pytest.approx(inside[0])
    assert "Leave hall 1 and walk 20 m to hall 2." in [str(step) for step in way.steps]


def test_where_the_site_is_not_known_no_length_is_made_up(expo: Edition) -> None:
    stand_at(hall_at(expo, "9", None), "9-A", 10, 27)
    way = queries.way(expo, "1-A", "9-A")
    assert way.problem == rules.HallsNotPlaced("1", "9")
    assert (way.metres, way.legs, way.steps) == (0.0, (), ())


def with_connector(hall: Hall, kind: str, name: str, x: float) -> None:
    """Draw the hall's plan and put a lift or stairs on it."""
    if not hall.outline:
        hall.outline = [[[0, 0], [60, 0], [60, 60], [0, 60]]]
        hall.save()
    shape = {"type": "Polygon", "coordinates": [[[x, 50], [x + 2, 50], [x + 2, 52], [x, 52], [x, 50]]]}
    HallElement.objects.create(hall=hall, kind=kind, name=name, shape=shape)


def test_step_free_takes_the_lift_and_says_where_there_is_none(expo: Edition) -> None:
    below, above = expo.halls.get(code="1"), hall_at(expo, "1.2", 0, level=1)
    stand_at(above, "1.2-A", 10, 27)
    for hall in (below, above):
        with_connector(hall, "stairs", "North", 12)
    quick = queries.way(expo, "1-A", "1.2-A")
    assert "Take the stairs North to hall 1.2." in [str(step) for step in quick.steps]
    assert queries.way(expo, "1-A", "1.2-A", step_free=True).problem == rules.NoStepFreeWay("1-A", "1.2-A")
    for hall in (below, above):
        with_connector(hall, "lift", "South", 50)
    step_free = queries.way(expo, "1-A", "1.2-A", step_free=True)
    assert "Take the lift South to hall 1.2." in [str(step) for step in step_free.steps]
    assert step_free.minutes > quick.minutes


def test_a_list_is_walked_in_a_good_order_from_its_first_place(expo: Edition) -> None:
    found = queries.round_trip(expo, ["1-A", "2-A", "1-B"], ordered=True)
    assert [(way.start, way.goal) for way in found] == [("1-A", "1-B"), ("1-B", "2-A")]
    as_given = queries.round_trip(expo, ["1-A", "2-A", "1-B"])
    assert [(way.start, way.goal) for way in as_given] == [("1-A", "2-A"), ("2-A", "1-B")]


def test_an_entrance_is_a_place_and_a_wrong_one_is_refused(expo: Edition) -> None:
    assert [one.key for one in queries.entrances(expo)] == ["1/1", "1/2", "2/1", "2/2"]
    assert queries.way(expo, "1/1", "1-A").metres == pytest.approx(9.4, abs=0.4)
    with pytest.raises(rules.UnknownPlace, match="no stand or entrance 7-Q"):
        queries.way(expo, "1-A", "7-Q")
    with pytest.raises(rules.TooManyPlaces, match="40 places at most; 41"):
        queries.round_trip(expo, ["1-A"] * 41)


def test_halls_are_as_far_from_each_other_as_their_middling_stands(expo: Edition) -> None:
    hall_at(expo, "9", None)
    minutes = queries.minutes_between_halls(expo)
    # Hall 1: 14.5 and 28.5 m from a door; hall 2: 14.5 m; 20 m between the doors.
    assert set(minutes) == {("1", "2"), ("2", "1")}
    assert minutes["1", "2"] == pytest.approx((20 + 14.5 + (14.5 + 28.5) / 2) / 70, abs=0.01)
    assert minutes["1", "2"] == pytest.approx(minutes["2", "1"])

"""Halls are allocated from the records and drawn from them."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.booths import queries
from emporion.domain.booths.actions import allocate, grant_free_booth, lock_stand, unlock_stand
from emporion.domain.booths.actions.wanted import make_problem, stands_wanted
from emporion.domain.booths.models import AllocationRun, Occupancy, Stand
from emporion.domain.booths.rules import TooLarge
from emporion.domain.journal.context import ActionContext
from emporion.kernels import allocation
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make.make_show(free_booth_quota=5)


@pytest.fixture
def hall(edition):
    hall = make.make_hall(edition, "4.1", make.make_area(edition), size=20)
    hall.obstacles, hall.exits = [[9, 9, 1, 1]], [[0, 5], [10, 0]]
    hall.save()
    return hall


def places(edition):
    return list(Stand.objects.filter(edition=edition).order_by("number").values_list("number", "x", "y", "area_m2"))


def test_every_contract_gets_a_stand_and_co_exhibitors_stand_with_their_main(edition, hall):
    kessel = make.make_exhibitor(edition, "Kessel", area_m2=54, stand="raw", open_sides=2)
    guest = make.make_exhibitor(edition, "Guest", main=kessel)
    small = make.make_exhibitor(edition, "Small", area_m2=9)
    allocate(edition, context=ActionContext(make.NOON))
    stand = kessel.occupancy.stand
    assert (stand.kind, stand.area_m2, guest.occupancy.stand) == ("special", 54, stand)
    assert stand.open_sides >= 2
    assert guest.occupancy.area_m2 == 0
    assert (small.occupancy.stand.kind, small.occupancy.stand.number[:5]) == ("standard", "4.1-A")


def test_a_joint_stand_is_shared(edition, hall):
    shares = [make.make_exhibitor(edition, name, area_m2=18, stand="raw", joint_stand="J1") for name in "ABC"]
    allocate(edition, context=ActionContext(make.NOON))
    [stand] = Stand.objects.all()
    assert stand.area_m2 == 54
    assert [one.occupancy.area_m2 for one in shares] == [18, 18, 18]


def test_a_free_booth_is_a_free_stand_of_its_area(edition, hall):
    make.make_member("ldc", "BJ")
    ananas = make.make_exhibitor(edition, "Ananas", "BJ", requests_free_booth=True)
    grant_free_booth(ananas, day=date(2023, 9, 1), context=ActionContext(make.NOON))
    allocate(edition, context=ActionContext(make.NOON))
    assert (ananas.occupancy.stand.free, ananas.occupancy.stand.area_m2) == (True, 18)


def test_who_finds_no_place_is_told_why(edition):
    make.make_hall(edition, "1", make.make_area(edition), size=6)
    giant = make.make_exhibitor(edition, "Giant", area_m2=900, stand="raw")
    allocate(edition, context=ActionContext(make.NOON))
    [unplaced] = queries.unplaced(edition)
    assert unplaced.exhibitor == giant
    assert unplaced.why == TooLarge(900, 1)


def test_the_same_run_again_ends_in_the_same_plan(edition, hall):
    for number in range(12):
        make.make_exhibitor(edition, f"E{number}", area_m2=9 * (1 + number % 4))
    allocate(edition, context=ActionContext(make.NOON), seed=3)
    before = places(edition)
    allocate(edition, context=ActionContext(make.NOON), seed=3)
    assert places(edition) == before
    assert Occupancy.objects.count() == 12
    assert AllocationRun.objects.count() == 2


def test_a_locked_stand_stays_and_the_rest_is_placed_around_it(edition, hall):
    kessel = make.make_exhibitor(edition, "Kessel", area_m2=36, stand="raw")
    make.make_exhibitor(edition, "Guest", main=kessel)
    allocate(edition, context=ActionContext(make.NOON))
    stand = kessel.occupancy.stand
    lock_stand(stand, context=ActionContext(make.NOON))
    for number in range(10):
        make.make_exhibitor(edition, f"E{number}", area_m2=18)
    allocate(edition, context=ActionContext(make.NOON), seed=5)
    assert [(o.stand_id, o.stand.number) for o in Occupancy.objects.filter(exhibitor=kessel)] == [
        (stand.pk, stand.number)
    ]
    assert Occupancy.objects.count() == 12
    overlapping = [
        other.number
        for other in Stand.objects.exclude(pk=stand.pk)
        if other.x < stand.x + stand.width
        and stand.x < other.x + other.width
        and other.y < stand.y + stand.depth
        and stand.y < other.y + other.depth
    ]
    assert overlapping == []
    unlock_stand(stand, context=ActionContext(make.NOON))
    assert not Stand.objects.filter(locked=True).exists()


def test_the_kernels_own_checker_finds_nothing_wrong(edition, hall):
    pavilion = make.make_pavilion(edition, "EC", "EC")
    for number in range(20):
        area, kind = (9 * (1 + number % 3), "standard") if number % 2 else (36 + 9 * (number % 5), "raw")
        where = pavilion if number % 5 == 0 else None
        make.make_exhibitor(edition, f"E{number}", area_m2=area, stand=kind, pavilion=where)
    problem = make_problem(edition, stands_wanted(edition))
    assert allocation.check(problem, allocation.solve(problem)) == []


@pytest.mark.parametrize("exhibitors", [1, 3])
def test_a_plan_is_drawn_from_four_queries(edition, hall, exhibitors, django_assert_num_queries):
    for number in range(exhibitors):
        make.make_exhibitor(edition, f"E{number}", area_m2=9)
    allocate(edition, context=ActionContext(make.NOON))
    with django_assert_num_queries(5):
        plan = queries.hall_plan(hall)
    assert len(plan.stands) == exhibitors
    assert (plan.width, plan.depth) == (60.0, 60.0)
    assert [column.shape.box for column in plan.of_kind("column")] == [(27.0, 27.0, 3.0, 3.0)]
    assert [(door.shape.corners, door.depth_m) for door in plan.of_kind("exit")] == [
        (((0.0, 15.0), (0.0, 18.0)), 3.0),
        (((30.0, 0.0), (33.0, 0.0)), 3.0),
    ]
    assert plan.stands[0].exhibitors[0].name.startswith("E")
    with django_assert_num_queries(2):
        [one] = queries.halls(edition)
    assert (one.stand_count, one.net_m2) == (exhibitors, 9 * exhibitors)
    with django_assert_num_queries(4):
        stand = queries.stand(edition, plan.stands[0].number)
        assert stand.occupancies.all()[0].exhibitor.organisation.name.startswith("E")


def test_a_hall_without_an_allocation_is_an_empty_floor(hall):
    plan = queries.hall_plan(hall)
    assert (plan.stands, plan.of_kind("aisle")) == ((), [])


def test_a_hall_whose_drawn_stands_fit_no_modules_is_not_allocated(edition, hall):
    kessel, weber = (make.make_exhibitor(edition, name, area_m2=9) for name in ("Kessel", "Weber"))
    drawn = make.make_hall(edition, "9", hall.areas.get(), size=10, outline=[[[0, 0], [30, 0], [30, 30], [0, 30]]])
    stand = make.make_stand(drawn, 9, "standard", kessel)
    Stand.objects.filter(pk=stand.pk).update(x=1.1, locked=True)
    Occupancy.objects.update(area_m2=9)
    allocate(edition, context=ActionContext(make.NOON))
    assert Occupancy.objects.get(exhibitor=kessel).stand == stand
    assert Occupancy.objects.get(exhibitor=weber).stand.hall == hall


def test_what_stands_leave_over_is_on_the_plan_and_areas_lie_in_one_part(edition, hall):
    for number in range(6):
        make.make_exhibitor(edition, f"E{number}", area_m2=54 + 9 * number, stand="raw")
    run = allocate(edition, context=ActionContext(make.NOON))
    plan = queries.hall_plan(hall)
    drawn = [(one.kind, *one.shape.box) for one in plan.elements if one.kind in ("lounge", "service", "stage")]
    assert drawn == [tuple(place) for place in run.places["4.1"]]
    assert drawn
    assert list(run.area_parts["4.1"].values()) == [1]

"""Visitors, entries and passes: who counts, on which day and hour, and who never does."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from emporion.domain.admission.models import WORKING, Entry
from emporion.domain.statistics.queries import figure, records
from emporion.domain.visitors.models import VisitingUnit
from tests import make

pytestmark = pytest.mark.django_db


def values(edition, key: str) -> dict[str, object]:
    return {found.scope: found.value for found in figure(edition, key)}


@pytest.fixture
def sixth():
    return make.make_edition(6)


def test_people_who_came_are_not_visits_and_an_exhibitors_pass_is_no_visitor(sixth):
    glas = make.make_exhibitor(sixth, "Glas AG")
    alice, bob = make.make_visitor(sixth, "Alice"), make.make_visitor(sixth, "Bob")
    make.make_visitor(sixth, "Carl", state="rejected")
    badge = make.make_badge(sixth, visitor=alice)
    make.make_entry(badge)
    make.make_entry(badge, make.MORNING + timedelta(hours=2))
    make.make_entry(badge, make.MORNING + timedelta(days=1))
    make.make_entry(make.make_badge(sixth, exhibitor=glas))

    assert values(sixth, "visitors_registered")["all"] == 2
    assert values(sixth, "visitors_present")["all"] == 1
    assert values(sixth, "entries") == {"all": 3, "all; day=2023-11-05": 2, "all; day=2023-11-06": 1}
    assert values(sixth, "person_days") == {"all": 2, "all; day=2023-11-05": 1, "all; day=2023-11-06": 1}

    make.make_entry(make.make_badge(sixth, visitor=bob))
    assert values(sixth, "visitors_present")["all"] == 2


@pytest.mark.parametrize("state", ["cancelled", "rejected"])
def test_who_came_before_the_registration_ended_counts_in_every_figure_alike(sixth, state):
    grid = make.make_unit(sixth, "电网", delegation="07")
    alice = make.make_visitor(sixth, "Alice", grid)
    make.make_visitor(sixth, "Stays away", grid, state=state)
    make.make_entry(make.make_badge(sixth, visitor=alice))
    alice.state = grid.state = state
    alice.save()
    VisitingUnit.objects.update(state="rejected")

    for key in ("visitors_registered", "visitors_present", "entries", "person_days", "visiting_units"):
        assert values(sixth, key)["all"] == 1, key
    assert values(sixth, "visitors_registered")["all; delegation=07"] == 1


def test_a_unit_rejected_before_anybody_came_is_not_counted(sixth):
    make.make_visitor(sixth, "Alice", make.make_unit(sixth, "电网"), state="rejected")
    VisitingUnit.objects.update(state="rejected")

    assert values(sixth, "visiting_units")["all"] == 0
    assert values(sixth, "visitors_registered")["all"] == 0


@pytest.mark.parametrize("kind", WORKING)
def test_press_staff_and_service_firms_are_never_visitors(sixth, kind):
    make.make_visitor(sixth, "Alice")
    worker = make.make_pass(sixth, kind)
    make.make_entry(worker)
    make.make_entry(worker, make.MORNING + timedelta(days=1))

    assert values(sixth, "visitors_registered")["all"] == 1
    for key in ("visitors_present", "entries", "person_days"):
        assert values(sixth, key) == {"all": 0}, key
    assert values(sixth, "other_passes") == {"all": 1, f"all; kind={kind}": 1}


def test_scans_outside_the_daily_hours_are_kept_and_not_counted(sixth):
    alice, bob = make.make_visitor(sixth, "Alice"), make.make_visitor(sixth, "Bob", state="cancelled")
    badge, early = make.make_badge(sixth, visitor=alice), make.make_badge(sixth, visitor=bob)
    # In Shanghai: at half past nine, at noon and at eight in the evening of the first day; at six of the second.
    for hours in (0, 2.5, 10.5):
        make.make_entry(badge, make.MORNING + timedelta(hours=hours))
    make.make_entry(early, make.MORNING + timedelta(hours=20.5))
    assert values(sixth, "entries")["all"] == 4
    assert values(sixth, "visitors_registered")["all"] == 2

    sixth.opens_daily, sixth.closes_daily = time(9, 30), time(12)
    sixth.save()
    assert values(sixth, "entries") == {"all": 2, "all; day=2023-11-05": 2}
    assert values(sixth, "person_days") == {"all": 1, "all; day=2023-11-05": 1}
    assert values(sixth, "visitors_present") == {"all": 1, "all; delegation=not-stated": 1}
    assert values(sixth, "visitors_registered")["all"] == 1
    assert len(records(sixth, "entries", "all").rows) == 2
    assert Entry.objects.count() == 4


def test_a_day_of_entries_is_the_fairs_own_day(sixth):
    badge = make.make_badge(sixth, visitor=make.make_visitor(sixth, "Alice"))
    make.make_entry(badge, make.MORNING.replace(hour=17))

    assert values(sixth, "entries")["all; day=2023-11-06"] == 1


def test_visitors_by_trading_group_count_with_the_sub_groups_people(sixth):
    make.make_visitor(sixth, "Alice", make.make_unit(sixth, "钢铁集团", delegation="07.031"))
    make.make_visitor(sixth, "Bob", make.make_unit(sixth, "电网", delegation="07"))
    make.make_visitor(sixth, "Carol", make.make_unit(sixth, "商社", ownership="private"))

    assert values(sixth, "visitors_registered") == {
        "all": 3, "all; delegation=07": 2, "all; delegation=not-stated": 1, "all; country=CN": 3
    }  # fmt: skip
    assert values(sixth, "trading_groups") == {"all": 1}
    assert values(sixth, "visiting_units")["all; ownership=state"] == 2

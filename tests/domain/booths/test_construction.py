"""Rules of construction held against what is built and where it lies; fire lanes from the doors of a hall."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from emporion.domain.booths.actions import set_construction_rules
from emporion.domain.booths.actions.wanted import make_problem, stands_wanted
from emporion.domain.booths.construction import (
    AisleOutside,
    Built,
    ConstructionRules,
    FacesClosed,
    HeightNotDeclared,
    HeightOutside,
    HigherThanHall,
    LaneOutside,
    RuleSourceNeeded,
    SingleDeckOnMainAisle,
    Site,
    TooHigh,
    TooManyDecks,
    breaches,
    fire_lanes,
    lies_on,
)
from emporion.domain.booths.models import ConstructionRule
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.refusal import Refusal
from emporion.kernels.allocation import Lane
from tests import make

# As at the fourth China International Import Expo.
RULES = ConstructionRules(height_m=Decimal("6"), decks=2, single_on_main=True, open_faces=2)
MIDDLE = Site("4.1", Decimal("9"), open_sides=3, on_main_aisle=False)
MAIN = Site("4.1", Decimal("5.5"), open_sides=1, on_main_aisle=True)


@pytest.mark.parametrize(
    ("built", "site", "found"),
    [
        (Built(Decimal("6"), 2, 2), MIDDLE, []),
        (Built(Decimal("6.1"), 1, 2), MIDDLE, [TooHigh(Decimal("6.1"), Decimal("6"))]),
        (Built(Decimal("6"), 1, 1), MAIN, [HigherThanHall(Decimal("6"), "4.1", Decimal("5.5"))]),
        (Built(Decimal("5"), 2, 1), MAIN, [SingleDeckOnMainAisle(2)]),
        (Built(Decimal("5"), 3, 2), MIDDLE, [TooManyDecks(3, 2)]),
        (Built(Decimal("5"), 1, 1), MIDDLE, [FacesClosed(1, 2)]),
        (Built(Decimal("5"), 1, 0), MAIN, [FacesClosed(0, 1)]),
        (Built(), MIDDLE, [HeightNotDeclared()]),
        (Built(Decimal("5"), 3, 0), None, [TooManyDecks(3, 2)]),
    ],
)
def test_a_stand_keeps_the_rules_where_it_lies(built: Built, site: Site | None, found: list[Any]) -> None:
    assert breaches(RULES, built, site) == found


def test_rules_that_ask_nothing_are_broken_by_nothing() -> None:
    assert breaches(ConstructionRules(), Built(Decimal("8"), 3, 0), MIDDLE) == []
    assert breaches(ConstructionRules(), Built(), MAIN) == []


def test_a_stand_lies_on_an_aisle_along_a_side_and_not_at_a_corner() -> None:
    aisle = (10.0, 0.0, 6.0, 30.0)
    assert lies_on((4.0, 3.0, 6.0, 6.0), [aisle])
    assert lies_on((16.2, 3.0, 6.0, 6.0), [aisle])
    assert not lies_on((3.0, 3.0, 6.0, 6.0), [aisle])
    assert not lies_on((4.0, 30.0, 6.0, 6.0), [aisle])
    assert not lies_on((4.0, 3.0, 6.0, 6.0), [])


def test_fire_lanes_run_from_the_doors_unless_something_stands_there() -> None:
    doors = [("north", 5), ("south", 5), ("west", 3), ("east", 9), ("north", 0)]
    assert fire_lanes((20, 14), doors, [], 6.0) == [
        ("north", 13.5, 6.0),
        ("west", 7.5, 6.0),
        ("east", 25.5, 6.0),
        ("north", 0.0, 6.0),
    ]
    column = (15.0, 21.0, 3.0, 3.0)
    assert ("north", 13.5, 6.0) not in fire_lanes((20, 14), doors, [column], 6.0)
    assert fire_lanes((20, 14), doors, [], 0.0) == []
    assert fire_lanes((1, 14), [("north", 0)], [], 6.0) == []


@pytest.mark.parametrize(
    ("rules", "source", "refusal"),
    [
        (ConstructionRules(), " ", RuleSourceNeeded),
        (ConstructionRules(height_m=Decimal("1")), "manual", HeightOutside),
        (ConstructionRules(main_aisle_m=2.0), "manual", AisleOutside),
        (ConstructionRules(fire_lane_m=2.0), "manual", LaneOutside),
        (ConstructionRules(fire_lane_m=4.1), "manual", LaneOutside),
    ],
)
@pytest.mark.django_db
def test_rules_that_cannot_be_meant_are_refused(rules: ConstructionRules, source: str, refusal: type[Refusal]) -> None:
    edition = make.make_show()
    with pytest.raises(refusal):
        set_construction_rules(edition, rules, source=source, context=ActionContext(make.NOON))
    assert not ConstructionRule.objects.exists()


@pytest.mark.django_db
def test_rules_set_twice_alike_are_one_event_and_keep_lanes_free_in_the_halls() -> None:
    edition = make.make_show()
    hall = make.make_hall(edition, "4.1", make.make_area(edition), size=20)
    hall.exits = [[10, 0], [0, 5]]
    hall.save()
    assert make_problem(edition, stands_wanted(edition)).halls[0].lanes == ()
    lanes = ConstructionRules(fire_lane_m=6.0)
    for _ in range(2):
        set_construction_rules(edition, lanes, source="fire code, 2020", context=ActionContext(make.NOON))
    assert JournalEntry.objects.filter(event="construction_rules.set").count() == 1
    found = make_problem(edition, stands_wanted(edition)).halls[0].lanes
    assert found == (Lane("north", 28.5, 6.0), Lane("west", 13.5, 6.0))

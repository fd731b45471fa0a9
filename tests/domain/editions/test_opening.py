"""Opening an edition for work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from emporion.domain.editions.actions import NewArea, NewPhase, open_edition
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from tests import make

AT = datetime(2023, 1, 1, tzinfo=UTC)
FOOD = NewArea(
    "food-agriculture", 1, "Food and agricultural products", "食品及农产品", "enterprise", "food-agriculture"
)
APPLY = NewPhase("application", datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC))


@pytest.fixture
def sixth(db):
    make.make_sector("food-agriculture")
    make.make_edition(5, current=True)
    return make.make_edition(6)


def test_an_edition_that_is_opened_is_the_current_one_with_its_areas_and_phases(sixth):
    edition = open_edition(sixth, areas=[FOOD], phases=[APPLY], free_booth_quota=104, context=ActionContext(AT))

    assert list(Edition.objects.filter(current=True)) == [edition]
    assert edition.free_booth_quota == 104
    assert list(edition.areas.values_list("code", "scope", "sector__code")) == [
        ("food-agriculture", "enterprise", "food-agriculture")
    ]
    assert edition.phases.get(kind="application").closes == APPLY.closes
    entry = JournalEntry.objects.get(event="edition.opened")
    assert (entry.at, entry.edition, entry.data["areas"]) == (AT, sixth.pk, ["food-agriculture"])


def test_opening_it_again_brings_it_up_to_date_and_doubles_nothing(sixth):
    open_edition(sixth, areas=[FOOD], phases=[APPLY], free_booth_quota=104, context=ActionContext(AT))
    later = NewPhase("application", APPLY.opens, datetime(2023, 8, 1, tzinfo=UTC))
    renamed = NewArea("food-agriculture", 2, "Food", "食品", "enterprise")

    edition = open_edition(sixth, areas=[renamed], phases=[later], free_booth_quota=90, context=ActionContext(AT))
    assert list(edition.areas.values_list("number", "name_en")) == [(2, "Food")]
    assert edition.phases.get().closes == later.closes
    assert edition.free_booth_quota == 90


def test_the_current_edition_of_another_fair_stays_the_current_one(sixth):
    elsewhere = make.make_edition(6, fair=make.make_fair("harbour"), current=True)

    open_edition(sixth, areas=[], phases=[], free_booth_quota=0, context=ActionContext(AT))
    assert list(Edition.objects.filter(current=True)) == [sixth, elsewhere]


def test_a_phase_that_closes_before_it_opens_is_an_error():
    with pytest.raises(ValueError, match="the phase application closes at"):
        NewPhase("application", APPLY.closes, APPLY.opens)

"""Which edition is current, when a phase is open, which areas there are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import (
    areas_by_code,
    current_edition,
    edition_numbered,
    local_day,
    phase_words,
    window_of,
)
from emporion.domain.editions.rules import NoCurrentEdition, NoSuchEdition
from tests.make import make_area, make_countries, make_edition, make_phases


@pytest.fixture
def sixth(db: None) -> Edition:
    make_countries()
    make_edition(5)
    return make_edition(6)


def test_the_current_edition_comes_with_its_venue_in_one_query(sixth: Edition, django_assert_num_queries) -> None:
    with pytest.raises(NoCurrentEdition, match="No edition of expo is current"):
        current_edition(sixth.fair)
    Edition.objects.filter(pk=sixth.pk).update(current=True)
    with django_assert_num_queries(1):
        shown = current_edition(sixth.fair)
        assert (shown.number, shown.venue.name_en, shown.fair.host.name_en, shown.currency.code) == (
            6,
            "NECC",
            "China",
            "USD",
        )


def test_an_edition_is_found_by_its_number(sixth: Edition) -> None:
    assert edition_numbered(sixth.fair, 6) == sixth
    with pytest.raises(NoSuchEdition, match="There is no edition 60 of expo"):
        edition_numbered(sixth.fair, 60)


def test_a_phase_is_open_in_the_time_zone_of_the_fair(sixth: Edition) -> None:
    assert window_of(sixth, "show") is None
    make_phases(sixth)
    window = window_of(sixth, "show")
    assert window is not None
    assert (window.opens, f"{window.opens:%Y-%m-%d %H:%M}") == (datetime(2023, 11, 5, tzinfo=UTC), "2023-11-05 08:00")
    assert phase_words("show") == "the show is open"


def test_a_late_evening_in_london_is_the_next_day_at_the_fair(sixth: Edition) -> None:
    assert local_day(sixth, datetime(2023, 6, 30, 16, 0, tzinfo=UTC)) == date(2023, 7, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_areas_take_one_query(sixth: Edition, count: int, django_assert_num_queries) -> None:
    for code in ("food", "cars", "health")[:count]:
        make_area(sixth, code)
    with django_assert_num_queries(1):
        assert list(areas_by_code(sixth)) == ["food", "cars", "health"][:count]

"""An edition whose records were never kept is unknown, not nought; what was published of it is added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emporion.domain.statistics.queries import bulletin, figure, records
from tests import make

pytestmark = pytest.mark.django_db


def values(edition, key: str) -> dict[str, object]:
    return {found.scope: found.value for found in figure(edition, key)}


@pytest.fixture
def sixth():
    return make.make_edition(6)


def test_an_edition_without_records_is_unknown_and_not_nought(sixth):
    make.make_earlier("Glas AG", 6)
    found = [one for one in bulletin(sixth) if one.key != "intended_turnover_cumulated"]

    assert {one.value for one in found} == {None}
    assert {str(one.result.gap) for one in found} == {
        "No records of this edition are kept here, so the figure is unknown."
    }
    make.make_visitor(sixth, "Alice")
    assert values(sixth, "visitors_registered")["all"] == 1
    assert values(sixth, "entries") == {"all": 0}
    assert values(sixth, "exhibitors") == {"country": 0, "enterprise": 0}


def test_what_is_there_of_an_edition_without_records_is_still_told(sixth):
    make.make_hall(sixth, "4.1", make.make_area(sixth), gross_area_m2=30000)

    assert values(sixth, "area_gross_m2") == {"indoor": 30000, "outdoor": None}


def test_turnover_since_the_first_edition_takes_one_without_records_as_published_and_says_so(sixth):
    for number in range(1, 7):
        make.make_published(number, "intended_turnover", "all", f"{number}000", "USD, one-year basis")
    [whole] = figure(sixth, "intended_turnover_cumulated")
    assert whole.value == Decimal(21000)
    assert str(whole.result.basis) == (
        "No records of this edition are kept here: it is added as published (the gazette)."
    )
    page = records(sixth, "intended_turnover_cumulated", "all")
    assert page.rows[-1] == (6, Decimal("6000.0000"), "published, the gazette")

    make.make_visitor(sixth, "Alice")
    [whole] = figure(sixth, "intended_turnover_cumulated")
    assert (whole.value, whole.result.basis) == (Decimal(15000), None)


def test_an_edition_with_neither_records_nor_a_published_turnover_keeps_the_sum_unknown(sixth):
    for number in range(1, 6):
        make.make_published(number, "intended_turnover", "all", "1000", "USD, one-year basis")
    [whole] = figure(sixth, "intended_turnover_cumulated")
    assert (whole.value, whole.result.basis) == (None, None)

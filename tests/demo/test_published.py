"""What was published of the fair that the demonstration plays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emporion.demo.published import load_editions
from emporion.domain.editions.models import Edition, PublishedFigure
from emporion.domain.statistics.queries import figure
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference() -> None:
    make.make_country("CN")
    make.make_currency("USD")


def test_the_editions_are_loaded_with_what_was_published():
    load_editions()
    first_five = PublishedFigure.objects.filter(edition__number__lte=5, figure="intended_turnover", scope="all")

    assert sum(first_five.values_list("value", flat=True)) == Decimal("345820000000")
    assert Edition.objects.get(current=True).number == 6
    assert PublishedFigure.objects.get(edition__number=4, figure="participants").scope == "enterprise"


def test_loading_editions_again_keeps_what_the_organiser_set():
    load_editions()
    Edition.objects.update(current=False)
    Edition.objects.filter(number=7).update(current=True, free_booth_quota=120)

    load_editions()
    assert Edition.objects.get(current=True).number == 7
    assert Edition.objects.get(number=7).free_booth_quota == 120
    assert PublishedFigure.objects.count() == 70


@pytest.mark.parametrize(("edition", "billions"), [(6, "424.23"), (7, "504.24"), (8, "587.73")])
def test_turnover_since_the_first_edition_takes_editions_without_records_as_published(edition: int, billions: str):
    load_editions()
    held = Edition.objects.get(number=edition)

    [whole] = figure(held, "intended_turnover_cumulated")
    assert whole.value == Decimal(billions) * 10**9
    [own, *_] = figure(held, "intended_turnover")
    assert own.value is None

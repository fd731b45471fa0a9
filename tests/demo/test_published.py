"""What was published of the fair that the demonstration plays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emporion.demo.published import load_editions
from emporion.domain.editions.models import Edition, PublishedFigure
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

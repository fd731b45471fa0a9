"""The sixth edition with its areas and days, the fifth before it, and Benin, Ecuador, Bhutan and Germany."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from tests.make import make_area, make_countries, make_edition, make_phases, make_sector


@pytest.fixture
def edition(db: None) -> Edition:
    make_countries()
    make_sector("crop-seeds", 12, make_sector("food-agriculture", 1))
    make_edition(4, free_booth_quota=2)
    make_edition(5, free_booth_quota=2)
    sixth = make_edition(6, free_booth_quota=2)
    make_area(sixth, "food")
    make_area(sixth, "national", scope="country")
    make_phases(sixth)
    return sixth

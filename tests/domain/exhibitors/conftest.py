"""The sixth edition with its areas and days, the fifth before it, and Benin, Ecuador, Bhutan and Germany."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from tests.domain.organisations.world import make_area, make_countries, make_edition, make_phases, make_sectors


@pytest.fixture
def edition(db: None) -> Edition:
    make_countries()
    make_sectors()
    make_edition(4)
    make_edition(5)
    sixth = make_edition(6)
    make_area(sixth, "food")
    make_area(sixth, "national", scope="country")
    make_phases(sixth)
    return sixth

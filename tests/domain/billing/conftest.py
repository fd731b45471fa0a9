"""The sixth edition with an area for machines, whose prices each test sets for itself."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from tests import make


@pytest.fixture
def edition(db: None) -> Edition:
    shown = make.make_show()
    make.make_country("DE"), make.make_country("BJ")
    make.make_phases(shown)
    return shown

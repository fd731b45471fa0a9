"""The small fair for tests of lists."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from tests.spreadsheets.world import make_fair


@pytest.fixture
def fair(db: None) -> Edition:
    return make_fair()

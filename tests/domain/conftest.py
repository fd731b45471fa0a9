"""The sixth edition, before anybody comes."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from tests import make


@pytest.fixture
def edition(db: None) -> Edition:
    """With an area for machines."""
    return make.make_show()

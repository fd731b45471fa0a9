"""A hall, and two of the organiser's staff who draft its plan."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Hall
from emporion.domain.journal.context import ActionContext
from tests import fair, make


@pytest.fixture
def hall(db: None) -> Hall:
    """60 by 60 m, with an exit in the west wall."""
    edition = make.make_show()
    return make.make_hall(edition, "4.1", make.make_area(edition), size=20, exits=[[0, 5]])


@pytest.fixture
def lin(db: None) -> ActionContext:
    return ActionContext(make.NOON, fair.make_person("lin@expo.example", "Lin"))


@pytest.fixture
def mara(db: None) -> ActionContext:
    return ActionContext(make.NOON, fair.make_person("mara@expo.example", "Mara"))

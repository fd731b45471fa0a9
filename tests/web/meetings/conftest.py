"""The small fair that the tests of meetings' pages walk through: a buyer, a seller, and the organiser's staff."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from tests.web import fair
from tests.web.world import as_visitor as client
from tests.web.world import edition, seller, visitor

__all__ = ["client", "edition", "seller", "visitor"]


@pytest.fixture
def staff(edition: Edition) -> Client:
    return fair.signed_in(fair.make_person("office@expo.example", staff=True))

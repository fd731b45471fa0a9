"""The small fair that the tests of meetings' pages walk through: a buyer, a seller, and the organiser's staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Visitor
from tests.web import fair


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def seller(edition: Edition) -> Exhibitor:
    return fair.make_seller(edition)[0]


@pytest.fixture
def visitor(edition: Edition) -> Visitor:
    return fair.make_buyer(edition)[0]


@pytest.fixture
def client(visitor: Visitor) -> Client:
    assert visitor.user is not None
    return fair.signed_in(visitor.user)


@pytest.fixture
def staff(edition: Edition) -> Client:
    return fair.signed_in(fair.make_person("office@expo.example", staff=True))

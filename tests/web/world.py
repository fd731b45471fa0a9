"""Fixtures that the tests of signed-in people share: a fair that is open, a seller and a buyer in it, the staff.

A folder's ``conftest.py`` takes them by name; without that the fair is the public one of ``tests/web/conftest.py``.
"""

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
    """The edition of an open fair, whose show is still to come."""
    return fair.open_fair()


@pytest.fixture
def seller(edition: Edition) -> Exhibitor:
    """An exhibitor with a person who acts for it."""
    return fair.make_seller(edition)[0]


@pytest.fixture
def visitor(edition: Edition) -> Visitor:
    """A buyer with an account."""
    return fair.make_buyer(edition)[0]


@pytest.fixture
def as_seller(seller: Exhibitor) -> Client:
    """The seller's person, signed in."""
    return fair.signed_in(seller.organisation.representatives.get().user)


@pytest.fixture
def as_visitor(visitor: Visitor) -> Client:
    """The buyer, signed in."""
    assert visitor.user is not None
    return fair.signed_in(visitor.user)

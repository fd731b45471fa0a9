"""A fair that is open today, and its owner at the office."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from tests import fair


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def owner(edition: Edition) -> User:
    return fair.make_person("office@expo.example", "Lin", staff=True)


@pytest.fixture
def office(owner: User) -> Client:
    return fair.signed_in(owner)

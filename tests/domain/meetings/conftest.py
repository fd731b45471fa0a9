"""The sixth edition while meetings are arranged, with a visitor and an exhibitor who read messages."""

from __future__ import annotations

import pytest

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Visitor
from tests import make
from tests.domain.meetings.fair import make_fair, make_short_show


@pytest.fixture
def edition(db: None) -> Edition:
    return make_fair()


@pytest.fixture
def show(db: None) -> Edition:
    """A show of one day with four slots that follow on each other."""
    return make_short_show()


@pytest.fixture
def ann(edition: Edition) -> Visitor:
    return make.make_visitor(edition, "Ann", email="ann@example.org")


@pytest.fixture
def kessel(edition: Edition) -> Exhibitor:
    return make.make_exhibitor(edition, "Kessel", contact_email="kessel@example.org")

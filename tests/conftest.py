"""What every test may ask for: a database, and a fair that is open, a seller and a buyer in it, and its office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from emporion.domain.cache import clear_all
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import Visitor
from tests import chromium, fair
from tests.database import cloned, empty, hold
from tests.worker import clear_jobs

# A busy machine fails no test by its slowness, and every run tries the same examples, so that main fails for what
# changed alone. `pytest --hypothesis-profile=explore` tries many others.
SLOW_IS_NO_FAULT = [HealthCheck.too_slow]
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=SLOW_IS_NO_FAULT)
settings.register_profile("explore", deadline=None, max_examples=1_000, suppress_health_check=SLOW_IS_NO_FAULT)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Two runs at once with one home would drop each other's databases: the second is refused."""
    if not hasattr(config, "workerinput"):
        config.add_cleanup(hold(Path(django_settings.HOME)).close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser run last: from the first of them on, its event loop is in the process.

    Of two processes each takes whole files, but a file's tests in a browser apart from its others.
    """
    items.sort(key=_in_browser)
    for item in items:
        part = " in a browser" if _in_browser(item) else ""
        item.add_marker(pytest.mark.xdist_group(item.location[0] + part))


def _in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def pytest_sessionfinish() -> None:
    """The one browser of the process ends with it."""
    chromium.close()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test begins in English; a page asked for in Chinese leaves its language to whatever comes after it."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: Any, django_db_blocker: Any, request: pytest.FixtureRequest) -> Any:
    """The database of this process, cloned from the template; each worker of a parallel run has its own."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with django_db_blocker.unblock(), cloned(f"test_emporion_{worker}"), django_db_blocker.block():
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """A test whose transactions are real ends by deleting what it wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield


@pytest.fixture(autouse=True)
def with_empty_caches() -> None:
    """What an earlier test computed of other records is forgotten."""
    clear_all()


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests() -> Iterator[None]:
    """Each page is made anew, and passwords are hashed by a function that takes no time.

    Set before the server of the tests in a browser, which reads once for all of them whether pages are stored.
    Tests of stored pages store them in a folder of their own.
    """
    with override_settings(PAGE_CACHE=False, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def browser(transactional_db: None) -> Iterator[Browser]:
    """The browser; jobs that were asked for in it are gone afterwards."""
    with chromium.chromium() as opened:
        yield opened
    clear_jobs()


@pytest.fixture
def edition(db: Any) -> Edition:
    """The edition of a fair that is open today, whose show is still to come."""
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


@pytest.fixture
def office(edition: Edition) -> Client:
    """An owner of the fair, signed in."""
    return fair.signed_in(fair.make_person("office@expo.example", "Lin", staff=True))

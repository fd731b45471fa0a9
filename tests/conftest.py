"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings

from emporion.domain.cache import clear_all
from tests import chromium
from tests.database import cloned, hold

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

"""A real Chromium, for tests of what only a browser shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without Chromium the test is skipped, or fails where ``EMPORION_BROWSER_REQUIRED=1``."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        say = pytest.fail if os.environ.get("EMPORION_BROWSER_REQUIRED") == "1" else pytest.skip
        say("no Chromium on the PATH")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # Playwright keeps an event loop in this thread, in which Django would not ask its database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = driver.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()
            # Beside an event loop Django keeps a connection apart from this thread's other one. Left open it would be
            # found dead by the next test of this kind, when one between them has ended all connections but its own.
            connection.close()

"""A real Chromium, for tests of what only a browser shows: one for all tests of a process, which run last."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The width of the smallest phones, and letters as wide as those of DejaVu Sans or wider, whatever fonts are installed.
SMALLEST_PHONE: ViewportSize = {"width": 320, "height": 640}
WIDE_TYPE = (
    'body, body * { font-family: "DejaVu Sans", Verdana, sans-serif !important; letter-spacing: 0.04em !important }'
)
# Milliseconds after which a page hangs; on a busy machine one needs many seconds.
PATIENCE = 120_000
_running = ExitStack()
_browsers: list[Browser] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, with no page open; what a test has opened in it is closed at the end.

    Without Chromium the test is skipped, or fails where ``EMPORION_BROWSER_REQUIRED=1``.
    """
    if not _browsers:
        _browsers.append(_started())
    [browser] = _browsers
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()
        # Beside Playwright's event loop Django keeps a connection apart from this thread's other one. Left open it
        # would be found dead by the next test, when one between them has ended all connections but its own.
        connection.close()


def open_page(browser: Browser, **options: Any) -> Page:
    """A page with cookies of its own, in a context of these options."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _started() -> Browser:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        say = pytest.fail if os.environ.get("EMPORION_BROWSER_REQUIRED") == "1" else pytest.skip
        say("no Chromium on the PATH")
    driver = _running.enter_context(sync_playwright())
    # Playwright keeps an event loop in this thread from now on, in which Django would not ask its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    browser = driver.chromium.launch(executable_path=found, args=FLAGS)
    _running.callback(browser.close)
    return browser


def close() -> None:
    """End the browser of this process, if there is one."""
    _browsers.clear()
    _running.close()

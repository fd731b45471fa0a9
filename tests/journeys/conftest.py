"""A real Chromium, for journeys through the whole site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser; without Chromium the test is skipped, or fails where ``EMPORION_BROWSER_REQUIRED=1``."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        say = pytest.fail if os.environ.get("EMPORION_BROWSER_REQUIRED") == "1" else pytest.skip
        say("no Chromium on the PATH")
    # Playwright keeps an event loop in this thread, in which Django would not ask its database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def pictures() -> Path | None:
    """Where to put pictures of the pages on the way, when ``EMPORION_PICTURES`` names a folder."""
    folder = os.environ.get("EMPORION_PICTURES")
    return Path(folder) if folder else None

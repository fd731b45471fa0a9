"""A real Chromium, for journeys through the whole site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pictures() -> Path | None:
    """Where to put pictures of the pages on the way, when ``EMPORION_PICTURES`` names a folder."""
    folder = os.environ.get("EMPORION_PICTURES")
    return Path(folder) if folder else None

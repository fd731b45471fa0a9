"""Pictures of journeys through the whole site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def pictures() -> Path | None:
    """Where to put pictures of the pages on the way, when ``EMPORION_PICTURES`` names a folder."""
    folder = os.environ.get("EMPORION_PICTURES")
    return Path(folder) if folder else None

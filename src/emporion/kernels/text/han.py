"""Chinese characters as they are compared: traditional ones as simplified."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    with files("emporion.data").joinpath("han/simplified.csv").open(encoding="utf-8") as file:
        return {ord(row["traditional"]): row["simplified"] for row in csv.DictReader(file)}


def simplified(text: str) -> str:
    """The text with its traditional characters as simplified ones."""
    return text if text.isascii() else text.translate(_simplified())

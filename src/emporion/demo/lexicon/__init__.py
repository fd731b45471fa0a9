"""The words that invented names are made of, and the real nouns of an import expo, as small tables."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one table by its file's name without ending."""
    with (files(__name__) / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))

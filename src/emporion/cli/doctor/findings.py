"""What a check gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """Something wrong: an error keeps the fair from working, a warning costs something. ``code`` names it."""

    level: Literal["error", "warning"]
    code: str
    wrong: str
    fix: str


Check = Callable[[], Iterator[Finding]]


def error(code: str, wrong: str, fix: str) -> Finding:
    return Finding("error", code, wrong, fix)


def warning(code: str, wrong: str, fix: str) -> Finding:
    return Finding("warning", code, wrong, fix)

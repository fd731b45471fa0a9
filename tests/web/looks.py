"""The ways in which a page is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Look:
    """How a page is looked at: its language, the width of the window in pixels, and the theme."""

    language: str
    width: int
    theme: str

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.theme}"


LOOKS = tuple(Look(*one) for one in product(("en", "zh"), (360, 1280), ("light", "dark")))

"""Free booths: whom the rules of a market give a booth free of charge at its fairs, and of what size."""

from __future__ import annotations

from dataclasses import dataclass

from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal


class NoFreeBoothRule(Refusal):
    """The data hold no rule on free booths for the market {market}, so its fairs grant none."""


@dataclass(frozen=True)
class FreeBoothRule:
    """Exhibitors from a group of countries get one standard booth each up to ``area_m2``, within a quota."""

    group: str
    area_m2: int
    source: Phrase

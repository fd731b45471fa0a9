"""What of both sides' own words is alike: the reason behind the points that texts give a pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from emporion.domain.matching.queries.market import Market
from emporion.domain.matching.queries.texts import OwnerTexts, closest, exhibitors_texts, units_texts, vectors_of
from emporion.domain.matching.rules import FloatArray, Term, short_title
from emporion.domain.reason import Name


class Alike:
    """Finds the two closest texts of a pair. Nothing is read before a pair has points for its texts."""

    def __init__(self, market: Market, exhibitors: Sequence[int]) -> None:
        self.market, self.exhibitors = market, exhibitors

    def term(self, visitor: int, exhibitor: int, points: float) -> Iterator[Term]:
        """The term of a pair of the market's rows, naming both texts; none where no two are alike enough to say so."""
        mine = self._needed.get(int(self.market.units[visitor]), [])
        theirs = self._shown.get(int(self.market.exhibitors[exhibitor]), [])
        if pair := closest(mine, theirs, self._vectors):
            wish, product = (Name(short_title(one.en), short_title(one.zh)) for one in pair)
            yield Term(f"text_{pair[1].kind}", points, {"wish": wish, "product": product})

    @cached_property
    def _needed(self) -> OwnerTexts:
        return units_texts(self.market.edition, np.unique(self.market.units).tolist())

    @cached_property
    def _shown(self) -> OwnerTexts:
        return exhibitors_texts(self.market.edition, self.exhibitors)

    @cached_property
    def _vectors(self) -> dict[str, FloatArray]:
        sides = (self._needed, self._shown)
        return vectors_of(text.digest for side in sides for texts in side.values() for text in texts)

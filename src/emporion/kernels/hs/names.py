"""Everyday and trade names found in a product text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs.query import Query
from emporion.kernels.text.bm25 import BM25
from emporion.kernels.text.words import is_chinese, tokens

AT_END, HALFWAY_CHINESE, HALFWAY_ENGLISH, LATER, WITHIN_LONGER = 1.35, 2.0, 7.0, 0.75, 0.4
# A name that is the whole text: an electric toothbrush is no toothbrush that is electric.
WHOLE_TEXT = 2.0


@dataclass(frozen=True, slots=True)
class NameHit:
    """A listed name found in a text: its place in the list and how much it counts."""

    place: int
    name: str
    strength: float


class Names:
    """The listed names by their first token or character: a text is compared only with those it may contain."""

    def __init__(self, names: Sequence[str]) -> None:
        self._tokens = [tokens(name) for name in names]
        self._index = BM25(self._tokens)
        self._names = names
        self._whole: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            self._whole.setdefault(name.lower(), []).append(place)
        self._chinese = frozenset(name for name in names if is_chinese(name))
        self._by_start: dict[str, list[int]] = {}
        for place, (name, own) in enumerate(zip(names, self._tokens, strict=True)):
            if own:
                self._by_start.setdefault(name[0] if is_chinese(name) else own[0], []).append(place)

    def is_name(self, text: str) -> bool:
        """Whether a text is a listed name, whole."""
        return bool(self.that_are(text))

    def that_are(self, text: str) -> list[int]:
        """The names that a text is, whole: a name may lead to several codes."""
        return self._whole.get(text.strip().lower(), [])

    def holds(self, token: str) -> bool:
        """Whether a listed name holds a token."""
        return self._index.holds(token)

    def near(self, query: Query) -> NDArray[np.float64]:
        """BM25 share of each name, shape (names,)."""
        own = query.own_tokens
        return self._index.shares({token: weight for token, weight in query.weights.items() if token in own})

    def head(self, segment: str) -> str:
        """The longest listed Chinese name that a segment ends with and is not; empty where there is none."""
        ends = (segment[place:] for place in range(1, len(segment) - 1)) if is_chinese(segment) else ()
        return next((end for end in ends if end in self._chinese), "")

    def hits(self, query: Query) -> list[NameHit]:
        """The names that a text contains whole; one within a longer name counts less."""
        best: dict[int, NameHit] = {}
        for order, segment in enumerate(query.segments):
            for one in self._in_segment(segment.lower(), first=not order):
                if one.place not in best or best[one.place].strength < one.strength:
                    best[one.place] = one
        found = sorted(best.values(), key=lambda one: -len(one.name))
        return [self._reduced(one, found) for one in found]

    def _in_segment(self, segment: str, *, first: bool) -> list[NameHit]:
        own, head = tokens(segment), self.head(segment)
        starts = set(own) | set(segment)
        places = [place for start in starts for place in self._by_start.get(start, ())]
        strengths = [(place, self._strength(place, segment, own, head)) for place in places]
        return [
            NameHit(place, self._names[place], strength * self._weight(place, segment, first=first))
            for place, strength in strengths if strength
        ]  # fmt: skip

    def _weight(self, place: int, segment: str, *, first: bool) -> float:
        if not first:
            return LATER
        return WHOLE_TEXT if self._names[place].lower() == segment else 1.0

    def _strength(self, place: int, segment: str, own: Sequence[str], head: str) -> float:
        name = self._names[place].lower()
        if is_chinese(name):
            if name not in segment:
                return 0.0
            position = AT_END if segment.endswith(name) else LATER if head and name not in head else 1.0
            return len(name) / (len(name) + HALFWAY_CHINESE) * position
        parts = self._tokens[place]
        if not set(parts) <= set(own):
            return 0.0
        rare = sum(map(self._index.idf, parts))
        return rare / (rare + HALFWAY_ENGLISH) * (AT_END if own[-1] in parts else 1.0)

    def _reduced(self, one: NameHit, found: Sequence[NameHit]) -> NameHit:
        own = set(self._tokens[one.place])
        within = any(
            len(other.name) > len(one.name)
            and (one.name in other.name if is_chinese(one.name) else own < set(self._tokens[other.place]))
            for other in found
        )
        return NameHit(one.place, one.name, one.strength * WITHIN_LONGER) if within else one

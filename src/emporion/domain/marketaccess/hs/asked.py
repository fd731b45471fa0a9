"""A product text as asked: its words, what they mean in the nomenclature's words, and where its phrases end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from emporion.kernels.text.words import is_chinese, tokens

_BREAKS = re.compile(r"[,;:()\[\]/，；：、（）。+]|\s-\s|\b(?:for|with|in|from|on|by|at|containing)\b", re.IGNORECASE)
LATER, MEANT = 0.6, 0.8
LONGEST = 8


@dataclass(frozen=True)
class Asked:
    """``query`` weighs each token; ``because`` tells for a token the word of the text it comes from."""

    text: str
    query: Mapping[str, float]
    because: Mapping[str, str]
    segments: tuple[str, ...]

    @property
    def own(self) -> frozenset[str]:
        """The tokens of the text itself."""
        return frozenset(tokens(self.text))


def asked(text: str, words: Mapping[str, str]) -> Asked:
    """Read a text: what stands after *for*, *with*, *in* or a comma weighs less than the goods before it."""
    segments = _segments(text)
    query: dict[str, float] = {}
    because: dict[str, str] = {}
    for place, segment in enumerate(segments):
        weight = LATER if place else 1.0
        for token in tokens(segment):
            _more(query, because, token, token, weight)
        for word in _known(segment, words):
            for token in tokens(words[word]):
                _more(query, because, token, word, weight * (1.0 if is_chinese(word) else MEANT))
    return Asked(text, query, because, segments)


def _segments(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in _BREAKS.split(text):
        parts += part.split() if is_chinese(part) else [part.strip()]
    return tuple(part for part in parts if tokens(part))


def _more(query: dict[str, float], because: dict[str, str], token: str, word: str, weight: float) -> None:
    query[token] = max(query.get(token, 0.0), weight)
    because.setdefault(token, word)


def _known(segment: str, words: Mapping[str, str]) -> list[str]:
    """The listed words in a segment: Chinese by longest match from the left, English by word and pair of words."""
    if is_chinese(segment):
        return _longest(segment, words)
    stems = tokens(segment)
    pairs = [" ".join(pair) for pair in pairwise(stems)]
    return [word for word in (*stems, *pairs) if word in words]


def _longest(segment: str, words: Mapping[str, str]) -> list[str]:
    found, place = [], 0
    while place < len(segment):
        lengths = range(min(LONGEST, len(segment) - place), 0, -1)
        word = next((segment[place : place + n] for n in lengths if segment[place : place + n] in words), "")
        if word:
            found.append(word)
        place += len(word) or 1
    return found

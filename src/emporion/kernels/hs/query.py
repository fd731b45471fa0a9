"""A product text as a query: its words, what they mean in the nomenclature's words, and where its phrases end."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from emporion.kernels.text.words import is_chinese, tokens

BREAKS = re.compile(r"[,;:()\[\]/，；：、（）。+]|\s-\s|\b(?:for|with|in|from|on|by|at|containing)\b", re.IGNORECASE)
LATER, TRANSLATED = 0.6, 0.8
LONGEST_WORD = 8


@dataclass(frozen=True)
class Query:
    """``weights`` by token; ``because`` gives for a token the word of the text it comes from."""

    text: str
    weights: Mapping[str, float]
    because: Mapping[str, str]
    segments: tuple[str, ...]

    @property
    def own_tokens(self) -> frozenset[str]:
        """The tokens of the text itself."""
        return frozenset(tokens(self.text))

    def runs(self, known_pairs: Collection[str]) -> Iterator[str]:
        """The longest parts of the Chinese text of which every pair of characters is known, from the left."""
        for segment in filter(is_chinese, self.segments):
            start = 0
            for place in range(1, len(segment) + 1):
                if segment[place - 1 : place + 1] not in known_pairs or place == len(segment):
                    if place - start > 1:
                        yield segment[start:place]
                    start = place


def parse_query(text: str, words: Mapping[str, str], head: Callable[[str], str] = lambda segment: "") -> Query:
    """Read a text: what stands after *for*, *with*, *in* or a comma weighs less than the goods before it.

    Chinese names the thing last: where ``head`` gives the end of a segment that names it, the listed words before it
    (of what, for whom it is made: 不锈钢 in 不锈钢保温杯) weigh less too.
    """
    segments = _segments(text)
    weights: dict[str, float] = {}
    because: dict[str, str] = {}
    for place, segment in enumerate(segments):
        weight = LATER if place else 1.0
        before = _tokens_before(segment, head(segment), words)
        for token, word, share in _weighted(segment, words):
            _add(weights, because, token, word, weight * share * (LATER if token in before else 1.0))
    return Query(text, weights, because, segments)


def _weighted(segment: str, words: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """The tokens of a segment and of what its listed words mean, each with its word and how much it says."""
    yield from ((token, token, 1.0) for token in tokens(segment))
    for word in _listed_words(segment, words):
        yield from ((token, word, 1.0 if is_chinese(word) else TRANSLATED) for token in tokens(words[word]))


def _tokens_before(segment: str, head: str, words: Mapping[str, str]) -> frozenset[str]:
    """The tokens of the listed words before the head that are not in the head as well."""
    if not head:
        return frozenset()
    listed = _listed_words(segment.removesuffix(head), words)
    in_head = {token for token, _, _ in _weighted(head, words)}
    return frozenset(tokens(" ".join([*listed, *(words[word] for word in listed)]))) - in_head


def _segments(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in BREAKS.split(text):
        parts += part.split() if is_chinese(part) else [part.strip()]
    return tuple(part for part in parts if tokens(part))


def _add(weights: dict[str, float], because: dict[str, str], token: str, word: str, weight: float) -> None:
    weights[token] = max(weights.get(token, 0.0), weight)
    because.setdefault(token, word)


def _listed_words(segment: str, words: Mapping[str, str]) -> list[str]:
    """The listed words in a segment: Chinese by longest match from the left, English by word and pair of words."""
    if is_chinese(segment):
        return _longest_matches(segment, words)
    stems = tokens(segment)
    pairs = [" ".join(pair) for pair in pairwise(stems)]
    return [word for word in (*stems, *pairs) if word in words]


def _longest_matches(segment: str, words: Mapping[str, str]) -> list[str]:
    found, place = [], 0
    while place < len(segment):
        lengths = range(min(LONGEST_WORD, len(segment) - place), 0, -1)
        word = next((segment[place : place + n] for n in lengths if segment[place : place + n] in words), "")
        if word:
            found.append(word)
        place += len(word) or 1
    return found

"""Okapi BM25 over short documents (Robertson and Zaragoza 2009, *The Probabilistic Relevance Framework*, section 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


class BM25:
    """Documents given as token lists; a query is a weight per token.

    Weight of token t in document d of length l: idf(t) · f · (k1 + 1) / (f + k1 · (1 − b + b · l / mean l)), with
    idf(t) = ln(1 + (N − n + 0.5) / (n + 0.5)). Built in time linear in the tokens; a query costs its postings.
    """

    def __init__(self, documents: Iterable[Sequence[str]], k1: float = 1.2, b: float = 0.5) -> None:
        counts = [Counter(document) for document in documents]
        self.size = len(counts)
        self._k1 = k1
        lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        self._norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if self.size else 0.0, 1e-9))
        self._postings, self._places, self._often = _joined(counts)

    def holds(self, token: str) -> bool:
        """Whether a document holds a token."""
        return token in self._postings

    def idf(self, token: str) -> float:
        """How rare a token is; a token in no document is the rarest."""
        first, last = self._postings.get(token, (0, 0))
        held = last - first
        return float(np.log(1 + (self.size - held + 0.5) / (held + 0.5)))

    def weights(self, token: str) -> tuple[NDArray[np.int32], Scores]:
        """The documents that hold a token and what it adds to each."""
        own = slice(*self._postings.get(token, (0, 0)))
        places, times = self._places[own], self._often[own].astype(float)
        return places, self.idf(token) * times * (self._k1 + 1) / (times + self._norm[places])

    def scores(self, query: Mapping[str, float]) -> Scores:
        """BM25 of each document for a weighted query, shape (documents,)."""
        found = np.zeros(self.size)
        for token, weight in query.items():
            places, added = self.weights(token)
            found[places] += weight * added
        return found

    def shares(self, query: Mapping[str, float]) -> Scores:
        """BM25 as a share of the query's own weight: about 0 where nothing meets, about 1 where everything does."""
        whole = sum(weight * self.idf(token) for token, weight in query.items())
        return self.scores(query) / whole if whole else np.zeros(self.size)


def _joined(counts: Sequence[Counter[str]]) -> tuple[dict[str, tuple[int, int]], NDArray[np.int32], NDArray[np.int32]]:
    """Where each token's postings begin and end; the documents and counts of all of them, one token's after another's.

    Two arrays for all tokens hold a tenth of what two lists for each would.
    """
    postings: dict[str, list[tuple[int, int]]] = {}
    for place, count in enumerate(counts):
        for token, times in count.items():
            postings.setdefault(token, []).append((place, times))
    ends = np.cumsum([len(own) for own in postings.values()], dtype=int).tolist()
    spans = dict(zip(postings, zip([0, *ends], ends, strict=False), strict=True))
    flat = np.array([pair for own in postings.values() for pair in own], dtype=np.int32).reshape(-1, 2)
    return spans, flat[:, 0].copy(), flat[:, 1].copy()

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
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for place, count in enumerate(counts):
            for token, times in count.items():
                places, often = postings.setdefault(token, ([], []))
                places.append(place)
                often.append(times)
        self._postings = postings

    def idf(self, token: str) -> float:
        """How rare a token is; a token in no document is the rarest."""
        held = len(self._postings[token][0]) if token in self._postings else 0
        return float(np.log(1 + (self.size - held + 0.5) / (held + 0.5)))

    def weights(self, token: str) -> tuple[NDArray[np.int64], Scores]:
        """The documents that hold a token and what it adds to each."""
        places, often = (np.array(part) for part in self._postings.get(token, ([], [])))
        if not len(places):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        times = often.astype(float)
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

"""How likely the first proposal is right, and any of five: learnt from outside truth, so that a score is a share.

A logistic regression over signs of a text's evidence gives a raw likelihood; isotonic regression (pool adjacent
violators, Zadrozny and Elkan 2002) makes it the share that was right among cases of that likelihood. Kinds of text,
told apart by language and length, have a line each that moves the log-odds (Platt 1999), drawn towards leaving them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
FIRST, FIVE = "first", "five"
SIGNS = (
    "one", "share of the first", "share of five", "share of the heading", "lead", "named", "near name", "whole",
    "title", "name meant", "title meant", "words", "length", "chinese", "chinese title", "agreed", "voted",
    "heading voted", "more than the thing", "other",
)  # fmt: skip
# What the number of words is worth grows no further.
LONGEST = 15
# A text is a term up to so many words (pairs of characters in Chinese), a description from so many on.
TERM, LONG = {False: 4, True: 5}, {False: 40, True: 60}
TERMS, SENTENCES, DESCRIPTIONS = "term", "sentence", "description"
KINDS = tuple(f"{kind} {language}" for kind in (TERMS, SENTENCES, DESCRIPTIONS) for language in ("en", "zh"))
# An offset and a slope of the log-odds: as they are.
AS_IT_IS = (0.0, 1.0)
LEAST_SHARE = 1e-15
# However clear a text is: the best few hundred cases were all right, which proves no more.
MOST = 0.99
# The raw likelihood smooths the steps between few cases.
SMOOTH = 0.5
# A bin of fewer cases shows chance alone.
LEAST_OF_BIN = 6


@dataclass(frozen=True)
class Calibration:
    """``means`` and ``spreads`` of the signs; for first and five their weights and the steps (at, probability).

    ``lines``: offset and slope of the log-odds by kind of text, for first and five; kinds without one stay as they are.
    """

    means: Table
    spreads: Table
    weights: Mapping[str, Table]
    steps: Mapping[str, tuple[Table, Table]]
    lines: Mapping[tuple[str, str], tuple[float, float]]

    def probabilities(self, signs: Table, kind: str) -> tuple[float, float]:
        """Probability that the first is right, and that one of five is: the second is no smaller, none is certain."""
        first, five = (min(self._moved(self.pooled(signs, of), kind, of), MOST) for of in (FIRST, FIVE))
        return first, max(first, five)

    def pooled(self, signs: Table, of: str) -> float:
        """The probability over all kinds of text."""
        scaled = (signs - self.means) / self.spreads
        raw = float(1 / (1 + np.exp(-float(scaled @ self.weights[of]))))
        at, probability = self.steps[of]
        return SMOOTH * raw + (1 - SMOOTH) * float(np.interp(raw, at, probability))

    def _moved(self, probability: float, kind: str, of: str) -> float:
        offset, slope = self.lines.get((kind, of), AS_IT_IS)
        return float(1 / (1 + np.exp(-(offset + slope * log_odds(probability)))))


def kind_of(words: int, chinese: bool) -> str:
    """The kind of a text by the number of its words and its language: one of ``KINDS``."""
    kind = TERMS if words <= TERM[chinese] else DESCRIPTIONS if words >= LONG[chinese] else SENTENCES
    return f"{kind} {'zh' if chinese else 'en'}"


def of_rows(
    signs: Iterable[Mapping[str, str]], steps: Iterable[Mapping[str, str]], lines: Iterable[Mapping[str, str]]
) -> Calibration:
    """A calibration of its tables (sign, mean, spread, first, five; of, at, right; kind, of, offset, slope)."""
    by_name = {row["sign"]: row for row in signs}
    columns = {
        name: np.array([float(by_name[sign][name]) for sign in SIGNS]) for name in ("mean", "spread", FIRST, FIVE)
    }
    pools: dict[str, list[tuple[float, float]]] = {FIRST: [], FIVE: []}
    for row in steps:
        pools[row["of"]].append((float(row["at"]), float(row["right"])))
    found = {
        of: (np.array([at for at, _ in some]), np.array([right for _, right in some])) for of, some in pools.items()
    }
    moved = {(row["kind"], row["of"]): (float(row["offset"]), float(row["slope"])) for row in lines}
    return Calibration(columns["mean"], columns["spread"], {FIRST: columns[FIRST], FIVE: columns[FIVE]}, found, moved)


def as_rows(made: Calibration) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """The three tables of a calibration, with their headers."""
    columns = zip(SIGNS, made.means, made.spreads, made.weights[FIRST], made.weights[FIVE], strict=True)
    signs = [
        ["sign", "mean", "spread", FIRST, FIVE],
        *([name, *(f"{one:.5f}" for one in rest)] for name, *rest in columns),
    ]
    steps = [["of", "at", "right"]]
    for of, (at, right) in made.steps.items():
        steps += [[of, f"{one:.5f}", f"{share:.5f}"] for one, share in zip(at, right, strict=True)]
    lines = [["kind", "of", "offset", "slope"]]
    lines += [[kind, of, f"{offset:.5f}", f"{slope:.5f}"] for (kind, of), (offset, slope) in made.lines.items()]
    return signs, steps, lines


def signs_of(
    shares: Table,
    scores: Table,
    summed: Table,
    headings: NDArray[np.int64],
    best: Mapping[str, float],
    words: int,
    chinese: bool,
) -> Table:
    """The signs of one text: its shares, scores and weighted sums by subheading, the best one's evidence, its words."""
    words = min(words, LONGEST)
    # What answers have ruled out has no share, however much it has of the sum.
    agreed = float(np.argmax(scores) == np.argmax(np.where(shares > LEAST_SHARE, summed, -np.inf)))
    order = np.argsort(-shares)[:6]
    lead = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 10.0
    heading = float(np.bincount(headings, shares).max())
    return np.array([
        1.0, log_odds(shares[order[0]]), log_odds(shares[order[:5]].sum()), log_odds(heading), lead,
        *(best[name] for name in ("named", "near name", "whole", "title", "name meant", "title meant")),
        np.log1p(words), words / 10, float(chinese), best["chinese title"] * chinese, agreed,
        *(best[name] for name in ("voted", "heading voted", "more than the thing", "other")),
    ])  # fmt: skip


def log_odds(share: float) -> float:
    """The log-odds of a share, which is kept off 0 and 1."""
    held = min(max(float(share), 1e-4), 1 - 1e-4)
    return float(np.log(held / (1 - held)))


def expected_error(probability: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: the mean distance between probability and share of right ones.

    In bins of equal size by probability (equal mass), of at least ``LEAST_OF_BIN`` cases each.
    """
    return sum(share * abs(given - hits) for share, given, hits, _ in _bins(probability, right, bins))


def debiased_error(probability: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """The root mean square of that distance less what chance adds to it (Kumar, Liang and Ma 2019), at least 0."""
    found = sum(
        share * ((given - hits) ** 2 - hits * (1 - hits) / max(size - 1, 1))
        for share, given, hits, size in _bins(probability, right, bins)
    )
    return float(np.sqrt(max(found, 0.0)))


def _bins(probability: Sequence[float], right: Sequence[bool], bins: int) -> Iterator[tuple[float, float, float, int]]:
    """Of each bin its share of the cases, mean probability, share of right ones and size."""
    given, hits = np.asarray(probability, dtype=float), np.asarray(right, dtype=float)
    count = max(1, min(bins, len(given) // LEAST_OF_BIN))
    for own in np.array_split(np.argsort(given, kind="stable"), count):
        yield len(own) / len(given), float(given[own].mean()), float(hits[own].mean()), len(own)

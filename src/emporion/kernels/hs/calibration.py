"""How likely the first proposal is right, and any of five: learnt from outside truth, so that a score is a share.

A logistic regression over signs of a text's evidence gives a raw likelihood; isotonic regression (pool adjacent
violators, Zadrozny and Elkan 2002) makes it the share that was right among cases of that likelihood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
FIRST, FIVE = "first", "five"
SIGNS = (
    "one", "share of the first", "share of five", "share of the heading", "lead", "named", "near name", "whole",
    "title", "name meant", "title meant", "words", "length", "chinese", "chinese title", "agreed", "voted",
    "heading voted", "more than the thing",
)  # fmt: skip
# Few cases are longer: what their length is worth is not known, so they count as these.
LONGEST = 15
LEAST_SHARE = 1e-15
# However clear a text is: the best few hundred cases were all right, which proves no more.
MOST = 0.99
# The raw likelihood smooths the steps between few cases.
SMOOTH = 0.5


@dataclass(frozen=True)
class Calibration:
    """``means`` and ``spreads`` of the signs; for first and five their weights and the steps (at, probability)."""

    means: Table
    spreads: Table
    weights: Mapping[str, Table]
    steps: Mapping[str, tuple[Table, Table]]

    def probabilities(self, signs: Table) -> tuple[float, float]:
        """Probability that the first is right, and that one of five is: the second is no smaller, none is certain."""
        scaled = (signs - self.means) / self.spreads
        first, five = (min(self._probability(scaled, of), MOST) for of in (FIRST, FIVE))
        return first, max(first, five)

    def _probability(self, scaled: Table, of: str) -> float:
        raw = float(1 / (1 + np.exp(-float(scaled @ self.weights[of]))))
        at, probability = self.steps[of]
        return SMOOTH * raw + (1 - SMOOTH) * float(np.interp(raw, at, probability))


def of_rows(signs: Iterable[Mapping[str, str]], steps: Iterable[Mapping[str, str]]) -> Calibration:
    """A calibration of its two tables (sign, mean, spread, first, five; of, at, right)."""
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
    return Calibration(columns["mean"], columns["spread"], {FIRST: columns[FIRST], FIVE: columns[FIVE]}, found)


def as_rows(made: Calibration) -> tuple[list[list[str]], list[list[str]]]:
    """The two tables of a calibration, with their headers."""
    columns = zip(SIGNS, made.means, made.spreads, made.weights[FIRST], made.weights[FIVE], strict=True)
    signs = [
        ["sign", "mean", "spread", FIRST, FIVE],
        *([name, *(f"{one:.5f}" for one in rest)] for name, *rest in columns),
    ]
    steps = [["of", "at", "right"]]
    for of, (at, right) in made.steps.items():
        steps += [[of, f"{one:.5f}", f"{share:.5f}"] for one, share in zip(at, right, strict=True)]
    return signs, steps


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
        1.0, _log_odds(shares[order[0]]), _log_odds(shares[order[:5]].sum()), _log_odds(heading), lead,
        *(best[name] for name in ("named", "near name", "whole", "title", "name meant", "title meant")),
        np.log1p(words), words / 10, float(chinese), best["chinese title"] * chinese, agreed,
        *(best[name] for name in ("voted", "heading voted", "more than the thing")),
    ])  # fmt: skip


def _log_odds(share: float) -> float:
    held = min(max(float(share), 1e-4), 1 - 1e-4)
    return float(np.log(held / (1 - held)))


def expected_error(probability: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: the mean distance between probability and share of right ones, over equal bins."""
    given, hits = np.asarray(probability, dtype=float), np.asarray(right, dtype=float)
    places = np.minimum((given * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(given[places == one].mean() - hits[places == one].mean()) * (places == one).mean()
            for one in np.unique(places)
        )
    )

"""Re-ranking the likeliest subheadings: small networks that weigh kinds of evidence against each other.

A sum of weighted evidence cannot say that a material counts only where no name was met. A network of two layers can:
its score is added to the weighted sum. Several networks, learnt from different starting points, vote by their mean.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """A weighted sum (``linear``) and two layers of rectified sums, over evidence brought to one scale."""

    linear: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    out: Floats

    def scores(self, scaled: Floats) -> Floats:
        """A score for each row of scaled evidence; the shape of the rows may have any number of axes."""
        below = np.maximum(scaled @ self.first + self.first_bias, 0)
        above = np.maximum(below @ self.second + self.second_bias, 0)
        return scaled @ self.linear + above @ self.out  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Ranker:
    """Networks that vote, the ``means`` and ``spreads`` of each kind of evidence, and the kinds by name."""

    evidence: tuple[str, ...]
    means: Floats
    spreads: Floats
    networks: tuple[Network, ...]

    def scores(self, evidence: NDArray[np.floating]) -> NDArray[np.float64]:
        """The mean score of each row of evidence, shape (rows, kinds)."""
        scaled = ((evidence - self.means) / self.spreads).astype(np.float32)
        return np.asarray(np.mean([one.scores(scaled) for one in self.networks], axis=0), dtype=float)


class RankerStale(ValueError):
    """The stored re-ranker weighs other kinds of evidence: run ``benchmarks/hs_tuning.py``."""


def saved(ranker: Ranker) -> bytes:
    """The file of a re-ranker."""
    out = io.BytesIO()
    held: dict[str, Any] = {
        f.name: np.stack([getattr(one, f.name) for one in ranker.networks]) for f in fields(Network)
    }
    held |= {"evidence": np.array(ranker.evidence), "means": ranker.means, "spreads": ranker.spreads}
    np.savez_compressed(out, **held)
    return out.getvalue()


def load(file: bytes, evidence: Sequence[str]) -> Ranker:
    """The re-ranker of a file. Raises ``RankerStale`` where it weighs other kinds of evidence."""
    with np.load(io.BytesIO(file)) as data:
        if tuple(data["evidence"].tolist()) != tuple(evidence):
            raise RankerStale(RankerStale.__doc__)
        layers = [data[f.name] for f in fields(Network)]
        return Ranker(
            tuple(evidence), data["means"], data["spreads"], tuple(Network(*own) for own in zip(*layers, strict=True))
        )

"""Headings learnt from sentence vectors: softmax regression over all texts that lead to a heading."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs import nomenclature as kinds
from emporion.kernels.hs.nomenclature import Text
from emporion.kernels.hs.vectors import VectorsStale

Floats = NDArray[np.float32]
# A heading's own title says most of it, a national line's description least.
WEIGHTS = {
    kinds.TITLE: 1.0, kinds.HEADING: 2.0, kinds.NATIONAL: 0.7, kinds.NAME: 1.5, kinds.CHINESE_TITLE: 1.0,
    kinds.CHINESE_HEADING: 2.0,
}  # fmt: skip
SHARPNESS, EPOCHS, RATE, BATCH, DECAY = 12.0, 5, 0.02, 512, 1e-5
STEPS = 127


@dataclass(frozen=True)
class Headings:
    """``weights`` of shape (directions, headings) as bytes with a scale for each heading, and its ``bias``."""

    codes: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: Floats
    bias: Floats
    stamp: str

    def log_shares(self, projected: Floats) -> NDArray[np.float64]:
        """The logarithm of each heading's share for vectors of length one: shape (texts, headings)."""
        scores = ((projected @ self.weights.astype(np.float32)) * self.scales + self.bias).astype(float)
        scores -= scores.max(axis=1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))  # type: ignore[no-any-return]


def fit(texts: Sequence[Text], rows: Floats, stamp: str, seed: int = 0) -> Headings:
    """Learn from texts and their vectors of length one, by Adam over shuffled batches; a seed gives one result."""
    held = [place for place, text in enumerate(texts) if len(text.code) >= 4]
    codes = tuple(sorted({texts[place].code[:4] for place in held}))
    place_of = {code: place for place, code in enumerate(codes)}
    labels = np.array([place_of[texts[place].code[:4]] for place in held])
    shares = np.array([WEIGHTS[texts[place].kind] for place in held], dtype=np.float32)
    weights, bias = _descend(rows[held] * np.float32(SHARPNESS), labels, shares, len(codes), seed)
    weights *= np.float32(SHARPNESS)
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-6) / np.float32(STEPS)
    return Headings(codes, np.round(weights / scales).astype(np.int8), scales, bias, stamp)


def _descend(rows: Floats, labels: NDArray[np.int64], shares: Floats, classes: int, seed: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    values = [np.zeros((rows.shape[1], classes), np.float32), np.zeros(classes, np.float32)]
    first, second = ([np.zeros_like(one) for one in values] for _ in range(2))
    step = 0
    for epoch in range(EPOCHS):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            own, step = order[start : start + BATCH], step + 1
            pull = _pull(rows[own] @ values[0] + values[1], labels[own], shares[own])
            slopes = [rows[own].T @ pull + np.float32(DECAY) * values[0], pull.sum(axis=0)]
            _step(values, slopes, first, second, step, RATE * (1 - epoch / EPOCHS))
    return values[0], values[1]


def _pull(scores: Floats, labels: NDArray[np.int64], shares: Floats) -> Floats:
    """The slope of the likelihood: shares less one where the label is."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(labels)), labels] -= 1
    return scores * (shares / np.float32(len(labels)))[:, None]


def _step(
    values: list[Floats], slopes: list[Floats], first: list[Floats], second: list[Floats], step: int, rate: float
) -> None:
    """One step of Adam (Kingma and Ba 2015), in place."""
    for value, slope, one, two in zip(values, slopes, first, second, strict=True):
        one += np.float32(0.1) * (slope - one)
        two += np.float32(0.001) * (slope * slope - two)
        value -= (
            np.float32(rate / (1 - 0.9**step)) * one / (np.sqrt(two / np.float32(1 - 0.999**step)) + np.float32(1e-8))
        )


def saved(headings: Headings) -> bytes:
    """The file of what was learnt."""
    out = io.BytesIO()
    np.savez_compressed(
        out, codes=np.array(headings.codes), weights=headings.weights, scales=headings.scales, bias=headings.bias,
        stamp=headings.stamp,
    )  # fmt: skip
    return out.getvalue()


def load(file: bytes, stamp: str) -> Headings:
    """What was learnt. Raises ``VectorsStale`` where it was learnt from other texts."""
    with np.load(io.BytesIO(file)) as data:
        if str(data["stamp"]) != stamp:
            raise VectorsStale(VectorsStale.__doc__)
        return Headings(
            tuple(data["codes"].tolist()), data["weights"], data["scales"], data["bias"], str(data["stamp"])
        )

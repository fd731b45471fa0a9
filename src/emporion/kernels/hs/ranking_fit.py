"""Learning the re-ranker from cases, by the likelihood of the right subheading and of its heading; for tuning alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs.ranking import Floats, Network, Ranker

Mask = NDArray[np.bool_]
HIDDEN = (32, 16)
EPOCHS, BATCH, RATE, DECAY, DROPPED, HEADING = 20, 64, 0.002, 1.0, 0.3, 0.3


@dataclass(frozen=True)
class Lists:
    """Cases as lists of subheadings of one length: ``evidence`` of shape (cases, places, kinds), which places are
    ``held``, which are ``right``, which of the right heading; how much each case is ``worth``."""

    evidence: Floats
    held: Mask
    right: Mask
    same: Mask
    worth: Floats

    def of(self, rows: NDArray[np.int64]) -> Lists:
        """Some of the cases."""
        return Lists(self.evidence[rows], self.held[rows], self.right[rows], self.same[rows], self.worth[rows])


def fit(lists: Lists, evidence: Sequence[str], weights: NDArray[np.float64], seeds: Sequence[int]) -> Ranker:
    """A network for each seed, each beginning with the weighted sum; the same seeds give the same networks."""
    rows = lists.evidence[lists.held]
    means, spreads = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    found = lists.of(np.flatnonzero(lists.right.any(axis=1)))
    scaled = replace(found, evidence=(found.evidence - means) / spreads, worth=found.worth / found.worth.mean())
    start = (weights * spreads).astype(np.float32)
    return Ranker(tuple(evidence), means, spreads, tuple(_learnt(scaled, start, seed) for seed in seeds))


def _learnt(lists: Lists, start: Floats, seed: int) -> Network:
    rng = np.random.default_rng(seed)
    layers = _first_layers(start, rng)
    moments = [(np.zeros_like(layer), np.zeros_like(layer)) for layer in layers]
    step = 0
    for epoch in range(EPOCHS):
        rate = np.float32(RATE * (1 + np.cos(np.pi * epoch / EPOCHS)) / 2)
        order = rng.permutation(len(lists.worth))
        for begin in range(0, len(order), BATCH):
            own, step = lists.of(order[begin : begin + BATCH]), step + 1
            kept = (rng.random((len(own.worth), 1, HIDDEN[0])) > DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
            _step(layers, _slopes(Network(*layers), own, kept), moments, step, rate)
    return Network(*layers)


def _first_layers(start: Floats, rng: np.random.Generator) -> list[Floats]:
    kinds, (below, above) = len(start), HIDDEN
    return [
        start.copy(), (rng.normal(size=(kinds, below)) / np.sqrt(kinds)).astype(np.float32),
        np.zeros(below, np.float32), (rng.normal(size=(below, above)) * np.sqrt(2 / below)).astype(np.float32),
        np.zeros(above, np.float32), np.zeros(above, np.float32),
    ]  # fmt: skip


def _slopes(network: Network, lists: Lists, kept: Floats) -> list[Floats]:
    """How the loss changes with each layer, by the chain rule; ``kept`` drops some of the lower layer by chance."""
    rows = lists.evidence
    below = np.maximum(rows @ network.first + network.first_bias, 0) * kept
    above = np.maximum(below @ network.second + network.second_bias, 0)
    pull = _pull(rows @ network.linear + above @ network.out, lists)
    of_above = (pull[:, :, None] * network.out) * (above > 0)
    of_below = (of_above @ network.second.T) * (below > 0) * kept
    return [
        _joined(rows, pull[:, :, None])[:, 0], _joined(rows, of_below), of_below.sum(axis=(0, 1)),
        _joined(below, of_above), of_above.sum(axis=(0, 1)), _joined(above, pull[:, :, None])[:, 0],
    ]  # fmt: skip


def _pull(scores: Floats, lists: Lists) -> Floats:
    """The slope of the loss by the scores."""
    scores = np.where(lists.held, scores, np.float32(-1e9))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    hit, near = (
        np.maximum((shares * mask).sum(axis=1, keepdims=True), np.float32(1e-6)) for mask in (lists.right, lists.same)
    )
    found = (1 + HEADING) * shares - shares * lists.right / hit - HEADING * shares * lists.same / near
    pull: Floats = (found * lists.worth[:, None] / len(scores)).astype(np.float32)
    return pull


def _joined(inputs: Floats, pulls: Floats) -> Floats:
    return inputs.reshape(-1, inputs.shape[2]).T @ pulls.reshape(-1, pulls.shape[2])


def _step(
    layers: list[Floats], slopes: list[Floats], moments: list[tuple[Floats, Floats]], step: int, rate: np.float32
) -> None:
    """One step of Adam with weight decay (Loshchilov and Hutter 2019), in place; the weighted sum does not decay."""
    for place, (layer, slope, (one, two)) in enumerate(zip(layers, slopes, moments, strict=True)):
        one += np.float32(0.1) * (slope - one)
        two += np.float32(0.001) * (slope * slope - two)
        if place:
            layer *= 1 - rate * np.float32(DECAY)
        layer -= (
            rate * one / np.float32(1 - 0.9**step) / (np.sqrt(two / np.float32(1 - 0.999**step)) + np.float32(1e-8))
        )

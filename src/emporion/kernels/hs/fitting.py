"""Learning what a text's evidence is worth as a probability; apart, for only tuning needs the optimiser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from emporion.kernels.hs.calibration import AS_IT_IS, Calibration, Table, log_odds

RIDGE = 0.01
# So many cases' worth of drawing each kind's line towards leaving the log-odds as they are.
DRAWN = 40.0


def fit(
    signs: Table, right: Mapping[str, Table], weights: Table, kinds: Sequence[str], folds: Sequence[int]
) -> Calibration:
    """Learn from the signs of cases, shape (cases, signs), which were right, and how much each case counts.

    The lines of ``kinds`` are learnt from probabilities that were learnt without the case's fold.
    """
    made, of_case = _pooled_fit(signs, right, weights), np.array(folds)
    unseen = {of: np.empty(len(signs)) for of in right}
    for fold in np.unique(of_case):
        own = of_case == fold
        other = _pooled_fit(signs[~own], {of: hits[~own] for of, hits in right.items()}, weights[~own])
        for of, odds in unseen.items():
            odds[own] = [log_odds(other.pooled(row, of)) for row in signs[own]]
    lines = {
        (kind, of): line_of(odds[own], right[of][own], weights[own])
        for kind in sorted(set(kinds))
        for own in [np.array(kinds) == kind]
        for of, odds in unseen.items()
    }
    return replace(made, lines=lines)


def line_of(odds: Table, right: Table, weights: Table) -> tuple[float, float]:
    """Offset and slope of log-odds by likelihood (Platt 1999), drawn towards ``AS_IT_IS``."""
    drawn_to = np.array(AS_IT_IS)

    def loss(line: Table) -> float:
        raw = line[0] + line[1] * odds
        return float(weights @ (np.logaddexp(0, raw) - right * raw) + DRAWN * ((line - drawn_to) ** 2).sum())

    offset, slope = minimize(loss, drawn_to, method="L-BFGS-B", bounds=[(None, None), (0.0, None)]).x
    return float(offset), float(slope)


def _pooled_fit(signs: Table, right: Mapping[str, Table], weights: Table) -> Calibration:
    means, spreads = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    means[0], spreads[0] = 0.0, 1.0
    scaled = (signs - means) / spreads
    learnt = {of: _logistic(scaled, hits, weights) for of, hits in right.items()}
    steps = {of: pooled(1 / (1 + np.exp(-scaled @ learnt[of])), hits, weights) for of, hits in right.items()}
    return Calibration(means, spreads, learnt, steps, {})


def _logistic(signs: Table, right: Table, weights: Table) -> Table:
    def loss(held: Table) -> tuple[float, Table]:
        raw = signs @ held
        value = weights @ (np.logaddexp(0, raw) - right * raw) + RIDGE * held @ held
        return float(value), signs.T @ (weights * (1 / (1 + np.exp(-raw)) - right)) + 2 * RIDGE * held

    return np.asarray(minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B").x)


def pooled(raw: Table, right: Table, weights: Table) -> tuple[Table, Table]:
    """Isotonic regression by pool adjacent violators: where each pool ends, and its share of right ones."""
    pools: list[list[float]] = []
    for place in np.argsort(raw, kind="stable"):
        pools.append([float(right[place] * weights[place]), float(weights[place]), float(raw[place])])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] >= pools[-1][0] * pools[-2][1]:
            hits, weight, end = pools.pop()
            pools[-1] = [pools[-1][0] + hits, pools[-1][1] + weight, end]
    return np.array([end for _, _, end in pools]), np.array([hits / weight for hits, weight, _ in pools])

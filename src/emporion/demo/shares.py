"""Splitting a total into parts that add up to it."""

from __future__ import annotations

import numpy as np

MODULE_M2 = 9


def areas(total_m2: int, count: int, low_m2: int, high_m2: int, rng: np.random.Generator, spread: float) -> np.ndarray:
    """``count`` stand areas in multiples of 9 m² between ``low_m2`` and ``high_m2`` that sum to ``total_m2``.

    Log-normal with standard deviation ``spread``; the total is rounded down to a multiple of 9. Raises ValueError
    where no such areas exist.
    """
    low, high, total = low_m2 // MODULE_M2, high_m2 // MODULE_M2, total_m2 // MODULE_M2
    if not low * count <= total <= high * count:
        raise ValueError(f"{count} stands of {low_m2} to {high_m2} m² cannot sum to {total_m2} m²")
    raw = rng.lognormal(0, spread, count)
    parts = np.clip(np.rint(raw / raw.sum() * total).astype(int), low, high)
    while (missing := total - int(parts.sum())) != 0:
        step = 1 if missing > 0 else -1
        open_ = np.flatnonzero(parts < high) if step > 0 else np.flatnonzero(parts > low)
        parts[rng.permutation(open_)[: abs(missing)]] += step
    return np.asarray(parts * MODULE_M2)


def counts(total: int, weights: np.ndarray, least: int = 0) -> np.ndarray:
    """Whole numbers in proportion to ``weights`` that sum to ``total``, each at least ``least``: largest remainders."""
    free = total - least * len(weights)
    if free < 0:
        raise ValueError(f"{total} cannot be shared among {len(weights)} with at least {least} each")
    exact = weights / weights.sum() * free
    parts = np.floor(exact).astype(int)
    parts[np.argsort(parts - exact, kind="stable")[: free - int(parts.sum())]] += 1
    return np.asarray(parts + least)

"""Who came through the gates, and when: scans with the peaks of a real show day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID

import numpy as np

from emporion.demo.sizes import Size

OPENING = datetime(2023, 11, 5, 8, 30, tzinfo=timezone(timedelta(hours=8)))
# The first day is for the opening ceremony's guests; the second draws the most.
DAY_SHARE = np.array([0.1, 0.24, 0.21, 0.18, 0.16, 0.11])
# Peaks from ten to eleven and from two to three, in hours after the gates open.
PEAKS_H = np.array([2.0, 6.0])
GATES = np.array(["N1", "N2", "E1", "S1", "S2", "W1"])
VISITS = np.array([1, 2, 3, 4])
VISIT_SHARE = [0.32, 0.34, 0.22, 0.12]

Scan = tuple[UUID, str, str, datetime]


def scans(size: Size, visitors: Sequence[str], staff: Sequence[str], seed: int) -> Iterator[Scan]:
    """Every admitted scan: id, badge number, gate, time. ``visitors`` and ``staff`` are badge numbers in order."""
    rng = np.random.default_rng([seed, 8])
    came = np.flatnonzero(rng.random(len(visitors)) < size.present_share)
    times = VISITS[rng.choice(len(VISITS), len(came), p=VISIT_SHARE)]
    badges = [visitors[index] for index in np.repeat(came, times).tolist()] + list(staff)
    yield from zip(
        _ids(len(badges), rng), badges, GATES[rng.integers(len(GATES), size=len(badges))].tolist(),
        _times(len(badges), rng), strict=True,
    )  # fmt: skip


def _ids(count: int, rng: np.random.Generator) -> Iterator[UUID]:
    text = rng.bytes(16 * count)
    return (UUID(bytes=text[place : place + 16], version=4) for place in range(0, 16 * count, 16))


def _times(count: int, rng: np.random.Generator) -> Iterator[datetime]:
    day = rng.choice(len(DAY_SHARE), count, p=DAY_SHARE)
    hour = np.clip(rng.normal(PEAKS_H[rng.integers(2, size=count)], 0.9), 0, 9)
    seconds = (day * 86_400 + hour * 3_600).astype(int)
    return (OPENING + timedelta(seconds=second) for second in seconds.tolist())

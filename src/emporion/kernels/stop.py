"""Stopping criteria shared by the searches.

A search asks its criterion once an iteration. Criteria that count iterations make a run repeatable; the one that
counts seconds takes its clock as an argument, so that no kernel reads the time by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Stop(Protocol):
    """Says whether a search should end.

    ``iteration`` counts from 0; ``best`` is the best objective so far (larger is better).
    """

    def __call__(self, iteration: int, best: float) -> bool: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class MaxIterations:
    """Ends after ``limit`` iterations: same seed, same input, same limit, same answer."""

    limit: int

    def __post_init__(self) -> None:
        if self.limit < 0:
            raise ValueError(f"MaxIterations: limit must be 0 or more, got {self.limit}")

    def __call__(self, iteration: int, best: float) -> bool:
        return iteration >= self.limit

    @property
    def reason(self) -> str:
        return f"{self.limit} iterations done"


class MaxSeconds:
    """Ends when ``seconds`` have passed on ``clock`` (a monotonic clock in seconds) since construction."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        if seconds < 0:
            raise ValueError(f"MaxSeconds: seconds must be 0 or more, got {seconds}")
        self.seconds = seconds
        self._clock = clock
        self._start = clock()

    def __call__(self, iteration: int, best: float) -> bool:
        return self._clock() - self._start >= self.seconds

    @property
    def reason(self) -> str:
        return f"{self.seconds:g} seconds passed"


class NoImprovement:
    """Ends when ``patience`` iterations in a row brought no better objective."""

    def __init__(self, patience: int) -> None:
        if patience < 1:
            raise ValueError(f"NoImprovement: patience must be 1 or more, got {patience}")
        self.patience = patience
        self._best = float("-inf")
        self._since = 0

    def __call__(self, iteration: int, best: float) -> bool:
        if best > self._best:
            self._best, self._since = best, iteration
        return iteration - self._since >= self.patience

    @property
    def reason(self) -> str:
        return f"no improvement in {self.patience} iterations"


class FirstOf:
    """Ends as soon as one of ``criteria`` does and gives that one's reason."""

    def __init__(self, *criteria: Stop) -> None:
        self._criteria = criteria
        self._reason = "running"

    def __call__(self, iteration: int, best: float) -> bool:
        ended = [criterion for criterion in self._criteria if criterion(iteration, best)]
        if ended:
            self._reason = ended[0].reason
        return bool(ended)

    @property
    def reason(self) -> str:
        return self._reason

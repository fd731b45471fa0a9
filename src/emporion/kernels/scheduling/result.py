"""The timetable of accepted meetings: how to search and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.reasons import Reason

SlotArray = npt.NDArray[np.int16]
Method = Literal["exact", "large", "replan"]


class Objective(NamedTuple):
    """What a timetable is worth, in order of importance: compare two as tuples with ``breaks`` negated."""

    musts: int
    placed: int
    strength: int
    breaks: int

    @property
    def key(self) -> tuple[int, int, int, int]:
        """Larger is better."""
        return (self.musts, self.placed, self.strength, -self.breaks)


@dataclass(frozen=True)
class Params:
    """How hard to search.

    method            "exact", "large", or None to choose by size
    exact_meetings    most meetings the exact model takes on by itself
    exact_variables   most pairs of meeting and possible slot the exact model takes on by itself
    effort            deterministic seconds the exact model may use when no ``stop`` is given
    rounds            rounds of the large method when no ``stop`` is given
    starts            independent walks of the large method; the best one wins. An executor runs them side by side
    chain             meetings looked at before an ejection chain is given up
    """

    method: Literal["exact", "large"] | None = None
    exact_meetings: int = 400
    exact_variables: int = 12_000
    effort: float = 20.0
    rounds: int = 30
    starts: int = 1
    chain: int = 60

    def __post_init__(self) -> None:
        if self.method not in (None, "exact", "large"):
            raise ValueError(f"method: must be 'exact', 'large' or None, got {self.method!r}")
        for name in ("exact_meetings", "exact_variables", "effort", "rounds"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: must be 0 or more, got {getattr(self, name)}")
        for name in ("starts", "chain"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name}: must be 1 or more, got {getattr(self, name)}")


@dataclass(frozen=True, eq=False)
class Result:
    """A timetable and what is known of it.

    slots        (M,) int16, the slot of each meeting, -1 for none
    reasons      one for every meeting without a slot
    objective    musts placed, meetings placed, their strength, breaks
    bound        no timetable places more meetings (max flow)
    must_bound   no timetable places more "must meet" meetings
    gap          1 - placed / bound
    feasible     False when the slots leave out a meeting although every one must be held, or share breaks unfairly
    proved       no timetable is better; for ``feasible`` False: there is none
    method       "exact", "large" or "replan", and ``chosen`` says why
    seconds      by the clock given, None without one
    stopped      why the search ended
    """

    slots: SlotArray
    reasons: tuple[Reason, ...]
    objective: Objective
    bound: int
    must_bound: int
    proved: bool
    feasible: bool
    method: Method
    chosen: str
    seed: int
    seconds: float | None
    stopped: str

    @property
    def placed(self) -> int:
        return self.objective.placed

    @property
    def breaks(self) -> int:
        return self.objective.breaks

    @property
    def gap(self) -> float:
        return 1 - self.placed / self.bound if self.bound else 0.0

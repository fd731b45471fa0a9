"""One search of CP-SAT: within deterministic seconds, ended early by a stop or by whoever called it off."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy.typing as npt
from ortools.sat.python import cp_model

from emporion.kernels.stop import Stop

POLL_SECONDS = 0.02

Array = npt.NDArray[Any]


class Answer(NamedTuple):
    """What a search found: a timetable, if any; the least its aim can cost; whether that is settled."""

    slots: Array | None = None
    bound: int = 0
    done: bool = False

    @property
    def impossible(self) -> bool:
        """There is no timetable."""
        return self.done and self.slots is None


@dataclass(frozen=True)
class Effort:
    """What a search may use: deterministic seconds, the seed of its random numbers, and its method.

    ``in_cores`` raises the bound by unsatisfiable cores; ``linear`` is how much of the model the linear relaxation has.
    """

    seconds: float
    seed: int
    in_cores: bool = False
    linear: int = 0


@dataclass(frozen=True)
class CalledOff:
    """A stop that somebody may also bring about: ``call_off`` ends every search that asks it."""

    stop: Stop
    _called: threading.Event = field(default_factory=threading.Event)

    def __call__(self, iteration: int, best: float) -> bool:
        return self._called.is_set() or self.stop(iteration, best)

    @property
    def reason(self) -> str:
        return self.stop.reason

    def call_off(self) -> None:
        self._called.set()


def run(
    model: cp_model.CpModel, read: Callable[[cp_model.CpSolver], Array], effort: Effort, stop: Stop, round_: int = 0
) -> Answer:
    """Searches ``model``; ``read`` takes the timetable from the solver. ``stop`` is asked from another thread."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed % 2**31
    solver.parameters.max_deterministic_time = effort.seconds
    solver.parameters.linearization_level = effort.linear
    solver.parameters.optimize_with_core = effort.in_cores
    status = _solve_watched(solver, model, stop, round_)
    found = read(solver) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    bound = solver.best_objective_bound
    lowest = max(0, math.ceil(bound - 1e-6)) if effort.in_cores and math.isfinite(bound) else 0
    return Answer(found, lowest, status in (cp_model.OPTIMAL, cp_model.INFEASIBLE))


def _solve_watched(solver: cp_model.CpSolver, model: cp_model.CpModel, stop: Stop, round_: int) -> object:
    """Solves while another thread asks ``stop`` every now and then."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(POLL_SECONDS):
            if stop(round_, 0.0):
                solver.stop_search()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    status = solver.solve(model)
    done.set()
    watcher.join()
    return status

"""The door of the kernel: chooses the method by size and puts the answer together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from emporion.kernels.scheduling.bound import most_meetings
from emporion.kernels.scheduling.canonical import canonical
from emporion.kernels.scheduling.check import check, count_breaks
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.reasons import reasons
from emporion.kernels.scheduling.result import Method, Objective, Params, Result
from emporion.kernels.stop import MaxIterations, Stop

if TYPE_CHECKING:
    from emporion.kernels.scheduling.board import Array

Progress = Callable[[int, Objective], None]


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 0,
    params: Params | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] | None = None,
) -> Result:
    """A timetable of ``problem``: as many musts, then meetings, then as strong ones, then as few breaks as can be had.

    ``stop`` is asked once a round; ``executor`` runs the independent walks of the large method; ``progress`` is called
    after each round with its number and the best objective so far; ``clock`` (seconds) times the run. The same seed,
    problem and number of rounds give the same timetable, and renaming or reordering the input gives the same one.
    Raises ValueError when the pinned meetings alone break a rule.
    """
    params, began = params or Params(), clock() if clock else 0.0
    refuse_clashing_pins(problem)
    method, chosen = _choose(problem, params)
    ordered, origin = canonical(problem)
    slots, proved, stopped = _search(ordered, method, stop, seed, params, executor, progress)
    given = np.full(len(origin), -1, np.int16)
    given[origin] = slots
    result = result_of(problem, given, proved, method, chosen, seed, stopped)
    return replace(result, seconds=clock() - began) if clock else result


def _choose(problem: Problem, params: Params) -> tuple[Method, str]:
    meetings, variables = len(problem.meetings), int(problem.possible().sum())
    size = f"{meetings} meetings with {variables} possible slots"
    if params.method is not None:
        return params.method, f"{params.method} was asked for"
    if meetings <= params.exact_meetings and variables <= params.exact_variables:
        return "exact", f"{size}: small enough for a proof"
    return "large", f"{size}: too many for a proof"


def _search(
    problem: Problem,
    method: Method,
    stop: Stop | None,
    seed: int,
    params: Params,
    executor: Executor | None,
    progress: Progress | None,
) -> tuple[Array, bool, str]:
    # The compiled search is imported here, so that who only reads results or checks them does not wait for it.
    from emporion.kernels.scheduling import exact, large  # noqa: PLC0415
    from emporion.kernels.scheduling.fairness import make_fair  # noqa: PLC0415

    rounds = stop if stop and method == "large" else MaxIterations(params.rounds)
    found = large.search(problem, rounds, seed, params, executor, progress)
    slots = make_fair(problem, found.slots)
    if method == "large":
        return slots, False, found.stopped
    proof = exact.search(problem, slots if holds(problem, slots) else None, stop, seed, params.effort)
    return slots if proof.slots is None else proof.slots, proof.proved, proof.stopped


def holds(problem: Problem, slots: Array) -> bool:
    """Whether the timetable is one: every meeting held if it has to be, every pinned one held, breaks shared fairly."""
    pinned_held = (slots[problem.pinned[:, 0]] == problem.pinned[:, 1]).all()
    breaks = list(count_breaks(problem, slots.tolist()).values())
    fair = problem.fairness is None or max(breaks, default=0) - min(breaks, default=0) <= problem.fairness
    return bool(pinned_held and fair and not (problem.every_meeting and (slots < 0).any()))


def result_of(
    problem: Problem, slots: Array, proved: bool, method: Method, chosen: str, seed: int, stopped: str
) -> Result:
    """The result that these slots are, with its bounds and reasons."""
    placed = slots >= 0
    bound, must_bound = most_meetings(problem), most_meetings(problem, problem.must)
    objective = Objective(
        musts=int(problem.must[placed].sum()),
        placed=int(placed.sum()),
        strength=int(problem.strength[placed].sum()),
        breaks=sum(count_breaks(problem, slots.tolist()).values()),
    )
    return Result(
        slots=slots,
        reasons=reasons(problem, slots),
        objective=objective,
        bound=bound,
        must_bound=must_bound,
        proved=proved,
        feasible=holds(problem, slots),
        method=method,
        chosen=chosen,
        seed=seed,
        seconds=None,
        stopped=stopped,
    )


def refuse_clashing_pins(problem: Problem) -> None:
    """Raises ValueError when the pinned meetings break a rule by themselves."""
    if len(problem.pinned):
        slots = np.full(len(problem.meetings), -1)
        slots[problem.pinned[:, 0]] = problem.pinned[:, 1]
        broken = check(replace(problem, every_meeting=False, fairness=None), slots)
        if broken:
            raise ValueError(f"pinned: the pinned meetings break a rule by themselves. {broken[0].sentence}")

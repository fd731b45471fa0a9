"""The door of the kernel: chooses the method by size and puts the answer together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.bound import most_meetings
from emporion.kernels.scheduling.canonical import canonical
from emporion.kernels.scheduling.check import check
from emporion.kernels.scheduling.fairness import breaks_each, is_fair, make_fair
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.reasons import reasons
from emporion.kernels.scheduling.result import Method, Objective, Params, Result
from emporion.kernels.stop import FirstOf, MaxIterations, Stop

Array = npt.NDArray[Any]
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

    ``stop`` is asked once a round, also in the walk that follows on an unfinished proof; ``executor`` runs the
    independent walks of the large method; ``progress`` is called after each of its rounds with its number and the best
    objective so far; ``clock`` (seconds) times the run. The same seed, problem and number of rounds give the same
    timetable, and renaming or reordering the input gives the same one.
    Raises ValueError when the pinned meetings alone break a rule, or for a seed below 0.
    """
    if seed < 0:
        raise ValueError(f"seed: must be 0 or more, got {seed}")
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
    meetings, variables = len(problem.meetings), int(problem.possible.sum())
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
    # Imported here, like the compiled search below, so that who only reads or checks timetables does not wait for it.
    from emporion.kernels.scheduling import exact  # noqa: PLC0415

    rounds = MaxIterations(params.rounds)
    if method == "large":
        slots, stopped = _walk(problem, stop or rounds, seed, params, executor, progress)
        return slots, False, stopped
    proof = exact.search(problem, stop, seed, params.effort)
    if proof.slots is not None and (proof.proved or problem.every_meeting):
        return proof.slots, proof.proved, proof.stopped
    # Nothing there, or perhaps not all that can be placed: the large method may know better, and leaves out as little
    # as it can. Whoever gave so much time waits no longer for it; what it begins with, a greedy timetable, is there in
    # any case.
    slots, _ = _walk(problem, FirstOf(rounds, stop) if stop else rounds, seed, params, executor, progress)
    if proof.slots is not None and not _better(problem, slots, proof.slots):
        slots = proof.slots
    return slots, proof.proved, proof.stopped


def _walk(
    problem: Problem, stop: Stop, seed: int, params: Params, executor: Executor | None, progress: Progress | None
) -> tuple[Array, str]:
    from emporion.kernels.scheduling.large import search  # noqa: PLC0415

    found = search(problem, stop, seed, params, executor, progress)
    return make_fair(problem, found.slots), found.stopped


def _better(problem: Problem, slots: Array, than: Array) -> bool:
    return holds(problem, slots) and worth_of(problem, slots).key > worth_of(problem, than).key


def worth_of(problem: Problem, slots: Array) -> Objective:
    """What a timetable is worth."""
    placed = slots >= 0
    return Objective(
        musts=int(problem.must[placed].sum()),
        placed=int(placed.sum()),
        strength=int(problem.strength[placed].sum()),
        breaks=int(breaks_each(problem, slots).sum()),
    )


def holds(problem: Problem, slots: Array) -> bool:
    """Whether the timetable is one: every meeting held if it has to be, every pinned one held, breaks shared fairly."""
    pinned_held = (slots[problem.pinned[:, 0]] == problem.pinned[:, 1]).all()
    return bool(pinned_held and is_fair(problem, slots) and not (problem.every_meeting and (slots < 0).any()))


def result_of(
    problem: Problem, slots: Array, proved: bool, method: Method, chosen: str, seed: int, stopped: str
) -> Result:
    """The result that these slots are, with its bounds and reasons."""
    bound, must_bound = most_meetings(problem), most_meetings(problem, problem.must)
    return Result(
        slots=slots,
        reasons=reasons(problem, slots),
        objective=worth_of(problem, slots),
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

"""The whole run: prices, both sides' candidates, the plan, the lists."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from emporion.kernels.matching.problem import Params, Problem
from emporion.kernels.matching.result import Result
from emporion.kernels.stop import Stop

Progress = Callable[[int, int, str], None]
Clock = Callable[[], float]


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 0,
    params: Params | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Result:
    """Suggest partners to both sides of ``problem`` so that as many places as possible find good use.

    ``stop`` is asked before each iteration of the price search with the negative of the largest price move as
    objective; what follows (one pass, the auction, the lists) always runs, so that the lists are complete. The same
    problem, seed, params and stop count give the same answer whatever the executor and the number of its workers;
    each worker should use one BLAS thread (``OPENBLAS_NUM_THREADS=1`` before NumPy is imported). ``progress`` gets
    (done, total, what). ``clock`` gives seconds.
    """
    began = clock() if clock else 0.0
    params = params or Params()
    if problem.visitors == 0 or problem.exhibitors == 0:
        result = _empty(problem, params, seed)
    else:
        # Numba takes half a second to import and only a run needs it: checking and explaining go without.
        from emporion.kernels.matching.run import run  # noqa: PLC0415

        result = run(problem, stop, seed, params, executor, progress or _silent)
    return replace(result, seconds=clock() - began) if clock else result


def _empty(problem: Problem, params: Params, seed: int) -> Result:
    shape_v, shape_e = (problem.visitors, params.visitor_list), (problem.exhibitors, params.exhibitor_list)
    return Result(
        visitor_lists=np.full(shape_v, -1, np.int32),
        visitor_scores=np.zeros(shape_v, np.float32),
        further_lists=np.full(shape_v, -1, np.int32),
        further_scores=np.zeros(shape_v, np.float32),
        exhibitor_lists=np.full(shape_e, -1, np.int32),
        exhibitor_scores=np.zeros(shape_e, np.float32),
        visitor_prices=np.zeros(problem.visitors, np.float32),
        exhibitor_prices=np.zeros(problem.exhibitors, np.float32),
        attention_prices=np.zeros(problem.exhibitors, np.float32),
        plan=np.zeros((0, 2), np.int32),
        list_load=np.zeros(problem.exhibitors, np.int32),
        objective=0.0,
        bound=0.0,
        gap=0.0,
        beta=params.beta or 0.0,
        dither=0.0,
        iterations=0,
        rounds=0,
        seed=seed,
        seconds=None,
        stopped="the market is empty",
    )


def _silent(done: int, total: int, what: str) -> None:
    """Progress nobody asked for."""

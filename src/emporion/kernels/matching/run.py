"""The steps of a run, in their order: prices, both sides' candidates, the plan and the lists."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.evaluate import pair_scores
from emporion.kernels.matching.market import Market, make_market
from emporion.kernels.matching.problem import Ints, Params, Problem
from emporion.kernels.matching.rank import Progress, rank
from emporion.kernels.matching.reciprocal import Prices, fit_prices, place_prices, sample_size
from emporion.kernels.matching.result import Result
from emporion.kernels.matching.rounding import Rounded, round_lists
from emporion.kernels.stop import Stop

Order = npt.NDArray[np.int64]
Item = TypeVar("Item", bound=np.generic)


def run(
    problem: Problem, stop: Stop | None, seed: int, params: Params, executor: Executor | None, progress: Progress
) -> Result:
    """Solve a market that has both sides; arguments as in ``solve``."""
    market = make_market(problem, seed)
    fitted = fit_prices(market, params, stop, executor, progress)
    prices = place_prices(market, fitted, params, executor)
    kept = candidates(market.exhibitor_capacity, params)
    found = rank(market, prices, params, kept, sample_size(market, params), executor, progress)
    progress(0, 1, "rounding")
    rounded = round_lists(market, found, params, fitted.spread)
    progress(1, 1, "rounding")
    return _result(market, fitted, rounded, seed)


def candidates(exhibitor_capacity: Ints, params: Params) -> int:
    """How many visitors are kept for each exhibitor while rounding."""
    wanted = int(np.ceil(params.candidates_over_quota * int(exhibitor_capacity.max())))
    return max(min(wanted, params.candidates_most), params.exhibitor_list)


def _result(market: Market, fitted: Prices, rounded: Rounded, seed: int) -> Result:
    visitor, exhibitor = market.visitor_order, market.exhibitor_order
    plan = np.stack([visitor[rounded.plan[:, 0]], exhibitor[rounded.plan[:, 1]]], axis=1).astype(np.int32)
    plan = plan[np.lexsort((plan[:, 1], plan[:, 0]))]
    objective = float(pair_scores(market.problem, plan).sum(dtype=np.float64))
    bound = max(rounded.bound, objective)
    load = np.bincount(rounded.visitor_lists[rounded.visitor_lists >= 0], minlength=market.exhibitors)
    return Result(
        visitor_lists=_back(_renamed(rounded.visitor_lists, exhibitor), visitor),
        visitor_scores=_back(rounded.visitor_scores, visitor),
        exhibitor_lists=_back(_renamed(rounded.exhibitor_lists, visitor), exhibitor),
        exhibitor_scores=_back(rounded.exhibitor_scores, exhibitor),
        visitor_prices=_back(rounded.visitor_prices, visitor),
        exhibitor_prices=_back(rounded.exhibitor_prices, exhibitor),
        plan=plan,
        list_load=_back(load.astype(np.int32), exhibitor),
        objective=objective,
        bound=bound,
        gap=(bound - objective) / bound if bound > 0 else 0.0,
        beta=fitted.beta,
        iterations=fitted.iterations,
        seed=seed,
        seconds=None,
        stopped=fitted.stopped,
    )


def _back(array: npt.NDArray[Item], order: Order) -> npt.NDArray[Item]:
    """Rows from the market's order back to the problem's."""
    given = np.empty_like(array)
    given[order] = array
    return given


def _renamed(items: Ints, order: Order) -> Ints:
    return np.where(items >= 0, order[items], -1).astype(np.int32)

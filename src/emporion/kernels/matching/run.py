"""The steps of a run, in their order: prices, both sides' candidates, the plan and the lists."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.evaluate import pair_scores
from emporion.kernels.matching.market import Market, make_market
from emporion.kernels.matching.problem import Floats, Ints, Params, Problem
from emporion.kernels.matching.rank import Progress, rank
from emporion.kernels.matching.reciprocal import Prices, fit_prices, place_prices, sample_size
from emporion.kernels.matching.result import Result
from emporion.kernels.matching.rounding import Rounded, Settled, round_lists, settle
from emporion.kernels.matching.ties import break_ties
from emporion.kernels.stop import Stop

Further = tuple[Ints, Floats]
Order = npt.NDArray[np.int64]
Item = TypeVar("Item", bound=np.generic)
# Rehearsals on the sampled visitors before all are ranked, where there are this many times as many.
REHEARSALS = 2
REHEARSED_FROM = 4


def run(
    problem: Problem, stop: Stop | None, seed: int, params: Params, executor: Executor | None, progress: Progress
) -> Result:
    """Solve a market that has both sides; arguments as in ``solve``."""
    market = break_ties(make_market(problem, seed), params, seed)
    fitted = fit_prices(market, params, stop, executor, progress)
    prices = place_prices(market, fitted, params, executor)
    settled, further, rounds = _rounds(market, fitted, prices, params, executor, progress)
    progress(0, 1, "lists")
    rounded = round_lists(market, settled, further, params)
    progress(1, 1, "lists")
    return _result(market, fitted, rounded, seed, rounds)


def _rounds(
    market: Market, fitted: Prices, prices: Floats, params: Params, executor: Executor | None, progress: Progress
) -> tuple[Settled, Further, int]:
    """Rank at the prices, settle the plan, and again at the plan's prices until the gap is small enough."""
    kept, sample = candidates(market.exhibitor_capacity, params), sample_size(market, params)
    # Alike visitors make prices of the equilibrium coarse: too many exhibitors would look for the same few.
    if market.dither and market.visitors >= REHEARSED_FROM * sample:
        prices = _rehearsed(market.first(sample), fitted, prices, params, executor, progress)
    settled: Settled | None = None
    further: Further = np.zeros((0, 0), np.int32), np.zeros((0, 0), np.float32)
    rounds = 0
    while True:
        # What else is worth a look does not change with the plan's prices: it is found once.
        attention = fitted.attention if rounds == 0 else None
        found = rank(market, prices, params, kept, sample, executor, progress, attention)
        settled = settle(market, found, settled, params, fitted.spread)
        if attention is not None:
            further = found.further, found.further_values
        rounds += 1
        if settled.gap <= params.gap or fitted.interrupted or rounds == params.rounds:
            return settled, further, rounds
        prices = _onward(prices, settled)


def _rehearsed(
    market: Market, fitted: Prices, prices: Floats, params: Params, executor: Executor | None, progress: Progress
) -> Floats:
    """The plan's prices in the market of the sample: two rankings and auctions at a small part of the cost."""
    kept = candidates(market.exhibitor_capacity, params)
    for _ in range(REHEARSALS):
        found = rank(market, prices, params, kept, market.visitors, executor, progress)
        prices = _onward(prices, settle(market, found, None, params, fitted.spread))
    return prices


def _onward(prices: Floats, settled: Settled) -> Floats:
    """The plan's prices for the next ranking.

    An exhibitor that was short of candidates ends the auction at 0 although visitors would come; ranked at that, it
    would be on top of everybody's list. It keeps half of the price it had.
    """
    onward: Floats = np.maximum(settled.auction_prices, prices / 2)
    return onward


def candidates(exhibitor_capacity: Ints, params: Params) -> int:
    """How many visitors are kept for each exhibitor while rounding."""
    wanted = int(np.ceil(params.candidates_over_quota * int(exhibitor_capacity.max())))
    return max(min(wanted, params.candidates_most), params.exhibitor_list)


def _result(market: Market, fitted: Prices, rounded: Rounded, seed: int, rounds: int) -> Result:
    visitor, exhibitor = market.visitor_order, market.exhibitor_order
    plan = np.stack([visitor[rounded.plan[:, 0]], exhibitor[rounded.plan[:, 1]]], axis=1).astype(np.int32)
    plan = plan[np.lexsort((plan[:, 1], plan[:, 0]))]
    objective = float(pair_scores(market.problem, plan).sum(dtype=np.float64))
    places = min(market.visitor_capacity.sum(dtype=np.float64), market.exhibitor_capacity.sum(dtype=np.float64))
    bound = rounded.bound + market.dither * float(places)
    load = np.bincount(rounded.visitor_lists[rounded.visitor_lists >= 0], minlength=market.exhibitors)
    return Result(
        visitor_lists=_back(_renamed(rounded.visitor_lists, exhibitor), visitor),
        visitor_scores=_back(rounded.visitor_scores, visitor),
        further_lists=_back(_renamed(rounded.further_lists, exhibitor), visitor),
        further_scores=_back(rounded.further_scores, visitor),
        exhibitor_lists=_back(_renamed(rounded.exhibitor_lists, visitor), exhibitor),
        exhibitor_scores=_back(rounded.exhibitor_scores, exhibitor),
        visitor_prices=_back(rounded.visitor_prices, visitor),
        exhibitor_prices=_back(rounded.exhibitor_prices, exhibitor),
        attention_prices=_back(fitted.attention, exhibitor),
        plan=plan,
        list_load=_back(load.astype(np.int32), exhibitor),
        objective=objective,
        bound=bound,
        gap=max((bound - objective) / bound, 0.0) if bound > 0 else 0.0,
        beta=fitted.beta,
        dither=market.dither,
        iterations=fitted.iterations,
        rounds=rounds,
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

"""Prices from transferable-utility matching with quotas, fixed on a sample of the visitors.

With ``K = exp(score / 2 beta)`` the equilibrium of Choo and Siow ("Who marries whom and why", Journal of Political
Economy 114, 2006) with quotas, as used for recommendation by Tomita, Togashi, Hashizume and Ohsaka ("Fast and
examination-agnostic reciprocal recommendation in matching markets", RecSys 2023) and Tomita and Yokoyama ("Fair
reciprocal recommendation in matching markets", RecSys 2024), solves ``A² + A·(K B) = capacity`` for each visitor and
``B² + B·(Kᵀ A) = capacity`` for each exhibitor, in turns, by the stable root ``2 c / (h + sqrt(h² + 4 c))``. An
exhibitor's price is ``-2 beta log(B / sqrt(capacity)) = 2 beta asinh(h / 2 sqrt(capacity))``: 0 where places are
plenty. Only exhibitors' prices are unknown, so that a few thousand visitors with quotas scaled to their share fix
them; passes over all visitors polish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.market import Market, Rows, score_block
from emporion.kernels.matching.problem import Doubles, Floats, Ints, Params
from emporion.kernels.matching.rank import Progress, best_exhibitors
from emporion.kernels.matching.tasks import in_order
from emporion.kernels.matching.ties import spread_of
from emporion.kernels.stop import Stop

# Prices have settled when none moves by more than this share of beta in one iteration.
SETTLED = 0.01
# Wishes for each place at the prices the lists are made with: a little more than one.
DEMAND = 1.3
# Visitors whose scores tell the spread.
SPREAD_ROWS = 1024
# The largest exponent that float32 holds with room for the sums.
_EXPONENT = 80.0


@dataclass(frozen=True)
class Prices:
    """Exhibitors' prices in the market's order, the taste for variety used, and how the search ended.

    ``values`` are prices of places, ``attention`` those of a line on a visitor's list: mild where many look and none
    where few do.
    """

    values: Doubles
    attention: Floats
    beta: float
    spread: float
    iterations: int
    stopped: str
    interrupted: bool


@dataclass(frozen=True)
class PolishTask:
    """Some visitors and the current weights: answers their share of each exhibitor's demand."""

    rows: Rows
    exhibitor_factors: Floats
    shift: Floats
    weights: Floats
    beta: float
    block_rows: int


def sample_size(market: Market, params: Params) -> int:
    """How many visitors fix the prices."""
    wanted = max(int(np.ceil(params.sample_share * market.visitors)), params.sample_least)
    return min(market.visitors, wanted, max(params.sample_cells // market.exhibitors, 1))


def fit_prices(
    market: Market, params: Params, stop: Stop | None, executor: Executor | None, progress: Progress
) -> Prices:
    """Prices from the sample, then from ``polish_passes`` over all visitors."""
    rows = market.rows(0, sample_size(market, params))
    scores = score_block(
        rows, market.exhibitor_factors, 0, len(rows), np.empty((len(rows), market.exhibitors), np.float32)
    )
    spread = spread_of(scores[:SPREAD_ROWS])
    beta = params.beta if params.beta is not None else params.beta_share * spread
    shift = np.maximum(scores.max(axis=0), np.float32(0.0))
    _kernel(scores, shift, beta)
    share = len(rows) / market.visitors
    search = _Search(market.exhibitor_capacity, shift, beta, stop, progress, params)

    def demand_of_sample(weights: Floats) -> Doubles:
        return _demand(scores, weights, rows.capacity) / share

    def demand_of_all(weights: Floats) -> Doubles:
        return _demand_of_all(market, params, shift, weights, beta, executor)

    search.run(demand_of_sample, params.sample_iterations, "prices from a sample")
    attention = _attention(market, scores, shift, beta, params)
    search.run(demand_of_all, params.polish_passes, "prices from all visitors")
    return Prices(search.prices, attention, beta, spread, search.iteration, search.stopped, search.ended)


def _attention(market: Market, kernel: Floats, shift: Floats, beta: float, params: Params) -> Floats:
    """Prices at which no exhibitor draws more than its bounded share of all lists; ``kernel`` is the sample's.

    The same equilibrium with other quotas: a list's length for each visitor, and for each exhibitor
    ``attention_over_share`` times its share, by capacity, of all the lines. Its taste for variety is four times as
    large, so that a few iterations do: looks need no such precision as places. The kernel is used up.
    """
    np.sqrt(np.sqrt(kernel, out=kernel), out=kernel)
    lines = market.visitors * params.visitor_list
    share = market.exhibitor_capacity / market.exhibitor_capacity.sum(dtype=np.float64)
    quota = np.maximum(params.attention_over_share * lines * share, 1.0)
    length = np.full(len(kernel), params.visitor_list, np.int32)
    search = _Search(quota, shift, 4 * beta, None, lambda done, total, what: None, params)
    search.run(
        lambda weights: _demand(kernel, weights, length) * (market.visitors / len(kernel)),
        params.attention_iterations,
        "prices of attention",
    )
    # A visitor lists an exhibitor once: where the quota holds everybody, no price is needed.
    prices: Floats = np.where(quota < market.visitors, search.prices, 0.0).astype(np.float32)
    return prices


def place_prices(market: Market, fitted: Prices, params: Params, executor: Executor | None) -> Floats:
    """Prices of single places: those of the equilibrium, moved together until demand meets the places.

    The equilibrium lets a pair meet more than once in expectation, which raises all prices; here a pair meets at most
    once. The sampled visitors' best pairs, as many as their quotas hold, are priced and the value that leaves
    ``DEMAND`` times their share of the places is taken off.
    """
    sample = sample_size(market, params)
    prices = fitted.values.astype(np.float32)
    _, values = best_exhibitors(market, prices, sample, params.visitor_list, params, executor)
    within = np.arange(params.visitor_list)[None, :] < market.visitor_capacity[:sample, None]
    wanted = np.sort(values[within])[::-1]
    places = min(market.visitor_capacity.sum(dtype=np.float64), market.exhibitor_capacity.sum(dtype=np.float64))
    rank = int(DEMAND * places * sample / market.visitors)
    return np.maximum(prices + wanted[rank], np.float32(0.0)) if rank < wanted.size else prices


def polish_task(task: PolishTask) -> Doubles:
    """Demand for each exhibitor by one task's visitors."""
    demand = np.zeros(task.weights.size)
    buffer = np.empty((task.block_rows, task.weights.size), np.float32)
    for first in range(0, len(task.rows), task.block_rows):
        last = min(first + task.block_rows, len(task.rows))
        scores = score_block(task.rows, task.exhibitor_factors, first, last, buffer)
        demand += _demand(_kernel(scores, task.shift, task.beta), task.weights, task.rows.capacity[first:last])
    return demand


class _Search:
    """Updates prices from demand until the criterion, the count or their settling ends it."""

    def __init__(
        self,
        capacity: Ints | Doubles,
        shift: Floats,
        beta: float,
        stop: Stop | None,
        progress: Progress,
        params: Params,
    ) -> None:
        self.capacity, self.shift, self.beta = capacity.astype(np.float64), shift.astype(np.float64), beta
        self.stop, self.progress = stop, progress
        self.total = params.sample_iterations + params.polish_passes
        self.prices = np.zeros(capacity.size)
        self.iteration = 0
        self.move = float("inf")
        self.stopped = "all iterations done"
        self.ended = False

    def run(self, demand: Callable[[Floats], Doubles], limit: int, what: str) -> None:
        for step in range(limit):
            if self.ended or (step > 0 and self._settled()):
                return
            if self.stop is not None and self.stop(self.iteration, -self.move):
                self.stopped, self.ended = self.stop.reason, True
                return
            self._update(demand(self._weights()))
            self.iteration += 1
            self.progress(self.iteration, self.total, what)

    def _settled(self) -> bool:
        if self.move <= SETTLED * self.beta:
            self.stopped = "prices settled"
            return True
        return False

    def _weights(self) -> Floats:
        # exp(shift / 2 beta) B, where B = sqrt(capacity) exp(-price / 2 beta).
        exponent = 0.5 * np.log(self.capacity) + (self.shift - self.prices) / (2 * self.beta)
        return np.exp(np.minimum(exponent, _EXPONENT)).astype(np.float32)

    def _update(self, demand: Doubles) -> None:
        # log(h / sqrt(capacity)); asinh(x / 2) is log(x) for large x, where exp would overflow.
        with np.errstate(divide="ignore"):
            log_ratio = np.log(demand) + self.shift / (2 * self.beta) - 0.5 * np.log(self.capacity)
        small = np.arcsinh(np.exp(np.minimum(log_ratio, 30.0)) / 2)
        prices = 2 * self.beta * np.where(log_ratio > 30.0, log_ratio, small)
        self.move = float(np.abs(prices - self.prices).max())
        self.prices = prices


def _demand_of_all(
    market: Market, params: Params, shift: Floats, weights: Floats, beta: float, executor: Executor | None
) -> Doubles:
    step = params.block_rows * params.task_blocks

    def tasks() -> Iterator[PolishTask]:
        for first in range(0, market.visitors, step):
            rows = market.rows(first, min(first + step, market.visitors))
            yield PolishTask(rows, market.exhibitor_factors, shift, weights, beta, params.block_rows)

    demand = np.zeros(market.exhibitors)
    for part in in_order(polish_task, tasks(), executor):
        demand += part
    return demand


def _kernel(scores: Floats, shift: Floats, beta: float) -> Floats:
    """exp((score - shift) / 2 beta), written over the scores; 0 for hidden pairs."""
    with np.errstate(over="ignore", under="ignore"):
        scores -= shift
        scores *= np.float32(0.5 / beta)
        return np.exp(np.minimum(scores, np.float32(_EXPONENT), out=scores), out=scores)


@compiled
def _demand(kernel: Floats, weights: Floats, capacity: Ints) -> Doubles:
    """Sum over visitors of K A, where A answers the exhibitors' ``weights``; each row of K is read once."""
    demand = np.zeros(weights.size, np.float64)
    block = np.zeros(weights.size, np.float32)
    for row in range(kernel.shape[0]):
        line = kernel[row]
        total = np.float32(0.0)
        for column in range(line.size):
            total += line[column] * weights[column]
        answer = np.float32(2.0 * capacity[row] / (total + np.sqrt(total * total + 4.0 * capacity[row])))
        for column in range(line.size):
            block[column] += line[column] * answer
        if row % 64 == 63:
            demand += block
            block[:] = 0.0
    return demand + block

"""Both sides' best partners in one blocked pass: nothing of size visitors times exhibitors is ever held.

A task scores some thousand visitors block by block with one matrix product each, keeps every visitor's best
exhibitors and hands back the pairs that may be among an exhibitor's best visitors. A first look at the sampled
visitors gives each exhibitor a threshold that only some hundred of all visitors pass; when too few pass, the pass is
run again without thresholds, so that the answer is exact either way. The tasks and the order in which their answers
are merged do not depend on the number of workers; each worker should have one BLAS thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from emporion.kernels.matching.market import FLOOR, Market, Rows, score_block
from emporion.kernels.matching.problem import Floats, Ints, Params
from emporion.kernels.matching.scan import best_of_block, collect_block, halve, pool_all
from emporion.kernels.matching.tasks import in_order

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Task:
    """Some visitors to rank: all the arrays that are needed, so that it can travel to another machine."""

    rows: Rows
    exhibitor_factors: Floats
    prices: Floats
    attention: Floats | None
    thresholds: Floats | None
    length: int
    candidates: int
    block_rows: int


@dataclass(frozen=True)
class Found:
    """Best exhibitors of a task's visitors, and the pairs that passed an exhibitor's threshold.

    ``further`` and ``further_values`` are the best at the prices of attention; no rows where none were asked for.
    """

    first: int
    items: Ints
    values: Floats
    marginal: Floats
    further: Ints
    further_values: Floats
    columns: Ints
    column_items: Ints
    column_values: Floats


@dataclass(frozen=True)
class Candidates:
    """The best partners of both sides, in the market's order.

    ``items (V, length)`` and ``values`` (score less exhibitor price); ``marginal (V,)`` the visitors' prices that go
    with them; ``column_items (E, candidates)`` and ``column_values`` (score less visitor price). Entries are padded
    with -1 and 0. A pair not among an exhibitor's ``column_items`` scores at most ``reach[exhibitor]`` above the
    visitor's price; minus infinity when nothing was left out. ``further`` and ``further_values`` (score less the price
    of attention) are every visitor's best at those prices, or have no rows.
    """

    prices: Floats
    items: Ints
    values: Floats
    marginal: Floats
    column_items: Ints
    column_values: Floats
    reach: Floats
    further: Ints
    further_values: Floats


class Pools:
    """For each exhibitor the best visitors so far; twice the room wanted, halved when full."""

    def __init__(self, columns: int, wanted: int, thresholds: Floats | None) -> None:
        self.wanted = wanted
        self.thresholds = np.full(columns, FLOOR) if thresholds is None else thresholds.copy()
        self.counts = np.zeros(columns, np.int32)
        self.items = np.empty((columns, 2 * wanted), np.int32)
        self.values = np.empty((columns, 2 * wanted), np.float32)

    @property
    def arrays(self) -> tuple[Floats, Ints, Ints, Floats]:
        return self.thresholds, self.counts, self.items, self.values

    def settle(self) -> None:
        """Sort every pool, best first, and keep no more than wanted."""
        for column in range(self.counts.size):
            halve(column, *self.arrays)


def rank_task(task: Task) -> Found:
    """Do one task. ``candidates`` 0 leaves the exhibitors' side out."""
    items, values = _lists(len(task.rows), task.length)
    further, further_values = _lists(0 if task.attention is None else len(task.rows), task.length)
    marginal = np.empty(len(task.rows), np.float32)
    spare = np.empty_like(marginal)
    pools = Pools(task.prices.size, task.candidates, task.thresholds)
    buffer = np.empty((task.block_rows, task.prices.size), np.float32)
    for first in range(0, len(task.rows), task.block_rows):
        last = min(first + task.block_rows, len(task.rows))
        scores = score_block(task.rows, task.exhibitor_factors, first, last, buffer)
        part = slice(first, last)
        capacity = task.rows.capacity[part]
        best_of_block(scores, task.prices, task.length, capacity, items[part], values[part], marginal[part])
        if task.attention is not None:
            best_of_block(
                scores, task.attention, task.length, capacity, further[part], further_values[part], spare[part]
            )
        if task.candidates:
            collect_block(scores, marginal[part], task.rows.first + first, *pools.arrays)
    return Found(task.rows.first, items, values, marginal, further, further_values, *_flat(pools))


def _lists(rows: int, length: int) -> tuple[Ints, Floats]:
    return np.empty((rows, length), np.int32), np.empty((rows, length), np.float32)


def rank(
    market: Market,
    prices: Floats,
    params: Params,
    candidates: int,
    sample: int,
    executor: Executor | None,
    progress: Progress,
    attention: Floats | None = None,
) -> Candidates:
    """Both sides' best partners at ``prices``; ``candidates`` visitors are kept for each exhibitor.

    With prices of ``attention`` every visitor's best exhibitors at those are found in the same pass.
    """
    fair = np.full(market.exhibitors, market.visitors) - market.hidden_per_exhibitor()
    wanted = np.minimum(candidates, fair)
    thresholds = None
    if market.visitors >= 4 * sample:
        thresholds = _scout(market, prices, params, candidates, sample)
    found = _pass(market, prices, attention, params, candidates, market.visitors, thresholds, executor, progress)
    if thresholds is not None and (short := found[1].counts < wanted).any():
        # Only those that fell short begin again from nothing; of the others the last wanted value is known.
        last = found[1].values[np.arange(short.size), np.maximum(wanted, 1) - 1]
        enough = np.nextafter(last, np.float32(-np.inf), dtype=np.float32)
        thresholds = np.where(short, FLOOR, enough).astype(np.float32)
        whole, pools = _pass(market, prices, None, params, candidates, market.visitors, thresholds, executor, progress)
        found = replace(whole, further=found[0].further, further_values=found[0].further_values), pools
    return _candidates(prices, *found, left_out=wanted < fair)


def best_exhibitors(
    market: Market, prices: Floats, visitors: int, length: int, params: Params, executor: Executor | None
) -> tuple[Ints, Floats]:
    """The visitors' side alone: exact best exhibitors of the first ``visitors`` by score less price, best first."""
    items, values = _lists(visitors, length)
    tasks = _tasks(market, prices, None, params, visitors, length, 0, None)
    for found in in_order(rank_task, tasks, executor):
        part = slice(found.first, found.first + len(found.items))
        items[part], values[part] = found.items, found.values
    return items, values


def _tasks(
    market: Market,
    prices: Floats,
    attention: Floats | None,
    params: Params,
    visitors: int,
    length: int,
    candidates: int,
    thresholds: Floats | None,
) -> Iterator[Task]:
    step = params.block_rows * params.task_blocks
    for first in range(0, visitors, step):
        rows = market.rows(first, min(first + step, visitors))
        yield Task(rows, market.exhibitor_factors, prices, attention, thresholds, length, candidates, params.block_rows)


def _pass(
    market: Market,
    prices: Floats,
    attention: Floats | None,
    params: Params,
    candidates: int,
    visitors: int,
    thresholds: Floats | None,
    executor: Executor | None,
    progress: Progress,
) -> tuple[Found, Pools]:
    pools = Pools(market.exhibitors, candidates, thresholds)
    nothing = np.zeros(0, np.int32)
    whole = Found(
        0,
        *_lists(visitors, params.visitor_list),
        np.empty(visitors, np.float32),
        *_lists(0 if attention is None else visitors, params.visitor_list),
        nothing,
        nothing,
        nothing.astype(np.float32),
    )
    tasks = _tasks(market, prices, attention, params, visitors, params.visitor_list, candidates, thresholds)
    for found in in_order(rank_task, tasks, executor):
        last = found.first + len(found.items)
        part = slice(found.first, last)
        whole.items[part], whole.values[part], whole.marginal[part] = found.items, found.values, found.marginal
        if attention is not None:
            whole.further[part], whole.further_values[part] = found.further, found.further_values
        pool_all(found.columns, found.column_items, found.column_values, *pools.arrays)
        progress(last, visitors, "ranking")
    pools.settle()
    return whole, pools


def _scout(market: Market, prices: Floats, params: Params, candidates: int, sample: int) -> Floats:
    # Of the sampled visitors about `mean` are among an exhibitor's best of all; six standard deviations more make
    # a threshold that is too high rarer than one in ten million.
    mean = candidates * sample / market.visitors
    depth = min(int(mean + 6 * np.sqrt(mean)) + 4, sample)
    _, pools = _pass(market, prices, None, params, depth, sample, None, None, lambda done, total, what: None)
    last = np.where(pools.counts == depth, pools.values[:, depth - 1], FLOOR)
    return np.nextafter(last, np.float32(-np.inf), dtype=np.float32)


def _flat(pools: Pools) -> tuple[Ints, Ints, Floats]:
    # Pools that were halved are out of row order: sort each by row again, as the pools they are merged into expect.
    columns = np.repeat(np.arange(pools.counts.size, dtype=np.int32), pools.counts)
    slots = np.arange(columns.size) - np.repeat(np.cumsum(pools.counts) - pools.counts, pools.counts)
    items, values = pools.items[columns, slots], pools.values[columns, slots]
    order = np.lexsort((items, columns)) if columns.size else slots
    return columns[order], items[order], values[order]


def _candidates(prices: Floats, whole: Found, pools: Pools, left_out: np.ndarray) -> Candidates:
    items, values = pools.items[:, : pools.wanted].copy(), pools.values[:, : pools.wanted].copy()
    empty = np.arange(pools.wanted)[None, :] >= pools.counts[:, None]
    items[empty], values[empty] = -1, 0.0
    reach = np.where(left_out, values[:, -1], np.float32(-np.inf)).astype(np.float32)
    further = whole.further, whole.further_values
    return Candidates(prices, whole.items, whole.values, whole.marginal, items, values, reach, *further)

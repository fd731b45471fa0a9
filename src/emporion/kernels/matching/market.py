"""The problem in an order of its own, so that neither the order of the rows nor a name decides anything."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.compiled import compiled
from emporion.kernels.matching.problem import Floats, Ints, Problem

# A hidden pair scores this; the loops admit nothing at or below FLOOR.
HIDDEN = np.float32(-1e38)
FLOOR = np.float32(-1e37)


@dataclass(frozen=True)
class Cells:
    """Some pairs of a market, by visitor and then by exhibitor; each once."""

    rows: Ints
    columns: Ints

    def span(self, first: int, last: int) -> slice:
        """The places of the pairs of visitors from ``first`` up to but not including ``last``."""
        low, high = np.searchsorted(self.rows, [first, last])
        return slice(int(low), int(high))

    def part(self, first: int, last: int) -> Cells:
        """Those pairs, their rows counted from ``first``."""
        span = self.span(first, last)
        return Cells((self.rows[span] - first).astype(np.int32), self.columns[span])


@dataclass(frozen=True)
class Rows:
    """Some visitors in the market's order: all that a task needs to know of them."""

    first: int
    factors: Floats
    capacity: Ints
    hidden: Cells
    favoured: Cells
    favour: Floats

    def __len__(self) -> int:
        return len(self.factors)


@dataclass(frozen=True)
class Market:
    """A problem whose rows are ordered by a hash of their content and the seed.

    The first rows are therefore a random sample, ties fall the same way however the rows were given, and the answer
    for permuted rows is the permuted answer. Only rows that are alike in every number are told apart by position.
    ``visitor_dither`` are columns that break ties, ``dither`` the most by which they move a score.
    """

    problem: Problem
    visitor_order: npt.NDArray[np.int64]
    exhibitor_order: npt.NDArray[np.int64]
    exhibitor_factors: Floats
    visitor_capacity: Ints
    exhibitor_capacity: Ints
    hidden: Cells
    favoured: Cells
    favour: Floats
    visitor_dither: Floats
    dither: float

    @property
    def visitors(self) -> int:
        return int(self.visitor_order.size)

    @property
    def exhibitors(self) -> int:
        return self.problem.exhibitors

    def rows(self, first: int, last: int) -> Rows:
        """The visitors from ``first`` up to but not including ``last``."""
        chosen = self.visitor_order[first:last]
        parts = self.problem.visitor_wants[chosen], self.problem.visitor_offers[chosen], self.visitor_dither[first:last]
        factors = np.concatenate(parts, axis=1)
        pairs = self.hidden.part(first, last), self.favoured.part(first, last)
        return Rows(
            first, factors, self.visitor_capacity[first:last], *pairs, self.favour[self.favoured.span(first, last)]
        )

    def first(self, visitors: int) -> Market:
        """The market of the first visitors, with each exhibitor's share of places, one at least."""
        places = np.cumsum(self.exhibitor_capacity, dtype=np.int64) * visitors // self.visitors
        return replace(
            self,
            visitor_order=self.visitor_order[:visitors],
            visitor_capacity=self.visitor_capacity[:visitors],
            exhibitor_capacity=np.maximum(np.diff(places, prepend=0), 1).astype(np.int32),
            hidden=self.hidden.part(0, visitors),
            favoured=self.favoured.part(0, visitors),
            favour=self.favour[self.favoured.span(0, visitors)],
            visitor_dither=self.visitor_dither[:visitors],
        )

    def hidden_per_exhibitor(self) -> Ints:
        return np.bincount(self.hidden.columns, minlength=self.exhibitors).astype(np.int32)


def make_market(problem: Problem, seed: int) -> Market:
    """Order the problem's rows by content and ``seed``."""
    visitor_order = _order(problem.visitor_wants, problem.visitor_offers, problem.visitor_capacity, seed)
    exhibitor_order = _order(problem.exhibitor_offers, problem.exhibitor_wants, problem.exhibitor_capacity, seed)
    factors = np.concatenate([problem.exhibitor_offers, problem.exhibitor_wants], axis=1)[exhibitor_order]
    places = _places(visitor_order), _places(exhibitor_order)
    hidden, _ = _ordered(problem.hidden, np.zeros(len(problem.hidden), np.float32), *places)
    return Market(
        problem,
        visitor_order,
        exhibitor_order,
        np.ascontiguousarray(factors.T),
        problem.visitor_capacity[visitor_order],
        problem.exhibitor_capacity[exhibitor_order],
        hidden,
        *_ordered(problem.favoured, problem.favour, *places),
        np.zeros((problem.visitors, 0), np.float32),
        0.0,
    )


def score_block(rows: Rows, exhibitor_factors: Floats, first: int, last: int, out: Floats) -> Floats:
    """Scores of rows ``first`` to ``last`` with every exhibitor, written into ``out``; hidden pairs get HIDDEN.

    Favoured pairs gain their favour.
    """
    block = out[: last - first]
    np.matmul(rows.factors[first:last], exhibitor_factors, out=block)
    favoured, hidden = rows.favoured.part(first, last), rows.hidden.part(first, last)
    block[favoured.rows, favoured.columns] += rows.favour[rows.favoured.span(first, last)]
    block[hidden.rows, hidden.columns] = HIDDEN
    return block


def _order(one: Floats, other: Floats, capacity: Ints, seed: int) -> npt.NDArray[np.int64]:
    keys = np.full(one.shape[0], seed % (1 << 63), np.uint64)
    for part in (one, other, capacity.astype(np.float32)[:, None]):
        _mix(np.ascontiguousarray(part).view(np.uint32), keys)
    # Alike rows have one key and would stand side by side: a sample of the first rows would see few of the kinds there
    # are. Counting them apart spreads them; which of them comes first changes nothing.
    _mix(_turns(keys)[:, None].astype(np.uint32), keys)
    return np.argsort(keys, kind="stable")


def _turns(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """For each key how many equal ones came before it."""
    order = np.argsort(keys, kind="stable")
    begins = np.r_[True, np.diff(keys[order]) != 0] if keys.size else np.zeros(0, bool)
    place = np.arange(keys.size)
    turns = np.empty_like(place)
    turns[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return turns


def _places(order: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    places = np.empty_like(order)
    places[order] = np.arange(order.size)
    return places


def _ordered(
    pairs: Ints, values: Floats, visitor_place: npt.NDArray[np.int64], exhibitor_place: npt.NDArray[np.int64]
) -> tuple[Cells, Floats]:
    """Pairs in the market's order, each once, and their values; those of one pair added up."""
    width = max(exhibitor_place.size, 1)
    keys, which = np.unique(visitor_place[pairs[:, 0]] * width + exhibitor_place[pairs[:, 1]], return_inverse=True)
    added = np.bincount(which, weights=values, minlength=keys.size).astype(np.float32)
    return Cells((keys // width).astype(np.int32), (keys % width).astype(np.int32)), added


@compiled
def _mix(bits: npt.NDArray[np.uint32], keys: npt.NDArray[np.uint64]) -> None:
    # Each word times an odd number of its column, which vector instructions add up, then the finaliser of splitmix64.
    odd = np.empty(bits.shape[1], np.uint64)
    for column in range(bits.shape[1]):
        odd[column] = _finished(np.uint64(column + 1) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)
    for row in range(bits.shape[0]):
        total = np.uint64(0)
        for column in range(bits.shape[1]):
            total += np.uint64(bits[row, column]) * odd[column]
        keys[row] = _finished(keys[row] + _finished(total))


@compiled
def _finished(key: np.uint64) -> np.uint64:
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))

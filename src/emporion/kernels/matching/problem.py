"""What is given: two sides, what each wants and offers, how many meetings each can hold."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Doubles = npt.NDArray[np.float64]

# Scores are inner products in float32; beyond this size the loops' sentinels could be mistaken for scores.
LARGEST_SCORE = 1e30
# Rows tested at a time: no temporary array as large as the input is made.
_ROWS_AT_A_TIME = 16_384


@dataclass(frozen=True)
class Problem:
    """A two-sided market in which places are few.

    ``visitor_wants (V, a)`` and ``exhibitor_offers (E, a)`` are factors of what a visitor wants of an exhibitor:
    their inner product is ``p``. ``visitor_offers (V, b)`` and ``exhibitor_wants (E, b)`` are factors of what an
    exhibitor wants of a visitor: their inner product is ``q``. The score of a pair is ``p + q``; not meeting is
    worth 0. Capacities are whole numbers of meetings, at least 1. ``hidden (n, 2)`` names pairs (visitor row,
    exhibitor row) that are never suggested: declined, own delegation, same organisation. ``favoured (m, 2)`` names
    pairs that score ``favour (m,)`` more than their factors say, as one side has made the other a favourite; a pair
    named twice gains both, a hidden one nothing.

    Arrays are taken as they are when they have the right type and are read only, never written to.

    Raises ``ValueError`` naming the field: wrong shape, rows that do not agree, NaN or infinity, a capacity below
    1 or not whole, a hidden pair out of range. A side with no rows is allowed; a kind of factor with no columns too.
    """

    visitor_wants: Floats
    exhibitor_offers: Floats
    exhibitor_wants: Floats
    visitor_offers: Floats
    visitor_capacity: Ints
    exhibitor_capacity: Ints
    hidden: Ints
    favoured: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int32))
    favour: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    def __post_init__(self) -> None:
        for name in ("visitor_wants", "exhibitor_offers", "exhibitor_wants", "visitor_offers"):
            object.__setattr__(self, name, _factors(name, getattr(self, name)))
        _agree("visitor_wants", self.visitor_wants, "exhibitor_offers", self.exhibitor_offers, axis=1)
        _agree("visitor_offers", self.visitor_offers, "exhibitor_wants", self.exhibitor_wants, axis=1)
        _agree("visitor_wants", self.visitor_wants, "visitor_offers", self.visitor_offers, axis=0)
        _agree("exhibitor_offers", self.exhibitor_offers, "exhibitor_wants", self.exhibitor_wants, axis=0)
        _not_too_large(self)
        for name, rows in (("visitor_capacity", self.visitors), ("exhibitor_capacity", self.exhibitors)):
            object.__setattr__(self, name, _capacity(name, getattr(self, name), rows))
        for name in ("hidden", "favoured"):
            object.__setattr__(self, name, _pairs(name, getattr(self, name), self.visitors, self.exhibitors))
        object.__setattr__(self, "favour", _favour(self.favour, len(self.favoured)))

    @property
    def visitors(self) -> int:
        return int(self.visitor_wants.shape[0])

    @property
    def exhibitors(self) -> int:
        return int(self.exhibitor_offers.shape[0])


@dataclass(frozen=True)
class Params:
    """How the market is solved; the defaults serve a fair of any size.

    ``beta`` is the taste for variety of Choo and Siow in units of the score; None takes ``beta_share`` of the
    standard deviation of the sampled scores. ``visitor_list`` and ``exhibitor_list`` are the longest lists.
    ``sample_share`` of the visitors, at least ``sample_least`` and at most what fits in ``sample_cells`` scores,
    fixes the prices in ``sample_iterations``; ``polish_passes`` go over all visitors. ``max_load_over_quota`` times
    an exhibitor's capacity is the largest number of visitors' lists it stands on. Further suggestions cost nobody a
    place; their prices let an exhibitor's attention reach ``attention_over_share`` times its share, by capacity, of
    all visitors' lists, found in ``attention_iterations``. ``candidates_over_quota`` times
    the largest capacity is how many visitors are kept for each exhibitor while rounding, at most
    ``candidates_most``. ``bid_step`` is the step of the auction in standard deviations of the score. ``tie_break``
    is how far, in standard deviations, scores are moved when many are exactly alike. Ranking and rounding are done
    again at the auction's prices while the gap is above ``gap``, ``rounds`` times at most. ``block_rows`` visitors
    are scored at a time, ``task_blocks`` blocks make one task of the executor.
    """

    beta: float | None = None
    beta_share: float = 0.05
    visitor_list: int = 20
    exhibitor_list: int = 100
    sample_share: float = 0.05
    sample_least: int = 4096
    sample_cells: int = 200_000_000
    sample_iterations: int = 20
    polish_passes: int = 0
    max_load_over_quota: float = 5.0
    attention_over_share: float = 4.0
    attention_iterations: int = 6
    candidates_over_quota: float = 2.5
    candidates_most: int = 1000
    bid_step: float = 0.002
    tie_break: float = 0.005
    gap: float = 0.005
    rounds: int = 4
    block_rows: int = 512
    task_blocks: int = 8

    def __post_init__(self) -> None:
        if self.beta is not None and not 0 < self.beta < float("inf"):
            raise ValueError(f"Params.beta must be above 0 or None, got {self.beta}")
        if not 0 < self.sample_share <= 1:
            raise ValueError(f"Params.sample_share must be above 0 and at most 1, got {self.sample_share}")
        if not self.max_load_over_quota >= 1:
            raise ValueError(f"Params.max_load_over_quota must be 1 or more, got {self.max_load_over_quota}")
        for one in fields(self):
            least = 0 if one.name == "polish_passes" else 1
            if one.type == "int" and getattr(self, one.name) < least:
                raise ValueError(f"Params.{one.name} must be {least} or more, got {getattr(self, one.name)}")
        for name in ("beta_share", "attention_over_share", "candidates_over_quota", "bid_step", "tie_break", "gap"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ValueError(f"Params.{name} must be above 0, got {getattr(self, name)}")


def _factors(name: str, given: npt.ArrayLike) -> Floats:
    array = np.ascontiguousarray(given, dtype=np.float32)
    if array.ndim != 2:
        raise ValueError(f"{name} must have two dimensions (rows, factors), got shape {array.shape}")
    for first in range(0, array.shape[0], _ROWS_AT_A_TIME):
        good = np.isfinite(array[first : first + _ROWS_AT_A_TIME]).all(axis=1)
        if not good.all():
            raise ValueError(f"{name} must be finite: row {first + int(np.argmin(good))} holds NaN or infinity")
    return array


def _agree(one: str, first: Floats, other: str, second: Floats, *, axis: int) -> None:
    if first.shape[axis] != second.shape[axis]:
        what = "rows" if axis == 0 else "columns"
        got = f"{first.shape[axis]} and {second.shape[axis]}"
        raise ValueError(f"{one} and {other} must have the same {what}, got {got}")


def _largest(array: Floats) -> float:
    return max(float(array.max()), -float(array.min())) if array.size else 0.0


def _not_too_large(problem: Problem) -> None:
    for one, other in (("visitor_wants", "exhibitor_offers"), ("visitor_offers", "exhibitor_wants")):
        first, second = getattr(problem, one), getattr(problem, other)
        if _largest(first) * _largest(second) * first.shape[1] > LARGEST_SCORE:
            raise ValueError(f"{one} and {other} are too large: a score could pass {LARGEST_SCORE:g}; scale them down")


def _capacity(name: str, given: npt.ArrayLike, rows: int) -> Ints:
    array = np.asarray(given)
    if array.shape != (rows,):
        raise ValueError(f"{name} must have one number for each of {rows} rows, got shape {array.shape}")
    if rows == 0:
        return np.zeros(0, np.int32)
    bad = ~((array >= 1) & (array <= np.iinfo(np.int32).max) & (array == np.floor(array)))
    if bad.any():
        row = int(np.argmax(bad))
        raise ValueError(f"{name} must be whole numbers of at least 1: row {row} is {array[row]}")
    return np.ascontiguousarray(array, dtype=np.int32)


def _favour(given: npt.ArrayLike, pairs: int) -> Floats:
    array = np.asarray(given, np.float32)
    if array.shape != (pairs,) or not np.isfinite(array).all() or (np.abs(array) > LARGEST_SCORE).any():
        raise ValueError(
            f"favour must be one finite number for each of {pairs} favoured pairs, got shape {array.shape}"
        )
    return array


def _pairs(name: str, given: npt.ArrayLike, visitors: int, exhibitors: int) -> Ints:
    array = np.asarray(given)
    if array.size == 0:
        return np.zeros((0, 2), np.int32)
    if array.ndim != 2 or array.shape[1] != 2 or not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name} must be whole numbers of shape (n, 2), got {array.dtype} of shape {array.shape}")
    bad = (array < 0).any(axis=1) | (array[:, 0] >= visitors) | (array[:, 1] >= exhibitors)
    if bad.any():
        pair = int(np.argmax(bad))
        raise ValueError(
            f"{name} is out of range: pair {pair} is {tuple(array[pair].tolist())}, "
            f"there are {visitors} visitors and {exhibitors} exhibitors"
        )
    return np.ascontiguousarray(array, dtype=np.int32)

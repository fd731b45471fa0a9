"""What lists are worth to a fair: places filled, exhibitors left empty, load, welfare, exposure by group."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from emporion.kernels.matching.problem import Floats, Ints, Params, Problem

# Listed pairs scored at a time.
_PAIRS_AT_A_TIME = 65_536


@dataclass(frozen=True)
class Exposure:
    """How one group of exhibitors fares: its exhibitors and places, the lists it stands on, the places it fills."""

    group: str
    exhibitors: int
    places: int
    listed: int
    kept: int

    @property
    def filled(self) -> float:
        return self.kept / self.places


@dataclass(frozen=True)
class Evaluation:
    """What happens when every listed meeting is asked for and the best are kept within both quotas.

    ``filled`` is the share of exhibitors' places; ``examined`` the same when position k of a list is looked at with
    probability 1 / log2(k + 1), in expectation and without the visitors' quotas. ``welfare`` sums the scores of the
    meetings kept; ``welfare_over_bound`` is None without a bound. ``empty`` counts exhibitors with no meeting,
    ``empty_lists`` visitors with nothing listed. ``max_load_over_quota`` is the largest number of lists an exhibitor
    stands on over its quota. ``exposure`` has one entry for each group, by name.
    """

    filled: float
    examined: float
    welfare: float
    welfare_over_bound: float | None
    empty: int
    empty_lists: int
    max_load_over_quota: float
    exposure: list[Exposure]


def evaluate(
    problem: Problem,
    visitor_lists: Ints,
    *,
    bound: float | None = None,
    groups: npt.ArrayLike | None = None,
) -> Evaluation:
    """Judge ``visitor_lists (V, k)`` (exhibitor rows, padded with -1), whoever made them.

    Pairs are kept in the order of their scores p + q, which is what both sides agree on when they share the surplus:
    the stable outcome. ``groups (E,)`` names each exhibitor's group (country, size, least developed or not).
    """
    rows, places = np.nonzero(visitor_lists >= 0)
    pairs = np.stack([rows, visitor_lists[rows, places]], axis=1).astype(np.int32)
    scores = pair_scores(problem, pairs)
    kept = _kept(problem, pairs, scores)
    exhibitors = problem.exhibitors
    met = np.bincount(pairs[kept, 1], minlength=exhibitors)
    load = np.bincount(pairs[:, 1], minlength=exhibitors)
    looked = np.bincount(pairs[:, 1], weights=1 / np.log2(places + 2), minlength=exhibitors)
    quota = problem.exhibitor_capacity.astype(np.float64)
    welfare = float(scores[kept].sum(dtype=np.float64))
    return Evaluation(
        filled=_share(met.sum(), quota.sum()),
        examined=_share(np.minimum(looked, quota).sum(), quota.sum()),
        welfare=welfare,
        welfare_over_bound=_share(welfare, bound) if bound is not None else None,
        empty=int((met == 0).sum()),
        empty_lists=int((visitor_lists < 0).all(axis=1).sum()),
        max_load_over_quota=float((load / quota).max()) if exhibitors else 0.0,
        exposure=_exposure(problem, groups, load, met) if groups is not None else [],
    )


def preference_lists(
    problem: Problem,
    kind: Literal["own", "reciprocal"],
    *,
    params: Params | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> Ints:
    """The lists a fair would show without prices: by p (``own``) or by p + q (``reciprocal``); exact."""
    # Numba takes half a second to import and only these lists need it.
    from emporion.kernels.matching.market import make_market  # noqa: PLC0415
    from emporion.kernels.matching.rank import best_exhibitors  # noqa: PLC0415

    params = params or Params()
    if kind == "own":
        none_v, none_e = np.zeros((problem.visitors, 0), np.float32), np.zeros((problem.exhibitors, 0), np.float32)
        problem = replace(problem, visitor_offers=none_v, exhibitor_wants=none_e)
    lists = np.full((problem.visitors, params.visitor_list), -1, np.int32)
    if problem.visitors and problem.exhibitors:
        market = make_market(problem, seed)
        prices = np.zeros(problem.exhibitors, np.float32)
        items, _ = best_exhibitors(market, prices, problem.visitors, params.visitor_list, params, executor)
        lists[market.visitor_order] = np.where(items >= 0, market.exhibitor_order[items], -1)
    return lists


def pair_scores(problem: Problem, pairs: Ints) -> Floats:
    """p + q, and what it is favoured by, of each pair ``(n, 2)`` (visitor row, exhibitor row)."""
    scores = np.empty(len(pairs), np.float32)
    for first in range(0, len(pairs), _PAIRS_AT_A_TIME):
        part = slice(first, first + _PAIRS_AT_A_TIME)
        v, e = pairs[part, 0], pairs[part, 1]
        scores[part] = np.einsum("ij,ij->i", problem.visitor_wants[v], problem.exhibitor_offers[e])
        scores[part] += np.einsum("ij,ij->i", problem.visitor_offers[v], problem.exhibitor_wants[e])
    return scores + _favour_of(problem, pairs)


def _favour_of(problem: Problem, pairs: Ints) -> Floats:
    """What each pair gains by being favoured."""
    named, asked = (some[:, 0].astype(np.int64) * problem.exhibitors + some[:, 1] for some in (problem.favoured, pairs))
    keys, which = np.unique(named, return_inverse=True)
    if not keys.size:
        return np.zeros(len(pairs), np.float32)
    gains = np.bincount(which, weights=problem.favour)
    place = np.minimum(np.searchsorted(keys, asked), keys.size - 1)
    return np.where(keys[place] == asked, gains[place], 0.0).astype(np.float32)


def _kept(problem: Problem, pairs: Ints, scores: Floats) -> npt.NDArray[np.bool_]:
    # Numba takes half a second to import and only an evaluation needs it.
    from emporion.kernels.matching.keep import keep_best  # noqa: PLC0415

    order = np.argsort(-scores, kind="stable")
    return keep_best(pairs, order, problem.visitor_capacity.copy(), problem.exhibitor_capacity.copy())


def _exposure(
    problem: Problem, groups: npt.ArrayLike, load: npt.NDArray[np.int64], met: npt.NDArray[np.int64]
) -> list[Exposure]:
    labels = np.asarray(groups)
    if labels.shape != (problem.exhibitors,):
        raise ValueError(f"groups must name one group for each of {problem.exhibitors} exhibitors, got {labels.shape}")
    names, which = np.unique(labels, return_inverse=True)
    counted = [np.bincount(which, weights=column) for column in (problem.exhibitor_capacity, load, met)]
    members = np.bincount(which)
    return [
        Exposure(str(name), int(members[group]), *(int(column[group]) for column in counted))
        for group, name in enumerate(names)
    ]


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0

"""Looks a result over without trusting, or sharing a line with, what made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from emporion.kernels.matching.problem import Doubles, Floats, Ints, Params, Problem
from emporion.kernels.matching.result import Result

# Relative error allowed to float32 sums.
TOLERANCE = 1e-4
# Scores recomputed at a time.
_PAIRS_AT_A_TIME = 65_536
# Markets up to this many pairs have their bound recomputed from the prices over every pair.
DENSE_PAIRS = 20_000_000


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong: a stable ``code``, the ``row`` it was seen at (or -1) and a sentence."""

    code: str
    row: int
    sentence: str


def check(problem: Problem, params: Params, result: Result) -> list[Violation]:
    """Everything wrong with ``result``, the first case of each kind; empty when all is well.

    Looks at shapes, padding, order and doubles of both sides' lists and of the further suggestions, hidden pairs,
    every score against its factors and prices, list load against its limit, the plan against both quotas and the
    visitors' lists, the objective against the plan, the bound against the objective and, on markets of up to
    ``DENSE_PAIRS`` pairs, against the bound that the prices give over every pair.
    """
    wrong = [*_shapes(problem, params, result)] or [*_ranges(problem, result)]
    if wrong:
        return wrong
    for side in _sides(problem, result):
        wrong += _lists(problem, side)
    wrong += _apart(params, result)
    wrong += _load(problem, params, result)
    wrong += _plan(problem, result)
    wrong += _bound(problem, result)
    return wrong


def _shapes(problem: Problem, params: Params, result: Result) -> Iterator[Violation]:
    visitors, exhibitors = problem.visitors, problem.exhibitors
    expected = {
        "visitor_lists": (visitors, params.visitor_list),
        "visitor_scores": (visitors, params.visitor_list),
        "further_lists": (visitors, params.visitor_list),
        "further_scores": (visitors, params.visitor_list),
        "exhibitor_lists": (exhibitors, params.exhibitor_list),
        "exhibitor_scores": (exhibitors, params.exhibitor_list),
        "visitor_prices": (visitors,),
        "exhibitor_prices": (exhibitors,),
        "attention_prices": (exhibitors,),
        "list_load": (exhibitors,),
        "plan": (len(result.plan), 2),
    }
    for name, shape in expected.items():
        found = getattr(result, name).shape
        if found != shape:
            yield Violation("shape", -1, f"{name} has shape {found}, not {shape}")


def _ranges(problem: Problem, result: Result) -> Iterator[Violation]:
    for side in _sides(problem, result):
        nobody = (side.lists < -1) | (side.lists >= side.others)
        yield from _first(f"{side.name}_list_range", nobody, f"the {side.name}'s list names somebody who is not there")


@dataclass(frozen=True)
class _Side:
    name: str
    lists: Ints
    scores: Floats
    prices: Floats
    others: int
    allowed: float


def _sides(problem: Problem, result: Result) -> tuple[_Side, _Side, _Side]:
    allowed = TOLERANCE * _scale(problem) + result.dither
    visitors = result.visitor_lists, result.visitor_scores, result.exhibitor_prices
    further = result.further_lists, result.further_scores, result.attention_prices
    exhibitors = result.exhibitor_lists, result.exhibitor_scores, result.visitor_prices
    return (
        _Side("visitor", *visitors, problem.exhibitors, allowed),
        _Side("further", *further, problem.exhibitors, allowed),
        _Side("exhibitor", *exhibitors, problem.visitors, allowed),
    )


def _lists(problem: Problem, side: _Side) -> Iterator[Violation]:
    lists, name = side.lists, side.name
    hole = (lists[:, 1:] >= 0) & (lists[:, :-1] < 0)
    yield from _first(f"{name}_list_padding", hole, f"the {name}'s list has a hole")
    ordered = np.sort(lists, axis=1)
    twice = (ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)
    yield from _first(f"{name}_list_double", twice, f"the {name}'s list names somebody twice")
    rows, places = np.nonzero(lists >= 0)
    found = lists[rows, places]
    pairs = np.stack([found, rows] if name == "exhibitor" else [rows, found], axis=1)
    yield from _hidden(problem, f"{name}_list_hidden", pairs)
    off = np.zeros(lists.shape, np.bool_)
    expected = _pair_scores(problem, pairs) - side.prices[found]
    off[rows, places] = np.abs(side.scores[rows, places] - expected) > side.allowed
    yield from _first(f"{name}_list_score", off, f"the {name}'s score is not what factors and prices give")
    rising = (side.scores[:, 1:] > side.scores[:, :-1]) & (lists[:, 1:] >= 0)
    yield from _first(f"{name}_list_order", rising, f"the {name}'s list is not in the order of its scores")


def _apart(params: Params, result: Result) -> Iterator[Violation]:
    both = np.sort(np.concatenate([result.visitor_lists, result.further_lists], axis=1), axis=1)
    again = (both[:, 1:] == both[:, :-1]) & (both[:, 1:] >= 0)
    yield from _first("further_again", again, "a further suggestion is on the visitor's list already")
    long = (both >= 0).sum(axis=1) > params.visitor_list
    yield from _first("further_length", long, f"the visitor has more than {params.visitor_list} suggestions")


def _load(problem: Problem, params: Params, result: Result) -> Iterator[Violation]:
    load = np.zeros(problem.exhibitors, np.int64)
    np.add.at(load, result.visitor_lists[result.visitor_lists >= 0], 1)
    yield from _first("list_load", load != result.list_load, "list_load does not count the lists")
    most = params.max_load_over_quota * problem.exhibitor_capacity.astype(np.float64)
    yield from _first("list_load_cap", load > most, "an exhibitor stands on more lists than its quota can bear")


def _plan(problem: Problem, result: Result) -> Iterator[Violation]:
    visitor, exhibitor = result.plan[:, 0].astype(np.int64), result.plan[:, 1].astype(np.int64)
    if len(result.plan) == 0:
        return
    if result.plan.min() < 0 or visitor.max() >= problem.visitors or exhibitor.max() >= problem.exhibitors:
        yield Violation("plan_range", -1, "the plan names somebody who is not there")
        return
    keys = visitor * problem.exhibitors + exhibitor
    if np.unique(keys).size < keys.size:
        yield Violation("plan_double", -1, "the plan holds a meeting twice")
    met = np.bincount(visitor, minlength=problem.visitors)
    yield from _first("plan_visitor_quota", met > problem.visitor_capacity, "a visitor is planned beyond its quota")
    met = np.bincount(exhibitor, minlength=problem.exhibitors)
    yield from _first(
        "plan_exhibitor_quota", met > problem.exhibitor_capacity, "an exhibitor is planned beyond its quota"
    )
    yield from _hidden(problem, "plan_hidden", result.plan)
    listed = (result.visitor_lists[visitor] == exhibitor[:, None]).any(axis=1)
    yield from _first("plan_listed", ~listed, "a planned meeting is not on its visitor's list")


def _bound(problem: Problem, result: Result) -> Iterator[Violation]:
    objective = float(_pair_scores(problem, result.plan).sum())
    slack = TOLERANCE * (abs(objective) + _scale(problem))
    if abs(objective - result.objective) > slack:
        yield Violation("objective", -1, f"the plan is worth {objective:g}, not {result.objective:g}")
    if result.bound < objective - slack:
        yield Violation("bound", -1, f"the bound {result.bound:g} is below the plan's worth {objective:g}")
    if problem.visitors * problem.exhibitors <= DENSE_PAIRS:
        from_prices = _dense_bound(problem, result.exhibitor_prices.astype(np.float64))
        # Where scores were moved to tell ties apart, the prices' bound moved by as much for each place of a visitor.
        moved = result.dither * float(problem.visitor_capacity.sum(dtype=np.float64))
        if result.bound < from_prices - slack - moved:
            yield Violation("bound_prices", -1, f"the bound {result.bound:g} is below the prices' {from_prices:g}")


def _dense_bound(problem: Problem, prices: Doubles) -> float:
    """Places at their prices plus what each visitor can gain beyond them: no plan within the quotas passes it."""
    hidden = np.zeros((problem.visitors, problem.exhibitors), np.bool_)
    hidden[problem.hidden[:, 0], problem.hidden[:, 1]] = True
    gain = _all_scores(problem) - np.maximum(prices, 0.0)
    gain[hidden] = 0.0
    gain = -np.sort(-np.maximum(gain, 0.0), axis=1)
    within = np.arange(problem.exhibitors)[None, :] < problem.visitor_capacity[:, None]
    return float(np.maximum(prices, 0.0) @ problem.exhibitor_capacity + gain[within].sum())


def _all_scores(problem: Problem) -> Doubles:
    wants, offers = problem.visitor_wants.astype(np.float64), problem.visitor_offers.astype(np.float64)
    scores: Doubles = wants @ problem.exhibitor_offers.T.astype(np.float64)
    scores += offers @ problem.exhibitor_wants.T.astype(np.float64)
    np.add.at(scores, (problem.favoured[:, 0], problem.favoured[:, 1]), problem.favour.astype(np.float64))
    return scores


def _pair_scores(problem: Problem, pairs: np.ndarray) -> Doubles:
    scores = np.zeros(len(pairs))
    for first in range(0, len(pairs), _PAIRS_AT_A_TIME):
        part = slice(first, first + _PAIRS_AT_A_TIME)
        visitor, exhibitor = pairs[part, 0], pairs[part, 1]
        wanted = problem.visitor_wants[visitor] * problem.exhibitor_offers[exhibitor]
        offered = problem.visitor_offers[visitor] * problem.exhibitor_wants[exhibitor]
        scores[part] = wanted.sum(axis=1, dtype=np.float64) + offered.sum(axis=1, dtype=np.float64)
    favour = _favour(problem)
    if favour:
        scores += [favour.get((visitor, exhibitor), 0.0) for visitor, exhibitor in pairs.tolist()]
    return scores


def _favour(problem: Problem) -> dict[tuple[int, int], float]:
    gains: dict[tuple[int, int], float] = {}
    for (visitor, exhibitor), gain in zip(problem.favoured.tolist(), problem.favour.tolist(), strict=True):
        gains[visitor, exhibitor] = gains.get((visitor, exhibitor), 0.0) + gain
    return gains


def _hidden(problem: Problem, code: str, pairs: np.ndarray) -> Iterator[Violation]:
    keys = pairs[:, 0].astype(np.int64) * problem.exhibitors + pairs[:, 1]
    never = problem.hidden[:, 0].astype(np.int64) * problem.exhibitors + problem.hidden[:, 1]
    shown = np.isin(keys, never)
    if shown.any():
        visitor, exhibitor = pairs[int(np.argmax(shown))]
        yield Violation(code, int(visitor), f"visitor {visitor} and exhibitor {exhibitor} are hidden from each other")


def _scale(problem: Problem) -> float:
    """The size of the numbers that are added: float32 errors are a share of it."""
    if problem.visitors == 0 or problem.exhibitors == 0:
        return 1.0
    sides = ("visitor_wants", "exhibitor_offers", "visitor_offers", "exhibitor_wants")
    norm = [float(np.sqrt((getattr(problem, name) ** 2).sum(axis=1).max())) for name in sides]
    return norm[0] * norm[1] + norm[2] * norm[3] + 1e-12


def _first(code: str, bad: np.ndarray, sentence: str) -> Iterator[Violation]:
    if bad.any():
        row = int(np.argmax(bad.reshape(len(bad), -1).any(axis=1)))
        yield Violation(code, row, f"{sentence}: row {row}")

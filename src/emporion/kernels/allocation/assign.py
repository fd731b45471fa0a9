"""Which hall each request is offered to: a transportation problem by exhibition area, then units one by one.

A unit is a pavilion, which stands together in one hall, or a single request. Units of one exhibition area that the same
halls can take form one commodity; the linear programme shares commodities over halls with as little as possible outside
their area and no hall needlessly full (Hitchcock 1941). Rounding then follows its quotas.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from .bound import least_open_m, usable_m2
from .geometry import MODULE
from .problem import Hall, Problem, Request, fits_hall, in_zone
from .shapes import options, rules_of

# Of the floor and perimeter that the bound counts, a good plan uses about this much.
_USABLE = 0.9
# Shares of a hall's capacity and what a square metre in them costs: halls fill evenly before they fill up.
_TIERS = ((0.6, 0.0), (0.2, 0.02), (0.2, 0.2), (np.inf, 5.0))
_OUT_OF_ZONE = 1.0


@dataclass(frozen=True)
class Unit:
    """Requests that stand in one hall, the halls that can take them, and the floor and aisle they need in m²."""

    requests: tuple[Request, ...]
    zone: str
    halls: tuple[int, ...]
    need: float

    @property
    def free(self) -> bool:
        return any(request.free for request in self.requests)


def weight(request: Request, problem: Problem) -> float:
    """The floor of a stand and its share of the aisles, as the bound counts them, in m²."""
    return request.area_m2 + problem.aisle_m / 2 * least_open_m(request, problem)


def capacity(hall: Hall, problem: Problem) -> float:
    """How much weight a good plan places in a hall, in m²."""
    return max(0.0, _USABLE * usable_m2(hall, problem.aisle_m))


def possible(request: Request, hall: Hall, problem: Problem) -> bool:
    """Whether some allowed shape of the request goes into the empty hall, and the hall can serve it."""
    if not fits_hall(request, hall) or (not problem.overflow and not in_zone(request, hall)):
        return False
    long = max(hall.width_modules, hall.depth_modules) * MODULE
    short = min(hall.width_modules, hall.depth_modules) * MODULE
    ways = options(request, rules_of(problem))
    return any(way.width <= long and way.kind.depth + MODULE <= short for way in ways)


def assign(problem: Problem, requests: list[Request]) -> list[list[Request]]:
    """Requests for each hall, in the order of the halls; a request no hall can take is in none."""
    units = [unit for unit in _units(problem, requests) if unit.halls]
    commodities: dict[tuple[str, tuple[int, ...]], list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: (not unit.free, -unit.need, unit.requests[0].key)):
        commodities[unit.zone, unit.halls].append(unit)
    quotas = _quotas(problem, commodities)
    given: list[list[Request]] = [[] for _ in problem.halls]
    apart = problem.apart()
    for name, mine in sorted(commodities.items()):
        for unit in mine:
            number = _choose(unit, quotas[name], given, apart)
            quotas[name][number] -= unit.need
            hall = problem.halls[number]
            given[number] += [request for request in unit.requests if possible(request, hall, problem)]
    return given


def _units(problem: Problem, requests: list[Request]) -> list[Unit]:
    pavilions: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        pavilions[f"p {request.pavilion}" if request.pavilion else f"r {request.key}"].append(request)
    home = _pavilion_homes(problem)
    return [_unit(problem, mine, home) for mine in pavilions.values()]


def _pavilion_homes(problem: Problem) -> dict[str, int]:
    """Halls of pavilions that have a locked stand already."""
    number = {one.key: i for i, hall in enumerate(problem.halls) for one in hall.locked}
    return {
        request.pavilion: number[request.key]
        for request in problem.requests
        if request.pavilion and request.key in number
    }


def _unit(problem: Problem, requests: list[Request], home: dict[str, int]) -> Unit:
    """The unit with the halls that can take most of its area."""
    pavilion = requests[0].pavilion
    able = {
        i: sum(request.area_m2 for request in requests if possible(request, hall, problem))
        for i, hall in enumerate(problem.halls)
        if home.get(pavilion or "", i) == i
    }
    most = max(able.values(), default=0)
    halls = tuple(i for i, area in able.items() if area == most and most > 0)
    by_zone: dict[str, int] = defaultdict(int)
    for request in requests:
        by_zone[request.zone] += request.area_m2
    zone = max(sorted(by_zone), key=lambda name: by_zone[name])
    return Unit(tuple(requests), zone, halls, sum(weight(request, problem) for request in requests))


def _quotas(
    problem: Problem, commodities: dict[tuple[str, tuple[int, ...]], list[Unit]]
) -> dict[tuple[str, tuple[int, ...]], dict[int, float]]:
    """How much of each commodity goes to each hall, in m² of floor and aisle."""
    names = sorted(commodities)
    flows = [(row, hall) for row, name in enumerate(names) for hall in name[1]]
    tiers = [(hall, tier) for hall in range(len(problem.halls)) for tier in range(len(_TIERS))]
    cost = [_OUT_OF_ZONE * (not _meant(names[row][0], problem.halls[hall])) for row, hall in flows]
    cost += [_TIERS[tier][1] for _, tier in tiers]
    equal = np.zeros((len(names) + len(problem.halls), len(flows) + len(tiers)))
    for column, (row, hall) in enumerate(flows):
        equal[row, column] = 1
        equal[len(names) + hall, column] = 1
    limits: list[tuple[float, float | None]] = [(0, None)] * len(flows)
    for column, (hall, tier) in enumerate(tiers, start=len(flows)):
        equal[len(names) + hall, column] = -1
        share = _TIERS[tier][0]
        limits.append((0, None if share == np.inf else share * capacity(problem.halls[hall], problem)))
    total = [sum(unit.need for unit in commodities[name]) for name in names] + [0.0] * len(problem.halls)
    quotas: dict[tuple[str, tuple[int, ...]], dict[int, float]] = {name: {} for name in names}
    if flows:
        answer = linprog(cost, A_eq=equal, b_eq=total, bounds=limits, method="highs")
        for (row, hall), amount in zip(flows, answer.x, strict=False):
            quotas[names[row]][hall] = float(amount)
    return quotas


def _meant(zone: str, hall: Hall) -> bool:
    return not zone or not hall.zones or zone in hall.zones


def _choose(unit: Unit, quota: dict[int, float], given: list[list[Request]], apart: frozenset[tuple[str, str]]) -> int:
    """The hall with most quota left; one with a request to be kept apart from only when no other has quota."""
    keys = [request.key for request in unit.requests]

    def conflicts(number: int) -> bool:
        return any((key, other.key) in apart for key in keys for other in given[number])

    return max(
        unit.halls,
        key=lambda number: (quota[number] > 0 and not conflicts(number), round(quota[number], 6), -number),
    )

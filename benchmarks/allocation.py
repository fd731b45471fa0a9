"""Booth allocation at the scale of a fair, beside shelves of islands in the same run.

    python benchmarks/allocation.py [--cases hall,crowded,small,fair,mixed] [--seeds 3] [--workers 2]

*hall*: one hall of 28,152 m² with eight doors and 300 requests, more than it can hold. *crowded*: 14 such halls and
3,486 requests. *small*: three halls of 6,048 m² and 200 requests. *fair*: 14 halls of 28,152 m² and 1,800 requests that
average 93 m², about 95 % of the area raw space, one stand in fifteen free, one in ten in a pavilion, six exhibition
areas. *mixed*: 14 such halls, 3,300 requests and 24 areas laid end to end over the halls, so that a hall serves two or
three.

The peer packs every stand as an island of its own: near to a square, an aisle on all sides, first fit on shelves of
decreasing depth. Both plans count in m² against the same bound. Prints one JSON object a line:
the case, then each of its halls.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from hall_pictures import picture

from emporion.kernels.allocation import Exit, Hall, Problem, Request, Result, Violation, check, solve
from emporion.kernels.allocation.bound import bound

AREAS = {"food": 3, "automobiles": 2, "technical": 3, "consumer": 3, "medical": 2, "services": 1}
DOORS = tuple(Exit(wall, at) for wall in ("north", "south") for at in (20, 46)) + tuple(
    Exit(wall, at) for wall in ("west", "east") for at in (12, 32)
)


def big_halls() -> tuple[Hall, ...]:
    codes = [f"{leaf}.{floor}" for leaf in range(1, 8) for floor in (1, 2)]
    zones = [area for area, count in AREAS.items() for _ in range(count)]
    return tuple(Hall(code, 68, 46, (zone,), exits=DOORS) for code, zone in zip(codes, zones, strict=True))


def request(number: int, zone: str, rng: random.Random, *, mean: float, shells: float) -> Request:
    """A stand: shells of 9 to 36 m², or raw space whose area is log-normal; the larger, the more open sides."""
    key = f"stand {number:04}"
    if rng.random() < shells:
        return Request(key, 9 * rng.choice([1, 2, 2, 3, 4]), rng.choice([1, 1, 2]), zone, free=rng.random() < 0.3)
    area = max(36, 9 * round(rng.lognormvariate(math.log(mean), 0.68) / 9))
    odds = [0.3, 0.35, 0.2, 0.15] if area < 200 else [0.0, 0.2, 0.3, 0.5]
    pavilion = f"{zone} {rng.randrange(12)}" if rng.random() < 0.1 else None
    return Request(key, area, rng.choices([1, 2, 3, 4], odds)[0], zone, "raw", pavilion)


def mixed_halls(seed: int) -> tuple[Hall, ...]:
    """The big halls, each meant for the areas whose floor lies in it when all are laid end to end."""
    rng = random.Random(seed)
    sizes = [rng.randint(2, 6) for _ in range(24)]
    ends = list(itertools.accumulate(sizes))
    halls = []
    for number, hall in enumerate(big_halls()):
        start, end = (at * ends[-1] / 14 for at in (number, number + 1))
        spans = enumerate(zip([0, *ends], ends, strict=False), start=1)
        zones = tuple(f"area {area:02}" for area, (first, last) in spans if first < end and last > start)
        halls.append(replace(hall, zones=zones))
    return tuple(halls)


def fair(halls: tuple[Hall, ...], count: int, seed: int, *, mean: float, shells: float) -> Problem:
    rng = random.Random(seed)
    zones = [zone for hall in halls for zone in hall.zones]
    return Problem(halls, tuple(request(n, rng.choice(zones), rng, mean=mean, shells=shells) for n in range(count)))


def cases(seed: int) -> dict[str, Problem]:
    one = (Hall("1.1", 68, 46, ("food",), exits=DOORS),)
    doors = (Exit("north", 14), Exit("south", 14), Exit("west", 12), Exit("east", 12))
    small = tuple(Hall(f"{n}", 28, 24, (zone,), exits=doors) for n, zone in enumerate(("food", "medical", "technical")))
    return {
        "hall": fair(one, 300, seed, mean=105, shells=0.35),
        "crowded": fair(big_halls(), 3486, seed, mean=75, shells=0.2),
        "small": fair(small, 200, seed, mean=45, shells=0.5),
        "fair": fair(big_halls(), 1800, seed, mean=100, shells=0.22),
        "mixed": fair(mixed_halls(seed), 3300, seed, mean=75, shells=0.2),
    }


def islands(problem: Problem) -> float:
    """The peer: m² placed when every stand is an island on shelves, the deepest first."""
    left = sorted((math.sqrt(one.area_m2), one.area_m2) for one in problem.requests)
    aisle, placed = problem.aisle_m, 0.0
    for hall in problem.halls:
        y = aisle
        while left and y + left[-1][0] + aisle <= hall.depth_modules * 3:
            x, deepest = aisle, left[-1][0]
            while left and x + left[-1][0] + aisle <= hall.width_modules * 3:
                side, area = left.pop()
                x, placed = x + side + aisle, placed + area
            y += deepest + aisle
    return placed


class Timed(Executor):
    """Hands work to another executor, or does it at once, and adds up how long each hall took."""

    def __init__(self, inner: Executor | None) -> None:
        self.inner = inner
        self.seconds: Counter[str] = Counter()

    def map(self, work: Callable[..., Any], *tasks: Iterable[Any], **rules: Any) -> Iterator[Any]:
        given = [(work, task) for task in next(iter(tasks))]
        found = self.inner.map(timed, given, **rules) if self.inner else map(timed, given)
        for answer, seconds in found:
            self.seconds[answer.code] += seconds
            yield answer


def timed(given: tuple[Callable[[Any], Any], Any]) -> tuple[Any, float]:
    """What the work answers, and the seconds it took."""
    work, task = given
    start = time.perf_counter()
    return work(task), time.perf_counter() - start


def run(
    name: str, seed: int, problem: Problem, executor: Executor | None, folder: Path | None = None
) -> list[dict[str, Any]]:
    """The figures of the whole case, then those of each hall; with a folder the halls are drawn into it."""
    watch = Timed(executor)
    result = solve(problem, seed=seed, executor=watch, clock=time.perf_counter)
    for hall in problem.halls if folder else ():
        drawn = picture(hall, problem, result, f"Hall {hall.code}, case {name}, seed {seed}")
        (folder / f"{name}-{seed}-{hall.code}.svg").write_text(drawn, encoding="utf-8")
    placed = list(result.placements.values())
    free = [one for one in problem.requests if one.free]
    violations = check(problem, result)
    plans = result.halls.values()
    whole = {
        "case": name,
        "seed": seed,
        "requests": len(problem.requests),
        "asked_m2": sum(one.area_m2 for one in problem.requests),
        "placed_m2": round(result.objective),
        "of_bound": round(result.objective / result.bound, 4),
        "islands_of_bound": round(islands(problem) / result.bound, 4),
        "placed": round(len(placed) / len(problem.requests), 4),
        "in_zone": round(sum(place.in_zone for place in placed) / max(1, len(placed)), 4),
        "free_granted": f"{sum(one.key in result.placements for one in free)}/{len(free)}",
        "areas_in_halls": sum(len(plan.area_parts) for plan in plans),
        "area_parts": sum(sum(plan.area_parts.values()) for plan in plans),
        "astray": sum(len(plan.astray) for plan in plans),
        "pavilions_in_halls": sum(len(plan.pavilion_parts) for plan in plans),
        "pavilion_parts": sum(sum(plan.pavilion_parts.values()) for plan in plans),
        "places_m2": round(sum(place.area.width * place.area.depth for plan in plans for place in plan.places)),
        "violations": len(violations),
        "seconds": round(result.seconds or 0.0, 2),
    }
    wrong = Counter(_hall_of(one, result) for one in violations)
    halls = [hall_figures(hall, problem, result) for hall in problem.halls]
    for line in halls:
        line["seconds"] = round(watch.seconds[line["hall"]], 2)
        line["violations"] = wrong[line["hall"]]
    return [whole, *({"case": name, "seed": seed, **line} for line in halls)]


def hall_figures(hall: Hall, problem: Problem, result: Result) -> dict[str, Any]:
    """One hall: its own bound for what was asked of it, what it holds, how it keeps wishes and order."""
    requests = {one.key: one for one in problem.requests}
    here = [place for place in result.placements.values() if place.hall == hall.code]
    mine = [requests[place.key] for place in here]
    waiting = [one for one in problem.requests if one.key in result.unplaced and one.zone in hall.zones]
    limit = bound(replace(problem, halls=(hall,), requests=(*mine, *waiting)))
    area = sum(one.area_m2 for one in mine)
    plan = result.halls[hall.code]
    return {
        "hall": hall.code,
        "bound_m2": round(limit),
        "allocated_m2": area,
        "ratio": round(area / limit, 4) if limit else 1.0,
        "zone_share": round(sum(place.in_zone for place in here) / max(1, len(here)), 4),
        "open_sides_held": sum(len(place.open_sides) >= requests[place.key].open_sides_min for place in here),
        "stands": len(here),
        "free_booths_granted": sum(one.free for one in mine),
        "free_booths_eligible": sum(one.free for one in [*mine, *waiting]),
        "area_parts": dict(plan.area_parts),
        "astray": len(plan.astray),
        "pavilion_parts": dict(plan.pavilion_parts),
        "places": len(plan.places),
    }


def _hall_of(violation: Violation, result: Result) -> str:
    place = result.placements.get(violation.where)
    return place.hall if place else violation.where


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", default="hall,crowded,small,fair,mixed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--draw", type=Path, help="a folder into which every hall is drawn as SVG")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.workers) as executor:
        for seed in range(options.seeds):
            for name, problem in cases(seed).items():
                if name in options.cases.split(","):
                    workers = executor if options.workers > 1 else None
                    for line in run(name, seed, problem, workers, options.draw):
                        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()

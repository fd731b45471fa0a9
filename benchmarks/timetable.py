"""The timetable of a large fair, beside two timetables made one request after another, and replanned during the show.

    python benchmarks/timetable.py [--requests 100000] [--seconds 15] [--seed 0] [--json] [--trajectory]

The fair is drawn at random: popular stands and busy buyers (log-normal), buyers there for one to three of six days of
14 slots with lunch after the seventh, 13 halls of which those more than five apart are too far to walk, one stand in
ten with two hosts, at most six meetings per buyer and day, one request in ten a must. First fit takes the requests in
the order of arrival, or of the buyers' names, and gives each the first slot that is free.

The seconds given are for all a user waits for from the drawn fair to the answer with its bounds and reasons; the
search ends a little earlier to leave time for the latter. Nothing is compiled within them.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace

import numpy as np

from emporion.kernels.scheduling import Objective, Params, Problem, Result, check, replan, solve, two_sided
from emporion.kernels.scheduling.board import SLOT, Array, Board, compiled, empty_board
from emporion.kernels.scheduling.bound import most_meetings
from emporion.kernels.scheduling.check import count_breaks
from emporion.kernels.scheduling.moves import fits, sit
from emporion.kernels.stop import MaxSeconds

DAYS, SLOTS, HALLS = 6, 14, 13
# Seconds for each request kept for bounds, reasons and the round that is under way.
KEPT = 1.5e-5


def fair(requests: int, seed: int) -> Problem:
    """100,000 requests come with 20,000 buyers and 3,400 stands, other numbers in proportion."""
    random = np.random.default_rng(seed)
    buyers, stands, slots = max(requests // 5, 10), max(requests * 34 // 1000, 4), DAYS * SLOTS
    busy, popular = random.lognormal(0, 0.6, buyers), random.lognormal(0, 0.6, stands)
    drawn = np.c_[
        random.choice(buyers, requests * 2, p=busy / busy.sum()),
        random.choice(stands, requests * 2, p=popular / popular.sum()),
    ]
    pairs = random.permutation(np.unique(drawn, axis=0))[:requests]
    first, length = random.integers(0, DAYS, (buyers, 1)), random.integers(1, 4, (buyers, 1))
    there = (np.arange(DAYS) >= first) & (np.arange(DAYS) < first + length)
    day, time_of_day = np.repeat(np.arange(DAYS), SLOTS), np.tile(np.arange(SLOTS), DAYS)
    return two_sided(
        meetings=pairs,
        slots=slots,
        slot_day=day,
        follows=(time_of_day > 0) & (time_of_day != SLOTS // 2),
        buyer_availability=there[:, day] & (random.random((buyers, slots)) < 0.7),
        exhibitor_availability=random.random((stands, slots)) < 0.75,
        exhibitor_parallel=1 + (random.random(stands) < 0.1),
        exhibitor_hall=random.integers(0, HALLS, stands),
        too_far=np.abs(np.arange(HALLS)[:, None] - np.arange(HALLS)) > 5,
        daily_limit=np.full(buyers, 6),
        must=random.random(len(pairs)) < 0.1,
    )


@compiled
def first_fit(board: Board, order: Array) -> None:
    for meeting in order:
        for slot in range(len(board.time)):
            if fits(board, meeting, slot):
                sit(board, meeting, slot)
                break


def one_after_another(problem: Problem, order: Array) -> Array:
    board = empty_board(problem, 0)
    first_fit(board, order)
    return board.meeting[:, SLOT]


def breaks_per_buyer_day(problem: Problem, slots: Array) -> float:
    """Breaks of buyers over the days on which a buyer has a meeting."""
    placed = np.flatnonzero(slots >= 0)
    days = np.c_[problem.meetings[placed].min(axis=1), problem.slot_day[slots[placed]]]
    return sum(count_breaks(problem, slots.tolist()).values()) / max(len(np.unique(days, axis=0)), 1)


def figures(problem: Problem, slots: Array, bound: int, seconds: float) -> dict[str, object]:
    placed = int((slots >= 0).sum())
    return {
        "bound": bound,
        "placed": placed,
        "share": round(placed / bound, 4),
        "musts": int(problem.must[slots >= 0].sum()),
        "placed_each_day": np.bincount(problem.slot_day[slots[slots >= 0]], minlength=problem.days).tolist(),
        "breaks_per_buyer_day": round(breaks_per_buyer_day(problem, slots), 3),
        "violations": len(check(problem, slots)),
        "seconds": round(seconds, 2),
    }


def timed(problem: Problem, order: Array, bound: int) -> dict[str, object]:
    began = time.perf_counter()
    slots = one_after_another(problem, order)
    return figures(problem, slots, bound, time.perf_counter() - began)


def cancelled_figures(problem: Problem, slots: Array, random: np.random.Generator) -> dict[str, object]:
    """One meeting in a hundred is called off."""
    held = np.flatnonzero(slots >= 0)
    off = random.choice(held, len(held) // 100, replace=False)
    return replan_figures(problem, slots, off)


def late_figures(problem: Problem, slots: Array, random: np.random.Generator) -> dict[str, object]:
    """One buyer in a hundred misses the first half of every day."""
    buyers = int(problem.counts_breaks.sum())
    availability = problem.availability.copy()
    late = random.choice(buyers, buyers // 100, replace=False)
    availability[np.ix_(late, np.arange(problem.slots) % SLOTS < SLOTS // 2)] = False
    return replan_figures(replace(problem, availability=availability), slots, np.zeros(0, np.int64))


def replan_figures(problem: Problem, slots: Array, off: Array) -> dict[str, object]:
    began = time.perf_counter()
    plan = replan(problem, slots, cancelled=off.tolist())
    seconds = time.perf_counter() - began
    count = {kind: sum(change.kind == kind for change in plan.changes) for kind in ("moved", "placed", "lost")}
    forced = sum(change.forced for change in plan.changes if change.kind == "moved")
    stayed = int((slots >= 0).sum()) - len(off)
    return {
        "cancelled": len(off),
        **count,
        "moved_by_need": forced,
        "moved_share": round(count["moved"] / max(stayed, 1), 4),
        "violations": len(check(problem, np.where(np.isin(np.arange(len(slots)), off), -1, plan.result.slots))),
        "seconds": round(seconds, 2),
    }


def searched(problem: Problem, bound: int, options: argparse.Namespace) -> tuple[Result, float, list[list[float]]]:
    """The timetable, the seconds it took, and how share and breaks per buyer and day developed: rows of seconds too."""
    began, seen = time.perf_counter(), list[list[float]]()

    def watch(_: int, best: Objective) -> None:
        seen.append([round(time.perf_counter() - began, 2), round(best.placed / bound, 4), best.breaks])

    stop = MaxSeconds(max(options.seconds - KEPT * options.requests, 0), time.perf_counter)
    result = solve(problem, stop=stop, seed=options.seed, params=Params(method="large"), progress=watch)
    return result, time.perf_counter() - began, seen


def warm_up() -> None:
    """Compiles what is not compiled yet, so that the figures are those of the search."""
    small = fair(300, 1)
    replan(small, solve(small, params=Params(method="large", rounds=2)).slots)
    one_after_another(small, np.arange(300))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--trajectory", action="store_true", help="seconds, share and breaks after each round")
    options = parser.parse_args()
    warm_up()
    problem, random = fair(options.requests, options.seed), np.random.default_rng(options.seed)
    bound = most_meetings(problem)
    result, seconds, trajectory = searched(problem, bound, options)
    row = figures(problem, result.slots, bound, seconds)
    row["violations"] = len(check(problem, result))
    row["rounds"] = len(trajectory)
    buyer_names = random.permutation(problem.participants)
    by_name = np.lexsort(buyer_names[problem.meetings.T[::-1]])
    row["first_fit_by_arrival"] = timed(problem, np.arange(len(problem.meetings)), bound)
    row["first_fit_by_name"] = timed(problem, by_name, bound)
    row["replan_after_cancellations"] = cancelled_figures(problem, result.slots.astype(np.int64), random)
    row["replan_after_late_arrivals"] = late_figures(problem, result.slots.astype(np.int64), random)
    if options.trajectory:
        row["trajectory"] = trajectory
    print(json.dumps(row) if options.json else "\n".join(f"{key:<28}{value}" for key, value in row.items()))


if __name__ == "__main__":
    main()

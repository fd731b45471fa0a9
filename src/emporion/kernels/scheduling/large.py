"""Large events: a greedy timetable, then rounds of chains, exchanges and break-closing moves, as long as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np

from emporion.kernels.scheduling.board import MUST, PINNED, Array, Board, Rules, empty_board, rules_of, wanted
from emporion.kernels.scheduling.greedy import by_tightness, place_all
from emporion.kernels.scheduling.improve import place_more
from emporion.kernels.scheduling.moves import all_breaks
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.result import Objective, Params
from emporion.kernels.scheduling.tidy import close_breaks
from emporion.kernels.stop import Stop

Progress = Callable[[int, Objective], None]
MUST_ROUNDS = 5


class Found(NamedTuple):
    """A timetable with its worth, and why the search ended."""

    slots: Array
    objective: Objective
    stopped: str


def search(
    problem: Problem, stop: Stop, seed: int, params: Params, executor: Executor | None, progress: Progress | None
) -> Found:
    """The best of ``params.starts`` walks from different random keys.

    Every round is the same work whatever the executor, and the stop is asked between rounds: same seed, same problem
    and same number of rounds give the same timetable.
    """
    rules, demand = rules_of(problem), wanted(problem)
    spread = map if executor is None else executor.map
    seeds = np.random.SeedSequence(seed).generate_state(params.starts).tolist()
    boards = list(spread(partial(begin_walk, rules, demand, chain=params.chain), seeds))
    best, iteration = _best(problem, rules, boards), 0
    while not stop(iteration, score(problem, best.objective)) and not _perfect(rules, best.objective):
        boards = list(spread(partial(walk, rules, demand, chain=params.chain), boards))
        best = max(best, _best(problem, rules, boards), key=lambda found: found.objective.key)
        iteration += 1
        if progress is not None:
            progress(iteration, best.objective)
    ended = "nothing left to improve" if _perfect(rules, best.objective) else stop.reason
    return best._replace(stopped=ended)


def score(problem: Problem, objective: Objective) -> float:
    """The objective as one number for a stopping criterion; larger is better."""
    strongest, busiest = int(problem.strength.sum()) + 1, len(problem.meetings) * 2 + 1
    placed = (objective.musts * (len(problem.meetings) + 1) + objective.placed) * strongest + objective.strength
    return float(placed * busiest - objective.breaks)


def begin_walk(rules: Rules, wanted: Array, seed: int, *, chain: int) -> Board:
    """A greedy timetable: pinned meetings, then musts with chains and exchanges among them, then the others."""
    board, order = empty_board(rules, seed), by_tightness(rules, seed)
    first = order[rules.meeting[order, MUST] | rules.meeting[order, PINNED] > 0]
    place_all(rules, board, first, wanted)
    for _ in range(MUST_ROUNDS):
        place_more(rules, board, first[board.slot[first] < 0], chain)
    place_all(rules, board, order, wanted)
    return board


def walk(rules: Rules, wanted: Array, board: Board, *, chain: int) -> Board:
    """One round: chains and exchanges for the meetings left out, a sweep over the breaks, and what now fits."""
    place_more(rules, board, np.flatnonzero(board.slot < 0), chain)
    close_breaks(rules, board)
    place_all(rules, board, np.flatnonzero(board.slot < 0), wanted)
    return board


def worth(problem: Problem, rules: Rules, board: Board) -> Objective:
    """What the timetable on the board is worth."""
    placed = board.slot >= 0
    return Objective(
        musts=int(problem.must[placed].sum()),
        placed=int(placed.sum()),
        strength=int(problem.strength[placed].sum()),
        breaks=int(all_breaks(rules, board)),
    )


def _best(problem: Problem, rules: Rules, boards: Iterable[Board]) -> Found:
    found = [Found(board.slot.copy(), worth(problem, rules, board), "") for board in boards]
    return max(found, key=lambda each: each.objective.key)


def _perfect(rules: Rules, objective: Objective) -> bool:
    return objective.breaks == 0 and objective.placed == int(rules.possible.any(axis=1).sum())

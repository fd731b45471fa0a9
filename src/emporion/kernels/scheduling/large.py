"""Large events: a greedy timetable, then rounds of chains and exchanges, as long as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

import numpy as np

from emporion.kernels.scheduling.board import MUST, PINNED, SLOT, Array, Board, empty_board, wanted
from emporion.kernels.scheduling.breaks import all_breaks, forced_breaks
from emporion.kernels.scheduling.fairness import breaks_each, is_fair
from emporion.kernels.scheduling.greedy import by_tightness, keep, place_all
from emporion.kernels.scheduling.improve import place_more
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.result import Objective, Params
from emporion.kernels.scheduling.tidy import close_breaks, place_at_no_cost, to_visit
from emporion.kernels.scheduling.words import shuffle
from emporion.kernels.stop import Stop

Progress = Callable[[int, Objective], None]
MUST_ROUNDS = 5
# Rounds that begin with chains and exchanges for every meeting left out, whatever breaks they make.
FILLING_ROUNDS = 1
# Most participants, and meetings left out, that one round looks at, so that the stop is asked often.
CROWD = 5_000
# One in how many of those whose breaks are forced is looked at all the same, since their meetings stand in others' way.
ONE_IN = 20
# The temperature of simulated annealing in the first round, in breaks, and what is left of it after each round.
START_TEMPERATURE, COOLING = 0.4, 0.8


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
    demand, people = wanted(problem), np.flatnonzero(problem.counts_breaks)
    forced = forced_breaks(problem, demand)
    spread = map if executor is None else executor.map
    seeds = np.random.SeedSequence(seed).generate_state(params.starts).tolist()
    boards = list(spread(partial(begin_walk, problem, demand, chain=params.chain), seeds))
    best, iteration = _best(problem, boards), 0
    while not stop(iteration, score(problem, best.objective)) and not _perfect(problem, best.objective):
        step = partial(walk, iteration, people, forced, chain=params.chain)
        boards = list(spread(step, boards))
        best = max(best, _best(problem, boards), key=lambda found: found.objective.key)
        iteration += 1
        if progress is not None:
            progress(iteration, best.objective)
    ended = "nothing left to improve" if _perfect(problem, best.objective) else stop.reason
    return best._replace(stopped=ended)


def fewer_breaks(problem: Problem, slots: Array, rounds: int, seed: int, stop: Stop) -> Array:
    """The meetings of a timetable with fewer breaks, shared as fairly: simulated annealing over ``rounds``.

    Where ``stop`` ends it early, or there is nothing better, the best so far.
    """
    demand, people = wanted(problem), np.flatnonzero(problem.counts_breaks)
    forced = forced_breaks(problem, demand)
    board = empty_board(problem, seed)
    keep(board, by_tightness(board, seed), slots.astype(np.int64))
    best, least = slots, int(breaks_each(problem, slots).sum())
    for round_ in range(rounds):
        if stop(0, 0.0):
            break
        close_breaks(board, to_visit(board, people, forced, ONE_IN), forced, START_TEMPERATURE * (1 - round_ / rounds))
        now = board.meeting[:, SLOT].astype(slots.dtype)
        if all_breaks(board) < least and is_fair(problem, now) and (now >= 0).sum() == (slots >= 0).sum():
            best, least = now, int(all_breaks(board))
    return best


def score(problem: Problem, objective: Objective) -> float:
    """The objective as one number for a stopping criterion; larger is better."""
    strongest, busiest = int(problem.strength.sum()) + 1, len(problem.meetings) * 2 + 1
    placed = (objective.musts * (len(problem.meetings) + 1) + objective.placed) * strongest + objective.strength
    return float(placed * busiest - objective.breaks)


def begin_walk(problem: Problem, demand: Array, seed: int, *, chain: int) -> Board:
    """A greedy timetable: pinned meetings, then musts with chains and exchanges among them, then the others."""
    board = empty_board(problem, seed)
    order = by_tightness(board, seed)
    first = order[board.meeting[order, MUST] | board.meeting[order, PINNED] > 0]
    place_all(board, first, demand)
    for _ in range(MUST_ROUNDS):
        place_more(board, first[board.meeting[first, SLOT] < 0], chain)
    place_all(board, order, demand)
    return board


def walk(iteration: int, people: Array, forced: Array, board: Board, *, chain: int) -> Board:
    """One round: what more can be placed, at first at any cost in breaks, then at little; then fewer breaks."""
    waiting = np.flatnonzero(board.meeting[:, SLOT] < 0)
    if iteration < FILLING_ROUNDS:
        place_more(board, waiting, chain)
    place_at_no_cost(board, crowd(board, waiting))
    chosen = crowd(board, to_visit(board, people, forced, ONE_IN))
    close_breaks(board, chosen, forced, START_TEMPERATURE * COOLING**iteration)
    return board


def crowd(board: Board, everybody: Array) -> Array:
    """At most CROWD of them, in random order."""
    shuffle(board, everybody)
    return everybody[:CROWD]


def worth(problem: Problem, board: Board) -> Objective:
    """What the timetable on the board is worth."""
    placed = board.meeting[:, SLOT] >= 0
    return Objective(
        musts=int(problem.must[placed].sum()),
        placed=int(placed.sum()),
        strength=int(problem.strength[placed].sum()),
        breaks=int(all_breaks(board)),
    )


def _best(problem: Problem, boards: Iterable[Board]) -> Found:
    found = [Found(board.meeting[:, SLOT].astype(np.int16), worth(problem, board), "") for board in boards]
    return max(found, key=lambda each: each.objective.key)


def _perfect(problem: Problem, objective: Objective) -> bool:
    return objective.breaks == 0 and objective.placed == int(problem.possible.any(axis=1).sum())

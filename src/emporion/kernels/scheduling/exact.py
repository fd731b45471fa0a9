"""Small events: the proven best timetable, and some timetable at once where every meeting has to be held.

Meetings are placed first (musts, number, strength), then breaks are closed among the timetables that place as much.
Where every meeting has to be held, any timetable is looked for first, and beside it one without a break, which alone
is far easier to find or to exclude than the best one: whenever the time ends there is an answer. Then come rounds of
two searches side by side. A round ends when both have used what the round allows, or when the first of them has
proved its answer: so the answer hangs on the rounds, and not on which of the two was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from emporion.kernels.scheduling.fairness import breaks_each
from emporion.kernels.scheduling.model import Model
from emporion.kernels.scheduling.problem import Problem
from emporion.kernels.scheduling.solver import Answer, CalledOff, Effort, run
from emporion.kernels.stop import MaxIterations, Stop

# Deterministic seconds of the first round, and by how much a round is longer than the one before. Every search has
# random numbers of its own: where one is lost another may be short.
FIRST_EFFORT, GROWTH = 2.0, 4.0
# Deterministic seconds for a timetable without a break, and for each single break that is tried.
EFFORT_FOR_ONE = 2.0
# Rounds of annealing, of a few milliseconds each, after the first round, when it is clear that the proof takes long.
ANNEALING = 1_500

Array = npt.NDArray[Any]


class Proof(NamedTuple):
    """The best timetable found, if any; whether none is better (or there is none at all); why the search ended."""

    slots: Array | None
    proved: bool
    stopped: str


@dataclass(frozen=True)
class Known:
    """The best timetable so far; how many breaks each has at least; whether it is the best, or there is none."""

    slots: Array | None = None
    bound: int = 0
    settled: bool = False


def search(problem: Problem, stop: Stop | None, seed: int, effort: float) -> Proof:
    """Finds the best timetable and proves that it is.

    Runs in rounds of growing deterministic time, so that a ``stop`` that counts rounds makes a run repeatable; one
    that counts seconds is also asked within a round. Without a stop there is one round of ``effort``.
    """
    model = Model(problem)
    rounds = Rounds(model, stop or MaxIterations(1), seed, FIRST_EFFORT if stop else effort)
    if problem.every_meeting:
        model.aim_at_breaks()
        known, settled = rounds.fewest_breaks(rounds.opening()), True
    else:
        model.aim_at_placing()
        known = rounds.most_placed()
        settled = known.settled
        if known.slots is not None:
            model.keep_placed(known.slots)
            model.aim_at_breaks()
            known = rounds.fewest_breaks(Known(known.slots))
    if settled and known.settled:
        return Proof(known.slots, True, "proved")
    return Proof(known.slots, False, stop.reason if stop else f"{effort:g} deterministic seconds used")


@dataclass(frozen=True)
class Rounds:
    """The searches of one event; ``effort`` is what the first round allows."""

    model: Model
    stop: Stop
    seed: int
    effort: float

    def most_placed(self) -> Known:
        """As many musts and meetings as can be placed, and as strong ones."""
        slots, round_ = None, 0
        while not self.stop(round_, 0.0):
            if slots is not None:
                self.model.hint(slots)
            answer = self._aimed(round_, 0, self.stop)
            slots = slots if answer.slots is None else answer.slots
            if answer.done:
                return Known(slots, settled=True)
            round_ += 1
        return Known(slots)

    def opening(self) -> Known:
        """Some timetable with every meeting, if that is all there is to find; one without a break, if there is any."""
        if self.stop(0, 0.0):
            return Known()
        return self._side_by_side(Known(), self._without_break, self._any_timetable)

    def fewest_breaks(self, known: Known) -> Known:
        """As few breaks as can be."""
        round_ = 0
        while not known.settled and not self.stop(round_, 0.0):
            if round_ and known.slots is not None:
                self.model.hint(known.slots)
            known = self._round(known, round_)
            if round_ == 0 and not known.settled:
                known = self._hard(known)
            round_ += 1
        return known

    def _hard(self, known: Known) -> Known:
        """What is worth trying once the first round has not been enough."""
        if known.slots is not None:
            known = self._with(known, self._annealed(known.slots), 0)
        return self.single_break(known) if known.bound == 1 and not known.settled else known

    def single_break(self, known: Known) -> Known:
        """A timetable with one break, where there is none without: whose it is is tried one by one.

        With everybody else's meetings in a row a search is short, where cores of seventy people are not.
        """
        if (self.model.problem.capacity > 1).any() or not self.model.unbroken:
            return known
        stop = CalledOff(self.stop)
        with ThreadPoolExecutor(2) as pool:
            tried = [pool.submit(self._only_broken, person, stop) for person in self._busiest_first()]
            impossible = True
            for each in tried:
                answer = each.result()
                impossible &= answer.impossible
                if answer.slots is not None:
                    stop.call_off()
                    return self._with(known, answer.slots, 0)
        return self._with(known, None, 2 if impossible else 0)

    def _round(self, known: Known, round_: int) -> Known:
        def aimed(which: int, stop: Stop) -> Known:
            return self._learnt(self._aimed(round_, which, stop))

        return self._side_by_side(known, partial(aimed, 0), partial(aimed, 1))

    def _side_by_side(self, known: Known, first: Callable[[Stop], Known], second: Callable[[Stop], Known]) -> Known:
        """What both find; the second is called off as soon as the first is settled, not the other way round."""
        stop = CalledOff(self.stop)
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(second, stop)
            mine = first(self.stop)
            if mine.settled:
                stop.call_off()
                return mine
            theirs = beside.result()
        if theirs.settled and theirs.slots is None:
            return theirs
        known = self._with(known, mine.slots, mine.bound)
        return self._with(known, theirs.slots, theirs.bound)

    def _with(self, known: Known, slots: Array | None, bound: int) -> Known:
        """What is known when these slots, and that no timetable has fewer breaks than ``bound``, are known too."""
        best, least = known.slots, max(known.bound, bound)
        if slots is not None and (best is None or self._breaks(slots) < self._breaks(best)):
            best = slots
        settled = known.settled or (best is not None and self._breaks(best) <= least)
        return Known(best, least, settled)

    def _breaks(self, slots: Array) -> int:
        return int(breaks_each(self.model.problem, slots).sum())

    def _learnt(self, answer: Answer) -> Known:
        return Known(answer.slots, answer.bound, answer.done)

    def _aimed(self, round_: int, which: int, stop: Stop) -> Answer:
        """One of the two searches of a round for the aim of the model."""
        model = self.model
        effort = Effort(
            self.effort * GROWTH**round_,
            self.seed + 2 * round_ + which,
            in_cores=model.in_cores,
            linear=0 if model.in_cores and model.problem.every_meeting else 1,
        )
        return run(model.model, model.slots_of, effort, stop, round_)

    def _any_timetable(self, stop: Stop) -> Known:
        effort = Effort(self.effort, self.seed)
        return self._learnt(run(self.model.without_aim(), self.model.slots_of, effort, stop))

    def _without_break(self, stop: Stop) -> Known:
        if not self.model.unbroken:
            return Known()
        answer = self._if_unbroken(self.model.unbroken, None, stop)
        return self._with(Known(bound=int(answer.impossible)), answer.slots, 0)

    def _only_broken(self, person: int, stop: Stop) -> Answer:
        if stop(0, 0.0):
            return Answer()
        return self._if_unbroken(self.model.unbroken.keys() - {person}, person, stop)

    def _if_unbroken(self, people: Iterable[int], person: int | None, stop: Stop) -> Answer:
        effort = Effort(min(EFFORT_FOR_ONE, self.effort), self.seed)
        return run(self.model.if_unbroken(people, person), self.model.slots_of, effort, stop)

    def _busiest_first(self) -> list[int]:
        meetings = np.bincount(self.model.problem.meetings.ravel(), minlength=self.model.problem.participants)
        return sorted(self.model.unbroken, key=lambda person: (-meetings[person], person))

    def _annealed(self, slots: Array) -> Array:
        # Imported here: the compiled search is not waited for where there is no need of it.
        from emporion.kernels.scheduling.large import fewer_breaks  # noqa: PLC0415

        return fewer_breaks(self.model.problem, slots, ANNEALING, self.seed, self.stop)

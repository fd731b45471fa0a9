"""The whole fair: requests to halls, every hall by itself, what has no place offered to other halls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor

from ..stop import Stop
from .assign import assign, capacity, possible, weight
from .bound import bound
from .geometry import TICKS_PER_M, locked_rect
from .hall import HallAnswer, Params, Spot, Task, solve_hall, tidiness_of, worth
from .places import kind_of
from .problem import Hall, Problem, Request, fits_hall, in_zone
from .result import HallPlan, Place, Placement, Result, Unplaced
from .shapes import rules_of

DEFAULTS = Params()


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 0,
    params: Params = DEFAULTS,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], float] | None = None,
) -> Result:
    """Give every request a place in a hall, or say why it has none.

    ``stop`` ends the search in each hall that cannot hold everything (each hall asks a copy of its own; without it
    ``params.trials`` exchanges are tried). ``executor`` solves halls side by side; with processes ``stop`` must be
    picklable. ``progress`` is told how many halls are done out of how many. ``clock`` gives seconds and is only read
    for the result's ``seconds``. The same problem, seed, params and a stop that counts give the same plan, with any
    executor.

    Method: a transportation problem by exhibition area (Hitchcock 1941), then hall by hall an integer programme that
    chooses strips and shapes, best-fit filling and exchanges; cf. Fernandes Muritiba, Iori, Martello and Negreiros
    Gomes, "Optimal design of fair layouts", Flexible Services and Manufacturing Journal 25, 2013.
    """
    start = clock() if clock else None
    run = _Run(problem, stop, seed, params, executor, progress)
    run.first()
    for _ in range(params.rounds):
        if not run.again():
            break
    placements = _placements(problem, run.answers)
    objective = sum(request.value for request in problem.requests if request.key in placements)
    limit = bound(problem)
    return Result(
        placements=placements,
        unplaced=_reasons(problem, placements, run.answers),
        halls={
            hall.code: _plan(problem, hall, answer) for hall, answer in zip(problem.halls, run.answers, strict=True)
        },
        objective=objective,
        bound=limit,
        gap=max(0.0, (limit - objective) / limit) if limit else 0.0,
        seed=seed,
        seconds=clock() - start if clock and start is not None else None,
        stopped=_stopped(run.answers),
    )


class _Run:
    """The answers so far, the requests each hall was offered, and who was offered where."""

    def __init__(
        self,
        problem: Problem,
        stop: Stop | None,
        seed: int,
        params: Params,
        executor: Executor | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.problem, self.stop, self.seed, self.params = problem, stop, seed, params
        self.executor, self.progress = executor, progress
        self.answers = [HallAnswer(hall.code, {}, {}, (), "everything placed") for hall in problem.halls]
        self.offered: list[list[Request]] = [[] for _ in problem.halls]
        self.tried: dict[str, set[int]] = defaultdict(set)
        self.locked = {one.key for hall in problem.halls for one in hall.locked}
        self.apart: dict[str, frozenset[str]] = defaultdict(frozenset)
        for key, other in problem.apart():
            self.apart[key] |= {other}

    def first(self) -> None:
        """Assign all requests and solve every hall."""
        given = assign(self.problem, [request for request in self.problem.requests if request.key not in self.locked])
        for number, requests in enumerate(given):
            self._offer(number, requests)
        self._solve(list(range(len(given))))

    def again(self) -> bool:
        """Offer what has no place to other halls with room; says whether any hall was asked."""
        offers = self._offers()
        if not offers:
            return False
        before = {number: (self.answers[number], self.offered[number]) for number in offers}
        for number, requests in offers.items():
            kept = [request for request in self.offered[number] if request.key in self.answers[number].spots]
            self._offer(number, kept + requests)
        self._solve(sorted(offers))
        for number, (answer, requests) in before.items():
            if self._worth(number, self.answers[number]) <= self._worth(number, answer):
                self.answers[number], self.offered[number] = answer, requests
        return True

    def _offer(self, number: int, requests: list[Request]) -> None:
        self.offered[number] = requests
        for request in requests:
            self.tried[request.key].add(number)

    def _worth(self, number: int, answer: HallAnswer) -> tuple[float, float]:
        return worth(self.problem.halls[number], answer, self.problem.requests, self.params)

    def _solve(self, numbers: list[int]) -> None:
        tasks = [self._task(number) for number in numbers]
        answers = self.executor.map(solve_hall, tasks) if self.executor else map(solve_hall, tasks)
        for done, (number, answer) in enumerate(zip(numbers, answers, strict=True), start=1):
            self.answers[number] = answer
            if self.progress:
                self.progress(done, len(numbers))

    def _task(self, number: int) -> Task:
        requests = tuple(sorted(self.offered[number], key=lambda request: request.key))
        apart = {request.key: self.apart[request.key] for request in requests if request.key in self.apart}
        return Task(
            self.problem.halls[number],
            requests,
            apart,
            int(self.problem.aisle_m * TICKS_PER_M),
            int(self.problem.apart_m * TICKS_PER_M),
            rules_of(self.problem),
            self.params,
            self.stop,
            self.seed,
        )

    def _offers(self) -> dict[int, list[Request]]:
        """Single requests without a place, free ones first, for the halls with most room that they have not tried."""
        placed = {key for answer in self.answers for key in answer.spots}
        room = [self._room(number) for number in range(len(self.answers))]
        waiting = [one for one in self.problem.requests if one.key not in placed | self.locked and not one.pavilion]
        offers: dict[int, list[Request]] = defaultdict(list)
        for request in sorted(waiting, key=lambda one: (not one.free, -one.value, one.key)):
            need = weight(request, self.problem)
            able = [number for number in range(len(room)) if self._may_try(request, number, need, room[number])]
            if able:
                best = max(able, key=lambda i: (in_zone(request, self.problem.halls[i]), room[i], -i))
                offers[best].append(request)
                room[best] -= need
        return offers

    def _may_try(self, request: Request, number: int, need: float, room: float) -> bool:
        new = number not in self.tried[request.key]
        return new and (request.free or need <= room) and possible(request, self.problem.halls[number], self.problem)

    def _room(self, number: int) -> float:
        placed = [one for one in self.offered[number] if one.key in self.answers[number].spots]
        return capacity(self.problem.halls[number], self.problem) - sum(weight(one, self.problem) for one in placed)


def _placements(problem: Problem, answers: list[HallAnswer]) -> dict[str, Placement]:
    requests = {request.key: request for request in problem.requests}
    found = {}
    for hall, answer in zip(problem.halls, answers, strict=True):
        for key, spot in sorted(answer.spots.items()):
            found[key] = _placement(requests[key], hall, spot, locked=False)
        for key, spot in answer.locked.items():
            if key in requests:
                found[key] = _placement(requests[key], hall, spot, locked=True)
    return {request.key: found[request.key] for request in problem.requests if request.key in found}


def _placement(request: Request, hall: Hall, spot: Spot, *, locked: bool) -> Placement:
    area = spot.rect.area()
    return Placement(request.key, hall.code, *area, spot.open_sides, in_zone(request, hall), locked)


def _plan(problem: Problem, hall: Hall, answer: HallAnswer) -> HallPlan:
    stands = [spot.rect.area() for spot in answer.spots.values()] + [locked_rect(one).area() for one in hall.locked]
    used = sum(area.width * area.depth for area in stands)
    order = tidiness_of(hall, answer, problem.requests)
    places = [rect.area() for rect in answer.places]
    return HallPlan(
        hall.code,
        tuple(aisle.area() for aisle in answer.aisles),
        used,
        hall.gross_m2,
        len(stands),
        tuple(Place(kind_of(area.width * area.depth), area) for area in places),
        order.area_parts,
        order.pavilion_parts,
        order.astray,
    )


def _reasons(problem: Problem, placements: Mapping[str, Placement], answers: list[HallAnswer]) -> dict[str, Unplaced]:
    apart = {key for answer in answers for key in answer.kept_apart}
    homes = {request.pavilion for request in problem.requests if request.key in placements}
    return {
        request.key: Unplaced(
            _reason(problem, request, homes, apart),
            request.area_m2,
            request.open_sides_min,
            request.zone,
            request.pavilion,
        )
        for request in problem.requests
        if request.key not in placements
    }


def _reason(problem: Problem, request: Request, homes: set[str | None], apart: set[str]) -> str:
    meant = [hall for hall in problem.halls if problem.overflow or in_zone(request, hall)]
    if not meant:
        return "no_zone"
    serving = [hall for hall in meant if fits_hall(request, hall)]
    if not serving:
        return "needs"
    if not any(possible(request, hall, problem) for hall in serving):
        return "too_large"
    if request.pavilion and request.pavilion in homes:
        return "pavilion"
    return "kept_apart" if request.key in apart else "hall_full"


def _stopped(answers: list[HallAnswer]) -> str:
    reasons = {answer.stopped for answer in answers if answer.stopped != "everything placed"}
    return "; ".join(sorted(reasons)) or "everything placed"

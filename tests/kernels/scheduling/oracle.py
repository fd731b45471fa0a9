"""Brute force over every timetable of a tiny event, and the tiny events themselves."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st

from emporion.kernels.scheduling import Objective, Problem, check
from emporion.kernels.scheduling.check import count_breaks


def worth(problem: Problem, slots: tuple[int, ...]) -> Objective:
    placed = [m for m, slot in enumerate(slots) if slot >= 0]
    breaks = sum(count_breaks(problem, list(slots)).values())
    return Objective(int(problem.must[placed].sum()), len(placed), int(problem.strength[placed].sum()), breaks)


def best(problem: Problem) -> Objective | None:
    """The best worth of all timetables that break no rule; None when there is none."""
    every = product(range(-1, problem.slots), repeat=len(problem.meetings))
    legal = [worth(problem, slots) for slots in every if not check(problem, slots)]
    return max(legal, key=lambda objective: objective.key, default=None)


@st.composite
def tiny_problems(draw: st.DrawFn, free: bool = False) -> Problem:
    """Up to four people, four slots on one or two days and four meetings, with any rule there is.

    ``free``: nothing pinned and no demand on the whole timetable, so that leaving everything out is one.
    """
    people, slots = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    count = draw(st.integers(1, 4))
    pair = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(lambda p: p[0] != p[1])

    def bits(count: int) -> np.ndarray:
        return np.resize(draw(st.lists(st.sampled_from([True, True, False]), min_size=1, max_size=20)), count)

    def grid(rows: int, columns: int) -> np.ndarray:
        return bits(rows * columns).reshape(rows, columns)

    second_day = draw(st.integers(1, slots))
    walking = draw(st.booleans())
    index = st.integers(0, count - 1)
    pairs = st.tuples(index, index).filter(lambda p: p[0] != p[1]).map(sorted)
    orders = st.lists(pairs, max_size=2) if count > 1 else st.just([])
    return Problem(
        participants=people,
        slots=slots,
        meetings=draw(st.lists(pair, min_size=count, max_size=count)),
        must=bits(count),
        strength=draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)),
        slot_day=(np.arange(slots) >= second_day).astype(int),
        availability=grid(people, slots),
        allowed_slots=grid(count, slots),
        capacity=[1] * people if walking else draw(st.lists(st.integers(1, 2), min_size=people, max_size=people)),
        hall=draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count)) if walking else None,
        too_far=[[0, 1, 0], [1, 0, 1], [0, 1, 0]] if walking else None,
        tables=draw(st.sampled_from([None, 1, 2])),
        daily_limit=draw(st.lists(st.integers(0, 4), min_size=people, max_size=people)),
        precedences=draw(orders),
        counts_breaks=bits(people),
        pinned=[] if free else draw(st.lists(st.tuples(index, st.integers(0, slots - 1)), max_size=1)),
        fairness=None if free else draw(st.sampled_from([None, 0, 1])),
        every_meeting=False if free else draw(st.booleans()),
    )

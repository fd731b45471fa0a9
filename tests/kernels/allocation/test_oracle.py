"""Tiny halls solved by trying every set of modules, and laws that hold for every fair."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.allocation import Box, Exit, Hall, Params, Problem, Request, check, solve
from emporion.kernels.allocation.bound import bound, least_open_m

from .world import QUICK, raw, standard


def most_shells(hall: Hall) -> int:
    """How many standard booths of one module the hall can hold: every subset of its modules is tried.

    The others are aisle; those that are booths must touch the one connected aisle, on which all exits open.
    """
    width, depth = hall.width_modules, hall.depth_modules
    cells = [(x, y) for y in range(depth) for x in range(width)]
    number = {cell: i for i, cell in enumerate(cells)}
    beside = [
        sum(1 << number[near] for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)) if near in number)
        for x, y in cells
    ]
    solid = sum(
        1 << number[x, y]
        for box in hall.obstacles
        for x in range(box.x, box.x + box.width)
        for y in range(box.y, box.y + box.depth)
    )
    doors = 0
    for door in hall.exits:
        x = {"west": 0, "east": width - 1}.get(door.wall, door.module)
        y = {"north": 0, "south": depth - 1}.get(door.wall, door.module)
        doors |= 1 << number[x, y]
    best = 0
    for booths in range(1 << len(cells)):
        if booths & (solid | doors) or booths.bit_count() <= best:
            continue
        aisle = reached(~(booths | solid) & ((1 << len(cells)) - 1), doors, beside)
        if not doors & ~aisle and all(beside[i] & aisle for i in range(len(cells)) if booths >> i & 1):
            best = booths.bit_count()
    return best


def reached(free: int, doors: int, beside: list[int]) -> int:
    """The free modules joined with the first door, or with the first free module whose part is largest."""
    best = 0
    left = free
    while left:
        part, edge = 0, (doors & free & -(doors & free)) or (left & -left)
        while edge:
            part |= edge
            grown = 0
            for i in range(len(beside)):
                if edge >> i & 1:
                    grown |= beside[i]
            edge = grown & free & ~part
        if doors:
            return part
        best = max(best, part, key=int.bit_count)
        left &= ~part
    return best


@pytest.mark.parametrize(("width", "depth", "booths"), [(3, 3, 6), (4, 3, 8), (5, 3, 10), (3, 4, 8)])
def test_a_tiny_hall_is_filled_as_well_as_by_trying_everything(width: int, depth: int, booths: int) -> None:
    hall = Hall("tiny", width, depth)
    problem = Problem((hall,), tuple(standard(f"{i}") for i in range(20)))
    result = solve(problem, params=QUICK)
    assert most_shells(hall) == booths
    assert result.objective == 9 * booths
    assert result.bound >= 9 * booths
    assert check(problem, result) == []


@st.composite
def tiny_halls(draw: st.DrawFn) -> Hall:
    width, depth = draw(st.sampled_from([(3, 3), (4, 3), (3, 4), (2, 5), (6, 2)]))
    x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, depth - 1))
    boxes = (Box(x, y, 1, 1),) if draw(st.booleans()) else ()
    doors = []
    for wall in draw(st.sets(st.sampled_from(["north", "south", "east", "west"]), max_size=2)):
        door = Exit(wall, draw(st.integers(0, (width if wall in ("north", "south") else depth) - 1)))
        if not (boxes and before(door, width, depth) == (x, y)):
            doors.append(door)
    return Hall("tiny", width, depth, obstacles=boxes, exits=tuple(doors))


def before(door: Exit, width: int, depth: int) -> tuple[int, int]:
    x = {"west": 0, "east": width - 1}.get(door.wall, door.module)
    return x, {"north": 0, "south": depth - 1}.get(door.wall, door.module)


@settings(max_examples=25)
@given(tiny_halls())
def test_no_plan_of_a_tiny_hall_beats_the_oracle_and_the_oracle_never_beats_the_bound(hall: Hall) -> None:
    problem = Problem((hall,), tuple(standard(f"{i}") for i in range(16)))
    most = 9 * most_shells(hall)
    result = solve(problem, params=QUICK)
    assert most <= bound(problem) + 1e-9
    assert result.objective <= most
    assert check(problem, result) == []


@st.composite
def requests(draw: st.DrawFn, number: int) -> Request:
    fields = {
        "zone": draw(st.sampled_from(["", "food", "medical"])),
        "pavilion": draw(st.sampled_from([None, None, None, "crafts"])),
        "free": draw(st.integers(0, 9)) == 0,
        "priority": draw(st.sampled_from([1.0, 1.0, 2.5])),
        "needs": draw(st.sampled_from([(), (), ("water",)])),
    }
    sides = draw(st.integers(1, 4))
    if draw(st.booleans()):
        return standard(f"s{number}", 9 * draw(st.integers(1, 4)), min(sides, 2), **fields)
    return raw(f"r{number}", 9 * draw(st.integers(4, 30)), sides, **fields)


@st.composite
def fairs(draw: st.DrawFn) -> Problem:
    halls = []
    for number in range(draw(st.integers(1, 2))):
        width, depth = draw(st.integers(4, 24)), draw(st.integers(4, 18))
        doors = (Exit("north", draw(st.integers(0, width - 1))), Exit("west", draw(st.integers(1, depth - 1))))
        column = Box(draw(st.integers(1, width - 2)), draw(st.integers(1, depth - 2)), 1, 1)
        blocked = any(before(door, width, depth) == column[:2] for door in doors)
        zones = draw(st.sampled_from([(), ("food",), ("medical",)]))
        utilities = draw(st.sampled_from([(), ("water",)]))
        obstacles = () if blocked else (column,)
        halls.append(Hall(f"hall {number}", width, depth, zones, obstacles, doors, utilities=utilities))
    count = draw(st.integers(0, 25))
    asked = [draw(requests(number)) for number in range(count)]
    return Problem(tuple(halls), tuple(asked), overflow=draw(st.booleans()))


@settings(max_examples=40)
@given(fairs())
def test_every_fair_gets_a_plan_that_keeps_every_rule(problem: Problem) -> None:
    result = solve(problem, params=Params(trials=20, pattern_nodes=20))
    assert check(problem, result) == []
    assert result.objective <= bound(problem) + 1e-9
    assert 0 <= result.gap < 1 or not result.objective


def test_the_least_open_length_is_that_of_the_best_shape_by_hand() -> None:
    problem = Problem((), ())
    assert least_open_m(standard("nine"), problem) == 3
    assert least_open_m(standard("nine", 9, 4), problem) == 12
    assert least_open_m(raw("row", 81), problem) == 9
    assert least_open_m(raw("island", 144, 4), problem) == 48
    assert least_open_m(raw("peninsula", 72, 3), problem) == 24
    assert math.isclose(least_open_m(raw("through", 108, 2), problem), 12)

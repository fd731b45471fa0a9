"""How tidy a plan is, counted by walking over small halls module by module and by trying every order of the stands."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from emporion.kernels.allocation import Box, Hall, Lane, Params, Place, Problem, Result, check, solve
from emporion.kernels.allocation.geometry import MODULE, Rect, hall_rect, obstacle_rects
from emporion.kernels.allocation.tidiness import Tidiness, tidiness

from .world import QUICK, hall, raw, standard

Cell = tuple[int, int]


def walked(width: int, depth: int, owner: dict[Cell, str], areas: dict[str, str]) -> dict[str, int]:
    """The parts of each area: from every module of a stand walk straight on until something stands there; then join
    stands of one area one pair after another."""
    part = {key: key for key in areas}

    def root(key: str) -> str:
        return key if part[key] == key else root(part[key])

    for (x, y), key in owner.items():
        for across, down in ((1, 0), (0, 1)):
            ahead = (x + across, y + down)
            while ahead not in owner and ahead[0] < width and ahead[1] < depth:
                ahead = (ahead[0] + across, ahead[1] + down)
            other = owner.get(ahead, "wall")
            if key in areas and other in areas and areas[key] == areas[other]:
                part[root(key)] = root(other)
    return {area: len({root(key) for key in areas if areas[key] == area}) for area in set(areas.values())}


@st.composite
def floors(draw: st.DrawFn) -> tuple[int, int, dict[str, Rect], dict[str, str], list[Cell]]:
    """Stands of one or two modules, of three areas, and columns, strewn over a floor."""
    width, depth = draw(st.integers(2, 7)), draw(st.integers(2, 6))
    free = {(x, y) for x in range(width) for y in range(depth)}
    stands: dict[str, Rect] = {}
    areas: dict[str, str] = {}
    for number in range(draw(st.integers(0, 12))):
        x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, depth - 1))
        wide, deep = draw(st.sampled_from([(1, 1), (2, 1), (1, 2)]))
        cells = {(x + i, y + j) for i in range(wide) for j in range(deep)}
        if cells <= free:
            free -= cells
            stands[f"{number}"] = Rect(x * MODULE, y * MODULE, (x + wide) * MODULE, (y + deep) * MODULE)
            areas[f"{number}"] = draw(st.sampled_from(["food", "medical", "cars"]))
    columns = draw(st.lists(st.sampled_from(sorted(free)), max_size=2, unique=True)) if free else []
    return width, depth, stands, areas, columns


@settings(max_examples=150)
@given(floors())
def test_parts_are_those_that_a_walk_over_the_floor_finds(
    floor: tuple[int, int, dict[str, Rect], dict[str, str], list[Cell]],
) -> None:
    width, depth, stands, areas, columns = floor
    owner = {
        (x, y): key
        for key, rect in stands.items()
        for x in range(rect.x0 // MODULE, rect.x1 // MODULE)
        for y in range(rect.y0 // MODULE, rect.y1 // MODULE)
    }
    one = Hall("small", width, depth, obstacles=tuple(Box(x, y, 1, 1) for x, y in columns))
    counted = tidiness(hall_rect(one), obstacle_rects(one), stands, areas, {})
    assert counted.area_parts == walked(width, depth, owner | dict.fromkeys(columns, "column"), areas)


def cell(x: int, y: int) -> Rect:
    return Rect(x * MODULE, y * MODULE, (x + 1) * MODULE, (y + 1) * MODULE)


def row(*areas: str) -> Tidiness:
    """The tidiness of stands side by side."""
    keys = {f"{x}": area for x, area in enumerate(areas)}
    return tidiness(Rect(0, 0, 120, 12), [], {key: cell(int(key), 0) for key in keys}, keys, {})


def test_a_stand_between_two_of_another_area_is_astray_and_one_beside_its_own_is_not() -> None:
    assert row("food", "cars", "food").astray == ("1",)
    assert row("food", "cars", "cars", "food").astray == ()
    assert row("cars", "food", "food").astray == ()
    assert row("food", "cars", "food").faults == 2
    assert row("food", "food").faults == 0


def test_a_hall_without_stands_has_no_parts() -> None:
    assert tidiness(Rect(0, 0, 24, 24), [], {}, {}, {}) == Tidiness({}, {}, ())


def faults_at_best(problem: Problem, result: Result) -> int:
    """The fewest parts that two areas can have on the places of a plan, over every way to share these out."""
    one = problem.halls[0]
    stands = {
        key: Rect(*(round(4 * value) for value in (p.x, p.y, p.x + p.width, p.y + p.depth)))
        for key, p in result.placements.items()
    }
    keys = sorted(stands)
    food = sum(request.zone == "food" for request in problem.requests)
    best = len(keys)
    for mine in combinations(keys, food):
        areas = {key: "food" if key in mine else "cars" for key in keys}
        counted = tidiness(hall_rect(one), obstacle_rects(one), stands, areas, {})
        best = min(best, sum(counted.area_parts.values()))
    return best


def test_two_areas_lie_in_as_few_parts_as_any_order_of_the_stands_allows() -> None:
    for food in (3, 5, 6):
        requests = tuple(standard(f"{i:02}", zone="food" if i % 2 and i < 2 * food else "cars") for i in range(10))
        problem = Problem((Hall("small", 5, 3, zones=("food", "cars")),), requests)
        result = solve(problem, params=QUICK)
        assert len(result.placements) == 10
        parts = result.halls["small"].area_parts
        assert sum(parts.values()) == faults_at_best(problem, result) == 2
        assert check(problem, result) == []


def three_areas(**fields: object) -> Problem:
    """A hall for three areas that ask in turn for stands of many sizes, each with a pavilion of three."""
    requests = []
    for number in range(24):
        zone = ("food", "cars", "toys")[number % 3]
        pavilion = f"{zone} makers" if number < 9 else None
        if number % 4:
            requests.append(raw(f"{number:02}", 36 + 9 * (number % 5), 1 + number % 3, zone=zone, pavilion=pavilion))
        else:
            requests.append(standard(f"{number:02}", 9 * (1 + number % 2), zone=zone, pavilion=pavilion))
    return Problem((hall(zones=("food", "cars", "toys"), **fields),), tuple(requests))


def test_every_area_of_a_hall_lies_in_one_part_and_no_stand_among_others() -> None:
    problem = three_areas()
    result = solve(problem, params=QUICK)
    plan = result.halls["1.1"]
    assert len(result.placements) == 24
    assert plan.area_parts == {"cars": 1, "food": 1, "toys": 1}
    assert plan.astray == ()
    assert check(problem, result) == []


def test_a_pavilion_lies_in_one_part() -> None:
    makers = tuple(standard(f"maker {i}", 9, pavilion="crafts") for i in range(6))
    others = tuple(raw(f"other {i}", 36 + 9 * (i % 4), 1 + i % 2) for i in range(14))
    problem = Problem((hall(),), makers + others)
    result = solve(problem, params=QUICK)
    assert result.halls["1.1"].pavilion_parts == {"crafts": 1}
    assert check(problem, result) == []


def test_fire_lanes_across_and_along_the_hall_stay_free() -> None:
    lanes = (Lane("north", 27.0, 6.0), Lane("west", 18.0, 6.0))
    for fields in ({"lanes": lanes}, {"lanes": lanes[:1]}, {"lanes": lanes[1:]}):
        problem = three_areas(**fields)
        result = solve(problem, params=QUICK)
        assert check(problem, result) == []
        assert len(result.placements) >= 21


def test_what_stands_leave_over_becomes_places_beside_them() -> None:
    problem = Problem((hall(),), tuple(raw(f"{i}", 54 + 9 * i, 1 + i % 4) for i in range(8)))
    result = solve(problem, params=QUICK)
    places = result.halls["1.1"].places
    assert {place.kind for place in places} <= {"stage", "lounge", "service"}
    assert any(isinstance(place, Place) for place in places)
    assert check(problem, result) == []


def test_untidiness_weighs_as_much_as_it_is_told_to() -> None:
    problem = three_areas()
    careless = solve(problem, params=Params(trials=60, pattern_nodes=50, fault_m2=0.0))
    assert check(problem, careless) == []
    assert careless.objective <= solve(problem, params=QUICK).bound

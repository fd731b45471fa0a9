"""Ways on a floor: against another program's exact ones, against every order, and where there is none."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import dist, sqrt

import numpy as np
import pytest
from extremitypathfinder import PolygonEnvironment
from shapely import Point, Polygon
from shapely.geometry.polygon import orient

from emporion.kernels.ways import Floor, Path, build, check, lengths, order, shortest
from emporion.kernels.ways.floor import free_floor

HALL = ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0))


def box(x: float, y: float, width: float, depth: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + width, y), (x + width, y + depth), (x, y + depth))


def floor_of_blocks(seed: int) -> Floor:
    """A hall with blocks of stands that do not touch, some of them turned."""
    random = np.random.default_rng(seed)
    blocks = []
    for x in range(4, 54, 10):
        for y in range(4, 34, 9):
            width, depth = random.uniform(2, 7), random.uniform(2, 6)
            block = box(x, y, float(width), float(depth))
            blocks.append(block if random.random() < 0.6 else (block[0], block[1], block[2]))
    return Floor((HALL,), tuple(blocks))


def exact_length(floor: Floor, start: tuple[float, float], goal: tuple[float, float]) -> float:
    """The length that extremitypathfinder finds on the same free floor."""
    free = orient(free_floor(floor), 1)
    assert isinstance(free, Polygon)
    environment = PolygonEnvironment()
    holes = [list(ring.coords)[:-1] for ring in free.interiors]
    environment.store(list(free.exterior.coords)[:-1], holes, validate=False)
    return float(environment.find_shortest_path(start, goal)[1])


@pytest.mark.parametrize("seed", range(4))
def test_a_way_is_as_long_as_the_exact_one_of_another_program(seed: int) -> None:
    floor = floor_of_blocks(seed)
    graph = build(floor)
    inner = free_floor(floor).buffer(-0.01)
    tried = np.random.default_rng(100 + seed).uniform((1, 1), (59, 39), (60, 2))
    free = [(float(x), float(y)) for x, y in tried if inner.covers(Point(x, y))]
    for start, goal in pairwise(free[:7]):
        path = shortest(graph, [start], [goal])
        assert path is not None
        assert path.length == pytest.approx(exact_length(floor, start, goal), abs=1e-6)
        assert check(floor, path) == []


def test_a_way_round_one_block_touches_its_corner() -> None:
    floor = Floor((HALL,), (box(10, 0, 10, 20),), clearance=0.0)
    path = shortest(build(floor), [(5, 5)], [(25, 5)])
    assert path is not None
    assert path.points == ((5, 5), (10, 20), (20, 20), (25, 5))
    assert path.length == pytest.approx(2 * sqrt(25 + 225) + 10)


def test_in_a_hall_of_another_shape_one_goes_round_its_corner() -> None:
    bent = ((0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (10.0, 20.0), (0.0, 20.0))
    path = shortest(build(Floor((bent,), (), clearance=0.0)), [(18, 8)], [(8, 18)])
    assert path is not None
    assert path.points == ((18, 8), (10, 10), (8, 18))


def test_of_several_sides_the_nearest_is_taken() -> None:
    graph = build(Floor((HALL,), ()))
    path = shortest(graph, [(10, 10), (30, 10)], [(50, 10), (59, 39)])
    assert path == Path(20.0, ((30.0, 10.0), (50.0, 10.0)))


def test_where_a_wall_closes_the_floor_no_way_leads() -> None:
    floor = Floor((HALL,), (box(30, -1, 1, 42),))
    graph = build(floor)
    assert shortest(graph, [(5, 5)], [(55, 5)]) is None
    assert np.isinf(lengths(graph, [[(5, 5)], [(55, 5)]])[0, 1])


def test_a_gap_narrower_than_a_person_is_closed_and_a_wider_one_is_not() -> None:
    def walled(gap: float) -> Floor:
        return Floor((HALL,), (box(30, -1, 1, 21), box(30, 20 + gap, 1, 30)), clearance=0.3)

    assert shortest(build(walled(0.59)), [(5, 5)], [(55, 5)]) is None
    assert shortest(build(walled(0.61)), [(5, 5)], [(55, 5)]) is not None


def test_who_stands_in_a_stand_begins_before_it() -> None:
    graph = build(Floor((HALL,), (box(10, 10, 6, 6),)))
    path = shortest(graph, [(13, 15)], [(13, 30)])
    assert path is not None
    assert path.points[0] == pytest.approx((13, 16.3))


def test_lengths_are_those_of_the_ways_one_by_one() -> None:
    graph = build(floor_of_blocks(1))
    places = [[graph.onto(point)] for point in ((1, 1), (58, 38), (30, 20), (2, 38))]
    found = lengths(graph, places)
    for one in range(4):
        for other in range(4):
            path = shortest(graph, places[one], places[other])
            assert path is not None
            assert found[one, other] == pytest.approx(path.length, abs=1e-8)


def test_a_floor_without_obstacles_and_one_without_room() -> None:
    assert shortest(build(Floor((HALL,), ())), [(1, 1)], [(4, 5)]) == Path(5.0, ((1.0, 1.0), (4.0, 5.0)))
    assert len(build(Floor((HALL,), (box(-1, -1, 62, 42),))).points) == 0


def test_a_way_through_a_stand_and_a_wrong_length_are_found_out() -> None:
    floor = Floor((HALL,), (box(10, 10, 6, 6),), clearance=0.0)
    [off, short] = check(floor, Path(19.0, ((5, 13), (25, 13))))
    assert (off.code, off.metres) == ("off-floor", pytest.approx(6.0, abs=0.001))
    assert (short.code, short.metres) == ("length", pytest.approx(1.0))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_few_places_is_the_best_of_all(seed: int) -> None:
    points = np.random.default_rng(seed).uniform(0, 100, (7, 2))
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)

    def walked(places: tuple[int, ...]) -> float:
        return sum(dist(points[one], points[other]) for one, other in pairwise(places))

    best = min(walked((0, *rest)) for rest in permutations(range(1, 7)))
    found = order(apart)
    assert found[0] == 0
    assert sorted(found) == list(range(7))
    assert walked(tuple(found)) == pytest.approx(best)


def test_the_order_of_many_places_on_a_ring_goes_round_it() -> None:
    angles = np.linspace(0, 1.5 * np.pi, 20)
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    shuffled = np.concatenate([[0], 1 + np.random.default_rng(0).permutation(19)])
    apart = np.linalg.norm(points[shuffled][:, None] - points[shuffled][None], axis=2)
    assert [int(shuffled[one]) for one in order(apart)] == list(range(20))


def test_a_place_that_nobody_reaches_comes_last() -> None:
    apart = np.array([[0, np.inf, 1], [np.inf, 0, np.inf], [1, np.inf, 0]])
    assert order(apart) == [0, 2, 1]

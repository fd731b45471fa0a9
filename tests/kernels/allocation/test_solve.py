"""Plans of a small fair: everything placed as asked, and a reason for what is not."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

from emporion.kernels.allocation import Box, Hall, Locked, Problem, check, solve
from emporion.kernels.stop import MaxIterations

from .world import QUICK, hall, raw, small_fair, standard


def test_a_hall_with_room_places_everyone_as_asked() -> None:
    problem = small_fair()
    result = solve(problem, params=QUICK)
    assert check(problem, result) == []
    assert set(result.placements) == {request.key for request in problem.requests}
    assert result.objective == result.bound == 666
    assert (result.gap, result.stopped, result.seconds) == (0.0, "everything placed", None)
    assert len(result.placements["island"].open_sides) == 4
    assert result.placements["island"].area_m2 == 144
    assert result.halls["1.1"].used_m2 == 666
    assert result.halls["1.1"].stands == 12


def test_the_same_seed_gives_the_same_plan_with_any_executor() -> None:
    problem = replace(small_fair(), halls=(hall("1.1"), hall("1.2")))
    alone = solve(problem, params=QUICK, seed=3)
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        assert solve(problem, params=QUICK, seed=3, executor=threads) == alone
        assert solve(problem, params=QUICK, seed=3, executor=processes) == alone


def test_the_clock_is_only_read_for_the_seconds_and_progress_counts_halls() -> None:
    times = iter([10.0, 12.5])
    seen: list[tuple[int, int]] = []
    problem = replace(small_fair(), halls=(hall("1.1"), hall("1.2")))
    result = solve(
        problem, params=QUICK, clock=lambda: next(times), progress=lambda done, all: seen.append((done, all))
    )
    assert result.seconds == 2.5
    assert seen == [(1, 2), (2, 2)]


def test_stands_go_to_the_halls_of_their_exhibition_area() -> None:
    halls = (hall("food", zones=("food",)), hall("medical", zones=("medical",)))
    requests = tuple(raw(f"{zone} {i}", 54, zone=zone) for zone in ("food", "medical") for i in range(8))
    result = solve(Problem(halls, requests), params=QUICK)
    assert {key: place.hall for key, place in result.placements.items()} == {
        request.key: request.zone for request in requests
    }


def test_a_full_area_overflows_only_where_that_is_allowed() -> None:
    halls = (hall("small", 8, 6, zones=("food",)), hall("big", zones=("medical",)))
    requests = tuple(raw(f"farm {i}", 54, zone="food") for i in range(12))
    overflowing = solve(Problem(halls, requests), params=QUICK)
    assert len(overflowing.placements) == 12
    assert {place.in_zone for place in overflowing.placements.values()} == {True, False}
    strict = solve(Problem(halls, requests, overflow=False), params=QUICK)
    assert {place.hall for place in strict.placements.values()} == {"small"}
    assert {reason.code for reason in strict.unplaced.values()} == {"hall_full"}


def test_what_has_no_place_has_a_reason() -> None:
    requests = (
        standard("lost", zone="sports"),
        standard("wet", needs=("water",)),
        standard("heavy", floor_load=50.0),
        raw("giant", 9 * 400, 4),
    )
    problem = Problem((hall(zones=("food",), floor_load=10.0),), requests, overflow=False)
    result = solve(problem, params=QUICK)
    assert {key: reason.code for key, reason in result.unplaced.items()} == {
        "lost": "no_zone",
        "wet": "needs",
        "heavy": "needs",
        "giant": "too_large",
    }
    assert (result.unplaced["lost"].zone, result.unplaced["giant"].area_m2) == ("sports", 3600)
    assert check(problem, result) == []


def test_free_stands_come_before_all_that_pay() -> None:
    paying = tuple(standard(f"paying {i}", 9, priority=100.0) for i in range(20))
    free = tuple(standard(f"free {i}", 9, free=True) for i in range(6))
    problem = Problem((hall("tiny", 5, 3),), paying + free)
    result = solve(problem, params=QUICK)
    assert [key for key in result.unplaced if key.startswith("free")] == []
    assert len(result.placements) == 10
    assert check(problem, result) == []


def test_a_pavilion_stands_in_one_hall() -> None:
    halls = (hall("1.1", 8, 6), hall("1.2", 8, 6))
    pavilion = tuple(raw(f"maker {i}", 36, pavilion="crafts") for i in range(5))
    others = tuple(raw(f"other {i}", 54) for i in range(3))
    problem = Problem(halls, pavilion + others)
    result = solve(problem, params=QUICK)
    assert len({result.placements[one.key].hall for one in pavilion if one.key in result.placements}) == 1
    assert check(problem, result) == []


def test_rivals_are_kept_apart_in_one_hall_and_in_two() -> None:
    rivals = (raw("red cola", 54, keep_apart=("blue cola",)), raw("blue cola", 54))
    others = tuple(raw(f"other {i}", 54) for i in range(14))
    one = Problem((hall(),), rivals + others)
    assert check(one, solve(one, params=QUICK)) == []
    two = Problem((hall("1.1"), hall("1.2")), rivals + others)
    places = solve(two, params=QUICK).placements
    assert places["red cola"].hall != places["blue cola"].hall


def test_rivals_that_cannot_be_kept_apart_are_reported() -> None:
    rivals = (standard("red cola", keep_apart=("blue cola",)), standard("blue cola"))
    result = solve(Problem((hall("tiny", 5, 3),), rivals), params=QUICK)
    assert [reason.code for reason in result.unplaced.values()] == ["kept_apart"]


def test_a_locked_stand_stays_and_the_rest_goes_around_it() -> None:
    kept = Locked("star", 24.0, 15.0, 12.0, 9.0, ("north", "south", "east", "west"))
    problem = small_fair(halls=(hall(locked=(kept,)),))
    problem = replace(problem, requests=(*problem.requests, raw("star", 108, 4)))
    result = solve(problem, params=QUICK)
    star = result.placements["star"]
    assert (star.x, star.y, star.width, star.depth, star.locked) == (24.0, 15.0, 12.0, 9.0, True)
    assert set(star.open_sides) == {"north", "south", "east", "west"}
    assert check(problem, result) == []


def test_columns_and_a_hall_longer_than_wide_are_no_obstacle() -> None:
    columns = tuple(Box(x, y, 1, 1) for x in (4, 9) for y in (6, 13))
    problem = small_fair(halls=(Hall("tall", 14, 20, obstacles=columns),))
    result = solve(problem, params=QUICK)
    assert len(result.placements) == 12
    assert check(problem, result) == []


def test_a_crowded_hall_ends_when_its_stop_says_so() -> None:
    crowd = tuple(raw(f"stand {i}", 36 + 9 * (i % 9), 1 + i % 3) for i in range(60))
    problem = Problem((hall(),), crowd)
    result = solve(problem, stop=MaxIterations(5), params=QUICK)
    assert result.stopped == "5 iterations done"
    assert check(problem, result) == []
    assert result.objective >= 0.85 * result.bound


def test_priority_decides_who_stays_when_not_all_fit() -> None:
    problem = Problem((hall("tiny", 4, 3),), tuple(standard(f"{i}", priority=1.0 + i) for i in range(12)))
    result = solve(problem, params=QUICK)
    assert set(result.unplaced) == {"0", "1", "2", "3"}
    assert result.objective == 9 * sum(range(5, 13))


def test_nothing_asked_and_no_hall_are_answered() -> None:
    assert solve(Problem((hall(),), ())).objective == 0
    nowhere = solve(Problem((), (standard("a"),)))
    assert nowhere.unplaced["a"].code == "no_zone"
    assert check(Problem((), (standard("a"),)), nowhere) == []

"""What cannot be meant is refused by name of field."""

from __future__ import annotations

import math
from typing import Any

import pytest

from emporion.kernels.allocation import Box, Exit, Hall, Lane, Locked, Params, Problem, Request

from .world import hall, raw, standard


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"key": ""}, "key must not be empty"),
        ({"area_m2": 10}, "area_m2 must be a multiple of 9 from 9 on for standard, got 10"),
        ({"area_m2": 0}, "area_m2 must be a multiple of 9"),
        ({"kind": "raw", "area_m2": 27}, "area_m2 must be a multiple of 9 from 36 on for raw, got 27"),
        ({"kind": "tent"}, "kind must be 'standard' or 'raw', got 'tent'"),
        ({"open_sides_min": 5}, "open_sides_min must be 1 to 4, got 5"),
        ({"priority": 0.0}, "priority must be above 0"),
        ({"priority": math.nan}, "priority must be above 0"),
        ({"floor_load": -1.0}, "floor_load must be 0 or more"),
        ({"keep_apart": ("a",)}, "keep_apart must not name the request itself"),
        ({"needs": "water"}, "needs must be a tuple, got a text"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Request(**{"key": "a", "area_m2": 9, **fields})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": ""}, "code must not be empty"),
        ({"width_modules": 0}, "width_modules must be 1 or more"),
        ({"floor_load": 0.0}, "floor_load must be above 0"),
        ({"obstacles": (Box(9, 0, 2, 1),)}, "obstacles must lie inside the hall"),
        ({"obstacles": (Box(1, 1, 2, 2), Box(2, 2, 2, 2))}, "overlap"),
        ({"exits": (Exit("top", 1),)}, "exits must name north, south, east, west, got 'top'"),
        ({"exits": (Exit("west", 6),)}, "exits must lie on the wall"),
        ({"lanes": (Lane("top", 3.0, 3.0),)}, "lanes must name north, south, east, west, got 'top'"),
        ({"lanes": (Lane("north", 3.1, 3.0),)}, "lanes must lie on quarter metres"),
        ({"lanes": (Lane("north", 3.0, 2.0),)}, "lanes must be 3 m or wider and inside the hall"),
        ({"lanes": (Lane("west", 16.0, 3.0),)}, "lanes must be 3 m or wider and inside the hall"),
        ({"exits": (Exit("west", 5), Exit("west", 5))}, "exits must be distinct"),
        ({"exits": (Exit("north", 1),), "obstacles": (Box(1, 0, 1, 1),)}, "something stands before the exit"),
        ({"locked": (Locked("x", 29.0, 0.0, 3.0, 3.0),)}, "locked stand 'x' must lie inside the hall"),
        ({"locked": (Locked("x", 0.0, 0.0, 3.0, 3.0), Locked("y", 1.5, 0.0, 3.0, 3.0))}, "'x' and 'y' overlap"),
        ({"locked": (Locked("x", 0.0, 0.0, 3.0, 3.0),), "obstacles": (Box(0, 0, 1, 1),)}, "stands on an obstacle"),
    ],
)
def test_a_hall_that_cannot_be_meant_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Hall(**{"code": "1.1", "width_modules": 10, "depth_modules": 6, **fields})


def test_a_locked_stand_lies_on_quarter_metres_and_names_real_sides() -> None:
    with pytest.raises(ValueError, match=r"Locked 'x': width must be a multiple of 0.25 m, got 3.1"):
        Locked("x", 0.0, 0.0, 3.1, 3.0)
    with pytest.raises(ValueError, match="open_sides must name north, south, east, west, got 'left'"):
        Locked("x", 0.0, 0.0, 3.0, 3.0, ("left",))


def test_a_problem_names_what_is_wrong_between_its_parts() -> None:
    one = standard("a")
    with pytest.raises(ValueError, match="requests must have distinct keys, 'a' comes twice"):
        Problem((hall(),), (one, one))
    with pytest.raises(ValueError, match=r"halls must have distinct codes, '1.1' comes twice"):
        Problem((hall(), hall()), ())
    with pytest.raises(ValueError, match="keep_apart names 'b', which is no request"):
        Problem((hall(),), (standard("a", keep_apart=("b",)),))
    with pytest.raises(ValueError, match="keep_apart names 'b' of the same pavilion"):
        Problem((hall(),), (standard("a", pavilion="p", keep_apart=("b",)), standard("b", pavilion="p")))
    with pytest.raises(ValueError, match=r"aisle_m must be a multiple of 0.25 from 3 on, got 2.5"):
        Problem((hall(),), (), aisle_m=2.5)
    with pytest.raises(ValueError, match="max_aspect must be 1 or more"):
        Problem((hall(),), (), max_aspect=0.5)


def test_locked_stands_of_one_pavilion_in_two_halls_are_refused() -> None:
    halls = (
        hall("1.1", locked=(Locked("a", 6.0, 6.0, 6.0, 6.0),)),
        hall("1.2", locked=(Locked("b", 6.0, 6.0, 6.0, 6.0),)),
    )
    with pytest.raises(ValueError, match=r"locked stand 'b' parts pavilion 'crafts' from hall '1.1'"):
        Problem(halls, (raw("a", 36, pavilion="crafts"), raw("b", 36, pavilion="crafts")))


def test_the_effort_of_a_run_is_checked() -> None:
    with pytest.raises(ValueError, match="pattern_nodes must be 1 or more, got 0"):
        Params(pattern_nodes=0)
    with pytest.raises(ValueError, match="trials must be 0 or more, got -1"):
        Params(trials=-1)
    with pytest.raises(ValueError, match="fault_m2 must be 0 or more, got -1"):
        Params(fault_m2=-1)

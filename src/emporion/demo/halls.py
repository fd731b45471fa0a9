"""The halls of a demonstration fair: as many as asked, alike, given to exhibition areas by the space these need."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from emporion.demo import shares
from emporion.demo.sizes import Size

MODULE_M2 = 9
DEPTH_MODULES = 36
COLUMN_EVERY = 12
MODULE_M = 3
LEAF_M = 330
PROMENADE_M = 60


@dataclass(frozen=True)
class Floor:
    """One row of the halls' spreadsheet; lengths in modules of 3 m."""

    code: str
    width_modules: int
    depth_modules: int
    gross_area_m2: int
    areas: tuple[str, ...]
    obstacles: tuple[tuple[int, int, int, int], ...]
    exits: tuple[tuple[int, int], ...]
    level: int
    site_x: int
    site_y: int


def floors(size: Size, net_by_area: Mapping[str, int]) -> list[Floor]:
    """The halls in order of their codes; together they have the size's gross area."""
    gross = shares.counts(size.gross_area_m2, np.ones(len(size.hall_codes)))
    given = _areas_by_hall(net_by_area, len(size.hall_codes))
    return [_floor(code, int(area), areas) for code, area, areas in zip(size.hall_codes, gross, given, strict=True)]


def _floor(code: str, gross_area_m2: int, areas: tuple[str, ...]) -> Floor:
    width = math.ceil(gross_area_m2 / MODULE_M2 / DEPTH_MODULES)
    # Upper floors stand free; ground floors under them carry columns along the middle line.
    columns = range(COLUMN_EVERY, width - 1, COLUMN_EVERY) if code.endswith(".1") else ()
    return Floor(
        code=code,
        width_modules=width,
        depth_modules=DEPTH_MODULES,
        gross_area_m2=gross_area_m2,
        areas=areas,
        obstacles=tuple((x, DEPTH_MODULES // 2, 1, 1) for x in columns),
        exits=_exits(width),
        level=int(code.endswith(".2")),
        **_site(code),
    )


def _site(code: str) -> dict[str, int]:
    """The halls' leaves lie in two rows along a promenade, upper halls above the lower ones."""
    leaf = int(code.partition(".")[0]) - 1
    return {"site_x": leaf // 2 * LEAF_M, "site_y": leaf % 2 * (DEPTH_MODULES * MODULE_M + PROMENADE_M)}


def _exits(width: int) -> tuple[tuple[int, int], ...]:
    along = [(x, y) for x in (width // 4, width // 2, 3 * width // 4) for y in (0, DEPTH_MODULES - 1)]
    return (*along, (0, DEPTH_MODULES // 2), (width - 1, DEPTH_MODULES // 2))


def _areas_by_hall(net_by_area: Mapping[str, int], halls: int) -> list[tuple[str, ...]]:
    """Lay the areas' space end to end and cut it into halls: a hall serves every area that lies in its piece."""
    total = sum(net_by_area.values())
    given: list[list[str]] = [[] for _ in range(halls)]
    start = 0
    for area, space in net_by_area.items():
        first, last = start * halls // total, (start + space - 1) * halls // total
        for hall in range(first, last + 1):
            given[hall].append(area)
        start += space
    return [tuple(areas) for areas in given]

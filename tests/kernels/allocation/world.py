"""A small fair: one hall of 60 m by 42 m with four doors, and requests written in one line."""

from __future__ import annotations

from typing import Any

from emporion.kernels.allocation import Exit, Hall, Params, Problem, Request

DOORS = (Exit("north", 9), Exit("south", 9), Exit("west", 6), Exit("east", 6))
QUICK = Params(trials=60, pattern_nodes=50)


def hall(code: str = "1.1", width: int = 20, depth: int = 14, **fields: Any) -> Hall:
    return Hall(code, width, depth, **{"exits": DOORS if (width, depth) == (20, 14) else (), **fields})


def raw(key: str, area_m2: int, sides: int = 1, **fields: Any) -> Request:
    return Request(key, area_m2, sides, kind="raw", **fields)


def standard(key: str, area_m2: int = 9, sides: int = 1, **fields: Any) -> Request:
    return Request(key, area_m2, sides, **fields)


def small_fair(**fields: Any) -> Problem:
    """Two islands, a peninsula, two corners, rows, a pavilion of three and a free stand: all fit well."""
    requests = (
        raw("island", 144, 4),
        raw("second island", 108, 4),
        raw("peninsula", 108, 3),
        raw("corner", 54, 2),
        raw("second corner", 72, 2),
        raw("row", 36),
        raw("second row", 54),
        standard("Benin", 18, free=True),
        standard("Ecuador", 18),
        standard("weaver", 9, pavilion="crafts"),
        standard("potter", 9, pavilion="crafts"),
        raw("smith", 36, pavilion="crafts"),
    )
    return Problem(**{"halls": (hall(),), "requests": requests, **fields})

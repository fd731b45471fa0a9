"""Days that a spreadsheet writes as 05/11/2026, read where the list itself says which number is the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from emporion.spreadsheets.cells.basics import CellError
from emporion.spreadsheets.cells.dates import day

SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def written_out(cells: Iterable[str]) -> dict[str, date]:
    """By cell, the day it names; a cell that could be two days and that no other day decides is left out.

    A list is taken to write all its days one way. A number above 12 says which way that is; or else it is the one by
    which every such day lies among those written year first.
    """
    distinct = set(cells)
    both = {cell: _both(cell) for cell in distinct if SLASHED.fullmatch(cell)}
    ways = [way for way in (0, 1) if all(days[way] for days in both.values())]
    clear = [found for cell in distinct if cell not in both and (found := _clear(cell))]
    if len(ways) == 2 and clear:
        ways = [way for way in ways if all(_among(days[way], clear) for days in both.values())]
    if len(ways) == 1:
        return {cell: found for cell, days in both.items() if (found := days[ways[0]])}
    return {cell: one for cell, (one, other) in both.items() if one and one == other}


def _both(cell: str) -> tuple[date | None, date | None]:
    """The day with its number first, and with its month first."""
    first, second, year = map(int, cell.replace("-", "/").replace(".", "/").split("/"))
    return _day(year, second, first), _day(year, first, second)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _clear(cell: str) -> date | None:
    try:
        return day(cell) if cell else None
    except CellError:
        return None


def _among(one: date | None, clear: list[date]) -> bool:
    return one is not None and min(clear) <= one <= max(clear)

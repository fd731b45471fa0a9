"""What somebody corrected of a list without changing the file: which column is which, and what stands in a cell."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.table import Record, Table

# A record's place + 2 is its row: the header is the first.
FIRST_ROW = 2
LEFT_OUT = ""


@dataclass(frozen=True)
class Mending:
    """``columns`` gives by a column's place (0 is the first) the field that it fills, :data:`LEFT_OUT` for none;
    ``cells`` the text of a cell by its row and its column's place."""

    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


def mended(kind: Kind, table: Table, mending: Mending) -> Table:
    """The list as it is read after it was mended; the file stays as it is."""
    header = [_title(kind, mending.columns[place], cell) if place in mending.columns else cell
              for place, cell in enumerate(table.header)]  # fmt: skip
    by_row: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for (row, place), text in mending.cells.items():
        by_row[row][place] = text

    def records() -> Iterator[Record]:
        for row, record in enumerate(table.records(), FIRST_ROW):
            yield _corrected(record, by_row[row]) if row in by_row else record

    return replace(table, header=header, records=records)


def mending_of(columns: Mapping[str, str] | None, cells: Mapping[str, str]) -> Mending:
    """The mending as it is stored: columns by ``place``, cells by ``row:place``."""
    places = ((key.split(":"), text) for key, text in cells.items())
    return Mending(
        {int(place): key for place, key in (columns or {}).items()},
        {(int(row), int(place)): text for (row, place), text in places},
    )


def header_digest(header: Record) -> str:
    """The same for lists with the same columns in the same order."""
    return hashlib.sha256("\x1f".join(cell.strip() for cell in header).encode()).hexdigest()


def _title(kind: Kind, key: str, cell: str) -> str:
    """What the header says of a column that fills a field; a cell that says it already stays as the file has it."""
    if key == LEFT_OUT:
        return ""
    column = kind.column(key)
    return column.title if column else cell


def _corrected(record: Record, cells: Mapping[int, str]) -> Record:
    width = max(len(record), max(cells) + 1)
    padded = record + [""] * (width - len(record))
    return [cells.get(place, cell) for place, cell in enumerate(padded)]

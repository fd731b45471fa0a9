"""Which column of a file is which: names in either language, in any order, with their common synonyms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from emporion.domain.reason import Reason
from emporion.domain.reference.names import key_of
from emporion.language.reading.errors import like
from emporion.spreadsheets.columns import Column, Kind
from emporion.spreadsheets.notices import ColumnUnknown
from emporion.spreadsheets.refusals import ColumnsMissing, ColumnTwice
from emporion.spreadsheets.table import Record, Table

WRONG = Column(
    "wrong", "What is wrong", "问题", lambda reference: str, synonyms=("problems", "errors", "错误", "错误说明")
)
PARTS = re.compile(r"[|\n/（(［\[:：]")


@dataclass
class Header:
    """Where each known column stands in the file (0 is the first), and what is to be told about the others."""

    places: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    wrong: int | None = None
    notices: list[Reason] = field(default_factory=list)


def known_columns(kind: Kind, header: Record) -> int:
    """How many of the cells name a column of the kind."""
    names = _names(kind)
    return sum(_find(names, cell) is not None for cell in header)


def read_header(kind: Kind, table: Table) -> Header:
    """Find every column; raises a refusal when a required one is missing or one is there twice."""
    names, header = _names(kind), Header()
    for place, cell in enumerate(table.header):
        column = _find(names, cell)
        if column is None:
            header.notices += _unknown(kind, place, cell)
        elif column is WRONG:
            header.wrong = place
        else:
            _place(header, table, column, place, cell)
    _require(kind, table, header)
    return header


def _names(kind: Kind) -> dict[str, Column]:
    columns = (*kind.columns, WRONG)
    return {
        key_of(name): column
        for column in columns
        for name in (*column.synonyms, column.key, column.zh, column.en, column.title)
    }


def _find(names: dict[str, Column], cell: str) -> Column | None:
    """The column that a header names: as a whole, else by its first known part (``Country (国家)``)."""
    for part in (cell, *PARTS.split(cell)):
        if column := names.get(key_of(part.replace("*", ""))):
            return column
    return None


def _unknown(kind: Kind, place: int, cell: str) -> list[Reason]:
    if not cell:
        return []
    near = like(cell, [name for column in kind.columns for name in (column.en, column.zh)])
    return [ColumnUnknown(get_column_letter(place + 1), cell, near)]


def _place(header: Header, table: Table, column: Column, place: int, cell: str) -> None:
    if column.key in header.places:
        first = header.titles[column.key]
        raise ColumnTwice(file=table.path.name, first=first, second=cell, column=column.title)
    header.places[column.key], header.titles[column.key] = place, cell


def _require(kind: Kind, table: Table, header: Header) -> None:
    missing = [column.title for column in kind.columns if column.required and column.key not in header.places]
    if missing:
        what = f"the column{'s' * (len(missing) > 1)} {', '.join(missing)}"
        shown = ", ".join(cell for cell in table.header if cell)[:200]
        raise ColumnsMissing(file=table.path.name, columns=what, kind=kind.name, header=shown)

"""What a list makes worth telling, though it stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emporion.domain.reason import Reason

MAX_NAMED = 5


class SomeOf(Reason):
    """{named} and {more:,} more"""

    named: tuple[Any, ...]
    more: int


def some_of(named: Sequence[Any], count: int | None = None) -> tuple[Any, ...] | SomeOf:
    """The first few of many, and how many more there are; ``count`` where ``named`` are the first already."""
    first = tuple(named[:MAX_NAMED])
    more = (len(named) if count is None else count) - len(first)
    return SomeOf(first, more) if more > 0 else first


class ProblemOfRow(Reason):
    """Row {row}: {problem}"""

    row: int
    problem: Any


class InList(Reason):
    """{file}: {notice}."""

    file: str
    notice: Reason


class ColumnUnknown(Reason):
    """Column {place}, {title}, is not known and was not read{hint}"""

    place: str
    title: str
    hint: Any


class ColumnReadAs(Reason):
    """Column {place}, {title}, was read as {column}"""

    place: str
    title: str
    column: Any


class ZeroPutBack(Reason):
    """{cell} was read as {digits}: its lost zero was put back"""

    cell: str
    digits: str


class InColumn(Reason):
    """{column}: {notice}"""

    column: str
    notice: Reason


class RejectsNotWritten(Reason):
    """The rows with problems could not be written to {where}: name another place for them"""

    where: str


class ReadingStopped(Reason):
    """Reading stopped after {count:,} rows with problems: check that it is the right list"""

    count: int


class OtherSheets(Reason):
    """Only the sheet {sheet} was read; not read: {others}"""

    sheet: str
    others: tuple[str, ...]


class HiddenRowsRead(Reason):
    """{count:,} rows that are hidden or filtered out were read as the others, the first of them row {row}"""

    count: int
    row: int


class MergedFilledDown(Reason):
    """The value of the merged cells {ranges} was read for each of their rows"""

    ranges: Any


class ReadAsEncoding(Reason):
    """The file does not say how it is written; it was read as {encoding}: check a name or two"""

    encoding: str


class SameValue(Reason):
    """{value} stands on rows {rows}: check whether it is one person"""

    value: str
    rows: tuple[int, ...]


class StandOnSeveralRows(Reason):
    """{names}: on several rows; each row is taken by itself"""

    names: Any

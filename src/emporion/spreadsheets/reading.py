"""Reading a list: from records of cells to rows of values, in batches, with every problem kept by its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from emporion.domain.reason import Reason
from emporion.domain.refusal import RowProblem
from emporion.language.reading.columns import ColumnReader
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells.basics import Corrected, Parse
from emporion.spreadsheets.cells.reference import Reference
from emporion.spreadsheets.columns import Column, Kind, fields_of, maker_of
from emporion.spreadsheets.files import is_workbook
from emporion.spreadsheets.headers import Place, cell_at, known_columns, read_header
from emporion.spreadsheets.notices import InColumn
from emporion.spreadsheets.table import Record, Table, is_blank
from emporion.spreadsheets.text import open_text
from emporion.spreadsheets.workbook import open_workbook

BATCH = 10_000
FIRST_ROW = 2
# A list with more bad rows than this is the wrong list, or one mistake made everywhere: the first ones tell it.
MAX_BAD_ROWS = 50_000

Progress = Callable[[int], None]


class Memory(dict[str, Any]):
    """A column's values by their cells: the same text is read once. Cells that cannot be read are errors as values.

    ``cells`` gives those of the whole column, which may decide a twofold one.
    """

    def __init__(self, column: Column, reference: Reference, cells: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self.column = column
        self._clean, self._parse = column.clean, ColumnReader(column.make(reference), cells)
        self.refused = 0
        self.notice: Reason | None = None

    def __missing__(self, cell: str) -> Any:
        value = self._read(cell)
        if isinstance(value, InputError):
            self.refused += 1
        elif isinstance(value, Corrected):
            self.notice = self.notice or value.notice
            value = value.value
        self[cell] = value
        return value

    def _read(self, cell: str) -> Any:
        try:
            if text := self._clean(cell):
                return self._parse(text)
        except InputError as refused:
            return refused
        return InputError(problems.CellIsEmpty(), problems.FillItIn()) if self.column.required else self.column.blank

    def forget(self) -> None:
        """Keep memory bounded: columns of few values are learnt again at once."""
        if len(self) > BATCH:
            self.clear()
            self.refused = 0


class Reading:
    """One reading of a list. ``rows`` gives the good rows; ``problems`` and ``notices`` fill while it is drained."""

    def __init__(self, kind: Kind, table: Table, reference: Reference, progress: Progress | None = None) -> None:
        self.kind, self.table, self.progress = kind, table, progress
        self.header = read_header(kind, table)
        self.count = 0
        self.problems: list[RowProblem] = []
        self.bad_rows = 0
        self.stopped = False
        self._row = maker_of(kind.row)
        self._columns = [self._memory(name, reference) for name in fields_of(kind.row)]

    def rows(self) -> Iterator[Any]:
        """The rows whose every cell could be read, in the file's order."""
        records = enumerate(self.table.records(), FIRST_ROW)
        while batch := list(islice(records, BATCH)):
            yield from self._read([(number, record) for number, record in batch if any(record)])
            if self.progress:
                self.progress(self.count)
            if self.stopped:
                return

    @property
    def notices(self) -> list[Reason]:
        """What was corrected or left out without being wrong."""
        corrected = [
            InColumn(self._title(memory.column.key), memory.notice) for memory in self._memories if memory.notice
        ]
        return [*self.table.notices, *self.header.notices, *corrected]

    @property
    def places(self) -> dict[str, int]:
        """Where each column stands in the file, by its name there; one that is read from two has no place."""
        found = self.header.places.items()
        return {self._title(key): place for key, place in found if isinstance(place, int)}

    def titled(self, problem: RowProblem) -> RowProblem:
        """The problem with its column named as the file names it."""
        return replace(problem, column=self._title(problem.column))

    @property
    def _memories(self) -> list[Memory]:
        return [column for column in self._columns if isinstance(column, Memory)]

    def _memory(self, name: str, reference: Reference) -> Memory | Any:
        """The memory of a column that the file has, else the value of its empty cell."""
        column = self.kind.column(name)
        if column is None:
            raise LookupError(f"{self.kind.name} has no column for {name}")
        if (place := self.header.places.get(name)) is None:
            return column.blank
        return Memory(column, reference, lambda: self._cells(place))

    def _cells(self, place: Place) -> Iterator[str]:
        """The cells of a column from the list's first row to its last."""
        return (cell_at(record, place).strip() for record in self.table.records())

    def _title(self, key: str) -> str:
        column = self.kind.column(key)
        return self.header.titles.get(key) or (column.title if column else key)

    def _read(self, batch: list[tuple[int, Record]]) -> Iterator[Any]:
        batch, bad = self._even(batch)
        self.count += len(batch) + len(bad)
        columns = [self._values(column, batch, bad) for column in self._columns]
        numbers = [number for number, _ in batch]
        rows: Iterator[Any] = map(self._row, numbers, *columns)
        if bad:
            self.bad_rows += len(bad)
            self.stopped = self.bad_rows > MAX_BAD_ROWS
            rows = self._good(batch, columns, bad)
        yield from rows

    def _good(self, batch: list[tuple[int, Record]], columns: list[list[Any]], bad: set[int]) -> Iterator[Any]:
        for place, (number, _) in enumerate(batch):
            if number not in bad:
                yield self._row(number, *(column[place] for column in columns))

    def _even(self, batch: list[tuple[int, Record]]) -> tuple[list[tuple[int, Record]], set[int]]:
        """Records as wide as the header. In a text, a surplus cell means that a separator was not quoted."""
        width = len(self.table.header)
        bad: set[int] = set()
        if all(len(record) == width for _, record in batch):
            return [one for one in batch if not is_blank(one[1])], bad
        even = []
        for number, record in batch:
            if is_blank(record):
                continue
            if self.table.strict and any(record[width:]):
                bad.add(number)
                self.problems.append(_surplus(number, len(record), width))
            else:
                even.append((number, record[:width] + [""] * (width - len(record))))
        return even, bad

    def _values(self, memory: Memory | Any, batch: list[tuple[int, Record]], bad: set[int]) -> list[Any]:
        if not isinstance(memory, Memory):
            return [memory] * len(batch)
        memory.forget()
        place = self.header.places[memory.column.key]
        cell: Callable[[Record], str] = (
            itemgetter(place) if isinstance(place, int) else lambda record: cell_at(record, place)
        )
        values = [memory[cell(record)] for _, record in batch]
        if memory.refused:
            for (number, _), value in zip(batch, values, strict=True):
                if isinstance(value, InputError):
                    bad.add(number)
                    self.problems.append(RowProblem(number, memory.column.key, value.wrong, value.fix))
        return values


def _surplus(number: int, cells: int, width: int) -> RowProblem:
    return RowProblem(number, "", problems.SurplusCells(cells, width), problems.QuoteTheCell())


def open_list(kind: Kind, path: Path) -> Table:
    """Open a list of either format."""
    if is_workbook(path):
        return open_workbook(path)
    return open_text(path, lambda header: known_columns(kind, header))


def reader_of(column: Column, reference: Reference) -> Parse:
    """How one cell of a column is read, with its tidying: for templates and tests."""
    return Memory(column, reference).__getitem__

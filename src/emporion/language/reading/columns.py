"""A reader whose twofold cells the rest of their column may decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from emporion.language.reading.errors import Twofold

Way = TypeVar("Way")


class ByColumn(Generic[Way]):
    """Reads a cell by itself, or as ``decided`` by its column; raises :class:`Twofold` where it may mean two things.

    ``ways`` tells of a column's cells in which ways they are certainly written. A column that is written in one way
    throughout decides its twofold cells.
    """

    def __init__(
        self, read: Callable[[str, frozenset[Way] | None], Any], ways: Callable[[Iterable[str]], frozenset[Way]]
    ) -> None:
        self._read, self._ways = read, ways

    def __call__(self, cell: str) -> Any:
        """The value of a cell that has no column."""
        return self._read(cell, frozenset())

    def certain(self, cell: str) -> Any:
        """The value of a cell that reads in one way whatever its column. Raises: Twofold."""
        return self._read(cell, None)

    def decided(self, cells: Iterable[str]) -> Callable[[str], Any]:
        """The reader of one column, whose cells are these."""
        ways = self._ways(cells)
        return lambda cell: self._read(cell, ways)


class ColumnReader:
    """Reads the cells of one column; the whole column is looked through only when a cell is twofold."""

    def __init__(self, read: Callable[[str], Any], cells: Callable[[], Iterable[str]]) -> None:
        self._read, self._cells = read, cells

    def __call__(self, cell: str) -> Any:
        if not isinstance(self._read, ByColumn):
            return self._read(cell)
        try:
            return self._read.certain(cell)
        except Twofold:
            self._read = self._read.decided(self._cells())
            return self._read(cell)

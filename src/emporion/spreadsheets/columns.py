"""What a list is made of: its columns, named in English and Chinese, and what is done with its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from emporion.domain.reason import Name
from emporion.domain.refusal import BulkOutcome
from emporion.spreadsheets.cells.basics import Parse, clean, clean_lines
from emporion.spreadsheets.cells.reference import Reference

Make = Callable[[Reference], Parse]
Apply = Callable[..., BulkOutcome]


NO_NOTE = Name("", "")


@dataclass(frozen=True)
class Column:
    """One column. ``key`` is the field of the row that it fills; ``make`` gives its reader for the reference data.

    ``blank`` is the value of an empty cell; ``choices`` are offered in the template's cells, or ``"countries"``.
    """

    key: str
    name: Name
    make: Make
    required: bool = False
    blank: Any = ""
    synonyms: tuple[str, ...] = ()
    note: Name = NO_NOTE
    examples: tuple[str, ...] = ()
    choices: tuple[str, ...] | str = ()
    lines: bool = False

    @property
    def title(self) -> str:
        """The name in both languages, as the template writes it."""
        return f"{self.name.en} | {self.name.zh}"

    @property
    def clean(self) -> Parse:
        """How a cell's text is tidied before it is read."""
        return clean_lines if self.lines else clean


@dataclass(frozen=True)
class Kind:
    """One kind of list. ``row`` is the type of its rows, whose first field is the row's number in the file.

    ``blank_keeps`` tells that an empty cell leaves what is recorded; elsewhere the list replaces it.
    """

    name: str
    zh: str
    about: Name
    columns: tuple[Column, ...]
    row: Callable[..., Any]
    apply: Apply
    blank_keeps: bool = False

    def column(self, key: str) -> Column | None:
        """The column that fills a field."""
        return next((column for column in self.columns if column.key == key), None)


def always(parse: Parse) -> Make:
    """A reader that needs no reference data."""
    return lambda reference: parse


def each(make: Make, several: Callable[[Parse], Parse]) -> Make:
    """A reader of several values in one cell, each of which ``make`` reads."""
    return lambda reference: several(make(reference))


def fields_of(row: Any) -> tuple[str, ...]:
    """The fields of a row's type in their order: a named tuple's or a dataclass's, without the row's number."""
    names: Iterable[str] = getattr(row, "_fields", None) or row.__dataclass_fields__
    return tuple(name for name in names if name != "row")


def maker_of(row: Any) -> Callable[..., Any]:
    """What makes a row of its number and of its values in the order of ``fields_of``."""
    if not any(field.kw_only for field in getattr(row, "__dataclass_fields__", {}).values()):
        return row  # type: ignore[no-any-return]
    names = fields_of(row)
    return lambda number, *values: row(number, **dict(zip(names, values, strict=True)))

"""Which column of a file is which: names in either language, in any order, with their common synonyms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from emporion.domain.reason import Name, Reason
from emporion.domain.reference.names import key_of
from emporion.language.reading.errors import like
from emporion.spreadsheets.columns import Column, Kind
from emporion.spreadsheets.notices import ColumnReadAs, ColumnUnknown
from emporion.spreadsheets.refusals import ColumnsMissing, ColumnTwice, TooManyColumns
from emporion.spreadsheets.table import Record, Table

WRONG = Column(
    "wrong",
    Name("What is wrong", "问题"),
    lambda reference: str,
    synonyms=("problems", "errors", "错误", "错误说明"),
)
# The widest list of ours has some forty; beyond this limit somebody's whole database is in the file.
MAX_COLUMNS = 1_000
PARTS = re.compile(r"[|\n/（(［\[:：]")
# Behind a column's name these words tell the language of what stands in it.
LANGUAGES = {
    "en": {"english", "inenglish", "en", "eng", "英文", "英语", "英"},
    "zh": {"chinese", "inchinese", "zh", "cn", "中文", "汉语", "中"},
}
GIVEN = {key_of(name) for name in ("first name", "given name", "given names", "forename", "名字", "名")}
FAMILY = {key_of(name) for name in ("last name", "family name", "surname", "姓", "姓氏")}
HAN = re.compile(r"[\u3400-\u9fff]")
Place = int | tuple[int, int]


def cell_at(record: Record, place: Place) -> str:
    """The cell at a place of a record, or the whole name of the given and the family name at two places."""
    if isinstance(place, int):
        return record[place] if place < len(record) else ""
    given, family = (cell_at(record, one).strip() for one in place)
    return f"{family}{given}" if HAN.search(family) else f"{given} {family}".strip()


@dataclass
class Header:
    """Where each known column stands in the file (0 is the first), and what is to be told about the others."""

    places: dict[str, Place] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    wrong: int | None = None
    notices: list[Reason] = field(default_factory=list)


def known_columns(kind: Kind, header: Record) -> int:
    """How many of the cells name a column of the kind."""
    names = _names(kind)
    return sum(_find(kind, names, cell) is not None or key_of(cell) in GIVEN | FAMILY for cell in header[:MAX_COLUMNS])


def read_header(kind: Kind, table: Table) -> Header:
    """Find every column; raises a refusal when a required one is missing, one is there twice or there are too many."""
    if (named := sum(map(bool, table.header))) > MAX_COLUMNS:
        raise TooManyColumns(file=table.path.name, columns=named, limit=MAX_COLUMNS)
    names, header = _names(kind), Header()
    found = {place: _find(kind, names, cell) for place, cell in enumerate(table.header)}
    # Whose name is a column's own comes first; one with words of its own behind it must not take its place.
    for place, cell in enumerate(table.header):
        if (column := found[place]) is WRONG:
            header.wrong = place
        elif column:
            _place(header, table, column, place, cell)
    _join_names(kind, table, header)
    for place, cell in enumerate(table.header):
        if found[place] is None and not _is_part_of_name(header, place):
            header.notices += _qualified(kind, names, header, place, cell)
    _require(kind, table, header)
    return header


def recognised(kind: Kind, header: Record) -> dict[str, str]:
    """Which field each column of a header is taken for, by the column's place; columns that are not known are left out.

    Of two that name the same field the first has it.
    """
    names, places = _names(kind), dict[str, str]()
    for place, cell in enumerate(header[:MAX_COLUMNS]):
        column = _find(kind, names, cell) or _first_named(names, cell)
        if column and column is not WRONG and column.key not in places.values():
            places[str(place)] = column.key
    return places


def _first_named(names: dict[str, Column], cell: str) -> Column | None:
    """The column that a header names first, with words of its own behind it."""
    return next((column for part in PARTS.split(cell) if (column := names.get(key_of(part.replace("*", ""))))), None)


def _join_names(kind: Kind, table: Table, header: Header) -> None:
    """Take a given and a family name in two columns for the name of a person, where no column has it whole."""
    column = kind.column("name")
    if column is None or "name" in header.places:
        return
    keys = [key_of(cell) for cell in table.header]
    given, family = (next((at for at, key in enumerate(keys) if key in names), None) for names in (GIVEN, FAMILY))
    if given is not None and family is not None:
        header.places["name"] = (given, family)
        header.titles["name"] = f"{table.header[given]} + {table.header[family]}"


def _is_part_of_name(header: Header, place: int) -> bool:
    whole = header.places.get("name")
    return isinstance(whole, tuple) and place in whole


def _names(kind: Kind) -> dict[str, Column]:
    columns = (*kind.columns, WRONG)
    return {
        key_of(name): column
        for column in columns
        for name in (*column.synonyms, column.key, column.name.zh, column.name.en, column.title)
    }


def _find(kind: Kind, names: dict[str, Column], cell: str) -> Column | None:
    """The column that a header names as a whole, in both languages (``Country (国家)``), or with its language."""
    cell = cell.replace("*", "")
    if column := names.get(key_of(cell)):
        return column
    parts = [key for part in PARTS.split(cell) if (key := key_of(part))]
    named = {id(column): column for key in parts if (column := names.get(key))}
    if len(named) != 1:
        return None
    [column] = named.values()
    others = {key for key in parts if key not in names}
    if not others:
        return column
    language = next((code for code, words in LANGUAGES.items() if others <= words), None)
    return _in_language(kind, column, language) if language else None


def _in_language(kind: Kind, column: Column, language: str) -> Column:
    """The column that holds in one language what another holds: ``name_zh`` beside ``name``."""
    stem = column.key.removesuffix("_en").removesuffix("_zh")
    return kind.column(f"{stem}_{language}") or (kind.column(stem) if language == "en" else None) or column


def _qualified(kind: Kind, names: dict[str, Column], header: Header, place: int, cell: str) -> list[Reason]:
    """What is told of a header that names a column only with words of its own behind it, or none."""
    named = [column for part in PARTS.split(cell) if (column := names.get(key_of(part.replace("*", ""))))]
    if named and named[0] is not WRONG and named[0].key not in header.places:
        header.places[named[0].key], header.titles[named[0].key] = place, cell
        return [ColumnReadAs(get_column_letter(place + 1), cell, named[0].name)]
    return _unknown(kind, place, cell)


def _unknown(kind: Kind, place: int, cell: str) -> list[Reason]:
    if not cell:
        return []
    near = like(cell, [name for column in kind.columns for name in (column.name.en, column.name.zh)])
    return [ColumnUnknown(get_column_letter(place + 1), cell, near)]


def _place(header: Header, table: Table, column: Column, place: int, cell: str) -> None:
    if column.key in header.places:
        first = header.titles[column.key]
        raise ColumnTwice(file=table.path.name, first=first, second=cell, column=column.title)
    header.places[column.key], header.titles[column.key] = place, cell


def _require(kind: Kind, table: Table, header: Header) -> None:
    missing = [column.title for column in kind.columns if column.required and column.key not in header.places]
    if missing:
        shown = ", ".join(cell for cell in table.header if cell)[:200]
        raise ColumnsMissing(file=table.path.name, columns=", ".join(missing), kind=kind.name, header=shown)

"""Lists as Excel workbooks, read row by row so that a million cells need no more memory than a thousand."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from emporion.domain.reason import Reason
from emporion.language.reading.numbers import with_sign
from emporion.spreadsheets.notices import HiddenRowsRead, MergedFilledDown, OtherSheets, some_of
from emporion.spreadsheets.refusals import (
    FileEmpty,
    MergedAcross,
    SheetTooLong,
    WorkbookDamaged,
    WorkbookStrict,
    WorkbookWithoutSheet,
)
from emporion.spreadsheets.sheet import MAX_ROWS, Merged, Traits, is_strict, traits_of
from emporion.spreadsheets.table import Record, Table

# The second sheet of our templates: what each column holds.
NOTES_SHEET = "Notes 说明"
MIDNIGHT = dt.time()
# From here on a number has more digits than Excel keeps.
EXACT_BELOW = 10**15
# What openpyxl, zipfile, zlib and the XML parser (whose error is a SyntaxError) raise for a broken package.
BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError,
    OSError, EOFError,
)  # fmt: skip


def _trust_rows(sheet: ReadOnlyWorksheet) -> None:
    """In place of looking for a sheet's size when it is opened: where none is stated, openpyxl reads the whole sheet
    for it, into memory. One that is stated may be 16,384 columns wide because one cell was once formatted.
    """


ReadOnlyWorksheet._get_size = _trust_rows


def open_workbook(path: Path) -> Table:
    """Open a workbook's first visible sheet. A formula's value is what Excel last computed for it.

    A formula that was never computed stays as its text (``=A1``), which no cell of a list may be. Cells merged down a
    column hold their value in every row. What else may surprise is told: further sheets, hidden rows.
    """
    if _guarded(path, lambda: is_strict(path)):
        raise WorkbookStrict(file=path.name)
    sheets = _guarded(path, lambda: _visible_sheets(path))
    if not sheets:
        raise WorkbookWithoutSheet(file=path.name)
    (sheet, part), *others = sheets.items()
    traits = _guarded(path, lambda: traits_of(path, part))
    _refuse_merged_across(path, traits.merged)

    def records() -> Iterator[Record]:
        return islice(_rows(path, sheet, traits), 1, None)

    header = [cell.strip() for cell in next(_rows(path, sheet, traits), [])]
    if not any(header):
        raise FileEmpty(file=path.name)
    notices = _notices(path, sheet, traits, [name for name, _ in others])
    return Table(path, header, records, f"Excel, sheet {sheet}", strict=False, notices=notices)


def _notices(path: Path, sheet: str, traits: Traits, others: list[str]) -> list[Reason]:
    found: list[Reason] = []
    unknown = [name for name in others if name != NOTES_SHEET]
    if filled := _guarded(path, lambda: _filled(path, unknown)):
        found.append(OtherSheets(sheet, tuple(filled)))
    if traits.hidden:
        found.append(HiddenRowsRead(traits.hidden, traits.first_hidden))
    if down := [one.reference for one in traits.merged if one.bottom > one.top]:
        found.append(MergedFilledDown(some_of(down)))
    return found


def _filled(path: Path, names: list[str]) -> list[str]:
    """Those of the sheets that have rows."""
    if not names:
        return []
    with closing(openpyxl.load_workbook(path, read_only=True, keep_links=False)) as book:
        return [name for name in names if next(book[name].iter_rows(values_only=True), None)]


def _refuse_merged_across(path: Path, merged: list[Merged]) -> None:
    """Which column a value belongs to that stands across several, nobody can tell."""
    if across := [one.reference for one in merged if one.right > one.left]:
        raise MergedAcross(file=path.name, cells=across[0])


def cell_text(value: Any) -> str:
    """A cell's value as the text that the columns read: days in ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unescape(value) if "_x" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")
    return str(value)


def _number_text(value: int | float) -> str:
    """Fifteen digits are what Excel stores and shows: a computed 0.30000000000000004 is 0.3 to everybody.

    A longer number has lost its last digits and is written as Excel shows it, so that no column takes it for a name.
    """
    if abs(value) >= EXACT_BELOW and (isinstance(value, float) or not _has_all_digits(value)):
        return f"{float(value):.14E}"
    return str(int(value)) if float(value).is_integer() else with_sign(value)


def _has_all_digits(value: int) -> bool:
    """Whether a whole number states digits after the fifteenth, as other programs than Excel write them."""
    return bool(value % 10 ** (len(str(abs(value))) - len(str(EXACT_BELOW)) + 1))


def _guarded(path: Path, act: Any) -> Any:
    """What ``act`` gives; whatever a broken package makes openpyxl raise becomes one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return act()
    except BROKEN as error:
        raise WorkbookDamaged(file=path.name, what=_reason(error)) from error


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _visible_sheets(path: Path) -> dict[str, str]:
    """The visible sheets with the names of their parts in the package."""
    book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    found = {one.title: one._worksheet_path for one in book.worksheets if one.sheet_state == "visible"}
    book.close()
    return found


def _rows(path: Path, sheet: str, traits: Traits) -> Iterator[Record]:
    rows = _texts(path, sheet, formulas=traits.formulas)
    down = [one for one in traits.merged if one.bottom > one.top]
    return _filled_down(rows, down) if down else rows


def _texts(path: Path, sheet: str, *, formulas: bool) -> Iterator[Record]:
    values = _values(path, sheet, data_only=True)
    if not formulas:
        for row in values:
            yield [cell_text(value) for value in row]
        return
    for row, written in zip(values, _values(path, sheet, data_only=False), strict=True):
        yield [_computed(value, source) for value, source in zip(row, written, strict=True)]


def _filled_down(rows: Iterator[Record], merged: list[Merged]) -> Iterator[Record]:
    """The rows with the value of cells merged down a column in each of them."""
    begin, held = {(one.top, one.left - 1): one.bottom for one in merged}, dict[int, tuple[str, int]]()
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if last := begin.get((number, place)):
                held[place] = cell, last
        for place, (cell, last) in held.items():
            if number <= last:
                row += [""] * (place + 1 - len(row))
                row[place] = cell
        yield row


def _computed(value: Any, source: Any) -> str:
    if value is None and source is not None:
        return cell_text(source) if isinstance(source, str) else f"={getattr(source, 'text', '')}"
    return cell_text(value)


def _values(path: Path, sheet: str, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    book = _guarded(path, lambda: openpyxl.load_workbook(path, read_only=True, keep_links=False, data_only=data_only))
    try:
        rows, count = book[sheet].iter_rows(values_only=True), 0
        while (row := _guarded(path, lambda: next(rows, None))) is not None:
            if (count := count + 1) > MAX_ROWS:
                raise SheetTooLong(file=path.name, limit=MAX_ROWS)
            yield row
    finally:
        book.close()

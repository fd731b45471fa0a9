"""Lists as Excel workbooks, read row by row so that a million cells need no more memory than a thousand."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from emporion.language.reading.numbers import with_sign
from emporion.spreadsheets.refusals import FileEmpty, WorkbookDamaged, WorkbookWithoutSheet
from emporion.spreadsheets.table import Record, Table

MIDNIGHT = dt.time()
# What openpyxl, zipfile, zlib and the XML parser (whose error is a SyntaxError) raise for a broken package.
BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError,
    OSError, EOFError,
)  # fmt: skip


def open_workbook(path: Path) -> Table:
    """Open a workbook's first visible sheet. A formula's value is what Excel last computed for it.

    A formula that was never computed stays as its text (``=A1``), which no cell of a list may be.
    """
    sheets = _guarded(path, lambda: _visible_sheets(path))
    if not sheets:
        raise WorkbookWithoutSheet(file=path.name)
    sheet, formulas = sheets[0], _has_formulas(path)

    def records() -> Iterator[Record]:
        return islice(_rows(path, sheet, formulas), 1, None)

    header = [cell.strip() for cell in next(_rows(path, sheet, formulas), [])]
    if not any(header):
        raise FileEmpty(file=path.name)
    return Table(path, header, records, f"Excel, sheet {sheet}", strict=False)


def cell_text(value: Any) -> str:
    """A cell's value as the text that the columns read: days in ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Fifteen digits are what Excel itself shows: a computed 0.30000000000000004 is 0.3 to everybody.
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else with_sign(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")
    return str(value)


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


def _visible_sheets(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    book.close()
    return names


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula: only then the sheet is read a second time for the formulas' texts."""
    with zipfile.ZipFile(path) as package:
        return any(_names_formula(package, part) for part in package.namelist() if part.startswith("xl/worksheets/"))


def _names_formula(package: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    try:
        with package.open(part) as file:
            while block := file.read(1 << 20):
                if b"<f>" in (text := tail + block) or b"<f " in text:
                    return True
                tail = block[-2:]
    except BROKEN:  # A broken part is told about when its rows are read.
        return False
    return False


def _rows(path: Path, sheet: str, formulas: bool) -> Iterator[Record]:
    values = _values(path, sheet, data_only=True)
    if not formulas:
        for row in values:
            yield [cell_text(value) for value in row]
        return
    for row, written in zip(values, _values(path, sheet, data_only=False), strict=True):
        yield [_computed(value, source) for value, source in zip(row, written, strict=True)]


def _computed(value: Any, source: Any) -> str:
    if value is None and source is not None:
        return cell_text(source) if isinstance(source, str) else f"={getattr(source, 'text', '')}"
    return cell_text(value)


def _values(path: Path, sheet: str, *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    book = _guarded(path, lambda: openpyxl.load_workbook(path, read_only=True, data_only=data_only))
    try:
        page = book[sheet]
        # A sheet may claim to be 16,384 columns wide because one cell was once formatted; trust its rows instead.
        page.reset_dimensions()
        rows = page.iter_rows(values_only=True)
        while (row := _guarded(path, lambda: next(rows, None))) is not None:
            yield row
    finally:
        book.close()

"""Files of reference rates: the European Central Bank's own, as zip or CSV, and a plain CSV for those of others."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from emporion.domain.reference.rules.rate_rows import (
    CellsMissing,
    DayUnreadable,
    FillTheRow,
    NameSource,
    RateRow,
    RatesFileEmpty,
    RatesFileTooLarge,
    RatesFileUnreadable,
    RateUnreadable,
    SourceMissing,
    WriteDay,
    WriteRate,
)
from emporion.domain.reference.rules.rates import EURO
from emporion.domain.refusal import RowProblem

# The columns of the plain form. ``per`` empty is the euro.
COLUMNS = ("day", "currency", "rate", "per", "source")
NEEDED = frozenset({"day", "currency", "rate", "source"})
MOST_MB = 64
NOT_PUBLISHED = ("", "N/A")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass
class RateList:
    """What a file says: its rows that could be read, and the problems of the others."""

    rows: list[RateRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_rates(content: bytes) -> RateList:
    """The rates of a file. Raises: RatesFileUnreadable, RatesFileEmpty, RatesFileTooLarge."""
    header, *records = _records(_text(content))
    found = RateList()
    if header[0] == "date" and all(_CURRENCY.fullmatch(name.upper()) for name in header[1:]) and len(header) > 1:
        _read_wide(found, [name.upper() for name in header[1:]], records)
    elif NEEDED <= set(header) <= set(COLUMNS):
        _read_plain(found, header, records)
    else:
        raise _unreadable()
    if not found.rows and not found.problems:
        raise RatesFileEmpty()
    return found


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        content = _unpacked(content)
    _check_size(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable() from error


def _unpacked(content: bytes) -> bytes:
    """The one CSV file of a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [one for one in package.infolist() if one.filename.lower().endswith(".csv")]
            if len(members) != 1:
                raise _unreadable()
            _check_size(members[0].file_size)
            return package.read(members[0])
    except (zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError) as error:
        raise _unreadable() from error


def _check_size(size: int) -> None:
    if size > MOST_MB << 20:
        raise RatesFileTooLarge(limit=MOST_MB)


def _unreadable() -> RatesFileUnreadable:
    return RatesFileUnreadable(header=",".join(COLUMNS))


def _records(text: str) -> list[list[str]]:
    """The rows as tidied cells, the header in small letters; a comma at the end of each row, as the Bank writes, is
    no cell. Blank rows stay, so that rows keep their numbers.
    """
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        records = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise _unreadable() from error
    if not records or not any(records[0]):
        raise _unreadable()
    width = len(records[0]) - (records[0][-1] == "")
    trimmed = [row[:width] if not any(row[width:]) else row for row in records]
    return [[name.lower() for name in trimmed[0]], *trimmed[1:]]


def _numbered(found: RateList, width: int, records: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows with as many cells as the header; others are a problem, blank ones nothing."""
    for number, record in enumerate(records, 2):
        if len(record) == width:
            yield number, record
        elif any(record):
            found.problems.append(RowProblem(number, "", CellsMissing(len(record), width), FillTheRow()))


def _read_wide(found: RateList, currencies: Sequence[str], records: Sequence[list[str]]) -> None:
    """The Bank's form: a row for each day, a column for each currency."""
    for number, (written, *cells) in _numbered(found, len(currencies) + 1, records):
        day = _day(found, number, written)
        for currency, cell in zip(currencies, cells, strict=True):
            if cell not in NOT_PUBLISHED and (rate := _rate(found, number, currency, cell)) and day:
                found.rows.append(RateRow(number, day, currency, rate))


def _read_plain(found: RateList, header: Sequence[str], records: Sequence[list[str]]) -> None:
    """The plain form: a row for each rate."""
    for number, record in _numbered(found, len(header), records):
        cells = dict(zip(header, record, strict=True))
        day, rate = _day(found, number, cells["day"]), _rate(found, number, "rate", cells["rate"])
        if not cells["source"]:
            found.problems.append(RowProblem(number, "source", SourceMissing(), NameSource()))
        elif day and rate:
            per = cells.get("per", "").upper() or EURO
            found.rows.append(RateRow(number, day, cells["currency"].upper(), rate, per, cells["source"]))


def _day(found: RateList, number: int, cell: str) -> date | None:
    """2026-11-10, or as the Bank's file of one day has it: 10 November 2026."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(cell, form).date()
        except ValueError:
            continue
    found.problems.append(RowProblem(number, "day", DayUnreadable(cell), WriteDay()))
    return None


def _rate(found: RateList, number: int, column: str, cell: str) -> Decimal | None:
    try:
        rate = Decimal(cell) if _NUMBER.fullmatch(cell) else None
    except InvalidOperation:
        rate = None
    if not rate:
        found.problems.append(RowProblem(number, column, RateUnreadable(cell), WriteRate()))
    return rate or None

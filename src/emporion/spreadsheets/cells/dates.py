"""Readers of days and moments."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells.basics import CellError, Parse

DAY = re.compile(r"(\d{4})(?:[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?|(\d{2})(\d{2}))")
CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?")
ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
# Excel counts days from the last day of 1899, after its leap day that never was.
SERIAL_START = dt.datetime(1899, 12, 30)
SERIALS = range(20_000, 80_000)
UNCLEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})")


def day(cell: str) -> dt.date:
    """A day: 2023-11-05, 2023/11/5, 2023年11月5日, 20231105, or Excel's number of it."""
    return _read(cell)[0].date()


def moment(zone: dt.tzinfo) -> Parse:
    """A day with a time, or without one for its beginning; in ``zone`` unless the cell names its own offset."""

    def read(cell: str) -> dt.datetime:
        value, offset = _read(cell)
        there = value.replace(tzinfo=offset or zone)
        if there.astimezone(dt.UTC).astimezone(there.tzinfo).replace(tzinfo=None) != value:
            raise CellError(problems.ClocksSkip(cell), problems.WriteTimeOfThatDay())
        return there

    return read


def _read(cell: str) -> tuple[dt.datetime, dt.tzinfo | None]:
    plain = unicodedata.normalize("NFKC", cell).strip()
    found = DAY.match(plain)
    if found is None:
        return _read_serial(plain, cell), None
    clock, offset = _split_zone(plain[found.end() :].strip(" T"))
    year, month, number = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    try:
        return dt.datetime(year, month, number, *_read_clock(clock, cell)), offset
    except ValueError as error:
        raise CellError(problems.NoSuchDayOrTime(cell), problems.CheckDayAndTime()) from error


def _read_serial(plain: str, cell: str) -> dt.datetime:
    if SERIAL.fullmatch(plain) and int(float(plain)) in SERIALS:
        return SERIAL_START + dt.timedelta(seconds=round(float(plain) * 86_400))
    if UNCLEAR.match(plain):
        raise CellError(problems.DayIsUnclear(cell), problems.WriteYearMonthDay())
    raise CellError(problems.ReadsNoDate(cell), problems.WriteYearMonthDay())


def _split_zone(clock: str) -> tuple[str, dt.tzinfo | None]:
    found = ZONE.search(clock)
    if not found:
        return clock, None
    parsed = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{found[1]}")
    return clock[: found.start()].strip(), parsed.tzinfo


def _read_clock(clock: str, cell: str) -> tuple[int, int, int]:
    if not clock:
        return 0, 0, 0
    found = CLOCK.fullmatch(clock)
    if found is None:
        raise CellError(problems.TimeCannotBeRead(cell), problems.WriteDayAndTime())
    return int(found[1]), int(found[2]), int(found[3] or 0)

"""Days and moments as people write them, in lists, forms and commands.

05/11/2023 is two days, one with the day first and one with the month first: it is refused, unless its column decides.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from emporion.language.reading.clocks import time_of_day
from emporion.language.reading.columns import ByColumn
from emporion.language.reading.errors import (
    CheckDayAndTime,
    CheckYear,
    ClocksSkip,
    DayIsUnclear,
    InputError,
    NoSuchDayOrTime,
    ReadsNoDate,
    TimeCannotBeRead,
    Twofold,
    WriteDayAndTime,
    WriteTimeOfThatDay,
    WriteYearMonthDay,
    YearIsFar,
)

DAY_FIRST, MONTH_FIRST = "day first", "month first"
YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:[日.]|(?!\d))|(\d{2})(\d{2})(?!\d))")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)")
FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WORDS = {word: number for number, name in enumerate(FULL, 1) for word in (name, name[:3])} | {"sept": 9}
MONTH = "|".join(sorted(WORDS, key=len, reverse=True))
DAY_THEN_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]({MONTH})\.?,?[\s-](\d{{4}})(?!\d)", re.IGNORECASE)
MONTH_THEN_DAY = re.compile(rf"({MONTH})\.?[\s-](\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(\d{{4}})(?!\d)", re.IGNORECASE)
ZONE = re.compile(r"\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$")
COMPACT_CLOCK = re.compile(r"(\d{2})(\d{2})(\d{2})?")
FRACTION_OF_SECOND = re.compile(r"(?<=:\d\d)\.\d+")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
# Excel counts days from the last day of 1899, after its leap day that never was.
SERIAL_START = dt.datetime(1899, 12, 30)
SERIALS = range(20_000, 80_000)
FIRST_YEAR, LAST_YEAR = 1900, 2200
DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")}
NUMERALS = re.compile(r"[〇零○一二三四五六七八九十]+(?=[年月日])")


class Written(NamedTuple):
    """A day with a time, as written, and the offset that stands behind it."""

    moment: dt.datetime
    offset: dt.tzinfo | None


def _ways_of(cells: Iterable[str]) -> frozenset[str]:
    """Which way days with their year last are written in these cells.

    A number above 12 says it; or else it is the way by which every such day lies among those that are clear.
    """
    distinct = {_plain(cell) for cell in cells if cell}
    both = {cell: days for cell in distinct if (days := _year_last(cell))}
    if certain := frozenset(way for days in both.values() if (way := _only(days))):
        return certain
    if not (clear := [found for cell in distinct - both.keys() if (found := _clear(cell))]):
        return frozenset()
    first, last = min(clear), max(clear)
    ways = (DAY_FIRST, MONTH_FIRST)
    return frozenset(way for way in ways if all((one := days[way]) and first <= one <= last for days in both.values()))


def _clear(cell: str) -> dt.date | None:
    try:
        return _read_day(cell, None)
    except InputError:
        return None


def _read_day(cell: str, ways: frozenset[str] | None) -> dt.date:
    return read(cell, ways).moment.date()


day: ByColumn[str] = ByColumn(_read_day, _ways_of)


def moment(zone: dt.tzinfo) -> ByColumn[str]:
    """A day with a time, or without one for its beginning; in ``zone`` unless the cell names its own offset."""

    def read_moment(cell: str, ways: frozenset[str] | None) -> dt.datetime:
        value, offset = read(cell, ways)
        there = value.replace(tzinfo=offset or zone)
        if there.astimezone(dt.UTC).astimezone(there.tzinfo).replace(tzinfo=None) != value:
            raise InputError(ClocksSkip(cell), WriteTimeOfThatDay())
        return there

    return ByColumn(read_moment, _ways_of)


def read(cell: str, ways: frozenset[str] | None = None) -> Written:
    """The day and time of a cell; ``ways`` are those in which its column writes days. Raises: InputError."""
    plain = _plain(cell)
    if SERIAL.fullmatch(plain) and int(float(plain)) in SERIALS:
        return Written(SERIAL_START + dt.timedelta(seconds=round(float(plain) * 86_400)), None)
    found = _date(plain, cell, ways)
    if found is None:
        if SHORT_YEAR.match(plain):
            raise InputError(DayIsUnclear(cell), WriteYearMonthDay())
        raise InputError(ReadsNoDate(cell), WriteYearMonthDay())
    date, rest = found
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise InputError(YearIsFar(cell, date.year), CheckYear(FIRST_YEAR, LAST_YEAR))
    time, offset = _time(rest, cell)
    return Written(dt.datetime.combine(date, dt.time()) + time, offset)


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).strip()
    return NUMERALS.sub(lambda found: _digits(found[0]), text) if "年" in text else text


def _digits(numeral: str) -> str:
    """A Chinese numeral in digits: 二〇二三 as 2023, 二十五 as 25."""
    text = numeral.replace("零", "〇").replace("○", "〇")
    tens, mark, units = text.partition("十")
    if mark:
        return f"{DIGITS.get(tens, '1')}{DIGITS.get(units, '0')}"
    return "".join(DIGITS[sign] for sign in text)


def _date(plain: str, cell: str, ways: frozenset[str] | None) -> tuple[dt.date, str] | None:
    """The day at the beginning of a text and what stands behind it."""
    try:
        if found := YEAR_FIRST.match(plain):
            year, month, number = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
            return dt.date(year, month, number), plain[found.end() :]
        if found := DAY_THEN_MONTH.match(plain):
            return dt.date(int(found[3]), WORDS[found[2].lower()], int(found[1])), plain[found.end() :]
        if found := MONTH_THEN_DAY.match(plain):
            return dt.date(int(found[3]), WORDS[found[1].lower()], int(found[2])), plain[found.end() :]
    except ValueError as error:
        raise InputError(NoSuchDayOrTime(cell), CheckDayAndTime()) from error
    if days := _year_last(plain):
        end = YEAR_LAST.match(plain).end()  # type: ignore[union-attr]
        return _chosen(days, cell, ways), plain[end:]
    return None


def _year_last(plain: str) -> dict[str, dt.date | None] | None:
    """The two days that a text with its year last may be; ``None`` where it begins with no such day."""
    if not (found := YEAR_LAST.match(plain)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    return {DAY_FIRST: _day(year, second, first), MONTH_FIRST: _day(year, first, second)}


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _only(days: dict[str, dt.date | None]) -> str | None:
    """The one way that gives a day."""
    left = [way for way, found in days.items() if found]
    return left[0] if len(left) == 1 else None


def _chosen(days: dict[str, dt.date | None], cell: str, ways: frozenset[str] | None) -> dt.date:
    possible = {found for found in days.values() if found}
    if not possible:
        raise InputError(NoSuchDayOrTime(cell), CheckDayAndTime())
    if len(possible) == 1:
        return possible.pop()
    if ways is not None and len(ways) == 1 and (found := days[next(iter(ways))]):
        return found
    raise Twofold(DayIsUnclear(cell), WriteYearMonthDay())


def _time(rest: str, cell: str) -> tuple[dt.timedelta, dt.tzinfo | None]:
    """The time behind a day, nothing for its beginning, with the offset that it names."""
    clock, offset = _split_zone(rest.strip(" T,"), cell)
    if not clock:
        return dt.timedelta(), offset
    if rest.startswith("T") and (found := COMPACT_CLOCK.fullmatch(clock)):
        clock = f"{found[1]}:{found[2]}:{found[3] or '00'}"
    if (time := time_of_day(FRACTION_OF_SECOND.sub("", clock))) is not None:
        return time, offset
    if re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", clock):
        raise InputError(NoSuchDayOrTime(cell), CheckDayAndTime())
    raise InputError(TimeCannotBeRead(cell), WriteDayAndTime())


def _split_zone(clock: str, cell: str) -> tuple[str, dt.tzinfo | None]:
    found = ZONE.search(clock)
    if not found or (":" not in clock[: found.start()] and not COMPACT_CLOCK.fullmatch(clock[: found.start()])):
        return clock, None
    if found[1] in ("Z", "UTC", "GMT"):
        return clock[: found.start()].strip(), dt.UTC
    try:
        parsed = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{found[1]}")
    except ValueError as error:
        raise InputError(TimeCannotBeRead(cell), WriteDayAndTime()) from error
    return clock[: found.start()].strip(), parsed.tzinfo

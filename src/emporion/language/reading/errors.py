"""What cannot be read, why, and how to write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from emporion.domain.reason import Reason


@dataclass(frozen=True)
class InputError(Exception):
    """Something written that cannot be read: what is wrong and how to fix it."""

    wrong: Reason
    fix: Reason

    def __str__(self) -> str:
        return f"{self.wrong}. {self.fix}."


class Twofold(InputError):
    """Something that reads in two ways; the rest of its column may decide."""


@dataclass(frozen=True)
class TwofoldNumber(Twofold):
    """A number that reads in two ways, both written so that they read in one."""

    one: str
    other: str


class NumberIsTwofold(Reason):
    """reads {cell}, which may be {one} or {other}"""

    cell: str
    one: str
    other: str


class WriteWithoutThousands(Reason):
    """Write {one} or {other}, without a thousands separator"""

    one: str
    other: str


class ReadsNoNumber(Reason):
    """reads {cell}, which is not a number"""

    cell: str


class WriteDigitsOnly(Reason):
    """Write digits only, as 1250000 or 1,250,000"""


class NoSuchDayOrTime(Reason):
    """reads {cell}, and there is no such day or time"""

    cell: str


class CheckDayAndTime(Reason):
    """Check its month, day and time"""


class YearIsFar(Reason):
    """reads {cell}, whose year is {year}"""

    cell: str
    year: int


class CheckYear(Reason):
    """Write a year from {first} to {last}, of the Gregorian calendar"""

    first: int
    last: int


class DayIsUnclear(Reason):
    """reads {cell}, where day and month cannot be told apart"""

    cell: str


class ReadsNoDate(Reason):
    """reads {cell}, which is not a date"""

    cell: str


class WriteYearMonthDay(Reason):
    """Write year-month-day, as 2023-11-05"""


class TimeCannotBeRead(Reason):
    """reads {cell}, whose time cannot be read"""

    cell: str


class WriteDayAndTime(Reason):
    """Write it as 2023-11-05 14:30"""


class ClocksSkip(Reason):
    """reads {cell}, which the venue's clocks skip"""

    cell: str


class WriteTimeOfThatDay(Reason):
    """Write a time that exists on that day"""


class DidYouMean(Reason):
    """; perhaps {word} is meant"""

    word: str


class NamesSeveralCountries(Reason):
    """names more than one country: {cell}"""

    cell: str


class WriteWhich(Reason):
    """Write {which}"""

    which: str


class NamesNoCountry(Reason):
    """names no country: {cell}"""

    cell: str


class WriteCountry(Reason):
    """Write its ISO code or its English or Chinese name{hint}"""

    hint: DidYouMean | str


def like(word: str, known: Sequence[str]) -> DidYouMean | str:
    """A hint at the nearest known word, or nothing."""
    near = get_close_matches(word.casefold(), [one.casefold() for one in known], 1, 0.75)
    match = next((one for one in known if near and one.casefold() == near[0]), "")
    return DidYouMean(match) if match else ""

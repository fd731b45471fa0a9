"""What is wrong in the two lists, so that nothing can be made of them."""

from __future__ import annotations

from typing import Any

from emporion.domain.reason import Reason


class WrongRow(Exception):
    """A row that cannot be entered, with its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class InRow(Reason):
    """{file}, row {row}: {problem}"""

    file: str
    row: int
    problem: Reason


class FixThese(Reason):
    """Nothing was written. Fix these:"""


class MoreOfList(Reason):
    """… and {count} more of this list."""

    count: int


class NoRows(Reason):
    """{file} has no rows below its header."""

    file: str


class NoFile(Reason):
    """There is no file {file}."""

    file: str


class NoColumn(Reason):
    """{file} has no column {column} (it has {found}); name it so, or {others}."""

    file: str
    column: str
    found: str
    others: str


class NotText(Reason):
    """{file} cannot be read as text: save it as "CSV UTF-8"."""

    file: str


class CellMissing(Reason):
    """the {column} is missing."""

    column: str


class MeetsItself(Reason):
    """{name} cannot meet itself."""

    name: str


class WishUnknown(Reason):
    """the wish “{wish}” is none of must, like, no. Words that are read: {words}."""

    wish: str
    words: str


class OtherWish(Reason):
    """{one} and {other} are in row {first} already with another wish; keep one of the two."""

    one: str
    other: str
    first: int


class HostsWrong(Reason):
    """hosts must be a whole number from 1 to {most}, got “{hosts}”."""

    most: int
    hosts: str


class OtherHosts(Reason):
    """{name} has hosts {before} by an earlier row, here {hosts}."""

    name: str
    before: Any
    hosts: str


class OtherHall(Reason):
    """{name} stands in hall {before} by an earlier row, here in {hall}."""

    name: str
    before: str
    hall: str


class DayTwofold(Reason):
    """the day must be written as 2026-11-05, got “{day}”, which could be two days."""

    day: str


class DayWrong(Reason):
    """the day must be written as 2026-11-05, got “{day}”."""

    day: str


class EndsBeforeStart(Reason):
    """from {starts} is not before to {ends}; a time past midnight is two rows, to 24:00 and from 00:00."""

    starts: str
    ends: str


class TimeWrong(Reason):
    """{column} must be a time as 09:30, got “{written}”."""

    column: str
    written: str


class OtherDay(Reason):
    """{column} is of another day, “{written}”, than the row's day {day}."""

    column: str
    written: str
    day: str


class NamesOffset(Reason):
    """{column} names an offset from UTC, “{written}”; write the time at the place alone, as 10:00."""

    column: str
    written: str

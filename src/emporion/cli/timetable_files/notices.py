"""What the two lists make worth telling, though it stops nothing."""

from __future__ import annotations

from typing import Any

from emporion.domain.reason import Reason


class InListRow(Reason):
    """{file}, row {row}: {notice}."""

    file: str
    row: int
    notice: Reason


class ColumnsNotRead(Reason):
    """columns not read: {columns}"""

    columns: tuple[str, ...]


class WrittenAlike(Reason):
    """names that differ only in capitals, spaces or invisible characters are taken for one: {names}"""

    names: Any


class PairOnRows(Reason):
    """{one} and {other} (rows {first} and {second})"""

    one: str
    other: str
    first: int
    second: int


class MeetOnce(Reason):
    """two who stand in several rows meet once: {pairs}"""

    pairs: Any


class Unknown(Reason):
    """{name} (row {row}{hint})"""

    name: str
    row: int
    hint: Any


class InNoRequest(Reason):
    """{count:,} in no request and left out: {names}"""

    count: int
    names: Any


class AlwaysThere(Reason):
    """{count:,} name no day and are taken to be there always: {names}"""

    count: int
    names: Any


class HoldsNoSlot(Reason):
    """no whole slot lies within the time of {name}, {time}"""

    name: str
    time: Reason


class MoreHoldNoSlot(Reason):
    """{count:,} more times hold no whole slot"""

    count: int

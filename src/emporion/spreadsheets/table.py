"""A file as a table: its header and its records of cells, each cell a text, whatever the file's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from emporion.domain.reason import Reason

Record = list[str]
Recognise = Callable[[Record], int]


class Records(Protocol):
    """Gives the records below the header, from the start at each call; a record's place + 2 is its row."""

    def __call__(self) -> Iterator[Record]: ...


@dataclass
class Table:
    """An opened list. ``described`` tells how it was read; ``strict`` that a record's surplus cells are a mistake."""

    path: Path
    header: Record
    records: Records
    described: str
    strict: bool = True
    notices: list[Reason] = field(default_factory=list)


def is_blank(record: Record) -> bool:
    """Whether a record has nothing in it but blanks."""
    return not any(cell.strip() for cell in record)

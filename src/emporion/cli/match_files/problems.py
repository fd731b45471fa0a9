"""What is wrong in the two lists, so that nothing can be made of them."""

from __future__ import annotations

from emporion.cli.timetable_files.problems import NoRows
from emporion.domain.reason import Reason, Statement

__all__ = ["FixThis", "InCell", "InWholeRow", "ListsSwapped", "MoreProblems", "NoRows"]


class FixThis(Reason):
    """Nothing was written. Fix this:"""


class InCell(Reason):
    """{file}, row {row}: {column} {wrong}. {fix}."""

    file: str
    row: int
    column: str
    wrong: Statement
    fix: Statement


class InWholeRow(Reason):
    """{file}, row {row}: the row {wrong}. {fix}."""

    file: str
    row: int
    wrong: Statement
    fix: Statement


class MoreProblems(Reason):
    """{file}: … and {count} more."""

    file: str
    count: str


class ListsSwapped(Reason):
    """The lists look swapped: {sellers} has columns of visitors and {buyers} those of exhibitors.
    Name the list of exhibitors first, then that of visitors."""

    sellers: str
    buyers: str

"""What rows of a list of additional duties can have wrong, and how to fix it."""

from __future__ import annotations

from typing import Protocol

from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal


class Report(Protocol):
    """Takes what is wrong with a column of the row at hand, and how to fix it."""

    def __call__(self, column: str, what: Reason | Refusal, fix: Reason) -> None: ...


class ColumnsMissing(Reason):
    """the header lacks {missing}"""

    missing: tuple[str, ...]


class AddTheColumns(Reason):
    """add the columns; emporion measures template writes an example"""


class TooManyCells(Reason):
    """{cells} cells under a header of {width}"""

    cells: int
    width: int


class QuoteCommas(Reason):
    """put texts that hold a comma between quotation marks"""


class CellEmpty(Reason):
    """the cell is empty"""


class FillIn(Reason):
    """fill it in"""


class WriteTwoLetters(Reason):
    """write the two letters of a country, as CN; several origins with blanks between them"""


class NoKindThere(Reason):
    """“{kind}” is not a kind of additional duty of this importer"""

    kind: str


class WriteKind(Reason):
    """write one of {allowed}"""

    allowed: tuple[str, ...]


class WriteCode(Reason):
    """write 2, 4, 6 or 8 to 13 digits, or leave it empty for all goods"""


class NotADate(Reason):
    """“{text}” is not a date"""

    text: str


class WriteTheDay(Reason):
    """write it as 2026-01-31"""


class EndsBeforeStart(Reason):
    """it ends before it starts"""


class WriteFirstDayAfter(Reason):
    """write the first day on which it is no longer levied"""


class WriteRate(Reason):
    """write it as 25% or $1.2/kg, or none where no duty of the kind is levied"""


class LoadedAlready(Reason):
    """the measure {title} is loaded for these days already"""

    title: str


class ReplaceThem(Reason):
    """leave the row out, or give --replace, which takes out every measure of the importers in the list first"""

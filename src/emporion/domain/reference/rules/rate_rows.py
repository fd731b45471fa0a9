"""The rows of a list of reference rates, and what they can have wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from emporion.domain.reason import Reason
from emporion.domain.reference.rules.rates import ECB, EURO
from emporion.domain.refusal import Refusal, RowProblem

# What the column of rates holds: 12 digits before the point.
HIGHEST_RATE = Decimal(10) ** 12
LONGEST_SOURCE = 200
# The day that has begun somewhere on earth.
FURTHEST_EAST = timedelta(hours=14)


class RatesFileUnreadable(Refusal):
    """This file is not a list of rates: load the European Central Bank's eurofxref file (zip or CSV), or a CSV
    file in UTF-8 whose first row reads {header}."""


class RatesFileEmpty(Refusal):
    """This list of rates has no rows below its header: nothing was loaded."""


class RatesFileTooLarge(Refusal):
    """A list of rates has at most {limit} MB, unpacked; load the years that are missing only."""


class DayUnreadable(Reason):
    """“{cell}” is not a date"""

    cell: str


class WriteDay(Reason):
    """write it as 2026-11-10"""


class RateUnreadable(Reason):
    """“{cell}” is not a rate above zero"""

    cell: str


class WriteRate(Reason):
    """write it in digits with a point, as in 7.7812"""


class SourceMissing(Reason):
    """the source is missing"""


class NameSource(Reason):
    """name who published the rate"""


class SourceTooLong(Reason):
    """the source is longer than {longest} characters"""

    longest: int


class ShortenSource(Reason):
    """shorten it"""


class RateOfTomorrow(Reason):
    """{day} is in the future"""

    day: date


class LeaveItOut(Reason):
    """leave it out, or correct the day"""


class CurrencyUnknown(Reason):
    """“{currency}” is not a known currency"""

    currency: str


class AddCurrency(Reason):
    """correct its three letters, or add the currency in the office first"""


class RateOfItself(Reason):
    """{currency} is what rates are counted in: it has none of its own"""

    currency: str


class NameOtherCurrency(Reason):
    """name the currency that the rate is of"""


class RateGivenTwice(Reason):
    """row {first} has another rate of {currency} on {day}"""

    first: int
    currency: str
    day: date


class KeepOneRate(Reason):
    """keep one of them"""


class OtherThanPublished(Reason):
    """the European Central Bank published {rate} for that day"""

    rate: Decimal


class LeaveToBank(Reason):
    """leave the row out: others do not replace the Bank's rates"""


class NoRateOfAnchor(Reason):
    """no rate of {currency} is available for {day}"""

    currency: str
    day: date


class LoadAnchorFirst(Reason):
    """load its rates first, or give the rate per euro"""


class CellsMissing(Reason):
    """the row has {cells} cells, the header {expected}"""

    cells: int
    expected: int


class FillTheRow(Reason):
    """give each column a cell; a rate that is not known stays empty or reads N/A"""


@dataclass(frozen=True)
class RateRow:
    """So many units of a currency were one unit of another (``per``) on a day, as its ``source`` published."""

    row: int
    day: date
    currency: str
    rate: Decimal
    per: str = EURO
    source: str = str(ECB)


def problem_of(row: RateRow, *, at: datetime) -> RowProblem | None:
    """What a row has wrong in itself, looked at in a moment."""
    if row.currency == row.per or row.currency == EURO:
        return RowProblem(row.row, "currency", RateOfItself(row.currency), NameOtherCurrency())
    if not 0 < row.rate < HIGHEST_RATE:
        return RowProblem(row.row, "rate", RateUnreadable(str(row.rate)), WriteRate())
    if len(row.source) > LONGEST_SOURCE:
        return RowProblem(row.row, "source", SourceTooLong(LONGEST_SOURCE), ShortenSource())
    if row.day > (at + FURTHEST_EAST).date():
        return RowProblem(row.row, "day", RateOfTomorrow(row.day), LeaveItOut())
    return None

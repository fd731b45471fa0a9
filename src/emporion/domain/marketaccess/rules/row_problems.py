"""What rows of tariff schedules, agreements and quotas of exhibits can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Reason


class CellsUnlikeHeader(Reason):
    """{cells} cells under a header of {width}"""

    cells: int
    width: int


class CellsTooManyOrFew(Reason):
    """there are too many or too few cells"""


class FixCommas(Reason):
    """fix its commas"""


class HeaderWithoutCode(Reason):
    """the header names no code, or one column twice"""


class SeePlainForm(Reason):
    """see the plain form"""


class CodeUnreadable(Reason):
    """“{text}” is not a tariff code"""

    text: str


class WriteSixToTwelveDigits(Reason):
    """write 6 to 12 digits"""


class NotEightDigits(Reason):
    """“{text}” is not a line of eight digits"""

    text: str


class WriteEightDigits(Reason):
    """write eight digits"""


class DayUnreadable(Reason):
    """“{text}” is not a date"""

    text: str


class WriteDay(Reason):
    """write it as 2026-01-31"""


class LineTwice(Reason):
    """{line} appears twice for the same days"""

    line: str


class SeparateDays(Reason):
    """give each its own days"""


class ColumnOfNoAgreement(Reason):
    """no agreement of this market has the column “{column}”"""

    column: str


class NameColumn(Reason):
    """name it mfn, general, provisional, in_quota or as an agreement does, or give its agreements"""


class RateUnreadable(Reason):
    """the rate “{rate}” of {line} under {column} cannot be read in full"""

    rate: str
    line: str
    column: str


class WriteRate(Reason):
    """write Free, 5%, $0.526/L, 5% + $1.2/kg; or put ? in front where the source is incomplete"""


class RateIsNoNumber(Reason):
    """the rate “{rate}” is not a number"""

    rate: str


class WritePercent(Reason):
    """write it in per cent, as 6.9"""


class SpecialRatesUnreadable(Reason):
    """special rates “{text}” cannot be read"""

    text: str


class WriteSpecialRates(Reason):
    """write them as LD:0 KH:0"""


class MarkUnknown(Reason):
    """the mark “{mark}” is not known"""

    mark: str


class UseMarks(Reason):
    """use {marks}"""

    marks: tuple[str, ...]


class ProgrammeWithoutRate(Reason):
    """the programme “{programme}” has no rate"""

    programme: str


class WriteProgramme(Reason):
    """write usmca=0"""


class NotInJSON(Reason):
    """no {name} in the JSON"""

    name: str


class GiveSchedule3(Reason):
    """give Schedule 3 as published"""


class NotWholeCompressedFile(Reason):
    """the compressed file is incomplete or damaged ({error})"""

    error: str


class GetFileAnew(Reason):
    """download or save it again"""


class BytesUnreadable(Reason):
    """the bytes of {file} are neither UTF-8 nor GB18030 from here on"""

    file: str


class SaveAsUTF8(Reason):
    """save it as UTF-8"""


class OneFileOfTwo(Reason):
    """agreements and parties come together"""


class GiveBothFiles(Reason):
    """give both files"""


class HeaderLacks(Reason):
    """the header lacks {columns}"""

    columns: tuple[str, ...]


class AddColumns(Reason):
    """add them"""


class PartyUnknown(Reason):
    """{country} in {agreement}: agreement or country is not known"""

    country: str
    agreement: str


class WriteParty(Reason):
    """write a code of the agreements and two letters"""


class AgreementsUnreadable(Reason):
    """a value cannot be read ({error})"""

    error: str


class WriteDays(Reason):
    """write days as 2026-01-31"""


class QuotaLacks(Reason):
    """it has no {columns}"""

    columns: tuple[str, ...]


class GiveEveryColumn(Reason):
    """give every column"""


class CategoryTwice(Reason):
    """{category} appears twice"""

    category: str


class KeepOne(Reason):
    """keep one of them"""


class NoQuota(Reason):
    """there is none"""


class GiveOneQuota(Reason):
    """give at least one quota below the header"""


class QuotaIncomplete(Reason):
    """category, name or source is empty"""


class FillThemIn(Reason):
    """fill them in"""


class NotStartOfHSCode(Reason):
    """“{text}” begins no HS code"""

    text: str


class WriteTwoToTwelveDigits(Reason):
    """write 2 to 12 digits"""


class NotOneBound(Reason):
    """it has not one bound"""


class GivePiecesOrValue(Reason):
    """give whole pieces or a value, not both"""


class NumberUnreadable(Reason):
    """“{text}” is not a number"""

    text: str


class WriteDigitsOnly(Reason):
    """write digits only"""


class NumberBelowZero(Reason):
    """“{text}” is below zero"""

    text: str


class WriteFromZero(Reason):
    """write a number from 0 on"""

"""What a cell can have wrong, and how to fix it."""

from __future__ import annotations

from decimal import Decimal

from emporion.domain.reason import Reason
from emporion.language.reading.errors import DidYouMean


class CellIsEmpty(Reason):
    """is empty"""


class FillItIn(Reason):
    """Fill it in"""


class SurplusCells(Reason):
    """has {cells} cells where the first row has {width}"""

    cells: int
    width: int


class QuoteTheCell(Reason):
    """Put a cell that holds the separator between quotation marks"""


class HoldsControlCharacter(Reason):
    """contains a control character (code {number})"""

    number: int


class TypeTheCellAnew(Reason):
    """Type the cell anew"""


class HoldsFormula(Reason):
    """contains the formula {formula}"""

    formula: str


class PasteAsValues(Reason):
    """Copy the cells and paste them as values, or save in Excel"""


class HoldsExcelError(Reason):
    """contains the Excel error {error}"""

    error: str


class FixTheFormula(Reason):
    """Fix the formula and paste its value"""


class HasChineseCharacters(Reason):
    """has Chinese characters: {name}"""

    name: str


class WriteAsInPassport(Reason):
    """Write the name in Latin letters, as in the passport"""


class HoldsLostSigns(Reason):
    """contains characters lost in an earlier conversion (\ufffd)"""


class TakeTextFromSource(Reason):
    """Take the text from its source again"""


class TooManySigns(Reason):
    """has {count} characters"""

    count: int


class ShortenTo(Reason):
    """Shorten it to at most {longest}"""

    longest: int


class NumberShortened(Reason):
    """was shortened to {number}"""

    number: str


class HoldsDate(Reason):
    """holds a date or a part of a day ({value}), which a spreadsheet made of what was typed"""

    value: str


class FormatAsText(Reason):
    """Format the column as text and type the whole number again"""


class CellReads(Reason):
    """reads {cell}"""

    cell: str


class NumberReads(Reason):
    """reads {value}"""

    value: Decimal


class WriteWholeNumber(Reason):
    """Write a whole number"""


class WriteFewerDecimals(Reason):
    """Write at most {places} decimals"""

    places: int


class WriteAmountAboveZero(Reason):
    """Write an amount above zero"""


class WriteNumberBetween(Reason):
    """Write a number from {least} to {most}"""

    least: int | Decimal
    most: int | Decimal


class WriteYesOrNo(Reason):
    """Write yes or no (是 or 否)"""


class WriteYesNoOrDay(Reason):
    """Write yes or no (是 or 否), or the day it was confirmed"""


class NamesSeveralCurrencies(Reason):
    """names more than one currency: {cell}"""

    cell: str


class WriteOneOfThese(Reason):
    """Write one of: {words}"""

    words: str


class WriteEmailAddress(Reason):
    """Write one e-mail address, as name@example.org"""


class WriteWebAddress(Reason):
    """Write an address, as in https://example.org"""


class WriteCodeOrName(Reason):
    """Write its code or name{hint}"""

    hint: DidYouMean | str


class WriteHSDigits(Reason):
    """Write the {lengths} digits of the HS code"""

    lengths: str


class WriteTwoHSDigits(Reason):
    """Write the digits of the HS code, two at least"""


class WrongNumberOfDigits(Reason):
    """has {count} digits: {cell}"""

    count: int
    cell: str


class NamesNoHSCode(Reason):
    """names no code of the Harmonized System 2022: {cell}"""

    cell: str


class LookUpHSCode(Reason):
    """Look it up in the HS 2022 nomenclature"""


class WriteSpeakers(Reason):
    """Write each speaker as Name (position), separated by semicolons"""


class WriteInModules(Reason):
    """Write {shown} in modules of 3 m"""

    shown: str


class ReadsNoPath(Reason):
    """reads {cell}, which is not a path"""

    cell: str


class WritePath(Reason):
    """Write the codes from the group downwards, as 07 or 07.031"""

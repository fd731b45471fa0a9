"""Readers of text, numbers, yes or no, and choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from emporion.domain.reason import Reason
from emporion.domain.reference.names import key_of
from emporion.language.reading import numbers
from emporion.language.reading.columns import ByColumn
from emporion.language.reading.errors import DidYouMean, InputError, like
from emporion.spreadsheets.cells import problems

Parse = Callable[[str], Any]

ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
HINTS = 100
SUSPECT = {"=", "#"}
BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u2060\u3000\ufeff]+")
SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
# What a spreadsheet makes of 11-3, 1/8 or 9-30: the number itself is lost.
MADE_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?|\d{2}:\d{2}:\d{2}|0\.\d+")
AS_TEXT = re.compile(r'="(.*)"')
SEPARATORS = "[;；、|\n]"
# Words joined by single dots, an @, and a host's labels, which neither begin nor end with a hyphen.
EMAIL = re.compile(
    r"[^\s@.,;:<>()\[\]\\\"]+(\.[^\s@.,;:<>()\[\]\\\"]+)*@"
    r"([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]([\w-]*[^\W_])"
)
YES = {"yes", "y", "true", "1", "x", "是", "有", "对", "√", "✓"}
NO = {"no", "n", "false", "0", "否", "无", "不", "没有", "-"}


@dataclass(frozen=True)
class Corrected:
    """A value that was read after a mending everybody would do; the notice tells it."""

    value: Any
    notice: Reason


def clean(cell: str) -> str:
    """The cell's text on one line, without what cannot be seen. Raises :class:`InputError` for formulas and damage."""
    text = cell.strip()
    # The apostrophe before a formula, of a list of rejects or of who typed it so, is no part of the text.
    if text[:1] == "'" and text[1:2] in ("=", "@", "+", "-"):
        text = text[1:]
    if not text.isprintable():
        text = BLANKS.sub(" ", text).strip()
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        _refuse_control_signs(text)
    return text if text[:1] not in SUSPECT and "\ufffd" not in text else _checked(text)


def clean_lines(cell: str) -> str:
    """The same for texts of several lines, whose line ends are kept."""
    return "\n".join(clean(line) for line in cell.strip().splitlines()).strip()


def _refuse_control_signs(text: str) -> None:
    for sign in text:
        if unicodedata.category(sign) == "Cc":
            raise InputError(problems.HoldsControlCharacter(ord(sign)), problems.TypeTheCellAnew())


def _checked(text: str) -> str:
    if text[:1] == "=":
        if as_text := AS_TEXT.fullmatch(text):
            return as_text[1].strip()
        raise InputError(problems.HoldsFormula(text[:40]), problems.PasteAsValues())
    if text in ERRORS:
        raise InputError(problems.HoldsExcelError(text), problems.FixTheFormula())
    if "\ufffd" in text:
        raise InputError(problems.HoldsLostSigns(), problems.TakeTextFromSource())
    return text


def text(longest: int) -> Parse:
    """A text of at most ``longest`` signs."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise InputError(problems.TooManySigns(len(cell)), problems.ShortenTo(longest))
        return cell

    return read


def identifier(longest: int) -> Parse:
    """A number that is a name (registration, contract, register, phone): its digits must not have been lost."""
    fits = text(longest)

    def read(cell: str) -> str:
        plain = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
        if "+" in plain and SHORTENED.fullmatch(plain):
            raise InputError(problems.NumberShortened(plain), problems.FormatAsText())
        if plain[:1].isdecimal() and MADE_A_DATE.fullmatch(plain):
            raise InputError(problems.HoldsDate(plain), problems.FormatAsText())
        return plain if len(plain) <= longest else str(fits(plain))

    return read


def whole(least: int = 0, most: int = 2_147_483_647, units: Sequence[str] = ()) -> ByColumn[str]:
    """A whole number between two bounds; a unit behind it (``36 m2``) is understood."""

    def read(cell: str, ways: frozenset[str] | None) -> int:
        value = numbers.number(numbers.with_unit(cell, units), ways)
        if value != value.to_integral_value():
            raise InputError(problems.CellReads(cell), problems.WriteWholeNumber())
        return int(_bounded(value, least, most))

    return ByColumn(read, lambda cells: numbers.ways_of(numbers.with_unit(cell, units) for cell in cells))


def amount(places: int = 2, digits: int = 18) -> ByColumn[str]:
    """An amount of money above zero; its currency has a column of its own."""
    most = Decimal(10) ** (digits - places) - Decimal(1).scaleb(-places)

    def read(cell: str, ways: frozenset[str] | None) -> Decimal:
        value = numbers.number(cell, ways)
        if value != round(value, places):
            raise InputError(problems.CellReads(cell), problems.WriteFewerDecimals(places))
        if value <= 0:
            raise InputError(problems.CellReads(cell), problems.WriteAmountAboveZero())
        return round(_bounded(value, Decimal(0), most), places)

    return ByColumn(read, numbers.ways_of)


def _bounded(value: Decimal, least: Any, most: Any) -> Decimal:
    if not least <= value <= most:
        raise InputError(problems.NumberReads(value), problems.WriteNumberBetween(least, most))
    return value


def yes_no(cell: str) -> bool:
    """Yes or no, in either language."""
    plain = unicodedata.normalize("NFKC", cell).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    raise InputError(problems.CellReads(cell), problems.WriteYesOrNo())


def choice(meanings: Mapping[str, Sequence[str]]) -> Parse:
    """One of a few words; ``meanings`` gives each value its words in both languages, the first ones for the reader."""
    values = {key_of(word): value for value, words in meanings.items() for word in (value, *words) if word}
    shown = ", ".join(words[0] if words else value for value, words in meanings.items())

    def read(cell: str) -> str:
        if (value := values.get(key_of(cell))) is not None:
            return value
        raise InputError(problems.CellReads(cell), problems.WriteOneOfThese(shown))

    return read


def email(cell: str) -> str:
    """One e-mail address, without ``mailto:`` and the brackets that programs put around it."""
    plain = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    plain = re.sub(r"(?i)^mailto:", "", plain).strip()
    plain = plain[1:-1] if plain.startswith("<") and plain.endswith(">") else plain
    if len(plain) > 254 or not EMAIL.fullmatch(plain):
        raise InputError(problems.CellReads(cell), problems.WriteEmailAddress())
    return plain


def website(cell: str) -> str:
    """An address on the web; ``https://`` is added when it has no scheme."""
    plain = cell if re.match(r"https?://", cell, re.IGNORECASE) else f"https://{cell}"
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", plain, re.IGNORECASE) or len(plain) > 200:
        raise InputError(problems.CellReads(cell), problems.WriteWebAddress())
    return plain


def several(read: Parse) -> Parse:
    """Several values in one cell, separated by semicolons (also ；and 、)."""

    def read_all(cell: str) -> tuple[Any, ...] | Corrected:
        found = [read(part.strip()) for part in split_list(cell) if part.strip()]
        values = tuple(dict.fromkeys(one.value if isinstance(one, Corrected) else one for one in found))
        notice = next((one.notice for one in found if isinstance(one, Corrected)), None)
        return Corrected(values, notice) if notice else values

    return read_all


def split_list(cell: str) -> list[str]:
    """The parts of a cell between semicolons (also ；and 、); those within brackets belong to their part."""
    parts, depth = [""], 0
    for sign in cell:
        depth = max(0, depth + (sign in "(（[【") - (sign in ")）]】"))
        if sign in SEPARATORS[1:-1] and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts if not depth else re.split(SEPARATORS, cell)


def hints(known: Sequence[str]) -> Callable[[str], DidYouMean | str]:
    """Gives a hint for the first unknown words only: looking for likeness in a long list of them takes minutes."""
    left = iter(range(HINTS))
    return lambda word: like(word, known) if next(left, None) is not None else ""

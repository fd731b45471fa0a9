"""Readers of text, numbers, yes or no, and choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from emporion.domain.reference.names import key_of

Parse = Callable[[str], Any]

ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
HINTS = 100
SUSPECT = {"=", "#"}
BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u2060\u3000\ufeff]+")
SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+\d+")
AS_TEXT = re.compile(r'="(.*)"')
LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
# Thousands in groups of three after the point, or the other way round when both signs are there.
ENGLISH = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
CONTINENTAL = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+")
YES = {"yes", "y", "true", "1", "x", "是", "有", "对", "√", "✓"}
NO = {"no", "n", "false", "0", "否", "无", "不", "没有", "-"}


@dataclass(frozen=True)
class CellError(Exception):
    """A cell that cannot be read: what is wrong and how to fix it."""

    wrong: str
    fix: str


@dataclass(frozen=True)
class Corrected:
    """A value that was read after a mending everybody would do; the notice tells it."""

    value: Any
    notice: str


def clean(cell: str) -> str:
    """The cell's text on one line, without what cannot be seen. Raises :class:`CellError` for formulas and damage."""
    text = cell.strip()
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
            raise CellError(f"holds a control character (code {ord(sign)})", "Type the cell anew")


def _checked(text: str) -> str:
    if text[:1] == "=":
        if as_text := AS_TEXT.fullmatch(text):
            return as_text[1].strip()
        raise CellError(f"holds the formula {text[:40]}", "Copy the cells and paste them as values, or save in Excel")
    if text in ERRORS:
        raise CellError(f"holds Excel's error {text}", "Fix the formula and paste its value")
    if "\ufffd" in text:
        raise CellError("holds signs lost in an earlier conversion (\ufffd)", "Take the text from its source again")
    return text


def text(longest: int) -> Parse:
    """A text of at most ``longest`` signs."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(f"has {len(cell)} signs", f"Shorten it to at most {longest}")
        return cell

    return read


def identifier(longest: int) -> Parse:
    """A number that is a name (registration, contract, register, phone): its digits must not have been lost."""
    fits = text(longest)

    def read(cell: str) -> str:
        plain = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
        if "+" in plain and SHORTENED.fullmatch(plain):
            raise CellError(f"was shortened to {plain}", "Format the column as text and type the whole number again")
        return plain if len(plain) <= longest else str(fits(plain))

    return read


def plain_number(cell: str) -> Decimal:
    """The number in a cell: thousands separators, full-width digits, 万 and 亿 are understood, nothing is guessed."""
    plain = unicodedata.normalize("NFKC", cell).replace(" ", "").replace("'", "").replace("’", "")
    factor = LARGE.get(plain[-1:], 1)
    digits = plain[:-1] if factor > 1 else plain
    if ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", "")) * factor
    if CONTINENTAL.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", ".")) * factor
    if re.fullmatch(r"[+-]?\d+,\d+", digits):
        raise CellError(f"reads {cell}, where the comma may be a decimal sign", f"Write {digits.replace(',', '.')}")
    if SHORTENED.fullmatch(digits):
        return Decimal(digits)
    raise CellError(f"reads {cell}, which is no number", "Write digits only, as 1250000 or 1,250,000")


def whole(least: int = 0, most: int = 2_147_483_647, units: Sequence[str] = ()) -> Parse:
    """A whole number between two bounds; a unit behind it (``36 m2``) is understood."""

    def read(cell: str) -> int:
        value = plain_number(_without_unit(cell, units))
        if value != value.to_integral_value():
            raise CellError(f"reads {cell}", "Write a whole number")
        return int(_bounded(value, least, most))

    return read


def amount(places: int = 2, digits: int = 18) -> Parse:
    """An amount of money above zero; its currency has a column of its own."""
    most = Decimal(10) ** (digits - places) - Decimal(1).scaleb(-places)

    def read(cell: str) -> Decimal:
        value = plain_number(cell)
        if value != round(value, places):
            raise CellError(f"reads {cell}", f"Write at most {places} decimals")
        if value <= 0:
            raise CellError(f"reads {cell}", "Write an amount above zero")
        return round(_bounded(value, Decimal(0), most), places)

    return read


def _without_unit(cell: str, units: Sequence[str]) -> str:
    plain = unicodedata.normalize("NFKC", cell).strip()
    for unit in units:
        if plain.lower().endswith(unit):
            return plain[: -len(unit)].strip()
    return plain


def _bounded(value: Decimal, least: Any, most: Any) -> Decimal:
    if not least <= value <= most:
        raise CellError(f"reads {value}", f"Write a number from {least} to {most}")
    return value


def yes_no(cell: str) -> bool:
    """Yes or no, in either language."""
    plain = unicodedata.normalize("NFKC", cell).casefold()
    if plain in YES or plain in NO:
        return plain in YES
    raise CellError(f"reads {cell}", "Write yes or no (是 or 否)")


def choice(meanings: Mapping[str, Sequence[str]]) -> Parse:
    """One of a few words; ``meanings`` gives each value its words in both languages, the first ones for the reader."""
    values = {key_of(word): value for value, words in meanings.items() for word in (value, *words) if word}
    shown = ", ".join(words[0] if words else value for value, words in meanings.items())

    def read(cell: str) -> str:
        if (value := values.get(key_of(cell))) is not None:
            return value
        raise CellError(f"reads {cell}", f"Write one of: {shown}")

    return read


def email(cell: str) -> str:
    """An e-mail address in its usual shape."""
    plain = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    name, _, domain = plain.rpartition("@")
    if not name or "." not in domain or " " in plain or "@" in name or len(plain) > 254:
        raise CellError(f"reads {cell}", "Write one e-mail address, as name@example.org")
    return plain


def website(cell: str) -> str:
    """An address on the web; ``https://`` is added when it has no scheme."""
    plain = cell if re.match(r"https?://", cell, re.IGNORECASE) else f"https://{cell}"
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", plain, re.IGNORECASE) or len(plain) > 200:
        raise CellError(f"reads {cell}", "Write an address as https://example.org")
    return plain


def several(read: Parse) -> Parse:
    """Several values in one cell, separated by semicolons (also ；and 、)."""

    def read_all(cell: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in re.split("[;；、|\n]", cell)]
        return tuple(dict.fromkeys(_value(read(part)) for part in parts if part))

    return read_all


def _value(read: Any) -> Any:
    return read.value if isinstance(read, Corrected) else read


def hints(known: Sequence[str]) -> Callable[[str], str]:
    """Gives a hint for the first unknown words only: looking for likeness in a long list of them takes minutes."""
    left = iter(range(HINTS))
    return lambda word: like(word, known) if next(left, None) is not None else ""


def like(word: str, known: Sequence[str]) -> str:
    """A hint at the nearest known word, or nothing."""
    near = get_close_matches(word.casefold(), [one.casefold() for one in known], 1, 0.75)
    match = next((one for one in known if near and one.casefold() == near[0]), "")
    return f"; did you mean {match}?" if match else ""

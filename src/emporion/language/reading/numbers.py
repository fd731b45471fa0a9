"""Numbers as people write them: 1,234.56, 1.234,56, 1'234.50, 12,50, 12,50,000, 1 250 000, 120万.

One sign with three digits behind it is twofold: 1.234 is a thousand to some and one and a bit to others. The point is
refused where the column does not decide. The comma is taken as English and Chinese write it, between thousands, unless
other cells of its column have it before decimals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from emporion.language.reading.errors import (
    InputError,
    NumberIsTwofold,
    ReadsNoNumber,
    TwofoldNumber,
    WriteDigitsOnly,
    WriteWithoutThousands,
)

POINT, COMMA = ".", ","
LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
# A sign and what stands for "no cents" behind a sum: 1250000,- and 1,250,000.–
NO_CENTS = re.compile(r"[.,][-–—]{1,2}$")
BLANK_GROUPS = re.compile(r"[+-]?\d{1,3}([ '’])\d{3}(\1\d{3})*([.,]\d+)?")
TWOFOLD = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
# By the sign before decimals: numbers that cannot be written the other way.
CERTAIN = {
    POINT: re.compile(
        r"[+-]?(\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3}(,\d{3})+\.\d+|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?|\d+\.\d+)"
    ),
    COMMA: re.compile(r"[+-]?(\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d+|\d+,\d+)"),
}
WHOLE = re.compile(r"[+-]?\d+")
SHORTENED = re.compile(r"[+-]?\d(\.\d+)?[eE][+-]?\d+")


def number(cell: str, ways: frozenset[str] | None = None) -> Decimal:
    """The number that is written, above or below zero; ``ways`` are the signs before decimals in its column.

    Raises: TwofoldNumber, InputError.
    """
    plain, factor = _plain(cell)
    if WHOLE.fullmatch(plain) or SHORTENED.fullmatch(plain):
        return Decimal(plain) * factor
    if TWOFOLD.fullmatch(plain):
        return _decided(cell, plain, ways) * factor
    way = _way(plain)
    if way is None:
        raise InputError(ReadsNoNumber(cell), WriteDigitsOnly())
    return _value(plain, way) * factor


def ways_of(cells: Iterable[str]) -> frozenset[str]:
    """Which signs certainly stand before decimals in these cells."""
    found = frozenset[str]()
    for cell in cells:
        plain, _ = _plain(cell)
        if (way := _way(plain)) and not TWOFOLD.fullmatch(plain):
            found |= {way}
            if len(found) == len(CERTAIN):
                break
    return found


def with_sign(value: float) -> str:
    """A number of a workbook as text that is read as the same number: it has no twofold form."""
    text = f"{value:.15g}"
    return f"{text}0" if TWOFOLD.fullmatch(text) else text


def _plain(cell: str) -> tuple[str, int]:
    """The digits with their signs, without blanks and apostrophes between thousands, and the factor of 万 or 亿."""
    text = NO_CENTS.sub("", unicodedata.normalize("NFKC", cell).strip())
    factor = LARGE.get(text[-1:], 1)
    text = text[:-1].rstrip() if factor > 1 else text
    if BLANK_GROUPS.fullmatch(text):
        whole, sign, rest = re.fullmatch(r"([^.,]+)([.,]?)(.*)", text).groups()  # type: ignore[union-attr]
        digits = re.sub("[ '’]", "", whole)
        # Blanks stand between the thousands already: what follows is decimals.
        text = f"{digits}{sign}{rest}" + ("0" if sign and len(digits) < 4 else "")
    return text, factor


def _way(plain: str) -> str | None:
    return next((way for way, written in CERTAIN.items() if written.fullmatch(plain)), None)


def _value(plain: str, way: str) -> Decimal:
    between = COMMA if way == POINT else POINT
    return Decimal(plain.replace(between, "").replace(way, "."))


def _decided(cell: str, plain: str, ways: frozenset[str] | None) -> Decimal:
    sign = COMMA if COMMA in plain else POINT
    if ways is not None:
        if len(ways) == 1:
            return _value(plain, *ways)
        if not ways and sign == COMMA:
            return _value(plain, POINT)
    thousands, decimals = sorted((_value(plain, COMMA), _value(plain, POINT)), key=abs, reverse=True)
    one, other = str(thousands), with_sign(float(decimals))
    raise TwofoldNumber(NumberIsTwofold(cell, one, other), WriteWithoutThousands(one, other), one, other)


def alone(cell: str) -> Decimal:
    """A number that has no column: in a form or a command. Raises: InputError."""
    return number(cell, frozenset())


def with_unit(cell: str, units: Iterable[str]) -> str:
    """The number of a cell that may have a unit behind it (``36 m2``)."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    return next((plain[: -len(unit)].strip() for unit in _ending(plain, units)), plain)


def _ending(plain: str, units: Iterable[str]) -> Iterator[str]:
    return (unit for unit in units if plain.lower().endswith(unit))

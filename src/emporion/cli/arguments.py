"""Days and amounts as they are written on the command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from emporion.domain.marketaccess.rules.refusals import NotADay, NotAnAmount, TwofoldAmount
from emporion.language.reading import days, numbers
from emporion.language.reading.errors import InputError, TwofoldNumber

LARGEST = Decimal("1e15")


def day(text: str | None) -> date:
    """The day of import: as written, else today. Raises ``NotADay``."""
    if not text:
        return date.today()
    try:
        return days.day(text)  # type: ignore[no-any-return]
    except InputError as error:
        raise NotADay(day=text) from error


def required_amount(text: str | None) -> Decimal:
    """An amount above zero. Raises ``NotAnAmount``, also where none is given."""
    value = amount(text)
    if value is None:
        raise NotAnAmount(amount=text or "")
    return value


def amount(text: str | None, ways: frozenset[str] = frozenset()) -> Decimal | None:
    """An amount above zero, ``None`` where none is given; ``ways`` are the signs before decimals in its column.

    Raises ``NotAnAmount``, ``TwofoldAmount``.
    """
    if not text:
        return None
    try:
        value = numbers.number(text, ways)
    except TwofoldNumber as error:
        raise TwofoldAmount(amount=text, one=error.one, other=error.other) from error
    except InputError as error:
        raise NotAnAmount(amount=text) from error
    if not 0 < value <= LARGEST:
        raise NotAnAmount(amount=text)
    return value

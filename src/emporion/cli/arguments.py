"""Days and amounts as they are written on the command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from emporion.domain.marketaccess.rules.refusals import NotADay, NotAnAmount

LARGEST = Decimal("1e15")


def day(text: str | None) -> date:
    """The day of import: as written, else today. Raises ``NotADay``."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotADay(day=text) from error


def required_amount(text: str | None) -> Decimal:
    """An amount above zero. Raises ``NotAnAmount``, also where none is given."""
    value = amount(text)
    if value is None:
        raise NotAnAmount(amount=text or "")
    return value


def amount(text: str | None) -> Decimal | None:
    """An amount above zero, ``None`` where none is given. Raises ``NotAnAmount``."""
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise NotAnAmount(amount=text) from error
    if not value.is_finite() or not 0 < value <= LARGEST:
        raise NotAnAmount(amount=text)
    return value

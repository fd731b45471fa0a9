"""Amounts of a currency: how many decimals it has, and how they are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

HUNDRED = Decimal(100)


def places_of(currency: str) -> int:
    """How many decimals amounts of a currency have (CLDR): 2 for most, 0 for the yen, 3 for the Kuwaiti dinar."""
    return get_currency_precision(currency)


def rounded(amount: Decimal, places: int) -> Decimal:
    """The amount with that many decimals; halves go away from zero, as commerce rounds."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def share(amount: Decimal, percent: Decimal, places: int) -> Decimal:
    """So many per cent of an amount, rounded."""
    return rounded(amount * percent / HUNDRED, places)


def plain(number: Decimal) -> Decimal:
    """A number without empty decimals: 10 for 10.00, 7.5 for 7.50."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()

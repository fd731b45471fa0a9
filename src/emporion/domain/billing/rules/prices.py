"""The price list of an edition: what may stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from emporion.domain.billing.rules.instalments import Instalment
from emporion.domain.billing.rules.locations import Location, require_locations
from emporion.domain.billing.rules.money import HUNDRED, places_of, plain, rounded
from emporion.domain.refusal import Refusal

NOTHING = Decimal(0)


class PriceNegative(Refusal):
    """A price is 0 or more; {price} is less."""


class PriceTooFine(Refusal):
    """Amounts in {currency} have {places} decimals; {price} has more."""


class PercentOutOfRange(Refusal):
    """A discount, a surcharge or a tax is between 0 and 100 per cent; {percent} is not."""


class EarlyDayMissing(Refusal):
    """An early-bird discount needs the last day on which it is given."""


class InstalmentsNotWhole(Refusal):
    """The instalments add up to {percent} per cent; together they must be 100."""


@dataclass(frozen=True, kw_only=True)
class Prices:
    """The price list of an edition, without tax.

    ``standard_booth``: for one module; ``raw_m2``: for a square metre of raw space, of which at least ``raw_least_m2``
    are charged; ``upper_deck_m2``: for one of a second floor; ``open_side_percent``: added to the space's price for
    each open side beyond the first; ``locations``: the classes of places, each with what it adds. Discounts are per
    cent of the price of the space with all that. ``early_until``: the last day of the early bird, at the venue, to its
    last minute.
    """

    currency: str
    standard_booth: Decimal = NOTHING
    raw_m2: Decimal = NOTHING
    raw_least_m2: int = 36
    upper_deck_m2: Decimal = NOTHING
    open_side_percent: Decimal = NOTHING
    registration: Decimal = NOTHING
    co_exhibitor: Decimal = NOTHING
    early_percent: Decimal = NOTHING
    early_until: date | None = None
    pavilion_percent: Decimal = NOTHING
    least_developed_percent: Decimal = NOTHING
    tax_percent: Decimal = NOTHING
    locations: tuple[Location, ...] = ()

    @property
    def places(self) -> int:
        """The decimals of its currency."""
        return places_of(self.currency)

    def location(self, code: str) -> Location | None:
        """The class of places with that code; none for a place of no class."""
        return next((one for one in self.locations if one.code == code), None)


AMOUNTS = ("standard_booth", "raw_m2", "upper_deck_m2", "registration", "co_exhibitor")
PERCENTS = ("open_side_percent", "early_percent", "pavilion_percent", "least_developed_percent", "tax_percent")
PRICE_FIELDS = tuple(field.name for field in fields(Prices) if field.name not in ("currency", "locations"))


def require_prices(prices: Prices) -> None:
    """Refuse a price list that cannot be meant.

    Raises: PriceNegative, PriceTooFine, PercentOutOfRange, EarlyDayMissing, and what ``require_locations`` refuses.
    """
    require_locations(prices.locations)
    for amount in (getattr(prices, name) for name in AMOUNTS):
        if amount < 0:
            raise PriceNegative(price=amount)
        if rounded(amount, prices.places) != amount:
            raise PriceTooFine(currency=prices.currency, places=prices.places, price=plain(amount))
    for percent in (getattr(prices, name) for name in PERCENTS):
        if not 0 <= percent <= HUNDRED:
            raise PercentOutOfRange(percent=plain(percent))
    if prices.early_percent and prices.early_until is None:
        raise EarlyDayMissing()


def require_instalments(instalments: Sequence[Instalment]) -> None:
    """Refuse instalments that are not the whole.

    Raises: InstalmentsNotWhole, PercentOutOfRange.
    """
    for one in instalments:
        if not 0 < one.percent <= HUNDRED:
            raise PercentOutOfRange(percent=plain(one.percent))
    whole = sum((one.percent for one in instalments), NOTHING)
    if whole != HUNDRED:
        raise InstalmentsNotWhole(percent=plain(whole))

"""What an exhibitor pays, line by line, each with its reason.

Every line is rounded to the decimals of the currency, halves away from zero; the tax is worked out once, on the sum of
the lines. So the lines add up to the net sum, and net sum and tax to the total, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from emporion.domain.billing.rules.money import HUNDRED, places_of, plain, rounded, share
from emporion.domain.billing.rules.prices import Prices
from emporion.domain.editions.rules import MODULE_M2
from emporion.domain.reason import Country, Name, Reason, restored, stored

STANDARD = "standard"
NOTHING = Decimal(0)
SUMS = ("net", "tax_percent", "tax", "total")


class StandardBooth(Reason):
    """Standard booth, {area_m2} m²"""

    area_m2: int


class RawSpace(Reason):
    """Raw space, {area_m2} m²"""

    area_m2: int


class RawSpaceAtLeast(Reason):
    """Raw space, {area_m2} m², charged from the least area of {least_m2} m²"""

    area_m2: int
    least_m2: int


class FreeBooth(Reason):
    """Free booth of {area_m2} m² for a least developed country, granted on {day}"""

    area_m2: int
    day: date


class OpenSides(Reason):
    """Open sides beyond the first: {sides}, each {percent} % of the space's price"""

    sides: int
    percent: Decimal


class LocationSurcharge(Reason):
    """Place of class {letter}, {location}: {percent} % of the space's price"""

    letter: str
    location: Name
    percent: Decimal


class UpperDeck(Reason):
    """Upper floor, {area_m2} m²"""

    area_m2: int


class EarlyBird(Reason):
    """Early application, by {day}: {percent} % off the space"""

    day: date
    percent: Decimal


class PavilionDiscount(Reason):
    """Country pavilion “{pavilion}”: {percent} % off the space"""

    pavilion: Name
    percent: Decimal


class LeastDevelopedDiscount(Reason):
    """{country} is a least developed country: {percent} % off the space"""

    country: Country
    percent: Decimal


class RegistrationFee(Reason):
    """Registration fee"""


class CoExhibitorFee(Reason):
    """Fee for co-exhibitors"""


class AmountsRounded(Reason):
    """Each line is rounded to {places} decimals, halves away from zero; tax is worked out once, on the net sum."""

    places: int


class FreeBoothUndecided(Reason):
    """A free booth has been asked for. If it is granted, the space costs nothing."""


class DiscountsStop(Reason):
    """Discounts together are limited to the price of the space."""


@dataclass(frozen=True)
class Wanted:
    """What is to be priced. ``day``: of the application, at the venue; ``free``: when a free booth was granted, and
    its area in m²; ``shares_stand``: the least area of raw space is met by several together; ``pavilion``: a country's;
    ``location``: the code of its place's class, or empty; ``upper_deck_m2``: of a second floor.
    """

    stand: str
    area_m2: int
    open_sides: int
    day: date
    co_exhibitors: int = 0
    shares_stand: bool = False
    pavilion: Name | None = None
    least_developed: Country | None = None
    free: tuple[date, int] | None = None
    free_undecided: bool = False
    location: str = ""
    upper_deck_m2: int = 0


@dataclass(frozen=True)
class Line:
    """One line: why, how much of it, at what price, and what that comes to."""

    why: Reason
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it; :func:`line` gives it back."""
        figures = {name: str(getattr(self, name)) for name in ("quantity", "unit_price", "amount")}
        return {"why": stored(self.why), **figures}


def line(kept: dict[str, Any]) -> Line:
    """What :meth:`Line.stored` wrote."""
    figures = (Decimal(kept[name]) for name in ("quantity", "unit_price", "amount"))
    return Line(restored(kept["why"]), *figures)


def times(why: Reason, quantity: int | Decimal, unit_price: Decimal, places: int) -> Line:
    """A line of so many at a price each."""
    count = Decimal(quantity)
    return Line(why, count, rounded(unit_price, places), rounded(count * unit_price, places))


@dataclass(frozen=True)
class Quote:
    """Lines with their sum, the tax on it and the total; ``notes`` say how it came about."""

    lines: tuple[Line, ...]
    currency: str
    net: Decimal
    tax_percent: Decimal
    tax: Decimal
    total: Decimal
    notes: tuple[Reason, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it; :func:`quote_of` gives it back."""
        sums = {name: str(getattr(self, name)) for name in SUMS}
        lines = [one.stored() for one in self.lines]
        return {"lines": lines, "currency": self.currency, **sums, "notes": [stored(one) for one in self.notes]}


def quote_of(kept: Mapping[str, Any]) -> Quote:
    """What :meth:`Quote.stored` wrote."""
    sums = {name: Decimal(kept[name]) for name in SUMS}
    notes = tuple(restored(one) for one in kept["notes"])
    return Quote(tuple(map(line, kept["lines"])), kept["currency"], **sums, notes=notes)


def summed(lines: Iterable[Line], currency: str, tax_percent: Decimal, notes: Iterable[Reason] = ()) -> Quote:
    """The lines with their net sum, the tax and the total."""
    all_lines, places = tuple(lines), places_of(currency)
    net = rounded(sum((one.amount for one in all_lines), NOTHING), places)
    tax = share(net, tax_percent, places)
    return Quote(all_lines, currency, net, plain(tax_percent), tax, net + tax, (*notes, AmountsRounded(places)))


def quote(prices: Prices, wanted: Wanted) -> Quote:
    """What an exhibitor pays for what it wants, by the price list."""
    space = list(_space(prices, wanted))
    sold = sum((one.amount for one in space), NOTHING)
    offered = list(_discounts(prices, wanted)) if sold else []
    discounts = list(_within(sold, offered, prices.places))
    notes: list[Reason] = [FreeBoothUndecided()] if wanted.free_undecided else []
    if sum(percent for _why, percent in offered) > HUNDRED:
        notes.append(DiscountsStop())
    lines = [*space, *discounts, *_fees(prices, wanted)]
    return summed(lines, prices.currency, prices.tax_percent, notes)


def _space(prices: Prices, wanted: Wanted) -> Iterator[Line]:
    if wanted.free:
        day, area_m2 = wanted.free
        yield times(FreeBooth(area_m2, day), 1, NOTHING, prices.places)
        return
    if wanted.stand == STANDARD:
        modules = Decimal(wanted.area_m2) / MODULE_M2
        space = times(StandardBooth(wanted.area_m2), modules, prices.standard_booth, prices.places)
    elif wanted.area_m2 < prices.raw_least_m2 and not wanted.shares_stand:
        why = RawSpaceAtLeast(wanted.area_m2, prices.raw_least_m2)
        space = times(why, prices.raw_least_m2, prices.raw_m2, prices.places)
    else:
        space = times(RawSpace(wanted.area_m2), wanted.area_m2, prices.raw_m2, prices.places)
    yield space
    yield from _surcharges(prices, wanted, space.amount)
    if wanted.upper_deck_m2 and prices.upper_deck_m2:
        yield times(UpperDeck(wanted.upper_deck_m2), wanted.upper_deck_m2, prices.upper_deck_m2, prices.places)


def _surcharges(prices: Prices, wanted: Wanted, space: Decimal) -> Iterator[Line]:
    """What open sides and the class of the place add to the space's price, each rounded by itself."""
    more = wanted.open_sides - 1
    if more > 0 and prices.open_side_percent:
        each = share(space, prices.open_side_percent, prices.places)
        yield times(OpenSides(more, plain(prices.open_side_percent)), more, each, prices.places)
    place = prices.location(wanted.location)
    if place is not None and place.percent:
        why = LocationSurcharge(place.code, place.name, plain(place.percent))
        yield times(why, 1, share(space, place.percent, prices.places), prices.places)


def _discounts(prices: Prices, wanted: Wanted) -> Iterator[tuple[Reason, Decimal]]:
    early = prices.early_until
    if prices.early_percent and early and wanted.day <= early:
        yield EarlyBird(early, plain(prices.early_percent)), prices.early_percent
    if prices.pavilion_percent and wanted.pavilion:
        yield PavilionDiscount(wanted.pavilion, plain(prices.pavilion_percent)), prices.pavilion_percent
    if prices.least_developed_percent and wanted.least_developed:
        percent = prices.least_developed_percent
        yield LeastDevelopedDiscount(wanted.least_developed, plain(percent)), percent


def _within(sold: Decimal, offered: Iterable[tuple[Reason, Decimal]], places: int) -> Iterator[Line]:
    """Each discount on the price of the space, together never more than it."""
    left = sold
    for why, percent in offered:
        off = min(share(sold, percent, places), left)
        left -= off
        yield times(why, 1, -off, places)


def _fees(prices: Prices, wanted: Wanted) -> Iterator[Line]:
    if prices.registration:
        yield times(RegistrationFee(), 1, prices.registration, prices.places)
    if prices.co_exhibitor and wanted.co_exhibitors:
        yield times(CoExhibitorFee(), wanted.co_exhibitors, prices.co_exhibitor, prices.places)

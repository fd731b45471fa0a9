"""Exchange rates: an amount in another currency, by the last reference rate before its day or a value fixed by rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from emporion.domain.reason import Phrase, Reason
from emporion.domain.reference.rules import Span
from emporion.domain.refusal import Refusal

EURO = "EUR"
ECB = Phrase("European Central Bank")
# Weekends and the longest row of bank holidays are shorter. Each edition may set another limit.
USUAL_LIMIT = 10
LONGEST_LIMIT = 366


class RateMissing(Refusal):
    """No reference rate of {currency} is at hand for {day} or the {days} days before it. The organiser loads newer
    rates on the office's page “Reference rates” or with “emporion rates load FILE”."""


class CurrencyWithoutRates(Refusal):
    """No reference rate of {currency} is at hand for any day. Give the amount in another currency, or ask the organiser
    to load rates from a list on the office's page “Reference rates” or with “emporion rates load FILE.csv”."""


class RateOfDay(Reason):
    """1 EUR = {rate} {currency} on {day} ({source})"""

    rate: Decimal
    currency: str
    day: date
    source: str


class RateFixed(Reason):
    """1 {anchor} = {rate} {currency}, fixed ({source})"""

    anchor: str
    rate: Decimal
    currency: str
    source: str


@dataclass(frozen=True)
class Published:
    """How much of a currency one euro bought on a day, and who said so."""

    day: date
    per_euro: Decimal
    source: str


@dataclass(frozen=True)
class Peg:
    """How much of a currency one unit of its anchor is by rule, and from when until when."""

    anchor: str
    rate: Decimal
    span: Span
    source: str


@dataclass(frozen=True)
class Rate:
    """Units of a currency per euro, and the reasons that say where they come from: none for the euro itself."""

    per_euro: Decimal
    basis: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Conversion:
    """An amount in another currency and the rates it rests on, none where the currency is the same."""

    amount: Decimal
    currency: str
    basis: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Rates:
    """The rates at hand of some currencies: what was ``published``, rising by day, and what is fixed by rule.

    ``days``: for how many days after its own a published rate still counts. ``without``: the currencies of which no
    rate was ever published here.
    """

    published: Mapping[str, Sequence[Published]]
    pegs: Mapping[str, Sequence[Peg]]
    days: int = USUAL_LIMIT
    without: Collection[str] = ()

    def on(self, currency: str, day: date) -> Rate:
        """The last rate published on a day or before it within the limit, else the one fixed by rule.

        Raises: RateMissing, CurrencyWithoutRates.
        """
        if currency == EURO:
            return Rate(Decimal(1))
        if last := self._last(currency, day):
            reason = RateOfDay(plain(last.per_euro), currency, last.day, _cited(last.source))
            return Rate(last.per_euro, (reason,))
        for peg in self.pegs.get(currency, ()):
            if peg.span.holds(day):
                anchor = self.on(peg.anchor, day)
                fixed = RateFixed(peg.anchor, plain(peg.rate), currency, peg.source)
                return Rate(peg.rate * anchor.per_euro, (fixed, *anchor.basis))
        if currency in self.without:
            raise CurrencyWithoutRates(currency=currency)
        raise RateMissing(currency=currency, day=day, days=self.days)

    def convert(self, amount: Decimal, source: str, target: str, day: date) -> Conversion:
        """An amount in another currency at the rates of a day, to the cent. Raises as ``on`` does."""
        if source == target:
            return Conversion(amount, target)
        given, wanted = self.on(source, day), self.on(target, day)
        basis = tuple(dict.fromkeys((*given.basis, *wanted.basis)))
        return Conversion(convert(amount, given.per_euro, wanted.per_euro), target, basis)

    def _last(self, currency: str, day: date) -> Published | None:
        usable = (one for one in self.published.get(currency, ()) if is_usable(one.day, day, self.days))
        return max(usable, key=lambda one: one.day, default=None)


def convert(amount: Decimal, from_per_euro: Decimal, to_per_euro: Decimal) -> Decimal:
    """``amount`` in another currency by two rates per euro, to the cent, half a cent up (as SQL rounds).

    Raises ``ValueError`` when a rate is not above zero.
    """
    if from_per_euro <= 0 or to_per_euro <= 0:
        raise ValueError(f"rates per euro are above zero, not {from_per_euro} and {to_per_euro}")
    return (amount * to_per_euro / from_per_euro).quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_usable(published: date, day: date, days: int = USUAL_LIMIT) -> bool:
    """Whether a rate published on one day still converts amounts of another: not later, at most so many days before."""
    return published <= day <= published + timedelta(days=days)


def plain(number: Decimal) -> Decimal:
    """A number without zeros at its end: 1.07, not 1.070000."""
    return number.normalize() + 0


def _cited(source: str) -> str:
    return ECB if source == ECB else source

"""Who belongs to a group on a day, and what an amount is in another currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from emporion.domain.refusal import Refusal

LEAST_DEVELOPED = "ldc"
EURO = "EUR"
# Weekends and the longest row of bank holidays are shorter; a gap beyond means that newer rates must be loaded.
OLDEST_RATE = timedelta(days=10)


class RateMissing(Refusal):
    """No reference rate of {currency} was published on {day} or in the ten days before: load newer rates."""


@dataclass(frozen=True)
class Span:
    """From ``starts`` (None: since ever) to the day before ``ends`` (None: open)."""

    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies within the span; the day on which it ends does not."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)


def is_member(spans: Iterable[Span], day: date) -> bool:
    """Whether any of a country's spans in a group holds ``day``."""
    return any(span.holds(day) for span in spans)


def convert(amount: Decimal, from_per_euro: Decimal, to_per_euro: Decimal) -> Decimal:
    """``amount`` in another currency by two rates per euro, to the cent, half a cent up (as SQL rounds).

    Raises ``ValueError`` when a rate is not above zero.
    """
    if from_per_euro <= 0 or to_per_euro <= 0:
        raise ValueError(f"rates per euro are above zero, not {from_per_euro} and {to_per_euro}")
    return (amount * to_per_euro / from_per_euro).quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_usable(published: date, day: date) -> bool:
    """Whether a rate published on one day still converts amounts of another: not later, and at most ten days before."""
    return published <= day <= published + OLDEST_RATE

"""Classes of places in a hall, as on the main aisle: each adds so much to the price of the space, or takes it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from emporion.domain.billing.rules.money import HUNDRED, plain
from emporion.domain.reason import Name
from emporion.domain.refusal import Refusal

# The codes in which an organiser may name its classes.
LOCATION_CODES = ("A", "B", "C", "D")


class LocationNameMissing(Refusal):
    """Class {location} needs a name; it stands on quotes and invoices."""


class LocationOutOfRange(Refusal):
    """A class of places adds at most 100 per cent or takes off at most 100; {percent} is neither."""


@dataclass(frozen=True)
class Location:
    """A class of places, and the per cent of the space's price that it adds; below zero what it takes off."""

    code: str
    name: Name
    percent: Decimal

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it; :func:`location` gives it back."""
        return {"code": self.code, "en": self.name.en, "zh": self.name.zh, "percent": str(self.percent)}


def location(kept: dict[str, Any]) -> Location:
    """What :meth:`Location.stored` wrote."""
    return Location(kept["code"], Name(kept["en"], kept["zh"]), Decimal(kept["percent"]))


def require_locations(locations: Sequence[Location]) -> None:
    """Refuse classes of places that cannot be meant.

    Raises: LocationNameMissing, LocationOutOfRange.
    """
    for one in locations:
        if not str(one.name).strip():
            raise LocationNameMissing(location=one.code)
        if not -HUNDRED <= one.percent <= HUNDRED:
            raise LocationOutOfRange(percent=plain(one.percent))

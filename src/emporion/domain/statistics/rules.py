"""Which figures may be compared: only those of the same figure, unit and scope."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emporion.domain.reason import Country, Phrase, Reason
from emporion.domain.refusal import Refusal

# How a scope is told in a sentence; parts such as ``area=automobiles`` are told as they are written.
SCOPE_WORDS = {
    "all": Phrase("all exhibitions together"),
    "country": Phrase("the country exhibition"),
    "enterprise": Phrase("the enterprise exhibition"),
    "indoor": Phrase("halls indoors"),
    "outdoor": Phrase("grounds outdoors"),
    "business+country": Phrase("the enterprise and the country exhibition together, in- and outdoors"),
}


class UnlikeFigures(Refusal):
    """“{first}” counts {first_unit} and “{second}” counts {second_unit}: they cannot be compared."""


class UnlikeScopes(Refusal):
    """“{figure}” covers {first} here and {second} there: figures of different scope cannot be compared."""


class ValueUnknown(Refusal):
    """“{figure}” has no value for edition {edition}, so there is nothing to compare with."""


class NoRecordsKept(Reason):
    """No records of this edition are kept here, so the figure is unknown."""


class AddedAsPublished(Reason):
    """No records of this edition are kept here: it is added as published ({source})."""

    source: Phrase


class LeftOutAsDisputed(Reason):
    """Left out: {exhibitors} of {country}; {disputed}."""

    exhibitors: int
    country: Country
    disputed: Reason


# Figures of money were named with a currency once; the edition has it now.
NAMED_BEFORE = {
    "intended_turnover_usd": "intended_turnover",
    "intended_turnover_usd_cumulated": "intended_turnover_cumulated",
    "investment_usd": "investments",
}


class NoSuchFigure(Refusal):
    """The bulletin has no figure “{figure}” for {scope}."""


class NoSuchPage(Refusal):
    """“{after}” is no row of this list. Go back to its start."""


@dataclass(frozen=True)
class Reading:
    """One value of one figure as it is compared: what it counts, of which edition, in which scope."""

    figure: str
    unit: str
    scope: str
    edition: int
    value: Decimal | None


@dataclass(frozen=True)
class Change:
    """What lies between two readings: the difference, and the percentage of the first (None when that is zero)."""

    difference: Decimal
    percent: Decimal | None


def in_words(scope: str) -> tuple[str, ...]:
    """A scope as a refusal's data: its head in words, its part as it is written."""
    head, *parts = scope.split("; ")
    return (SCOPE_WORDS.get(head, head), *parts)


def require_comparable(first: Reading, second: Reading) -> None:
    """Refuse two readings that are not of the same figure, unit and scope.

    Raises ``UnlikeFigures`` (people and visits, exhibitors and stands) or ``UnlikeScopes`` (all exhibitions and the
    enterprise exhibition, halls indoors and in- and outdoors).
    """
    if (first.figure, first.unit) != (second.figure, second.unit):
        raise UnlikeFigures(first=first.figure, first_unit=first.unit, second=second.figure, second_unit=second.unit)
    if first.scope != second.scope:
        raise UnlikeScopes(figure=first.figure, first=in_words(first.scope), second=in_words(second.scope))


def compare(first: Reading, second: Reading) -> Change:
    """The change from the first reading to the second.

    Raises as ``require_comparable`` does, and ``ValueUnknown`` when either has no value.
    """
    require_comparable(first, second)
    for reading in (first, second):
        if reading.value is None:
            raise ValueUnknown(figure=reading.figure, edition=reading.edition)
    before, after = Decimal(first.value or 0), Decimal(second.value or 0)
    percent = (100 * (after - before) / before).quantize(Decimal("0.1")) if before else None
    return Change(after - before, percent)

"""What the rows of lists of deals and investments can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Country, Reason


class DealNumberMissing(Reason):
    """The number is missing."""


class NumberOfEachRow(Reason):
    """Give each row a number of its own."""


class RowHasNumber(Reason):
    """Row {first} has the number {number} already."""

    first: int
    number: str


class DealTextTooLong(Reason):
    """The text is longer than {longest} characters."""

    longest: int


class ShortenText(Reason):
    """Shorten it."""


class NoKnownCurrency(Reason):
    """“{currency}” is not a known currency."""

    currency: str


class UseThreeLetters(Reason):
    """Use its three letters, as in USD."""


class SeveralCalled(Reason):
    """Several are called “{wanted}”."""

    wanted: str


class GiveNumberOrCountry(Reason):
    """Give the registered number, or the country as well."""


class NotAmongThem(Reason):
    """“{wanted}” was not found."""

    wanted: str


class NotAmongThoseIn(Reason):
    """“{wanted}” was not found in {country}."""

    wanted: str
    country: Country


class GiveNumberOrName(Reason):
    """Give the number or the name under which it takes part."""


class NoKnownCountry(Reason):
    """“{country}” is not a known country."""

    country: str


class UseTwoLetters(Reason):
    """Use its two letters, as in BJ."""


class GiveAmountAboveZero(Reason):
    """Give the amount as a number above zero."""


class CorrectDayOrEdition(Reason):
    """Correct the day, or record the deal in its own edition."""


class LoadRates(Reason):
    """Load the rates, or give the amount in another currency."""


class NameOtherSide(Reason):
    """Name the other side."""


class ApproveUnitFirst(Reason):
    """Approve the unit first, or name another buyer."""


class CorrectYearsAndAmount(Reason):
    """Correct the years and the amount."""


class GiveNewDealNumber(Reason):
    """Give the new deal a number of its own."""

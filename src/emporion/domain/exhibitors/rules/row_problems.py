"""What the rows of lists of exhibitors can have wrong, and how to fix it."""

from __future__ import annotations

from decimal import Decimal

from emporion.domain.reason import Phrase, Reason

# Columns as sentences name them.
COLUMNS = {
    "country": Phrase("country"),
    "international": Phrase("international"),
    "area": Phrase("area"),
    "sector": Phrase("sector"),
}


class OutsideThePavilion(Reason):
    """“{name}” is registered already, and not in this pavilion."""

    name: str


class AskOrganiserToMove(Reason):
    """Ask the organiser to take it into the pavilion, or invite it to apply itself."""


class AreaBelowNone(Reason):
    """{area_m2} m² is negative."""

    area_m2: Decimal | int


class GiveNetArea(Reason):
    """Give the stand's net area, or leave it empty."""


class GiveRegisteredName(Reason):
    """Give the organisation's registered name."""


class GiveNumberAlone(Reason):
    """Give the number alone, or none."""


class NeitherCountryNorInternational(Reason):
    """Neither a country nor an international organisation is given."""


class GiveCountryLetters(Reason):
    """Give the country's two letters."""


class CodeTooLong(Reason):
    """The code is longer than {longest} characters."""

    longest: int


class UseShorterCode(Reason):
    """Use a shorter code in all its rows."""


class NoEarlierEdition(Reason):
    """There is no edition {number} before this one."""

    number: int


class GiveEarlierEditions(Reason):
    """Give the numbers of earlier editions, with commas between."""


class NoEmailAddress(Reason):
    """“{address}” is not an e-mail address."""

    address: str


class GiveOneAddress(Reason):
    """Give one address, as in name@firm.example."""


class NoWebAddress(Reason):
    """“{address}” is not a web address."""

    address: str


class GiveWholeAddress(Reason):
    """Give the full address, beginning with https://."""


class CodeMissing(Reason):
    """The {column} is missing."""

    column: Phrase


class CodeNotKnown(Reason):
    """“{value}” is not known as {column}."""

    value: str
    column: Phrase


class OrganisationOfRow(Reason):
    """“{name}” is the organisation of row {first} already."""

    name: str
    first: int


class GiveMainExhibitor(Reason):
    """Give the name or registered number of a main exhibitor of this edition."""


class AskSpaceAsLet(Reason):
    """Ask a multiple of {module_m2} m² for a standard booth, {raw_from_m2} m² or more of raw space,
    nothing for a co-exhibitor."""

    module_m2: int
    raw_from_m2: int


class TakeFreeBoothOut(Reason):
    """Remove the request for a free booth, or correct the country or the stand."""


class LeaveRowAsItWas(Reason):
    """Leave the row as it was, or let the organiser's office change the contract."""


class CopyNumberFromLicence(Reason):
    """Copy the number from the organisation's licence, or leave it empty."""

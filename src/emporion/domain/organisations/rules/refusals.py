"""What organisations are refused."""

from __future__ import annotations

from collections.abc import Iterable

from emporion.domain.refusal import Refusal

LONGEST_NAME = 200
LONGEST_NUMBER = 40


class UnknownCountries(Refusal):
    """No country or region has the code {codes}; use the two letters of ISO 3166, as in BJ for Benin."""


class OrganisationWithoutName(Refusal):
    """An organisation needs a name: give it as it is registered."""


class NameTooLong(Refusal):
    """The name “{name}…” is longer than {longest} characters; give it as it is registered, without additions."""


class NumberTooLong(Refusal):
    """The registered number “{number}” is longer than {longest} characters; give the number alone."""


class OrganisationKnown(Refusal):
    """“{organisation}” is already registered. Ask somebody who acts for it to invite you, or claim it here."""


class NameOfAnother(Refusal):
    """Another organisation of that country is called “{name}”. If they are one, decide so among the likely doubles."""


class AlreadyDecided(Refusal):
    """Whether “{first}” and “{second}” are one organisation has been decided already."""


class BothTakePart(Refusal):
    """“{kept}” and “{absorbed}” both have {what} of their own in one edition; withdraw one of them first."""


def require_countries(codes: Iterable[str], known: frozenset[str]) -> None:
    """Refuse codes of countries that are not known; an empty code stands for no country.

    Raises: UnknownCountries.
    """
    if unknown := sorted({code for code in codes if code} - known):
        raise UnknownCountries(codes=", ".join(unknown))


def require_named(name: str) -> None:
    """Refuse a name that is empty or does not fit.

    Raises: OrganisationWithoutName, NameTooLong.
    """
    if not name.strip():
        raise OrganisationWithoutName()
    if len(name) > LONGEST_NAME:
        raise NameTooLong(name=name[:40], longest=LONGEST_NAME)


def require_number(number: str) -> None:
    """Refuse a registered number that does not fit.

    Raises: NumberTooLong.
    """
    if len(number) > LONGEST_NUMBER:
        raise NumberTooLong(number=number, longest=LONGEST_NUMBER)

"""What loading and asking refuse, and the sentences that say so."""

from __future__ import annotations

from emporion.domain.refusal import Refusal


class NotATariffCode(Refusal):
    """“{code}” is not a tariff code: write 2, 4, 6 or 8 to 13 digits, with or without dots, as in 8419.50.00."""


class DigitsUneven(Refusal):
    """“{code}” has an odd number of digits: where a leading zero was lost write 0{code}, else 2, 4, 6 or 8 digits."""


class NotACountry(Refusal):
    """“{country}” is not a country or area of ISO 3166: write its two letters, as in JP, or its name."""


class NotOneCountry(Refusal):
    """“{country}” is more than one country: write {which}."""


class NothingGiven(Refusal):
    """The {what} is missing: fill it in."""


class NotADay(Refusal):
    """“{day}” is not a date: write it as 2026-11-05."""


class NotAnAmount(Refusal):
    """“{amount}” is not an amount: write a number above zero and up to 10^15, as in 12500.00."""


class TwofoldAmount(Refusal):
    """“{amount}” may be {one} or {other}: write one of them, without a thousands separator."""


class NoSchedule(Refusal):
    """No tariff of {country} is available (available: {known}). Load it with emporion tariff load FILE."""


class ScheduleEmpty(Refusal):
    """The file contains no tariff line: give the whole schedule with its header."""


class ScheduleDamaged(Refusal):
    """Row {row}: {wrong}. Fix: {fix}. Nothing was loaded."""


class ScheduleShapeUnknown(Refusal):
    """{file} is in none of the known formats ({shapes}): see docs/marketaccess.md for the plain form."""


class ImporterNotNamed(Refusal):
    """The plain form does not say whose tariff it is: add --importer with the country's two letters."""


class ImporterOtherwise(Refusal):
    """{file} is the tariff of {found}, not of {named}: leave --importer out or name {found}."""


class VersionOlder(Refusal):
    """The tariff of {importer} as of {newest} is loaded already: load a later day, or --replace or unload that one."""


class VersionNotLoaded(Refusal):
    """No tariff of {importer} as of {as_of} is loaded (loaded: {loaded})."""


class ScheduleEndsEarly(Refusal):
    """A schedule of {as_of} cannot end on {until}: give the first day after its last, which is later."""


class AgreementsDamaged(Refusal):
    """Row {row} of the agreements: {wrong}. Fix: {fix}. Nothing was loaded."""

"""What space an application may ask, and who may ask a free booth."""

from __future__ import annotations

from collections.abc import Collection

from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.refusal import Refusal

OPEN_SIDES = range(1, 5)


class StandardBoothModules(Refusal):
    """Standard booths come in modules of {module_m2} m²; {area_m2} m² is not a multiple of {module_m2}."""


class RawSpaceTooSmall(Refusal):
    """Raw space starts at {least_m2} m²; {area_m2} m² is too little."""


class UnknownStand(Refusal):
    """A stand is “standard” or “raw”, not “{stand}”."""


class OpenSidesOutOfRange(Refusal):
    """A stand has 1 to 4 open sides, not {open_sides}."""


class CoExhibitorAsksSpace(Refusal):
    """A co-exhibitor shares its main exhibitor's stand and cannot apply for space of its own."""


class FreeBoothNotForCountry(Refusal):
    """Free booths are for applicants from countries that are least developed countries on the day of application."""


class FreeBoothTooLarge(Refusal):
    """A free booth is a standard booth of up to {area_m2} m²."""


def require_space(*, stand: str, area_m2: int, open_sides: int, is_co_exhibitor: bool, joint_m2: int = 0) -> None:
    """Refuse space that is not let. ``joint_m2``: the area that all who share the joint stand ask; 0 when alone.

    Raises: CoExhibitorAsksSpace, UnknownStand, OpenSidesOutOfRange, StandardBoothModules, RawSpaceTooSmall.
    """
    if is_co_exhibitor:
        if area_m2 > 0:
            raise CoExhibitorAsksSpace()
        return
    if open_sides not in OPEN_SIDES:
        raise OpenSidesOutOfRange(open_sides=open_sides)
    if stand == "standard":
        if area_m2 < MODULE_M2 or area_m2 % MODULE_M2:
            raise StandardBoothModules(area_m2=area_m2, module_m2=MODULE_M2)
    elif stand != "raw":
        raise UnknownStand(stand=stand)
    elif area_m2 <= 0 or max(area_m2, joint_m2) < RAW_SPACE_FROM_M2:
        raise RawSpaceTooSmall(area_m2=max(area_m2, joint_m2), least_m2=RAW_SPACE_FROM_M2)


def is_for_free_booths(country: str, least_developed: Collection[str]) -> bool:
    """Whether exhibitors of a country (its ISO code, or empty) are those whom free booths are for."""
    return country in least_developed


def require_free_booth(
    *,
    country: str,
    least_developed: Collection[str],
    stand: str,
    area_m2: int,
    free_booth_m2: int,
    is_co_exhibitor: bool,
) -> None:
    """Refuse a free booth to those it is not for. ``least_developed``: the countries on the day of application, with
    those of which it is disputed: they may ask, and the grant waits.

    Raises: FreeBoothNotForCountry, CoExhibitorAsksSpace, FreeBoothTooLarge.
    """
    if is_co_exhibitor:
        raise CoExhibitorAsksSpace()
    if not is_for_free_booths(country, least_developed):
        raise FreeBoothNotForCountry()
    if stand != "standard" or area_m2 > free_booth_m2:
        raise FreeBoothTooLarge(area_m2=free_booth_m2)

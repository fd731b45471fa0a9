"""Who gets a free booth, how large a stand is, and how stands are numbered."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from emporion.domain.editions.rules import MODULE_M2, RAW_SPACE_FROM_M2
from emporion.domain.exhibitors.rules.space import is_for_free_booths
from emporion.domain.reason import Name, Reason
from emporion.domain.reference.rules import GraduationDisputed
from emporion.domain.refusal import Refusal

NOTHING_DISPUTED: Mapping[str, GraduationDisputed] = {}

# Letters of rows; I and O are read as digits.
ROW_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
ROW_DEPTH_M = 9
LONGEST_STAND_NUMBER = 20
_STAND = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class FreeBoothNotAsked(Refusal):
    """{exhibitor} has not applied for a free booth; it can do so in its application."""


class NotLeastDeveloped(Refusal):
    """Free booths are for least developed countries; on {day} {country} is not one of them."""


class LeastDevelopedDisputed(Refusal):
    """A free booth waits for a decision: {disputed}."""


class CoExhibitorHasNoBooth(Refusal):
    """{exhibitor} is a co-exhibitor on its main exhibitor's stand, so it gets no free booth of its own."""


class FreeBoothAlreadyGranted(Refusal):
    """{exhibitor} already has a free booth; each exhibitor gets one."""


class FreeBoothQuotaUsed(Refusal):
    """All {quota} free booths of the edition have been granted, in the order in which applications came in."""


class StandNumberNotFit(Refusal):
    """A stand's number begins with its hall, as {hall}-A012, and has at most 20 letters, digits and hyphens."""


class StandNumberTaken(Refusal):
    """Another stand of this edition has the number {number}."""


class StandOfOtherEdition(Refusal):
    """The exhibitor and the stand are of different editions."""


class HasStandAlready(Refusal):
    """{exhibitor} shows on stand {stand} already. Take it off that stand first."""


class StandTooSmall(Refusal):
    """Stand {stand} has {free} m² left; give a smaller share, or 0 for a guest."""


class NoHallForArea(Reason):
    """No hall is meant for the exhibition area {area}."""

    area: Name


class NeedsNotMet(Reason):
    """No hall of {area} offers the utilities, or bears the floor load, that the stand needs."""

    area: Name


class TooLarge(Reason):
    """No hall can hold a stand of {area_m2} m² with {open_sides} of its sides open, in any allowed shape."""

    area_m2: int
    open_sides: int


class HallsFull(Reason):
    """The halls of {area} are full: no {area_m2} m² with {open_sides} of its sides open was left."""

    area: Name
    area_m2: int
    open_sides: int


class PavilionFull(Reason):
    """The hall of the pavilion {pavilion} is full, and a pavilion stands together in one hall."""

    pavilion: Name


class KeptApart(Reason):
    """Every place left was too near to a stand from which this one must be kept apart."""


def why_no_place(code: str, area: Name, pavilion: Name, area_m2: int, open_sides: int) -> Reason:
    """Why a stand has no place, from the code that the allocation kernel gives and what was asked for."""
    reasons: Mapping[str, Reason] = {
        "no_zone": NoHallForArea(area),
        "needs": NeedsNotMet(area),
        "too_large": TooLarge(area_m2, open_sides),
        "hall_full": HallsFull(area, area_m2, open_sides),
        "pavilion": PavilionFull(pavilion),
        "kept_apart": KeptApart(),
    }
    return reasons[code]


@dataclass(frozen=True)
class Claim:
    """An exhibitor as the rule of free booths sees it.

    ``number`` is its contract's, ``country`` the ISO code of its origin or empty.
    """

    exhibitor: int
    number: str
    name: str
    country: str
    requested: bool
    submitted: datetime
    is_co_exhibitor: bool = False
    has_free_booth: bool = False


@dataclass(frozen=True)
class Share:
    """What one exhibitor brings to its stand: area asked, kind, open sides, its place in the fair.

    ``number`` is its contract's, ``joint`` the code of a joint stand or empty; ``free_m2`` is the area of a free booth
    granted, 0 for none.
    """

    exhibitor: int
    number: str
    area_m2: int
    raw: bool
    open_sides: int
    zone: str
    pavilion: str
    joint: str
    free_m2: int = 0


@dataclass(frozen=True)
class WantedStand:
    """One stand to be placed, for one exhibitor or for all that share it; ``shares`` are m² by exhibitor."""

    key: str
    area_m2: int
    raw: bool
    open_sides: int
    zone: str
    pavilion: str
    free: bool
    shares: Mapping[int, int]


def require_free_booth(
    claim: Claim,
    *,
    least_developed: set[str],
    day: date,
    quota: int,
    granted: int,
    disputed: Mapping[str, GraduationDisputed] = NOTHING_DISPUTED,
) -> None:
    """Raise the reason for which ``claim`` gets no free booth on ``day``, if there is one.

    ``least_developed`` are the ISO codes of the least developed countries on that day, ``granted`` the free booths
    granted so far, ``disputed`` what is disputed of countries by code. Raises FreeBoothAlreadyGranted,
    CoExhibitorHasNoBooth, FreeBoothNotAsked, LeastDevelopedDisputed, NotLeastDeveloped or FreeBoothQuotaUsed.
    """
    if claim.has_free_booth:
        raise FreeBoothAlreadyGranted(exhibitor=claim.name)
    if claim.is_co_exhibitor:
        raise CoExhibitorHasNoBooth(exhibitor=claim.name)
    if not claim.requested:
        raise FreeBoothNotAsked(exhibitor=claim.name)
    if claim.country in disputed:
        raise LeastDevelopedDisputed(disputed=disputed[claim.country])
    if not is_for_free_booths(claim.country, least_developed):
        raise NotLeastDeveloped(country=claim.country or "an international organisation", day=day)
    if granted >= quota:
        raise FreeBoothQuotaUsed(quota=quota)


def require_stand_number(number: str, hall: str) -> None:
    """Raises: StandNumberNotFit."""
    rest = number.removeprefix(f"{hall}-")
    if rest == number or len(number) > LONGEST_STAND_NUMBER or not _STAND.fullmatch(rest):
        raise StandNumberNotFit(hall=hall)


def require_same_edition(*, stand: int, exhibitor: int) -> None:
    """Raises: StandOfOtherEdition."""
    if stand != exhibitor:
        raise StandOfOtherEdition()


def require_no_stand(exhibitor: str, stand: str) -> None:
    """``stand``: the number of the stand on which the exhibitor shows, empty if none. Raises: HasStandAlready."""
    if stand:
        raise HasStandAlready(exhibitor=exhibitor, stand=stand)


def require_free_area(stand: str, *, free: int, wanted: int) -> None:
    """Both in m². Raises: StandTooSmall."""
    if wanted > free:
        raise StandTooSmall(stand=stand, free=max(free, 0))


def in_turn(claims: Iterable[Claim], edition: int) -> list[Claim]:
    """The order in which free booths are granted: by the time of application, equal times by lot.

    The lot is drawn from the edition and the contract's number by SHA-256, so that no name and no number is favoured,
    and anybody can draw it again.
    """
    return sorted(claims, key=lambda claim: (claim.submitted, lot(edition, claim.number)))


def lot(edition: int, number: str) -> str:
    """The lot of the exhibitor whose contract has this number."""
    return hashlib.sha256(f"{edition}:{number}".encode()).hexdigest()


def stand_area(requested_m2: int, *, raw: bool) -> int:
    """The net area of a stand for what is asked: whole modules, raw space from its least area on."""
    least = RAW_SPACE_FROM_M2 if raw else MODULE_M2
    return max(least, -(-requested_m2 // MODULE_M2) * MODULE_M2)


def wanted_stands(shares: Iterable[Share]) -> list[WantedStand]:
    """One stand for every exhibitor and one for all that share a joint stand, whose area is the sum of the shares.

    A joint stand is raw space when one of them wants it, has the most open sides that one of them wants, stands where
    most of its area belongs, and is free when all of it is.
    """
    together: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        together[stand_key(share.number, share.joint)].append(share)
    return [_stand(key, group) for key, group in together.items()]


def stand_key(number: str, joint: str) -> str:
    """Names the stand of the exhibitor whose contract has this number, or the joint stand that it shares.

    Plans of halls follow the order of these keys, so they are made of what the fair gave out and never of a record's
    place in the database: a plan made again after a broken run is the same plan.
    """
    return f"joint {joint}" if joint else f"exhibitor {number}"


def stand_numbers(hall: str, corners: Sequence[tuple[float, float]], taken: set[str]) -> list[str]:
    """Numbers such as ``4.1-A012`` for stands with north-west ``corners`` (x, y) in metres, in the order given.

    The letter is the strip of 9 m counted from the north, the figure counts from the west within it. A number in
    ``taken`` is passed over.
    """
    numbers = [""] * len(corners)
    used: dict[str, int] = defaultdict(int)
    for place in sorted(range(len(corners)), key=lambda i: (int(corners[i][1] // ROW_DEPTH_M), *corners[i])):
        row = row_letters(int(corners[place][1] // ROW_DEPTH_M))
        while not numbers[place] or numbers[place] in taken:
            used[row] += 1
            numbers[place] = f"{hall}-{row}{used[row]:03}"
    return numbers


def row_letters(row: int) -> str:
    """``A`` for row 0, ``Z`` for row 23, then ``AA``."""
    letters = ROW_LETTERS[row % len(ROW_LETTERS)]
    return letters if row < len(ROW_LETTERS) else row_letters(row // len(ROW_LETTERS) - 1) + letters


def exit_wall(x: int, y: int, width: int, depth: int) -> tuple[str, int]:
    """The wall and the module along it of a door at module ``(x, y)`` of a hall; a corner counts to north or south.

    Raises ValueError when the module lies at no wall.
    """
    for wall, touches, along in (
        ("north", y == 0, x),
        ("south", y == depth - 1, x),
        ("west", x == 0, y),
        ("east", x == width - 1, y),
    ):
        if touches:
            return wall, along
    raise ValueError(f"exit [{x}, {y}] lies at no wall of a hall of {width} by {depth} modules")


def _stand(key: str, group: list[Share]) -> WantedStand:
    raw = any(share.raw for share in group)
    shares = {share.exhibitor: share.free_m2 or share.area_m2 for share in group}
    zones: dict[tuple[str, str], int] = defaultdict(int)
    for share in group:
        zones[share.zone, share.pavilion] += shares[share.exhibitor]
    zone, pavilion = max(sorted(zones), key=lambda place: zones[place])
    return WantedStand(
        key=key,
        area_m2=stand_area(sum(shares.values()), raw=raw),
        raw=raw,
        open_sides=max(min(max(share.open_sides, 1), 4) for share in group),
        zone=zone,
        pavilion=pavilion,
        free=all(share.free_m2 for share in group),
        shares=shares,
    )

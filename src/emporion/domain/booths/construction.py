"""Rules of construction of an edition: how high and how closed stands may be, and which lanes stay free for the fire
brigade. What a design declares and where its stand lies are held against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from emporion.domain.editions.rules import MODULE_M
from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal

# Two edges that lie no farther apart than this, in metres, touch.
_TOUCHING_M = 0.3
# Between which heights of stands, and widths of main aisles and fire lanes, in metres.
HEIGHTS_M = (2, 30)
WIDTHS_M = (3, 20)
Box = tuple[float, float, float, float]


class TooHigh(Reason):
    """The stand is {height_m} m high, with all that hangs above it; at most {most_m} m are allowed."""

    height_m: Decimal
    most_m: Decimal


class HigherThanHall(Reason):
    """The stand is {height_m} m high; hall {hall} is {ceiling_m} m high inside."""

    height_m: Decimal
    hall: str
    ceiling_m: Decimal


class TooManyDecks(Reason):
    """The stand has {decks} decks; at most {most} are allowed."""

    decks: int
    most: int


class SingleDeckOnMainAisle(Reason):
    """The stand has {decks} decks and lies on a main aisle, where stands have one."""

    decks: int


class FacesClosed(Reason):
    """{faces} of the stand's sides are unobstructed; {least} must be."""

    faces: int
    least: int


class HeightNotDeclared(Reason):
    """The design does not say how high the stand is."""


class RuleSourceNeeded(Refusal):
    """Say where these rules stand, as the manual of the fair or the fire code of the city; exhibitors read it."""


class HeightOutside(Refusal):
    """Give a greatest height from {least} m to {most} m, or none."""


class AisleOutside(Refusal):
    """Give the width from which an aisle is a main aisle, from {least} m to {most} m."""


class LaneOutside(Refusal):
    """Give fire lanes from {least} m to {most} m, in quarter metres, or 0 for none."""


@dataclass(frozen=True)
class ConstructionRules:
    """What an edition asks of stands that exhibitors build. ``None`` asks nothing.

    ``height_m`` includes what hangs; ``decks`` is for stands off the main aisles where ``single_on_main`` is set, for
    all where not; ``open_faces`` must be unobstructed, as far as the stand has open sides. An aisle ``main_aisle_m``
    wide or wider is a main aisle. From every door a lane ``fire_lane_m`` wide stays free through the hall, 0 for none.
    """

    height_m: Decimal | None = None
    decks: int | None = None
    single_on_main: bool = False
    open_faces: int = 0
    main_aisle_m: float = 6.0
    fire_lane_m: float = 0.0


@dataclass(frozen=True)
class Built:
    """What a design declares of its stand: height, decks and unobstructed sides; None for what it does not say."""

    height_m: Decimal | None = None
    decks: int | None = None
    open_faces: int | None = None


@dataclass(frozen=True)
class Site:
    """Where a stand lies: its hall and that hall's clear height, its open sides, and whether on a main aisle."""

    hall: str
    ceiling_m: Decimal | None
    open_sides: int
    on_main_aisle: bool


def require_construction_rules(rules: ConstructionRules, *, source: str) -> None:
    """Raises: RuleSourceNeeded, HeightOutside, AisleOutside, LaneOutside."""
    if not source:
        raise RuleSourceNeeded()
    if rules.height_m is not None and not HEIGHTS_M[0] <= rules.height_m <= HEIGHTS_M[1]:
        raise HeightOutside(least=HEIGHTS_M[0], most=HEIGHTS_M[1])
    if not WIDTHS_M[0] <= rules.main_aisle_m <= WIDTHS_M[1]:
        raise AisleOutside(least=WIDTHS_M[0], most=WIDTHS_M[1])
    on_grid = (rules.fire_lane_m * 4).is_integer()
    if rules.fire_lane_m and not (on_grid and WIDTHS_M[0] <= rules.fire_lane_m <= WIDTHS_M[1]):
        raise LaneOutside(least=WIDTHS_M[0], most=WIDTHS_M[1])


def breaches(rules: ConstructionRules, built: Built, site: Site | None) -> list[Reason]:
    """The rules that a stand would break; without a ``site`` those that do not ask where it lies."""
    found: list[Reason] = []
    if built.height_m is None:
        if rules.height_m is not None:
            found.append(HeightNotDeclared())
    else:
        if rules.height_m is not None and built.height_m > rules.height_m:
            found.append(TooHigh(built.height_m, rules.height_m))
        if site and site.ceiling_m is not None and built.height_m > site.ceiling_m:
            found.append(HigherThanHall(built.height_m, site.hall, site.ceiling_m))
    decks = built.decks or 1
    if site and site.on_main_aisle and rules.single_on_main and decks > 1:
        found.append(SingleDeckOnMainAisle(decks))
    elif rules.decks is not None and decks > rules.decks:
        found.append(TooManyDecks(decks, rules.decks))
    least = min(rules.open_faces, site.open_sides) if site else 0
    if built.open_faces is not None and built.open_faces < least:
        found.append(FacesClosed(built.open_faces, least))
    return found


def lies_on(stand: Box, aisles: Iterable[Box]) -> bool:
    """Whether a side of a stand lies on one of these aisles; boxes are x, y, width and depth in metres."""
    return any(_touch(stand, aisle) for aisle in aisles)


def _touch(a: Box, b: Box) -> bool:
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return min(across, down) >= -_TOUCHING_M and max(across, down) > _TOUCHING_M


def fire_lanes(
    size: tuple[int, int], doors: Sequence[tuple[str, int]], taken: Iterable[Box], width_m: float
) -> list[tuple[str, float, float]]:
    """The lanes that stay free in a hall: straight from its doors to the opposite walls, as (wall, from where, width).

    ``size`` is the hall's width and depth in modules, ``doors`` their wall and the module along it, ``taken`` what
    stands on the floor already, in metres. A lane that would meet one of these, or another lane beside it, is none.
    """
    if not width_m:
        return []
    module = float(MODULE_M)
    floor = (size[0] * module, size[1] * module)
    found: list[tuple[str, float, float]] = []
    fixed = list(taken)
    for wall, at in doors:
        along = floor[0] if wall in ("north", "south") else floor[1]
        start = min(max(0.0, (at + 0.5) * module - width_m / 2), along - width_m)
        lane = (start, 0.0, width_m, floor[1]) if wall in ("north", "south") else (0.0, start, floor[0], width_m)
        alike = [one for one in found if (one[0] in ("north", "south")) == (wall in ("north", "south"))]
        beside = any(abs(one[1] - start) < 2 * width_m for one in alike)
        if start >= 0 and not beside and not any(_meet(lane, other) for other in fixed):
            found.append((wall, start, width_m))
    return found


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]

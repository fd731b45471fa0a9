"""In which strips a request can stand, in which role, and how wide it is there.

A strip is a row of stands between two main aisles. A double strip is two rows back to back; a stand takes one row
(row, corner) or the whole depth (through, peninsula, island). A wall strip is one row with its back to the wall.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from .geometry import MODULE, TICKS_PER_M
from .problem import Problem, Request


class Role(StrEnum):
    """How a stand sits in its strip, and so which of its sides are open."""

    ROW = "row"
    CORNER = "corner"
    THROUGH = "through"
    PENINSULA = "peninsula"
    ISLAND = "island"


class Kind(NamedTuple):
    """A kind of strip: its depth in ticks, and whether both its long sides are on aisles."""

    depth: int
    double: bool

    @property
    def row_depth(self) -> int:
        return self.depth // 2 if self.double else self.depth


# Islands beyond 18 m of depth are rare (the largest special booths), so one deep kind serves them all; its depth of
# 36 m keeps every multiple of 9 m² a multiple of a quarter metre wide.
KINDS = (
    Kind(2 * MODULE, True),
    Kind(4 * MODULE, True),
    Kind(6 * MODULE, True),
    Kind(12 * MODULE, True),
    Kind(1 * MODULE, False),
    Kind(2 * MODULE, False),
    Kind(3 * MODULE, False),
)


class Option(NamedTuple):
    """One way for a request to stand: kind of strip, role, width in ticks, and how far it is from a square.

    ``aspect`` is 1 for a square; a through stand counts as longer than it is, since a row back to back looks calmer.
    """

    kind: Kind
    role: Role
    width: int
    aspect: float


class Rules(NamedTuple):
    """The constants of a problem that shapes depend on."""

    max_aspect: float
    max_depth: int


def rules_of(problem: Problem) -> Rules:
    return Rules(problem.max_aspect, int(problem.max_depth_m * TICKS_PER_M))


def options(request: Request, rules: Rules) -> tuple[Option, ...]:
    """Every way the request can stand, in the order of ``KINDS``."""
    return _options(request.area_m2, request.open_sides_min, request.kind, rules)


@cache
def _options(area_m2: int, sides: int, booth: str, rules: Rules) -> tuple[Option, ...]:
    found = []
    for kind in KINDS:
        if kind.double:
            found.append(_option(area_m2, booth, rules, kind, kind.row_depth, _row_role(kind, sides, rules)))
            found.append(_option(area_m2, booth, rules, kind, kind.depth, _full_role(kind, sides, rules)))
        else:
            found.append(_option(area_m2, booth, rules, kind, kind.depth, _wall_role(kind, sides, rules)))
    return tuple(option for option in found if option)


def _row_role(kind: Kind, sides: int, rules: Rules) -> Role | None:
    if sides > 2 or kind.row_depth > rules.max_depth:
        return None
    return Role.ROW if sides == 1 else Role.CORNER


def _full_role(kind: Kind, sides: int, rules: Rules) -> Role:
    if sides == 4:
        return Role.ISLAND
    return Role.THROUGH if sides <= 2 and kind.depth <= 2 * rules.max_depth else Role.PENINSULA


def _wall_role(kind: Kind, sides: int, rules: Rules) -> Role | None:
    """Against the wall a stand between two gaps has three open sides; it stands alone like an island."""
    if sides == 4 or (sides < 3 and kind.depth > rules.max_depth):
        return None
    return (Role.ROW, Role.CORNER, Role.ISLAND)[sides - 1]


def _option(area_m2: int, booth: str, rules: Rules, kind: Kind, depth: int, role: Role | None) -> Option | None:
    width, rest = divmod(area_m2 * TICKS_PER_M**2, depth)
    if role is None or rest or width < MODULE:
        return None
    aspect = max(width, depth) / min(width, depth)
    calm = 1.0 if role is Role.THROUGH else 0.0
    if booth == "standard":
        # Standard booths are built of shells of 3 m by 3 m: one deep in a row, two deep over the whole strip.
        built = width % MODULE == 0 and kind.row_depth == MODULE
        return Option(kind, role, width, 1.0 + calm) if built else None
    return Option(kind, role, width, aspect + calm) if aspect <= rules.max_aspect else None

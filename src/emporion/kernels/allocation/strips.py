"""Strips laid into a hall: their places, the aisles between them, and the stretches of them that are free."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import NamedTuple

from .geometry import MODULE, Rect
from .pattern import Pattern, Space
from .shapes import Kind


class Stretch(NamedTuple):
    """A free part of a strip from x0 to x1. An end is open when it lies on an aisle, else it is at a wall or obstacle.

    ``front`` is the side of a wall strip on which its aisle lies. ``passages`` is the number of cross-aisles it must
    have so that the aisles on both sides of the strip are joined.
    """

    strip: int
    kind: Kind
    x0: int
    x1: int
    y0: int
    west_open: bool
    east_open: bool
    front: str
    passages: int

    @property
    def length(self) -> int:
        return self.x1 - self.x0

    @property
    def ends(self) -> int:
        return self.west_open + self.east_open


class Blocker(NamedTuple):
    """Something in the way: an obstacle, a locked stand with its open sides, or the floor before an exit."""

    rect: Rect
    west: bool
    east: bool
    aisle: bool


@dataclass(frozen=True)
class Layout:
    """Strips from north to south as (kind, y0), the aisles between them, and the free stretches of the strips."""

    strips: tuple[tuple[Kind, int], ...]
    aisles: tuple[Rect, ...]
    stretches: tuple[Stretch, ...]


def lay_strips(pattern: Pattern, space: Space, whole: Rect, blockers: list[Blocker], least: int, seed: int) -> Layout:
    """The layout that loses least to what is in the way, over some orders of the strips and offsets of the aisles."""
    rng = random.Random(seed)
    doubles = [kind for kind, count in pattern.strips.items() if kind.double for _ in range(count)]
    walls = [kind for kind, count in pattern.strips.items() if not kind.double for _ in range(count)]
    best: tuple[int, Layout] | None = None
    for trial in range(40 if blockers else 1):
        order = _order(doubles, trial, rng)
        layout = _lay(order, walls[::-1] if trial % 2 else walls, space, whole, blockers, least, trial, rng)
        free = sum(stretch.length * stretch.kind.depth for stretch in layout.stretches)
        if best is None or free > best[0]:
            best = (free, layout)
    assert best is not None
    return best[1]


def _order(doubles: list[Kind], trial: int, rng: random.Random) -> list[Kind]:
    """Deep strips in the north first; later trials shuffle."""
    order = sorted(doubles, reverse=True)
    if trial >= 2:
        rng.shuffle(order)
    return order


def _lay(
    doubles: list[Kind],
    walls: list[Kind],
    space: Space,
    whole: Rect,
    blockers: list[Blocker],
    least: int,
    trial: int,
    rng: random.Random,
) -> Layout:
    used = sum(kind.depth for kind in doubles + walls)
    widths = _aisle_widths(whole.y1 - used, len(doubles) + 1, space.aisle, trial, rng)
    strips: list[tuple[Kind, int]] = [(walls[0], 0)] if walls else []
    aisles = []
    y = walls[0].depth if walls else 0
    for kind, width in zip([*doubles, None], widths, strict=True):
        aisles.append(Rect(0, y, whole.x1, y + width))
        y += width
        if kind:
            strips.append((kind, y))
            y += kind.depth
    strips += [(kind, whole.y1 - kind.depth) for kind in walls[1:2]]
    inset = space.cross if space.open_ends else 0
    stretches = [
        stretch
        for number, (kind, y0) in enumerate(strips)
        for stretch in _free(number, kind, y0, whole, inset, blockers, least)
    ]
    return Layout(tuple(strips), tuple(aisles), tuple(stretches))


def _aisle_widths(depth: int, count: int, least: int, trial: int, rng: random.Random) -> list[int]:
    """The depth left by strips, shared by the aisles: evenly at first, later at random, in steps of half a metre."""
    step = 2
    spare = (depth - count * least) // step
    shares = [spare // count + (i < spare % count) for i in range(count)]
    if trial >= 1:
        cuts = sorted(rng.randint(0, spare) for _ in range(count - 1))
        shares = [b - a for a, b in zip([0, *cuts], [*cuts, spare], strict=True)]
    widths = [least + share * step for share in shares]
    widths[-1] += depth - sum(widths)
    return widths


def _free(
    number: int, kind: Kind, y0: int, whole: Rect, inset: int, blockers: list[Blocker], least: int
) -> list[Stretch]:
    """The strip's stretches between what is in the way."""
    wall = not kind.double
    front = ("south" if y0 == 0 else "north") if wall else ""
    strip = Rect(inset, y0, whole.x1 - inset, y0 + kind.depth)
    cuts = sorted(_cuts(strip, whole, blockers, least, wall))
    found = []
    x, open_end = strip.x0, bool(inset)
    for x0, x1, west, east in [*cuts, (strip.x1, strip.x1, bool(inset), False)]:
        if x0 - x >= MODULE:
            found.append(Stretch(number, kind, x, x0, y0, open_end, west, front, 0))
        if x1 >= x:
            x, open_end = x1, east
    return _joined(found, wall)


def _cuts(
    strip: Rect, whole: Rect, blockers: list[Blocker], least: int, wall: bool
) -> list[tuple[int, int, bool, bool]]:
    """Parts of the strip that are taken, from x0 to x1, and whether there is an aisle at their west and east ends."""
    cuts = []
    for blocker in blockers:
        rect = blocker.rect
        reach = Rect(strip.x0 - least, max(strip.y0 - least, 0), strip.x1 + least, min(strip.y1 + least, whole.y1))
        inside = rect.y0 < strip.y1 and strip.y0 < rect.y1
        beside = rect.y0 < strip.y0 or rect.y1 > strip.y1
        if rect.y1 <= reach.y0 or rect.y0 >= reach.y1 or not (inside or beside):
            continue
        if blocker.aisle and not inside:
            continue
        west = not blocker.aisle and (beside or blocker.west)
        east = not blocker.aisle and (beside or blocker.east)
        x0, x1 = rect.x0 - least * west, rect.x1 + least * east
        cuts.append((max(x0, strip.x0), min(x1, strip.x1), west or blocker.aisle, east or blocker.aisle))
    return [cut for cut in cuts if cut[0] < cut[1]]


def _joined(stretches: list[Stretch], wall: bool) -> list[Stretch]:
    """With no way through the strip at its ends, its longest stretch gets a cross-aisle."""
    if wall or not stretches or any(stretch.ends for stretch in stretches):
        return stretches
    longest = max(stretches, key=lambda stretch: (stretch.length, -stretch.x0))
    return [stretch._replace(passages=1) if stretch is longest else stretch for stretch in stretches]

"""Strips laid into a hall: their places, the aisles between them, and the stretches of them that are free."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .geometry import MODULE, Rect
from .pattern import Pattern, Space
from .shapes import Kind

# Orders and places that are tried; aisles of any width must gain more than this.
_TRIALS = 60
_UNEVEN = 0.998
_STEP = 2


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


@dataclass(frozen=True)
class Ground:
    """The hall's floor: what is in the way, what should lie on an aisle along the hall (``marks``), and the least width
    of an aisle."""

    whole: Rect
    blockers: tuple[Blocker, ...]
    marks: tuple[Rect, ...]
    least: int


def lay_strips(pattern: Pattern, space: Space, ground: Ground, seed: int) -> Layout:
    """The layout that loses least to what is in the way, over some orders of the strips and places of the aisles.

    Of layouts that lose about as much, one with aisles of the same width wins over one with aisles of any width.
    """
    rng = random.Random(seed)
    doubles = [kind for kind, count in pattern.strips.items() if kind.double for _ in range(count)]
    walls = [kind for kind, count in pattern.strips.items() if not kind.double for _ in range(count)]
    best: tuple[float, Layout] | None = None
    for trial in range(_TRIALS if ground.blockers else 1):
        stack = _Stack(tuple(walls[::-1] if trial % 2 else walls), tuple(_order(doubles, trial, rng)))
        spare = ground.whole.y1 - sum(kind.depth for kind in doubles + walls)
        widths, calm = _widths(stack, spare, space, ground.marks, trial, rng)
        layout = _lay(stack, widths, space, ground)
        free = sum(stretch.length * stretch.kind.depth for stretch in layout.stretches) * (1.0 if calm else _UNEVEN)
        if best is None or free > best[0]:
            best = (free, layout)
    assert best is not None
    return best[1]


class _Stack(NamedTuple):
    """Wall strips, the northern one first, and double strips from north to south."""

    walls: tuple[Kind, ...]
    doubles: tuple[Kind, ...]


def _order(doubles: list[Kind], trial: int, rng: random.Random) -> list[Kind]:
    """Deep strips in the north first; later trials shuffle."""
    order = sorted(doubles, reverse=True)
    if trial >= 3:
        rng.shuffle(order)
    return order


def _lay(stack: _Stack, widths: list[int], space: Space, ground: Ground) -> Layout:
    whole = ground.whole
    strips: list[tuple[Kind, int]] = [(kind, 0) for kind in stack.walls[:1]]
    aisles = []
    y = sum(kind.depth for kind in stack.walls[:1])
    for kind, width in zip([*stack.doubles, None], widths, strict=True):
        aisles.append(Rect(0, y, whole.x1, y + width))
        y += width
        if kind:
            strips.append((kind, y))
            y += kind.depth
    strips += [(kind, whole.y1 - kind.depth) for kind in stack.walls[1:2]]
    inset = space.cross if space.ring else 0
    stretches = [
        stretch
        for number, (kind, y0) in enumerate(strips)
        for stretch in _free(number, kind, y0, whole, inset, ground.blockers, ground.least)
    ]
    return Layout(tuple(strips), tuple(aisles), tuple(stretches))


def _widths(
    stack: _Stack, depth: int, space: Space, marks: tuple[Rect, ...], trial: int, rng: random.Random
) -> tuple[list[int], bool]:
    """Widths of the aisles that share this depth, and whether they look calm: evenly, so that aisles cover the marks
    with even ones between them, or at random."""
    count = len(stack.doubles) + 1
    even = _even(depth, count, space.aisle)
    if trial % 3 == 0 or not marks:
        return (even, True) if trial % 2 == 0 else (_random(depth, count, space.aisle, rng), False)
    if trial % 3 == 1 and (aligned := _aligned(stack, even, space.aisle, marks)):
        return aligned, True
    return _random(depth, count, space.aisle, rng), False


def _even(depth: int, count: int, least: int) -> list[int]:
    """In steps of half a metre."""
    spare = (depth - count * least) // _STEP
    widths = [least + _STEP * (spare // count + (i < spare % count)) for i in range(count)]
    widths[-1] += depth - sum(widths)
    return widths


def _random(depth: int, count: int, least: int, rng: random.Random) -> list[int]:
    """In steps of half a metre."""
    spare = (depth - count * least) // _STEP
    cuts = sorted(rng.randint(0, spare) for _ in range(count - 1))
    widths = [least + _STEP * (b - a) for a, b in zip([0, *cuts], [*cuts, spare], strict=True)]
    widths[-1] += depth - sum(widths)
    return widths


def _aligned(stack: _Stack, even: list[int], least: int, marks: tuple[Rect, ...]) -> list[int] | None:
    """Widths with which an aisle covers every mark, even between those; None where the strips leave no room for it."""
    tops = _tops(stack, even)
    spans = sorted({(mark.y0, mark.y1) for mark in marks})
    widths: list[int] = []
    y = tops[0]
    for y0, y1 in spans:
        near = min(range(len(even)), key=lambda i: abs(2 * tops[i] + even[i] - y0 - y1))
        if near < len(widths):
            return None
        wide = max(least, y1 - y0)
        top = max(0, (y0 + y1 - wide) // 2) // _STEP * _STEP
        before = stack.doubles[len(widths) : near]
        free = top - y - sum(kind.depth for kind in before)
        if free < least * len(before) or (not before and free):
            return None
        widths += [*(_even(free, len(before), least) if before else []), wide]
        y = top + wide + sum(kind.depth for kind in stack.doubles[near : near + 1])
    rest = len(even) - len(widths)
    free = sum(even) - sum(widths)
    if free < least * rest or (not rest and free):
        return None
    return widths + (_even(free, rest, least) if rest else [])


def _tops(stack: _Stack, widths: list[int]) -> list[int]:
    """Where each aisle begins in the north."""
    tops = [sum(kind.depth for kind in stack.walls[:1])]
    for kind, width in zip(stack.doubles, widths, strict=False):
        tops.append(tops[-1] + width + kind.depth)
    return tops


def _free(
    number: int, kind: Kind, y0: int, whole: Rect, inset: int, blockers: Sequence[Blocker], least: int
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
    strip: Rect, whole: Rect, blockers: Sequence[Blocker], least: int, wall: bool
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

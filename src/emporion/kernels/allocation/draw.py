"""A filled stretch drawn: rectangles of stands, of the cross-aisles between them, and of what no stand needs."""

from __future__ import annotations

from typing import NamedTuple

from .balance import balance
from .blocks import Block, Piece
from .geometry import Rect
from .sequence import fit, in_row
from .strips import Stretch

# A block longer than this gets one more cross-aisle where there is room for it, so that visitors can change aisles.
_LONG_BLOCK = 45 * 4
_WIDEST_CROSS = 6 * 4
# What no stand needs becomes a place of its own from this width on, and is divided when it is wider than that.
_LEAST_PLACE = 3 * 4
_WIDEST_PLACE = 18 * 4
_STEP = 2


class Drawn(NamedTuple):
    """A stretch drawn: stands by key, the cross-aisles, and the floor that no stand needs."""

    stands: dict[str, Rect]
    aisles: list[Rect]
    spare: list[Rect]


def draw(stretch: Stretch, units: list[Block], cross: int) -> Drawn:
    """Blocks in line with the ends of the stretch, the room left over in its middle."""
    units = _opened(stretch, units, cross)
    for area in {unit.area for unit in units}:
        balance([unit for unit in units if unit.rows and unit.area == area], 0)
    gap = cross + _widening(stretch, units, cross)
    drawn = Drawn({}, [], [])
    rest = stretch.length - sum(unit.length for unit in units) - gap * max(0, len(units) - 1)
    middle = (len(units) + 1) // 2
    x = stretch.x0
    for number, unit in enumerate(units):
        if number == middle and rest:
            _leave(stretch, x, x + rest - gap, gap, drawn)
            drawn.aisles.append(_across(stretch, x + max(0, rest - gap), x + rest))
            x += rest
        _draw_unit(stretch, unit, x, drawn)
        x += unit.length
        if number < len(units) - 1:
            drawn.aisles.append(_across(stretch, x, x + gap))
            x += gap
    if middle >= len(units):
        _leave(stretch, x + gap * bool(units), x + rest, gap, drawn)
    return drawn


def _across(stretch: Stretch, x0: int, x1: int) -> Rect:
    return Rect(x0, stretch.y0, x1, stretch.y0 + stretch.kind.depth)


def _leave(stretch: Stretch, x0: int, x1: int, gap: int, drawn: Drawn) -> None:
    """Divide what is left over from x0 to x1 into places alike, with cross-aisles between them."""
    if x1 - x0 < _LEAST_PLACE:
        return
    count = -(-(x1 - x0 + gap) // (_WIDEST_PLACE + gap))
    width = (x1 - x0 - gap * (count - 1)) // count
    for number in range(count):
        x = x0 + number * (width + gap)
        drawn.spare.append(_across(stretch, x, x + width))
        if number:
            drawn.aisles.append(_across(stretch, x - gap, x))


def _opened(stretch: Stretch, units: list[Block], cross: int) -> list[Block]:
    """The units with cross-aisles added while a block is long and there is room."""
    while units and max(unit.length for unit in units) > _LONG_BLOCK:
        pieces = [piece for unit in units for part in (unit.west, unit.east, *unit.rows) for piece in part]
        more = fit(stretch._replace(passages=len(units)), pieces, cross)
        if more is None or max(unit.length for unit in more) >= max(unit.length for unit in units):
            break
        units = more
    return units


def _widening(stretch: Stretch, units: list[Block], cross: int) -> int:
    """How much wider than needed each cross-aisle can be."""
    gaps = len(units) - 1
    if gaps < 1:
        return 0
    spare = stretch.length - sum(unit.length for unit in units) - gaps * cross
    return max(0, min(spare // gaps, _WIDEST_CROSS - cross)) // _STEP * _STEP


def _draw_unit(stretch: Stretch, unit: Block, x: int, drawn: Drawn) -> None:
    for piece in unit.west:
        drawn.stands[piece.key] = _across(stretch, x, x + piece.width)
        x += piece.width
    for number, row in enumerate(unit.rows):
        y = stretch.y0 + number * stretch.kind.row_depth
        _draw_row(unit, row, Rect(x, y, x + unit.row_length, y + stretch.kind.row_depth), drawn)
    x += unit.row_length
    for piece in reversed(unit.east):
        drawn.stands[piece.key] = _across(stretch, x, x + piece.width)
        x += piece.width


def _draw_row(unit: Block, row: list[Piece], place: Rect, drawn: Drawn) -> None:
    """A row in line with both ends of its block; the room left over lies before the corner in the east."""
    west, east = in_row(unit, row)
    x = place.x0
    for piece in west:
        drawn.stands[piece.key] = place._replace(x0=x, x1=x + piece.width)
        x += piece.width
    end = place.x1 - sum(piece.width for piece in east)
    if end - x >= _LEAST_PLACE:
        drawn.spare.append(place._replace(x0=x, x1=end))
    for piece in east:
        drawn.stands[piece.key] = place._replace(x0=end, x1=end + piece.width)
        end += piece.width

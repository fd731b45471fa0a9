"""A filled stretch drawn: rectangles of the stands and of the cross-aisles between them."""

from __future__ import annotations

from .balance import balance
from .blocks import Block, Piece
from .geometry import Rect
from .sequence import fit
from .shapes import Role
from .strips import Stretch

# A block longer than this gets one more cross-aisle where there is room for it, so that visitors can change aisles.
_LONG_BLOCK = 45 * 4
_WIDEST_CROSS = 6 * 4
_STEP = 2


def draw(stretch: Stretch, units: list[Block], cross: int) -> tuple[dict[str, Rect], list[Rect]]:
    """Rectangles by key, and the cross-aisles."""
    units = _opened(stretch, units, cross)
    balance([unit for unit in units if unit.rows], 0)
    gap = cross + _widening(stretch, units, cross)
    placed: dict[str, Rect] = {}
    aisles = []
    x = stretch.x0 + _offset(stretch, units, gap)
    for number, unit in enumerate(units):
        _draw_unit(stretch, unit, x, placed)
        x += unit.length
        if number < len(units) - 1:
            aisles.append(Rect(x, stretch.y0, x + gap, stretch.y0 + stretch.kind.depth))
            x += gap
    return placed, aisles


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


def _offset(stretch: Stretch, units: list[Block], gap: int) -> int:
    """A stretch between two aisles stands in the middle of the room it has."""
    if stretch.ends < 2 or not units:
        return 0
    spare = stretch.length - sum(unit.length for unit in units) - gap * (len(units) - 1)
    return spare // 2 // _STEP * _STEP


def _draw_unit(stretch: Stretch, unit: Block, x: int, placed: dict[str, Rect]) -> None:
    south = stretch.y0 + stretch.kind.depth
    for piece in unit.west:
        placed[piece.key] = Rect(x, stretch.y0, x + piece.width, south)
        x += piece.width
    for number, row in enumerate(unit.rows):
        y = stretch.y0 + number * stretch.kind.row_depth
        _draw_row(_ordered(unit, row), x, y, stretch.kind.row_depth, placed)
    x += unit.row_length
    for piece in reversed(unit.east):
        placed[piece.key] = Rect(x, stretch.y0, x + piece.width, south)
        x += piece.width


def _draw_row(row: list[Piece], x: int, y: int, depth: int, placed: dict[str, Rect]) -> None:
    for piece in row:
        placed[piece.key] = Rect(x, y, x + piece.width, y + depth)
        x += piece.width


def _ordered(unit: Block, row: list[Piece]) -> list[Piece]:
    """Corners at the free ends, the others between them by group."""
    corners = [piece for piece in row if piece.role is Role.CORNER]
    others = sorted(
        (piece for piece in row if piece.role is not Role.CORNER), key=lambda piece: (piece.group, piece.key)
    )
    at_west = int(unit.west_open and not unit.west)
    return corners[:at_west] + others + corners[at_west:]

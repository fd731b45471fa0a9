"""One stretch of a strip, filled: which stands share a block, in which row, between which cross-aisles.

A stretch is a sequence of units with a cross-aisle between any two: islands, and blocks of two rows back to back (one
row at the wall) whose ends are corners or peninsulas.
"""

from __future__ import annotations

from math import ceil

from .balance import balance, spread
from .blocks import Block, Piece
from .shapes import Role
from .strips import Stretch


def fit(stretch: Stretch, pieces: list[Piece], cross: int) -> list[Block] | None:
    """The units of a stretch that hold all pieces, or None when they were not made to fit."""
    if not pieces:
        return []
    rows = 2 if stretch.kind.double else 1
    parts = _by_role(stretch, pieces)
    islands, rowed = parts[Role.ISLAND], parts[Role.ROW] + parts[Role.CORNER]
    count = _blocks_needed(stretch, parts, rows)
    room = stretch.length - cross * (count + len(islands) - 1)
    room -= sum(piece.width for role in (Role.ISLAND, Role.PENINSULA, Role.THROUGH) for piece in parts[role])
    if room < 0 or sum(piece.width for piece in rowed) > rows * room:
        return None
    units = _frame(stretch, count, islands, rows)
    blocks = [unit for unit in units if unit.rows]
    if not _seat_full_depth(blocks, parts):
        return None
    spread(blocks, rowed)
    return units if balance(blocks, room) else None


def _by_role(stretch: Stretch, pieces: list[Piece]) -> dict[Role, list[Piece]]:
    """Pieces by role, neighbours of one group together. A through stand with no place of its own ends a block."""
    parts: dict[Role, list[Piece]] = {role: [] for role in Role}
    for piece in sorted(pieces, key=lambda piece: (piece.group, -piece.width, piece.key)):
        parts[piece.role].append(piece)
    if stretch.ends == 2 and parts[Role.THROUGH] and not parts[Role.PENINSULA]:
        parts[Role.PENINSULA] = [parts[Role.THROUGH].pop(0)]
    return parts


def _blocks_needed(stretch: Stretch, parts: dict[Role, list[Piece]], rows: int) -> int:
    """The fewest blocks whose open ends serve all corners and peninsulas, with islands between them."""
    closed = 2 - stretch.ends
    ends = len(parts[Role.PENINSULA]) + ceil(len(parts[Role.CORNER]) / rows)
    islands = len(parts[Role.ISLAND])
    others = any(parts[role] for role in Role if role is not Role.ISLAND)
    least = [int(others), stretch.passages + 1 - islands]
    if islands:
        least.append(closed)
    if ends:
        least.append(ceil((ends + closed) / 2))
    return max(least)


def _frame(stretch: Stretch, count: int, islands: list[Piece], rows: int) -> list[Block]:
    """Blocks and islands in their order; the first and the last unit at a closed end is a block."""
    west_gap, east_gap = int(stretch.west_open), int(stretch.east_open)
    gaps = max(count - 1, 0) + west_gap + east_gap if count else 1
    shared: list[list[Piece]] = [[] for _ in range(gaps)]
    for i, island in enumerate(islands):
        shared[i * gaps // len(islands)].append(island)
    units: list[Block] = []
    waiting = iter(shared)
    if west_gap or not count:
        units += _alone(next(waiting))
    for number in range(count):
        units.append(Block(number > 0 or stretch.west_open, number < count - 1 or stretch.east_open))
        units[-1].rows = [[] for _ in range(rows)]
        units += _alone(next(waiting, []))
    return units


def _alone(islands: list[Piece]) -> list[Block]:
    return [Block(True, True, west=[island]) for island in islands]


def _seat_full_depth(blocks: list[Block], parts: dict[Role, list[Piece]]) -> bool:
    """Peninsulas at open ends, through stands behind them or at the walls."""
    ends = [(block, side) for block in blocks for side in ("west", "east") if getattr(block, f"{side}_open")]
    peninsulas = parts[Role.PENINSULA]
    if len(peninsulas) > len(ends):
        return False
    for (block, side), piece in zip(ends, peninsulas, strict=False):
        getattr(block, side).append(piece)
    if not parts[Role.THROUGH]:
        return True
    seats = [block.west for block in blocks[:1] if not block.west_open]
    seats += [block.east for block in blocks[-1:] if not block.east_open]
    seats += [side for block in blocks for side in (block.west, block.east) if side]
    for i, piece in enumerate(parts[Role.THROUGH]):
        if not seats:
            return False
        seats[i % len(seats)].append(piece)
    return True

"""One stretch of a strip, filled: which stands share a block, in which row, between which cross-aisles.

A stretch is a sequence of units with a cross-aisle between any two: islands, and blocks of two rows back to back (one
row at the wall) whose ends are corners or peninsulas. Where it holds several exhibition areas they follow one another
from west to east, each in units of its own or two of them in one block at their border.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from typing import NamedTuple

from .balance import balance, spread
from .blocks import ANYWHERE, MIXED, Block, Piece
from .shapes import Role
from .strips import Stretch


class Need(NamedTuple):
    """What one area needs of a stretch: its pieces by role, how many blocks, the least length of rows if these were
    perfectly balanced, and the least length of all with the cross-aisles between its units."""

    stretch: Stretch
    area: int
    roles: dict[Role, list[Piece]]
    blocks: int
    rows: int
    least: int


def fit(stretch: Stretch, pieces: list[Piece], cross: int) -> list[Block] | None:
    """The units of a stretch that hold all pieces, or None when they were not made to fit.

    Areas have units of their own where these fit, else they share a block at their border.
    """
    if not pieces:
        return []
    areas = _areas(pieces)
    if len(areas) == 1:
        return _fitted([_need(stretch, areas[0][1], cross, ANYWHERE)], stretch, cross)
    apart = _fitted(_needs(stretch, areas, cross), stretch, cross)
    if apart:
        return apart
    mixed = _fitted([_need(stretch, [piece for _, mine in areas for piece in mine], cross, MIXED)], stretch, cross)
    return mixed if mixed and _in_line(mixed) else None


def _fitted(needs: list[Need], stretch: Stretch, cross: int) -> list[Block] | None:
    slack = stretch.length - sum(need.least for need in needs) - cross * (len(needs) - 1)
    if slack < 0:
        return None
    parts = [_units(need) for need in needs]
    if any(part is None for part in parts):
        return None
    return _balanced(needs, [part or [] for part in parts], slack)


def _in_line(units: list[Block]) -> bool:
    """Whether the areas follow one another from west to east, in every row and from unit to unit."""
    last = ANYWHERE
    for unit in units:
        rows = [in_row(unit, row) for row in unit.rows] or [([], [])]
        lines = [[*unit.west, *west, *east, *reversed(unit.east)] for west, east in rows]
        areas = [[piece.group[0] for piece in line if piece.group[0] != ANYWHERE] for line in lines]
        if any(line != sorted(line) or (line and line[0] < last) for line in areas):
            return False
        last = max((area for line in areas for area in line), default=last)
    return True


def in_row(unit: Block, row: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """A row from west to east: corners at the free ends, the others between them by group, and apart from these the
    corners at the east end."""
    corners = sorted((piece for piece in row if piece.role is Role.CORNER), key=lambda piece: piece.group[0])
    others = sorted(
        (piece for piece in row if piece.role is not Role.CORNER), key=lambda piece: (piece.group, piece.key)
    )
    at_west = int(unit.west_open and not unit.west)
    at_east = int(unit.east_open and not unit.east)
    if at_west and at_east and len(corners) == 1 and others and corners[0].group[0] > others[0].group[0]:
        at_west = 0
    return corners[:at_west] + others, corners[at_west:]


def _areas(pieces: list[Piece]) -> list[tuple[int, list[Piece]]]:
    """Pieces by area from west to east; those of no area stand with the area that has most."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.group[0]].append(piece)
    if len(found) > 1 and ANYWHERE in found:
        most = max((area for area in found if area != ANYWHERE), key=lambda area: (len(found[area]), -area))
        found[most] += found.pop(ANYWHERE)
    return sorted(found.items())


def _needs(stretch: Stretch, areas: list[tuple[int, list[Piece]]], cross: int) -> list[Need]:
    """What each area needs, open where it borders on another and with its part of the passages."""
    if len(areas) == 1:
        return [_need(stretch, areas[0][1], cross, ANYWHERE)]
    last = len(areas) - 1
    width = [sum(piece.width for piece in mine) for _, mine in areas]
    passages = [max(0, stretch.passages - last) * one // sum(width) for one in width]
    passages[width.index(max(width))] += max(0, stretch.passages - last) - sum(passages)
    needs = []
    for number, (area, mine) in enumerate(areas):
        west, east = stretch.west_open or number > 0, stretch.east_open or number < last
        part = stretch._replace(west_open=west, east_open=east, passages=passages[number])
        needs.append(_need(part, mine, cross, area))
    return needs


def _need(stretch: Stretch, pieces: list[Piece], cross: int, area: int) -> Need:
    rows = 2 if stretch.kind.double else 1
    roles = _by_role(stretch, pieces)
    count = _blocks_needed(stretch, roles, rows)
    taken = cross * (count + len(roles[Role.ISLAND]) - 1)
    taken += sum(piece.width for role in (Role.ISLAND, Role.PENINSULA, Role.THROUGH) for piece in roles[role])
    length = ceil(sum(piece.width for role in (Role.ROW, Role.CORNER) for piece in roles[role]) / rows)
    return Need(stretch, area, roles, count, length, taken + length)


def _units(need: Need) -> list[Block] | None:
    """The units of one area with its pieces spread over them, not balanced yet; None when a piece finds no seat."""
    rows = 2 if need.stretch.kind.double else 1
    units = _frame(need.stretch, need.blocks, need.roles[Role.ISLAND], rows)
    for unit in units:
        unit.area = need.area
    blocks = [unit for unit in units if unit.rows]
    if not _seat_full_depth(blocks, need.roles):
        return None
    spread(blocks, need.roles[Role.ROW] + need.roles[Role.CORNER])
    return units


def _balanced(needs: list[Need], parts: list[list[Block]], slack: int) -> list[Block] | None:
    """The areas' units with their rows balanced until all of them fit, the slack shared among the areas at first."""
    for share in (slack,) if len(needs) == 1 else (slack // len(needs), 0):
        over = 0
        for need, units in zip(needs, parts, strict=True):
            blocks = [unit for unit in units if unit.rows]
            balance(blocks, need.rows + share)
            over += sum(block.row_length for block in blocks) - need.rows
        if over <= slack:
            return [unit for units in parts for unit in units]
    return None


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
    for number, piece in enumerate(peninsulas):
        block, side = ends[number * len(ends) // len(peninsulas)]
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

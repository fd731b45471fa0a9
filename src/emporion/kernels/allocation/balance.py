"""Rows back to back: sharing stands among the rows of the blocks so that both rows of a block end together.

A block is as long as the longer of its rows, so every metre of difference is lost. Stands are spread in the order of
their groups, so that neighbours stay together, and then moved and exchanged while that shortens the sum of the blocks.
"""

from __future__ import annotations

from typing import NamedTuple

from .blocks import MIXED, Block, Piece
from .shapes import Role


class Row:
    """One row of a block while it is being filled: its stands, their length, and how many corners it can serve."""

    def __init__(self, block: int, pieces: list[Piece], corners: int, area: int) -> None:
        self.block = block
        self.area = area
        self.pieces = pieces
        self.corners = corners
        self.length = sum(piece.width for piece in pieces)
        self.held = sum(piece.role is Role.CORNER for piece in pieces)
        self.partner: Row | None = None

    @property
    def beside(self) -> int:
        """The length of the other row of the block."""
        return self.partner.length if self.partner else 0

    def takes(self, piece: Piece, instead: Piece | None = None) -> bool:
        """Whether the row has an end for the piece, when it comes instead of another."""
        if piece.role is not Role.CORNER:
            return True
        return self.held - (instead is not None and instead.role is Role.CORNER) < self.corners

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.length += piece.width
        self.held += piece.role is Role.CORNER

    def remove(self, piece: Piece) -> None:
        self.pieces.remove(piece)
        self.length -= piece.width
        self.held -= piece.role is Role.CORNER


class Exchange(NamedTuple):
    """A piece of one row goes to another row, for a piece that comes back or for nothing."""

    gain: int
    source: Row
    piece: Piece
    target: Row
    back: Piece | None


def spread(blocks: list[Block], pieces: list[Piece]) -> None:
    """Fill the rows of the blocks in the order of the pieces' groups, all blocks to about the same length."""
    rows = _rows(blocks)
    if not rows:
        return
    target = sum(piece.width for piece in pieces) / len(rows)
    for piece in sorted(pieces, key=lambda piece: (piece.group, piece.role is not Role.CORNER, -piece.width)):
        able = [row for row in rows if row.takes(piece)]
        open_rows = [row for row in able if row.length + piece.width / 2 <= target]
        if open_rows:
            first = open_rows[0].block
            row = min((row for row in open_rows if row.block == first), key=lambda row: row.length)
        else:
            row = min(able, key=lambda row: row.length)
        row.add(piece)


def balance(blocks: list[Block], room: int) -> bool:
    """Exchange stands between rows until the blocks together are no longer than ``room``; False when stuck."""
    rows = _rows(blocks)
    while True:
        if sum(block.row_length for block in blocks) <= room:
            return True
        best = max(_exchanges(rows), key=lambda exchange: exchange.gain, default=None)
        if best is None:
            return False
        best.source.remove(best.piece)
        best.target.add(best.piece)
        if best.back is not None:
            best.target.remove(best.back)
            best.source.add(best.back)


def _rows(blocks: list[Block]) -> list[Row]:
    rows = []
    for number, block in enumerate(blocks):
        mine = [Row(number, row, block.free_ends, block.area) for row in block.rows]
        if len(mine) == 2:
            mine[0].partner, mine[1].partner = mine[1], mine[0]
        rows += mine
    return rows


def _exchanges(rows: list[Row]) -> list[Exchange]:
    """All moves and swaps that shorten the blocks; pieces of a pavilion only change rows within their block."""
    return [found for i, a in enumerate(rows) for b in rows[i + 1 :] for found in _between(a, b)]


def _between(a: Row, b: Row) -> list[Exchange]:
    """Exchanges between two rows that gain."""
    same = a.block == b.block
    now = max(a.length, b.length) if same else max(a.length, a.beside) + max(b.length, b.beside)
    if same and a.length == b.length:
        return []
    found = []
    for p in [None, *a.pieces]:
        for q in [None, *b.pieces]:
            shift = (q.width if q else 0) - (p.width if p else 0)
            if same:
                then = max(a.length + shift, b.length - shift)
            else:
                then = max(a.length + shift, a.beside) + max(b.length - shift, b.beside)
            if then < now and _allowed(a, p, b, q, same):
                source, piece, target, back = (a, p, b, q) if p else (b, q, a, p)
                assert piece is not None
                found.append(Exchange(now - then, source, piece, target, back))
    return found


def _allowed(a: Row, p: Piece | None, b: Row, q: Piece | None, same: bool) -> bool:
    if not same and (a.area != b.area or (p and p.tied) or (q and q.tied)):
        return False
    if not same and a.area == MIXED and not (_keeps_line(p, b) and _keeps_line(q, a)):
        return False
    return (p is None or b.takes(p, q)) and (q is None or a.takes(q, p))


def _keeps_line(piece: Piece | None, row: Row) -> bool:
    """Whether a row of a shared block already holds stands of the piece's area."""
    return piece is None or any(other.group[0] == piece.group[0] for other in row.pieces)

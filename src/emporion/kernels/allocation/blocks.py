"""What a stretch of a strip is made of: pieces in their roles, and blocks of rows back to back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .shapes import Option, Role


class Piece(NamedTuple):
    """A request in the role it has in a stretch; ``group`` sorts pieces that should be neighbours, ``tied`` holds
    the pieces of one pavilion in the block they share."""

    key: str
    width: int
    role: Role
    group: tuple[str, str]
    tied: bool


@dataclass
class Block:
    """A unit: full-depth stands at its west and its east end, rows between them; an island is a block of its own."""

    west_open: bool
    east_open: bool
    west: list[Piece] = field(default_factory=list)
    east: list[Piece] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)

    @property
    def free_ends(self) -> int:
        """Ends on an aisle that no full-depth stand has taken."""
        return int(self.west_open and not self.west) + int(self.east_open and not self.east)

    @property
    def row_length(self) -> int:
        return max((sum(piece.width for piece in row) for row in self.rows), default=0)

    @property
    def length(self) -> int:
        return sum(piece.width for piece in self.west + self.east) + self.row_length


def piece_of(key: str, option: Option, group: tuple[str, str], tied: bool) -> Piece:
    return Piece(key, option.width, option.role, group, tied)

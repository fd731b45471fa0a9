"""What a stretch of a strip is made of: pieces in their roles, and blocks of rows back to back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .shapes import Option, Role

# The place of requests that belong to no exhibition area: they stand wherever there is room.
ANYWHERE = -1
# In place of an area's: blocks that several areas share.
MIXED = -2


class Piece(NamedTuple):
    """A request in the role it has in a stretch. ``group`` is its area's place from west to east (``ANYWHERE`` without
    an area) and its pavilion: pieces of one group are neighbours. ``tied`` holds a pavilion in the block it shares."""

    key: str
    width: int
    role: Role
    group: tuple[int, str]
    tied: bool


@dataclass
class Block:
    """A unit: full-depth stands at its west and its east end, rows between them; an island is a block of its own.

    ``area`` is the place of the area whose stands it holds, where a stretch holds several.
    """

    west_open: bool
    east_open: bool
    area: int = ANYWHERE
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


def piece_of(key: str, option: Option, group: tuple[int, str], tied: bool) -> Piece:
    return Piece(key, option.width, option.role, group, tied)

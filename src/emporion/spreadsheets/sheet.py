"""What a sheet's XML says beside its values: formulas, merged cells, hidden rows. Read once, block by block."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import range_boundaries

from emporion.spreadsheets.refusals import RowTooLarge, SheetTooLong

BLOCK = 1 << 20
# A tag cut by the end of a block is read with the next one; no tag of these is longer.
LONGEST_TAG = 1_000
# Some programs write each tag with a prefix, as in <x:row r="2">.
TAGS = re.compile(rb"<(?:\w{1,9}:)?(f[ >/]|mergeCell [^>]*>|row[ >/][^>]*|/sheetData>)")
# The rows of a sheet in Excel; where one claims to be beyond, all rows before it would be made up, one after another.
MAX_ROWS = 1_048_576
# A row is held in memory whole, as is what stands before and behind all rows: 16,384 cells of numbers take one
# megabyte, the 65,530 addresses that Excel lets cells have three.
ROW_LIMIT_MB = 8
REFERENCE = re.compile(rb'ref="([^"]+)"')
HIDDEN = re.compile(rb' hidden="(?:1|true)"')
ROW_NUMBER = re.compile(rb' r="(\d+)"')
STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True)
class Merged:
    """Merged cells: their range as Excel names it, and its bounds, each counted from 1."""

    reference: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Traits:
    """What is to be known of a sheet before its values are read."""

    formulas: bool = False
    merged: list[Merged] = field(default_factory=list)
    hidden: int = 0
    first_hidden: int = 0


def traits_of(path: Path, part: str) -> Traits:
    """The traits of a sheet by the name of its part in the package. Raises: RowTooLarge, SheetTooLong."""
    found, row, begin = Traits(), 0, 0
    for tag, place in _tags(path, part):
        if place - begin > ROW_LIMIT_MB * BLOCK:
            raise RowTooLarge(file=path.name, row=row, limit=ROW_LIMIT_MB)
        if tag.startswith((b"row", b"/sheetData")):
            begin = place
        if tag.startswith(b"f"):
            found.formulas = True
        elif tag.startswith(b"row"):
            number = ROW_NUMBER.search(tag)
            row = int(number[1]) if number else row + 1
            if row > MAX_ROWS:
                raise SheetTooLong(file=path.name, limit=MAX_ROWS)
            if row > 1 and HIDDEN.search(tag):
                found.hidden += 1
                found.first_hidden = found.first_hidden or row
        elif reference := REFERENCE.search(tag):
            found.merged.append(_merged(reference[1].decode()))
    return found


def is_strict(path: Path) -> bool:
    """Whether the workbook is saved in the strict form of its format, which other programs seldom read."""
    with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as file:
        return STRICT in file.read(BLOCK)


def _tags(path: Path, part: str) -> Iterator[tuple[bytes, int]]:
    """The tags with their places in the part; each block ends with an empty one, so that their distance is seen."""
    tail, start = b"", 0
    with zipfile.ZipFile(path) as package, package.open(part.lstrip("/")) as file:
        while block := file.read(BLOCK):
            text = tail + block
            # The last tag may be cut: what begins with it is looked at with the next block.
            end = max(text.rfind(b"<"), len(text) - LONGEST_TAG)
            yield from ((tag[1], start + tag.start()) for tag in TAGS.finditer(text, 0, end))
            tail, start = text[end:], start + end
            yield b"", start
    yield from ((tag[1], start + tag.start()) for tag in TAGS.finditer(tail))


def _merged(reference: str) -> Merged:
    left, top, right, bottom = range_boundaries(reference)
    return Merged(reference, left, top, right, bottom)

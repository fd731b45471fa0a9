"""What a sheet's XML says beside its values: formulas, merged cells, hidden rows. Read once, block by block."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import range_boundaries

BLOCK = 1 << 20
# A tag cut by the end of a block is read with the next one; no tag of these is longer.
LONGEST_TAG = 1_000
TAGS = re.compile(rb"<f[ >/]|<mergeCell [^>]*>|<row [^>]*>")
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
    """The traits of a sheet by the name of its part in the package."""
    found, row = Traits(), 0
    for tag in _tags(path, part):
        if tag.startswith(b"<f"):
            found.formulas = True
        elif tag.startswith(b"<row"):
            number = ROW_NUMBER.search(tag)
            row = int(number[1]) if number else row + 1
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


def _tags(path: Path, part: str) -> Iterator[bytes]:
    tail = b""
    with zipfile.ZipFile(path) as package, package.open(part.lstrip("/")) as file:
        while block := file.read(BLOCK):
            text = tail + block
            # The last tag may be cut: what begins with it is looked at with the next block.
            end = max(text.rfind(b"<"), len(text) - LONGEST_TAG)
            yield from TAGS.findall(text, 0, end)
            tail = text[end:]
    yield from TAGS.findall(tail)


def _merged(reference: str) -> Merged:
    left, top, right, bottom = range_boundaries(reference)
    return Merged(reference, left, top, right, bottom)

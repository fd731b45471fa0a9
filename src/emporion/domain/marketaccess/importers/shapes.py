"""Which shape a schedule's file has, whose tariff it is, and its rows in the plain form."""

from __future__ import annotations

import csv
import gzip
import lzma
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from emporion.domain.marketaccess.importers import australia, china, plain, united_states
from emporion.domain.marketaccess.importers.plain import Row
from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged, ScheduleShapeUnknown
from emporion.kernels.text.encodings import encoding_of

AUSTRALIAN = ("tariff-schedule3.json", "tariff-schedules-fta.json")
NAMES = "China's, the United States', Australia's folder of two JSON files, the plain form"
PLAIN = "plain"


@dataclass(frozen=True)
class Found:
    """A schedule as it was found: its shape, the importer that the shape names (empty: the plain form), its rows."""

    shape: str
    importer: str
    rows: tuple[Row, ...]


def open_schedule(path: Path, starts: date) -> Found:
    """Read a schedule in any known shape, as it stands on the day on which it starts.

    Raises ``ScheduleShapeUnknown`` when the file is missing or has no known shape, ``ScheduleDamaged`` by row.
    """
    if path.is_dir():
        return _australian(path, starts)
    text = text_of_file(path)
    header = tuple(name.strip() for name in next(csv.reader(text.splitlines()[:1]), []))
    for shape, importer, named, read in _SHAPES:
        if header[: len(named)] == named:
            return Found(shape, importer, tuple(read(text)))
    raise ScheduleShapeUnknown(file=path.name, shapes=NAMES)


_SHAPES: tuple[tuple[str, str, tuple[str, ...], Callable[[str], Iterable[Row]]], ...] = (
    ("China", "CN", china.HEADER, china.read),
    ("United States", "US", united_states.HEADER, united_states.read),
    (PLAIN, "", plain.REQUIRED, plain.read),
)


def _australian(path: Path, starts: date) -> Found:
    if not australia.belong_together(entry.name for entry in path.iterdir()):
        raise ScheduleShapeUnknown(file=path.name, shapes=NAMES)
    lines, preferences = ((path / name).read_text("utf-8") for name in AUSTRALIAN)
    return Found("Australia", "AU", tuple(australia.read(lines, preferences, starts)))


def text_of_file(path: Path) -> str:
    """The text of a file, also a compressed one. Raises ``ScheduleShapeUnknown``, ``ScheduleDamaged``."""
    if not path.is_file():
        raise ScheduleShapeUnknown(file=f"{path.name} (which is not there)", shapes=NAMES)
    data = path.read_bytes()
    unpack: Mapping[bytes, Callable[[bytes], bytes]] = {b"\x1f\x8b": gzip.decompress, b"\xfd7": lzma.decompress}
    try:
        if data[:2] in unpack:
            data = unpack[data[:2]](data)
    except (OSError, EOFError, lzma.LZMAError) as error:
        wrong = problems.NotWholeCompressedFile(str(error))
        raise ScheduleDamaged(row=1, wrong=wrong, fix=problems.GetFileAnew()) from error
    return text_of(path, data)


def text_of(path: Path, data: bytes) -> str:
    """A file's bytes as text: UTF-8, UTF-16 with its mark, or GB18030. Raises ``ScheduleDamaged`` with the row."""
    try:
        return data.decode(encoding_of(data))
    except UnicodeDecodeError as error:
        # Too few signs to tell encodings apart; bytes of another are hardly ever whole signs of GB 2312.
        with suppress(UnicodeDecodeError):
            return data.decode("gb2312")
        wrong = problems.BytesUnreadable(path.name)
        row = data.count(b"\n", 0, error.start) + 1
        raise ScheduleDamaged(row=row, wrong=wrong, fix=problems.SaveAsUTF8()) from error

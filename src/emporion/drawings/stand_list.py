"""A list of stands in and out: number, place and size, or corners, in metres of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from openpyxl import Workbook

from emporion.domain.booths.queries import HallPlan
from emporion.domain.editions.models import Edition
from emporion.domain.editions.rules.floors import Shape, polygon, rectangle
from emporion.domain.plans.rules.differences import Proposal, ProposedStand
from emporion.domain.reason import Name, Reason
from emporion.domain.refusal import BulkOutcome, Refusal, RowProblem
from emporion.language.reading.errors import InputError
from emporion.language.reading.numbers import number as read_number
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import amount, choice, identifier
from emporion.spreadsheets.cells.reference import Reference
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.reading import Reading, open_list
from emporion.spreadsheets.rejects import inert


class CornersRead(Reason):
    """reads {cell}"""

    cell: str


class GiveCorners(Reason):
    """Write three corners or more as x,y in metres, separated by semicolons"""


class PlaceMissing(Reason):
    """has neither place and size nor corners"""


class GivePlace(Reason):
    """Give x, y, width and depth in metres, or the corners"""


class StandListFaulty(Refusal):
    """{count} rows cannot be read. The first is row {row}, column {column}: it {wrong}. {fix}."""


class StandRow(NamedTuple):
    """A stand as a list names it; lengths in metres from the hall's north-west corner."""

    row: int
    number: str
    x: Any = None
    y: Any = None
    width: Any = None
    depth: Any = None
    corners: tuple[tuple[float, float], ...] = ()
    kind: str = ""
    area: str = ""


def _corners(cell: str) -> tuple[tuple[float, float], ...]:
    try:
        pairs = [tuple(float(read_number(one)) for one in pair.split(",")) for pair in cell.split(";") if pair.strip()]
    except InputError:
        pairs = []
    if len(pairs) < 3 or any(len(pair) != 2 for pair in pairs):
        raise InputError(CornersRead(cell), GiveCorners())
    return tuple((x, y) for x, y in pairs)


def _column(key: str, en: str, zh: str, read: Any, **more: Any) -> Column:
    return Column(key, Name(en, zh), always(read), **more)


def _metres(key: str, en: str, zh: str, example: str) -> Column:
    return _column(key, en, zh, amount(3), blank=None, synonyms=(key,), examples=(example,),
                   note=Name("Metres", "米"))  # fmt: skip


COLUMNS = (
    _column("number", "Number", "展位号", identifier(20), required=True, synonyms=("stand", "booth", "编号"),
            examples=("4.1-A001", "4.1-A002")),
    _metres("x", "X in m", "X（米）", "3"),
    _metres("y", "Y in m", "Y（米）", "6"),
    _metres("width", "Width in m", "宽（米）", "3"),
    _metres("depth", "Depth in m", "深（米）", "3"),
    _column("corners", "Corners", "角点", _corners, blank=(), synonyms=("polygon", "outline"),
            note=Name("x,y; x,y; … in metres, instead of place and size", "x,y;x,y;……（米），可代替位置和尺寸")),
    _column("kind", "Kind", "类型", choice({"standard": ("标准展位",), "special": ("raw", "光地", "特装展位")}),
            choices=("standard", "special"), note=Name("Empty: special from 36 m²", "留空：36平方米起为特装")),
    Column("area", Name("Exhibition area", "展区"), named.area, synonyms=("area",)),
)  # fmt: skip


def _nowhere(edition: Any, rows: Any, *, context: Any) -> BulkOutcome:
    """A list of stands becomes a difference of a plan, and is not written by itself."""
    return BulkOutcome()


KIND = Kind(
    "stands",
    "展位",
    Name("Stands of one hall, one row each.", "一个展馆的展位，每个一行。"),
    COLUMNS,
    StandRow,
    _nowhere,
)


def read_stand_list(name: str, content: bytes, edition: Edition) -> Proposal:
    """The stands that a list proposes for a hall. Raises StandListFaulty, and what opening a list does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"stands{PurePath(name).suffix.lower()}"
        path.write_bytes(content)
        reading = Reading(KIND, open_list(KIND, path), Reference.load(edition))
        rows = list(reading.rows())
    problems = [reading.titled(one) for one in reading.problems]
    problems += [RowProblem(row.row, COLUMNS[1].title, PlaceMissing(), GivePlace()) for row in rows if not _placed(row)]
    if problems:
        first = min(problems, key=lambda one: one.row)
        raise StandListFaulty(count=len({one.row for one in problems}), row=first.row, column=first.column,
                              wrong=first.wrong, fix=first.fix)  # fmt: skip
    stands = tuple(ProposedStand(row.number, _shape(row), row.kind, row.area) for row in rows)
    return Proposal(None, stands, (), ())


def _placed(row: StandRow) -> bool:
    sizes = (row.width, row.depth)
    return bool(row.corners) or (row.x is not None and row.y is not None and all(size and size > 0 for size in sizes))


def _shape(row: StandRow) -> Shape:
    if row.corners:
        return polygon(row.corners)
    return rectangle(float(row.x), float(row.y), float(row.width), float(row.depth))


def stand_list(plan: HallPlan) -> bytes:
    """The stands of a hall as an Excel file that can be brought in again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("stands")
    sheet.append([column.title for column in COLUMNS])
    for row in _rows(plan):
        sheet.append([inert(value) if isinstance(value, str) else value for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows(plan: HallPlan) -> Iterator[list[Any]]:
    for one in plan.stands:
        corners = "; ".join(f"{x:g},{y:g}" for x, y in one.corners)
        place = [None] * 4 if corners else [one.x, one.y, one.width, one.depth]
        yield [one.number, *place, corners, one.kind, one.area]

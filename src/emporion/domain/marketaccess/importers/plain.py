"""The plain form of a schedule: one CSV row per tariff line and span, one column per rate.

``code,description,unit,starts,ends,note`` and then any number of rate columns: ``mfn``, ``general``, ``provisional``,
``in_quota`` and the columns that the market's agreements name. ``docs/marketaccess.md`` describes the cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern

from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged, ScheduleEmpty
from emporion.domain.marketaccess.rules.schedule import Line, read_cell
from emporion.domain.reference.rules import Span

FIXED = ("code", "description", "unit", "starts", "ends", "note")
REQUIRED = ("code",)
EXAMPLE = """code,description,unit,starts,ends,note,mfn,provisional,general,in_quota
84195000,Heat exchange units,No,,,,10,,30,
84198100,Machinery for making hot drinks,No,,,,10%,8%,90%,
04061000,"Fresh cheese, until the end of June",kg,2026-01-01,2026-07-01,,$1.220/kg,,,
04061000,"Fresh cheese, from July on",kg,2026-07-01,,,"$1.220/kg, less 5%",,,
10019900,Wheat,t,,,,65,,180,1
22041000,Sparkling wine,L,,,,5% + $1.2/L,,,
90211000,Orthopaedic appliances,,,,,Free,,,
17011300,Cane sugar,t,,,,?printed as a footnote mark only,,,
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as an importer found it, with the number of the source's row for messages."""

    number: int
    code: str
    description: str
    unit: str = ""
    starts: date | None = None
    ends: date | None = None
    note: str = ""
    cells: Mapping[str, str] = None  # type: ignore[assignment]


def read(text: str) -> Iterator[Row]:
    """The rows of a plain CSV. Raises ``ScheduleDamaged`` with row, column and mending for the first bad row."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in REQUIRED if name not in header]
    if missing or len(header) != len(set(header)):
        raise ScheduleDamaged(row=1, wrong=problems.HeaderWithoutCode(), fix=problems.SeePlainForm())
    rates = [(place, name) for place, name in enumerate(header) if name not in FIXED]
    places = {name: header.index(name) for name in FIXED if name in header}
    for number, cells in enumerate(reader, 2):
        if len(cells) != len(header):
            wrong = problems.CellsUnlikeHeader(len(cells), len(header))
            raise ScheduleDamaged(row=number, wrong=wrong, fix=problems.FixCommas())
        fixed = {name: cells[place].strip() for name, place in places.items()}
        # A schedule says a few hundred different things in a hundred thousand cells: each is kept once.
        own = {name: intern(cells[place]) for place, name in rates if cells[place]}
        yield _row(number, fixed, own)


def _row(number: int, fixed: Mapping[str, str], cells: Mapping[str, str]) -> Row:
    code = fixed["code"]
    if not code.isdigit() or not 6 <= len(code) <= 12:
        raise ScheduleDamaged(row=number, wrong=problems.CodeUnreadable(code), fix=problems.WriteSixToTwelveDigits())
    return Row(
        number, code, fixed.get("description", ""), fixed.get("unit", ""), _day(number, fixed.get("starts", "")),
        _day(number, fixed.get("ends", "")), fixed.get("note", ""), cells,
    )  # fmt: skip


def _day(number: int, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ScheduleDamaged(row=number, wrong=problems.DayUnreadable(text), fix=problems.WriteDay()) from error


def write(rows: Iterable[Row]) -> str:
    """Rows as a plain CSV, ordered by code and start; a rate column per column that any row uses."""
    kept = sorted(rows, key=lambda row: (row.code, row.starts or date.min))
    columns = list(dict.fromkeys(column for row in kept for column in row.cells))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIXED, *columns])
    for row in kept:
        days = [day.isoformat() if day else "" for day in (row.starts, row.ends)]
        cells = [row.cells.get(column, "") for column in columns]
        writer.writerow([row.code, row.description, row.unit, *days, row.note, *cells])
    return out.getvalue()


def lines_of(rows: Iterable[Row]) -> dict[str, tuple[Line, ...]]:
    """Rows as lines by code. Raises ``ScheduleEmpty`` without rows, ``ScheduleDamaged`` where two lines overlap."""
    found: dict[str, tuple[Line, ...]] = {}
    for row in rows:
        span = Span(row.starts, row.ends)
        earlier = found.get(row.code, ())
        if any(_overlap(line.span, span) for line in earlier):
            raise ScheduleDamaged(row=row.number, wrong=problems.LineTwice(row.code), fix=problems.SeparateDays())
        found[row.code] = (*earlier, Line(row.code, row.description, row.unit, span, row.note, row.cells))
    if not found:
        raise ScheduleEmpty()
    return found


def require_columns(rows: Iterable[Row], known: Mapping[str, object]) -> None:
    """Refuse a column that no agreement of the market names: its rates would never be used.

    Raises ``ScheduleDamaged``.
    """
    for column in dict.fromkeys(column for row in rows for column in row.cells):
        if column not in known:
            raise ScheduleDamaged(row=1, wrong=problems.ColumnOfNoAgreement(column), fix=problems.NameColumn())


def require_rates(rows: Iterable[Row]) -> None:
    """Refuse a rate that cannot be read whole; one that its source has not whole is written with ``?`` in front.

    Raises ``ScheduleDamaged``.
    """
    for row in rows:
        for column, text in row.cells.items():
            if not text.startswith("?") and read_cell(text).rate is None:
                wrong = problems.RateUnreadable(text, row.code, column)
                raise ScheduleDamaged(row=row.number, wrong=wrong, fix=problems.WriteRate())


def _overlap(one: Span, other: Span) -> bool:
    starts = max(one.starts or date.min, other.starts or date.min)
    return starts < min(one.ends or date.max, other.ends or date.max)

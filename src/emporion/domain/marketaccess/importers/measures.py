"""The list of additional duties: a CSV row for each measure on a code, with its days and citation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules import measure_problems as problems
from emporion.domain.marketaccess.rules.answer import digits_of
from emporion.domain.marketaccess.rules.charges import ADDITIONAL_KINDS, EVERY_ADDITIONAL, Measure
from emporion.domain.marketaccess.rules.rates import FREE, parse
from emporion.domain.reason import Reason
from emporion.domain.reference.rules import Span
from emporion.domain.refusal import Refusal, RowProblem
from emporion.domain.row_problems import KeepOneOfTwoRows, RepeatsRow

COLUMNS = ("importer", "kind", "code", "origins", "rate", "starts", "ends", "title", "citation", "exporter")
NEEDED = ("importer", "kind", "rate", "starts", "title", "citation")
NO_DUTY = "none"
EXAMPLE = """importer,kind,code,origins,rate,starts,ends,title,citation,exporter
US,section_301,73269086,CN,25%,2019-05-10,,"Section 301, list 3","heading 9903.88.03",
CN,anti_dumping,22042100,AU,116.2%,2021-03-28,2024-03-29,"Wine of Australia","notice of the ministry",Works A
CN,anti_dumping,22042100,AU,218.4%,2021-03-28,2024-03-29,"Wine of Australia","notice of the ministry",all others
CN,safeguard,8419,,none,2026-01-01,2027-01-01,"No safeguard on heading 8419","list of the ministry, read on 2026-10-01",
"""


@dataclass
class MeasureList:
    """The measures of a list with the row of each, and what is wrong with its rows."""

    measures: dict[int, Measure] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)


def read(text: str) -> MeasureList:
    """Every row of the list: read, or told with its column, what is wrong and how to fix it."""
    found = MeasureList()
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(rows, [])]
    if missing := [name for name in NEEDED if name not in header]:
        wrong = problems.ColumnsMissing(tuple(missing))
        found.problems.append(RowProblem(1, missing[0], wrong, problems.AddTheColumns()))
        return found
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            wrong_width = problems.TooManyCells(len(cells), len(header))
            found.problems.append(RowProblem(number, header[-1], wrong_width, problems.QuoteCommas()))
            continue
        padded = [*cells, *[""] * (len(header) - len(cells))]
        _read_row(found, number, {name: cell.strip() for name, cell in zip(header, padded, strict=True)})
    _refuse_repeats(found)
    return found


def _read_row(found: MeasureList, number: int, row: Mapping[str, str]) -> None:
    before = len(found.problems)

    def wrong(column: str, what: Reason | Refusal, fix: Reason) -> None:
        found.problems.append(RowProblem(number, column, what, fix))

    for column in NEEDED:
        if not row[column]:
            wrong(column, problems.CellEmpty(), problems.FillIn())
    try:
        importer = files.country(row["importer"]) if row["importer"] else ""
    except Refusal as refusal:
        importer = ""
        wrong("importer", refusal, problems.WriteTwoLetters())
    kinds = ADDITIONAL_KINDS.get(importer, EVERY_ADDITIONAL)
    if row["kind"] and importer and row["kind"] not in kinds:
        wrong("kind", problems.NoKindThere(row["kind"]), problems.WriteKind(kinds))
    code, origins = _code(row, wrong), _origins(row, wrong)
    starts, ends = _day(row, "starts", wrong), _day(row, "ends", wrong)
    if starts and ends and ends <= starts:
        wrong("ends", problems.EndsBeforeStart(), problems.WriteFirstDayAfter())
    rate = FREE
    if row["rate"] and row["rate"].casefold() != NO_DUTY:
        try:
            rate = parse(row["rate"])
        except Refusal as refusal:
            wrong("rate", refusal, problems.WriteRate())
    if len(found.problems) == before:
        found.measures[number] = Measure(
            importer, row["kind"], code, origins, rate, Span(starts, ends), row["title"], row["citation"],
            row.get("exporter", ""),
        )  # fmt: skip


def _code(row: Mapping[str, str], wrong: problems.Report) -> str:
    try:
        return digits_of(row["code"]) if row.get("code") else ""
    except Refusal as refusal:
        wrong("code", refusal, problems.WriteCode())
    return ""


def _origins(row: Mapping[str, str], wrong: problems.Report) -> tuple[str, ...]:
    found = []
    for name in row.get("origins", "").replace(";", " ").split():
        try:
            found.append(files.country(name))
        except Refusal as refusal:
            wrong("origins", refusal, problems.WriteTwoLetters())
    return tuple(sorted(set(found)))


def _day(row: Mapping[str, str], column: str, wrong: problems.Report) -> date | None:
    text = row.get(column, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong(column, problems.NotADate(text), problems.WriteTheDay())
    return None


def _refuse_repeats(found: MeasureList) -> None:
    """A measure stands once for its days: a second row of the same would be levied twice."""
    seen: dict[tuple[object, ...], list[int]] = {}
    for number, one in list(found.measures.items()):
        key = identity(one)
        again = next((first for first in seen.get(key, ()) if overlap(found.measures[first], one)), None)
        if again is None:
            seen.setdefault(key, []).append(number)
            continue
        found.problems.append(RowProblem(number, "title", RepeatsRow(one.title, again), KeepOneOfTwoRows()))


def identity(one: Measure) -> tuple[object, ...]:
    """What makes two rows the same measure."""
    return one.importer, one.kind, one.code, one.origins, one.exporter.casefold(), one.title.casefold()


def overlap(one: Measure, other: Measure) -> bool:
    """Whether two measures have a day in common."""
    first, second = one.span, other.span
    return (first.ends is None or second.starts is None or second.starts < first.ends) and (
        second.ends is None or first.starts is None or first.starts < second.ends
    )

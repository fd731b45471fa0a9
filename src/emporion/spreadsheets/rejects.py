"""The rejects file: the rows with problems as they were, with a column that says what is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from emporion.domain.refusal import RowProblem
from emporion.language import translate
from emporion.language.catalogue import message
from emporion.spreadsheets.files import WORKBOOK_ENDINGS
from emporion.spreadsheets.headers import WRONG
from emporion.spreadsheets.reading import FIRST_ROW, Reading
from emporion.spreadsheets.refusals import RejectsOverList, UnknownEnding
from emporion.spreadsheets.table import Record

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA = re.compile(r"[=@+\-\t\r]")
# A number with its sign, a telephone number.
NUMBER = re.compile(r"[+-][\d\s.,()]*")
CSV_ENDINGS = {".csv", ".txt", ".tsv"}


def sentence(problem: RowProblem, language: str | None = None) -> str:
    """A problem as one line in a language: the column, what is wrong, how to fix it."""
    wrong, fix = (translate(one, language).rstrip(".。") for one in (problem.wrong, problem.fix))
    line = message("{column}: {wrong}. {fix}.", language) if problem.column else message("{wrong}. {fix}.", language)
    return line.format(column=problem.column, wrong=wrong, fix=fix)


def row_of(problem: RowProblem, language: str | None = None) -> str:
    """The words that place a problem before its sentence: ``Row 7, ``."""
    return message("Row {row}, ", language).format(row=problem.row)


def rejects_beside(source: Path, named: str | Path | None) -> Path:
    """Where rows with problems go: beside the list in its own format, or where it is asked.

    Raises: UnknownEnding, RejectsOverList.
    """
    # What is written has no macros, and Excel opens no workbook of the ending that says so without.
    ending = ".xlsx" if source.suffix.lower() == ".xlsm" else source.suffix
    target = Path(named) if named else source.with_name(f"{source.stem}.rejects{ending}")
    if target.suffix.lower() not in WORKBOOK_ENDINGS | CSV_ENDINGS:
        raise UnknownEnding(file=target.name if named else source.name)
    if target.resolve() == source.resolve():
        raise RejectsOverList(file=target.name)
    return target


def write_rejects(reading: Reading, problems: list[RowProblem], target: Path, language: str | None = None) -> None:
    """Write the rows that have problems, in the format that the target's ending says; problems in a language."""
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        wrong.setdefault(problem.row, []).append(sentence(problem, language))
    records = _records(reading, wrong)
    if target.suffix.lower() in WORKBOOK_ENDINGS:
        _write_workbook(target, records)
    else:
        _write_text(target, records)


def _records(reading: Reading, wrong: dict[int, list[str]]) -> Iterator[Record]:
    """The header and the bad rows; an earlier import's column of problems gives way to the new one."""
    yield [*_without(reading.table.header, reading.header.wrong), WRONG.title]
    for number, record in enumerate(reading.table.records(), FIRST_ROW):
        if number in wrong:
            width = max(len(reading.table.header), len(record))
            even = record + [""] * (width - len(record))
            yield [*_without(even, reading.header.wrong), " ".join(wrong[number])]


def _without(record: Record, place: int | None) -> Record:
    return record if place is None else record[:place] + record[place + 1 :]


def _write_text(path: Path, records: Iterator[Record]) -> None:
    separator = "\t" if path.suffix.lower() == ".tsv" else ","
    # With its mark, Excel opens the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([inert(cell) for cell in record] for record in records)


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it, which reading takes off again."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def _write_workbook(path: Path, records: Iterator[Record]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rejects")
    for record in records:
        sheet.append([_text_cell(sheet, cell) for cell in record])
    book.save(path)


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """A cell that stays text: no formula comes alive, no leading zero is lost, control characters are as Excel's."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))
    cell.data_type, cell.number_format = "s", "@"
    return cell

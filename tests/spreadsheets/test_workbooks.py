"""Excel workbooks: kinds of cells, formulas, sheets, and a sheet of a million cells; no database."""

from __future__ import annotations

import datetime as dt
import resource
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from emporion.domain.refusal import Refusal
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.reading import Reading, open_list
from emporion.spreadsheets.workbook import cell_text
from tests.spreadsheets.world import SHANGHAI, VISITORS, small_reference, write_xlsx

KIND = kind_named("visitors")
HEADER = (*VISITORS, "Phone", "Registered date")


def read(path, kind=KIND):
    reading = Reading(kind, open_list(kind, path), small_reference())
    return list(reading.rows()), reading


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("Benin", "Benin"),
        (13900000000.0, "13900000000"),
        (13900000000, "13900000000"),
        (8419.5, "8419.5"),
        (0.1 + 0.2, "0.3"),
        (1234.56, "1234.56"),
        (True, "yes"),
        (False, "no"),
        (dt.datetime(2023, 11, 5), "2023-11-05"),
        (dt.datetime(2023, 11, 5, 14, 30), "2023-11-05 14:30:00"),
        (dt.date(2023, 11, 5), "2023-11-05"),
    ],
)
def test_every_kind_of_cell_has_its_text(value, text):
    assert cell_text(value) == text


def test_numbers_and_dates_arrive_as_a_person_sees_them(tmp_path):
    rows = [(1001, "Ann", "DE", 13900000000.0, dt.datetime(2023, 9, 1, 10)), ("V2", "Bob", "DE", None, 45235)]
    (ann, bob), _ = read(write_xlsx(tmp_path / "v.xlsx", HEADER, *rows))
    assert (ann.number, ann.phone) == ("1001", "13900000000")
    assert ann.registered == dt.datetime(2023, 9, 1, 10, tzinfo=SHANGHAI)
    assert bob.registered == dt.datetime(2023, 11, 5, tzinfo=SHANGHAI)


def test_a_formula_that_was_never_computed_is_reported(tmp_path):
    _, reading = read(write_xlsx(tmp_path / "v.xlsx", VISITORS, ("V1", "=B3&C3", "DE"), ("V2", "Bob", "DE")))
    (problem,) = reading.problems
    assert (problem.row, problem.column, str(problem.wrong)) == (2, "name", "contains the formula =B3&C3")
    assert str(problem.fix) == "Copy the cells and paste them as values, or save in Excel"


def test_a_formula_s_last_value_is_taken(tmp_path):
    path = write_xlsx(tmp_path / "v.xlsx", VISITORS, ("V1", "=1+1", "DE"))
    computed = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(computed, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    (row,), reading = read(computed)
    assert (row.name, reading.problems) == ("2", [])


def test_the_first_visible_sheet_is_read_and_reported(tmp_path):
    book = Workbook()
    book.active.title = "Hidden"
    book.active.sheet_state = "hidden"
    for row in (VISITORS, ("V1", "Ann", "DE")):
        (book["List"] if "List" in book.sheetnames else book.create_sheet("List")).append(row)
    book.active = 1
    book.save(tmp_path / "v.xlsx")
    rows, reading = read(tmp_path / "v.xlsx")
    assert ([row.name for row in rows], reading.table.described) == (["Ann"], "Excel, sheet List")


def test_a_workbook_whose_first_row_is_empty(tmp_path):
    with pytest.raises(Refusal) as caught:
        read(write_xlsx(tmp_path / "v.xlsx"))
    assert caught.value.sentence == (
        "v.xlsx has an empty first row: it must name the columns, and the rows below it hold the list."
    )


def test_a_cell_formatted_far_away_makes_no_row_and_no_column(tmp_path):
    book = Workbook()
    for row in (VISITORS, ("V1", "Ann", "DE")):
        book.active.append(row)
    book.active.cell(5000, 16384).number_format = "0.00"
    book.save(tmp_path / "v.xlsx")
    rows, reading = read(tmp_path / "v.xlsx")
    assert (len(rows), reading.count, reading.problems) == (1, 1, [])


def test_a_merged_title_above_the_header_is_reported(tmp_path):
    path = write_xlsx(tmp_path / "v.xlsx", ("List of visitors",), VISITORS, ("V1", "Ann", "DE"))
    with pytest.raises(Refusal) as caught:
        read(path)
    assert caught.value.sentence.endswith("Its first row reads: List of visitors.")


def test_a_million_cells_are_read_in_bounded_memory(tmp_path):
    width = 50
    header = (*VISITORS, *[f"Extra {number}" for number in range(width - 3)])
    text = "<c t='inlineStr'><is><t>{}</t></is></c>"
    row = text.format("V{0}") + text.format("Ann") + text.format("DE") + "<c><v>{0}</v></c>" * (width - 3)
    rows = "".join(f"<row>{row.format(number)}</row>" for number in range(20_000))
    small, large = write_xlsx(tmp_path / "small.xlsx", header), tmp_path / "v.xlsx"
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).decode().replace("</sheetData>", f"{rows}</sheetData>"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = Reading(KIND, open_list(KIND, large), small_reference())
    assert sum(1 for _ in reading.rows()) == 20_000
    # The cells' texts alone would take some 60 MB; two batches of rows fit well under this.
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 250
    assert len(reading.notices) == width - 3


def test_amounts_of_a_workbook_keep_their_cents(tmp_path):
    needs = kind_named("needs")
    path = write_xlsx(tmp_path / "n.xlsx", ("Need number", "Need", "Amount", "Currency"), ("N1", "x", 1234.56, "USD"))
    assert read(path, needs)[0][0].amount == Decimal("1234.56")

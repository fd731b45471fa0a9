"""Workbooks of a few kilobytes that would take gigabytes or minutes: refused in words, with little memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from emporion.domain.refusal import Refusal
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.reading import open_list
from tests.spreadsheets.world import VISITORS, write_xlsx

SHEET, TEXTS, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
MB = 2**20
MOST_MEMORY = 100 * MB


def changed(folder: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A workbook of one visitor with one part of its package changed, or added where it has none of that name."""
    plain, path = write_xlsx(folder / "plain.xlsx", VISITORS, ("V1", "Ann", "DE")), folder / "v.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in {*source.namelist(), part}:
            content = source.read(name) if name in source.namelist() else b""
            target.writestr(name, change(content) if name == part else content)
    return path


def sentence(path: Path) -> str:
    """Why a workbook is refused, after no more memory than a list takes."""
    tracemalloc.start()
    try:
        with pytest.raises(Refusal) as caught:
            for _record in open_list(kind_named("visitors"), path).records():
                pass
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    return caught.value.sentence


def rows(text: str) -> Callable[[bytes], bytes]:
    """Put text behind the last row of a sheet."""
    return lambda content: content.replace(b"</sheetData>", text.encode() + b"</sheetData>")


@pytest.mark.parametrize(
    ("part", "size", "told"),
    [
        (STYLES, 17, "17 MB in its part xl/styles.xml, more than the 16 MB"),
        (BOOK, 17, "17 MB in its part xl/workbook.xml, more than the 16 MB"),
        (TEXTS, 257, "257 MB in its part xl/sharedStrings.xml, more than the 256 MB"),
    ],
)
def test_a_part_that_is_held_in_memory_whole_is_bounded(tmp_path: Path, part: str, size: int, told: str) -> None:
    path = changed(tmp_path, part, lambda content: content + b" " * size * MB)
    assert told in sentence(path)


def test_a_row_of_a_million_cells_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, SHEET, rows('<row r="3">' + "<c><v>1</v></c>" * 700_000 + "</row>"))
    assert "more than 8 MB in one row (after row 3)" in sentence(path)


def test_a_cell_of_ten_million_letters_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path, SHEET, rows(f'<x:row r="3"><c t="inlineStr"><is><t>{"A" * 10 * MB}</t></is></c></x:row>'))
    assert "more than 8 MB in one row (after row 3)" in sentence(path)


def test_a_sheet_without_its_size_is_not_read_into_memory_to_find_it(tmp_path: Path) -> None:
    big = rows('<row r="3">' + "<c><v>1</v></c>" * 700_000 + "</row>")
    path = changed(tmp_path, SHEET, lambda content: big(content.replace(b"<dimension", b"<was")))
    assert "more than 8 MB in one row (after row 3)" in sentence(path)


def test_hundreds_of_thousands_of_merged_cells_behind_the_rows_are_refused(tmp_path: Path) -> None:
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:A3"/>' * 400_000 + b"</mergeCells>"
    path = changed(tmp_path, SHEET, lambda content: content.replace(b"</sheetData>", merged))
    assert "more than 8 MB" in sentence(path)


@pytest.mark.parametrize("row", ['<row r="2000000000"><c><v>1</v></c></row>', "<row/>" * 1_048_577])
def test_rows_beyond_the_last_one_of_excel_are_not_made_up(tmp_path: Path, row: str) -> None:
    path = changed(tmp_path, SHEET, rows(row))
    assert (
        sentence(path) == "v.xlsx has a row beyond 1048576, the last one of a sheet in Excel: save it again in Excel."
    )


def test_entities_are_not_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of the server")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><worksheet'.encode()
    cell = '<row r="3"><c t="inlineStr"><is><t>&e;</t></is></c></row>'
    path = changed(tmp_path, SHEET, lambda content: rows(cell)(content.replace(b"<worksheet", head, 1)))
    told = sentence(path)
    assert "is a damaged Excel workbook" in told and "of the server" not in told

"""Files that are not what they seem, encodings, separators; no database."""

from __future__ import annotations

import codecs
import zipfile

import pytest

from emporion.domain.refusal import Refusal
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.reading import Reading, open_list
from tests.spreadsheets.world import VISITORS, csv_bytes, small_reference, write_csv, write_xlsx

KIND = kind_named("visitors")
CHEN = ("V06-1", "陈思远", "中国")
HEADER_ZH = ("登记号", "姓名", "国家")


def read(path):
    reading = Reading(KIND, open_list(KIND, path), small_reference())
    return [(row.row, row.number, row.name, row.country) for row in reading.rows()], reading


def sentence(path):
    with pytest.raises(Refusal) as caught:
        read(path)
    return caught.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_the_encodings_and_separators_that_spreadsheets_write(tmp_path, encoding, separator):
    path = write_csv(tmp_path / "v.csv", HEADER_ZH, CHEN, separator=separator, encoding=encoding)
    assert read(path)[0] == [(2, "V06-1", "陈思远", "CN")]


def test_the_way_a_text_was_read_is_reported(tmp_path):
    path = write_csv(tmp_path / "v.csv", HEADER_ZH, CHEN, separator=";", encoding="gb18030")
    assert open_list(KIND, path).described == "GB18030, separated by semicolons"


def test_western_bytes_are_not_taken_for_chinese(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ("V06-1", "Société Générale d'Été", "DE"), encoding="cp1252")
    assert sentence(path) == (
        "v.csv is not written in UTF-8, and its characters do not show which encoding it uses (line 2): open it in the "
        'program that wrote it and save it as "CSV UTF-8".'
    )


def test_a_broken_byte_is_reported_with_its_line(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(csv_bytes(VISITORS, ("V06-1", "Ann", "DE")) + b"V06-2,\xff\xff,DE\r\n")
    assert sentence(path) == (
        "v.csv is not written in UTF-8, and its characters do not show which encoding it uses (line 3): open it in the "
        'program that wrote it and save it as "CSV UTF-8".'
    )


def test_excel_s_line_that_tells_the_separator_is_no_row(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(b"sep=;\r\n" + csv_bytes(VISITORS, ("V06-1", "Ann", "DE"), separator=";"))
    assert read(path)[0] == [(2, "V06-1", "Ann", "DE")]


def test_a_missing_file(tmp_path):
    assert sentence(tmp_path / "v.csv") == "There is no file v.csv: check its name and folder."


@pytest.mark.parametrize("content", [b"", b"  \r\n", codecs.BOM_UTF8])
def test_an_empty_file(tmp_path, content):
    path = tmp_path / "v.csv"
    path.write_bytes(content)
    assert sentence(path) == (
        "v.csv has an empty first row: it must name the columns, and the rows below it hold the list."
    )


def test_a_workbook_named_csv_and_a_text_named_xlsx(tmp_path):
    book = write_xlsx(tmp_path / "v.xlsx", VISITORS).rename(tmp_path / "v.csv")
    assert sentence(book) == (
        "v.csv is an Excel workbook by its contents, though its ending says text: give it the ending .xlsx."
    )
    text = write_csv(tmp_path / "w.xlsx", VISITORS)
    assert sentence(text) == "w.xlsx is text by its contents, though its ending says Excel: give it the ending .csv."


def test_an_old_workbook_and_an_encrypted_one(tmp_path):
    old = tmp_path / "old.xls"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le"))
    assert sentence(old) == (
        "old.xls is a workbook of the Excel 97-2003 kind: open it in Excel and save it as an Excel workbook (.xlsx)."
    )
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert sentence(locked) == (
        "locked.xlsx is protected by a password: "
        "remove the password in Excel (File, Info, Protect Workbook) and save it."
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "a web page or XML"),
        (b"\x7fELF" + bytes(40), "a binary file"),
    ],
)
def test_what_is_no_list_at_all(tmp_path, content, what):
    path = tmp_path / "v.csv"
    path.write_bytes(content)
    assert sentence(path) == (f"v.csv is {what}, not a list: save the list as CSV or as an Excel workbook (.xlsx).")


@pytest.mark.parametrize(
    ("name", "part", "what"),
    [
        ("v.xlsx", "readme.txt", "a package of other files"),
        ("v.ods", "META-INF/manifest.xml", "an OpenDocument file"),
        ("v.xlsb", "xl/workbook.bin", "a binary Excel workbook"),
    ],
)
def test_a_zip_that_is_no_workbook(tmp_path, name, part, what):
    with zipfile.ZipFile(tmp_path / name, "w") as package:
        package.writestr(part, "hello")
    assert sentence(tmp_path / name) == (
        f"{name} is {what}, not a list: save the list as CSV or as an Excel workbook (.xlsx)."
    )


def test_a_workbook_cut_short_or_with_a_broken_sheet(tmp_path):
    whole = write_xlsx(tmp_path / "v.xlsx", VISITORS, ("V06-1", "Ann", "DE"))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:-200])
    assert sentence(cut) == (
        "cut.xlsx is a damaged Excel workbook (its package cannot be opened): "
        "open it in Excel, let Excel repair it, and save it again."
    )
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, content[: len(content) // 2] if "sheet1" in part else content)
    assert sentence(broken).startswith("broken.xlsx is a damaged Excel workbook (")


def test_a_quotation_mark_without_partner_is_reported_with_its_row(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(csv_bytes(VISITORS, ("V06-1", "Ann", "DE")) + b'V06-2,"Bob,DE\r\nV06-3,Cem,DE\r\n')
    assert sentence(path) == (
        "v.csv cannot be split into cells after row 2: a quotation mark there has no partner. "
        "Write a mark inside a cell twice, and close every cell that begins with one."
    )


def test_a_cell_of_several_lines_is_one_row(tmp_path):
    path = write_csv(tmp_path / "v.csv", VISITORS, ("V06-1", "Ann\nLee", "DE"), ("V06-2", "Bob", "DE"))
    assert read(path)[0] == [(2, "V06-1", "Ann Lee", "DE"), (3, "V06-2", "Bob", "DE")]


def test_a_surplus_cell_is_a_separator_that_was_not_quoted(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(csv_bytes(VISITORS) + b"V06-1,Lee, Ann,DE\r\n,,\r\nV06-2,Bob,DE,,\r\n")
    rows, reading = read(path)
    assert rows == [(4, "V06-2", "Bob", "DE")]
    (problem,) = reading.problems
    assert (problem.row, str(problem.wrong)) == (2, "has 4 cells where the first row has 3")
    assert str(problem.fix) == "Put a cell that holds the separator between quotation marks"


def test_a_line_as_long_as_a_file_is_refused_before_it_is_split(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(csv_bytes(VISITORS) + b"x," * 2**20)
    assert sentence(path) == (
        "v.csv has more than 1 MB in line 2, and each line of a list is a row: save it as CSV again in the program "
        "that wrote it."
    )


def test_a_list_of_thousands_of_columns_is_refused(tmp_path):
    path = write_csv(tmp_path / "v.csv", (*VISITORS, *(f"Extra {number}" for number in range(998))), ("V1", "A", "DE"))
    assert sentence(path) == ("v.csv names 1001 columns; a list has at most 1000. Keep those that the template has.")

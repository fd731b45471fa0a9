"""Lists as people keep them: each kind of trouble is read right, or told with the way out; nothing is guessed."""

from __future__ import annotations

import csv
import zipfile
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import visitors_found
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import clean, email, identifier, several, text
from emporion.spreadsheets.headers import read_header
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.reading import Reading, open_list
from emporion.spreadsheets.refusals import MergedAcross, UnknownEncoding, WorkbookStrict
from emporion.spreadsheets.table import Table
from emporion.spreadsheets.workbook import cell_text, open_workbook
from tests.spreadsheets.test_cells import problem_of
from tests.spreadsheets.world import VISITORS, problems_of, small_reference, take, texts, write_csv, write_xlsx


def reading_of(kind: str, path: Path) -> Reading:
    definition = kind_named(kind)
    return Reading(definition, open_list(definition, path), small_reference())


def rows_of(kind: str, path: Path) -> list[object]:
    return list(reading_of(kind, path).rows())


DEALS = ("number", "exhibitor", "buyer", "amount", "currency", "signed")


def deals(folder: Path, *amounts: str) -> Reading:
    lines = [(f"T-{place}", "Kessel", "Buyer", amount, "USD", "2023-11-08") for place, amount in enumerate(amounts)]
    return reading_of("deals", write_csv(folder / "deals.csv", DEALS, *lines))


def test_a_point_before_three_digits_is_refused_where_its_column_says_nothing(tmp_path: Path) -> None:
    reading = deals(tmp_path, "250.000", "2.500", "100")
    assert len(list(reading.rows())) == 1
    assert [(one.row, str(one.wrong)) for one in reading.problems] == [
        (2, "reads 250.000, which may be 250000 or 250"), (3, "reads 2.500, which may be 2500 or 2.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "value"), [("1.250,00", Decimal(250_000)), ("12,50", Decimal(250_000)), ("12.50", Decimal(250))]
)
def test_the_rest_of_the_column_decides_it(tmp_path: Path, other: str, value: Decimal) -> None:
    assert next(row.amount for row in deals(tmp_path, "250.000", other).rows()) == value  # type: ignore[attr-defined]


def test_a_number_of_a_workbook_is_the_number_it_is(tmp_path: Path) -> None:
    lines = [(f"T-{value}", "Kessel", "Buyer", value, "USD", "2023-11-08") for value in (2.5, 1234.125, 1.125)]
    path = write_xlsx(tmp_path / "deals.xlsx", DEALS, *lines)
    reading = reading_of("deals", path)
    assert [row.amount for row in reading.rows()] == [Decimal("2.50")]  # type: ignore[attr-defined]
    assert {str(one.fix) for one in reading.problems} == {"Write at most 2 decimals"}


@pytest.mark.parametrize(
    ("name", "codec", "called"),
    [
        ("한빛정밀 주식회사", "cp949", "EUC-KR (Korean)"),
        ("臺灣貿易股份有限公司", "cp950", "Big5 (traditional Chinese)"),
        ("東京食品株式会社", "cp932", "Shift-JIS (Japanese)"), ("Общество Пример", "cp1251", "Windows-1251 (Cyrillic)"),
        ("Ελληνική Εταιρεία Τροφίμων", "cp1253", "Windows-1253 (Greek)"),
    ],
)  # fmt: skip
def test_a_list_in_an_old_encoding_is_read_right_and_reported(
    tmp_path: Path, name: str, codec: str, called: str
) -> None:
    path = write_csv(tmp_path / "list.csv", VISITORS, ("V1", name, "CN"), encoding=codec)
    reading = reading_of("visitors", path)
    assert [row.name for row in reading.rows()] == [name]  # type: ignore[attr-defined]
    assert texts(reading.notices) == [
        f"The file does not say how it is written; it was read as {called}: check a name or two"
    ]


def test_an_encoding_in_doubt_is_refused_with_the_way_to_save_it(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", VISITORS, ("V1", "Łódź Spółka", "PL"), encoding="cp1250")
    with pytest.raises(UnknownEncoding, match=r"do not show which encoding it uses \(line 2\).*CSV UTF-8"):
        open_list(kind_named("visitors"), path)


def test_a_number_that_lost_its_last_digits_is_reported(tmp_path: Path) -> None:
    columns = ("name", "country", "registered number", "exhibition area", "stand", "sqm")
    path = write_xlsx(tmp_path / "l.xlsx", columns, ("Lange Ziffer", "CN", 911301234567890123.0, "x", "standard", 9))
    reading = reading_of("exhibitors", path)
    assert list(reading.rows()) == []
    problem = next(one for one in reading.problems if one.column == "registered_number")
    assert str(problem.wrong) == "was shortened to 9.11301234567890E+17"
    assert str(problem.fix) == "Format the column as text and type the whole number again"


def test_a_long_number_that_another_program_wrote_whole_stays_whole() -> None:
    assert cell_text(911301234567890123) == "911301234567890123"
    assert cell_text(911301234567890000) == "9.11301234567890E+17"
    assert [cell_text(123456789012345), cell_text(1e15)] == ["123456789012345", "1.00000000000000E+15"]


def merged(folder: Path, cells: str) -> Path:
    book = Workbook()
    book.active.append((*VISITORS, "organisation"))
    for number, name, organisation in (
        (4, "Vier", "Merge GmbH"),
        (5, "Fuenf", ""),
        (6, "Sechs", ""),
        (7, "Sieben", ""),
    ):
        book.active.append((f"VM-{number}", name, "DE", organisation))
    book.active.merge_cells(cells)
    book.save(folder / "merged.xlsx")
    return folder / "merged.xlsx"


def test_a_cell_merged_over_three_people_is_that_of_all_three(tmp_path: Path) -> None:
    reading = reading_of("visitors", merged(tmp_path, "D2:D4"))
    organisations = [row.organisation for row in reading.rows()]  # type: ignore[attr-defined]
    assert organisations == ["Merge GmbH"] * 3 + [""]
    assert texts(reading.notices) == ["The value of the merged cells D2:D4 was read for each of their rows"]


def test_cells_merged_across_columns_are_refused_by_their_range(tmp_path: Path) -> None:
    with pytest.raises(MergedAcross, match="has the merged cells B3:C3"):
        open_list(kind_named("visitors"), merged(tmp_path, "B3:C3"))


def test_a_second_sheet_and_hidden_rows_are_reported(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Day 1"
    for row in (VISITORS, ("VS-1", "Eins", "DE"), ("VS-2", "Zwei", "DE")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    second, secret = book.create_sheet("Day 2"), book.create_sheet("Lists")
    second.append(VISITORS)
    secret.append(["x"])
    secret.sheet_state = "hidden"
    book.save(tmp_path / "two.xlsx")
    reading = reading_of("visitors", tmp_path / "two.xlsx")
    assert len(list(reading.rows())) == 2
    assert texts(reading.notices) == [
        "Only the sheet Day 1 was read; not read: Day 2",
        "1 rows that are hidden or filtered out were read as the others, the first of them row 3",
    ]


def test_days_of_a_workbook_that_counts_from_1904_and_escaped_signs_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append((*VISITORS, "registered date"))
    book.active.append(("VE-1", "Two_x000D_\nLines", "DE", datetime(2023, 9, 25)))
    book.save(tmp_path / "mac.xlsx")
    [record] = open_workbook(tmp_path / "mac.xlsx").records()
    assert record == ["VE-1", "Two\r\nLines", "DE", "2023-09-25"]


def test_what_excel_made_a_date_is_no_number(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", VISITORS, (datetime(2026, 11, 3), "Dora", "DE"), (0.125, "Bruno", "DE"),
                      (time(9, 30), "Theo", "DE"), ("VX-4", "Vera", "DE"))  # fmt: skip
    reading = reading_of("visitors", path)
    assert [row.number for row in reading.rows()] == ["VX-4"]  # type: ignore[attr-defined]
    assert [str(one.wrong) for one in reading.problems] == [
        f"holds a date or a part of a day ({value}), which a spreadsheet made of what was typed"
        for value in ("2026-11-03", "0.125", "09:30:00")
    ]


def test_a_strict_workbook_is_refused_with_how_to_save_it(tmp_path: Path) -> None:
    write_xlsx(source := tmp_path / "plain.xlsx", VISITORS, ("V1", "Ann", "DE"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "strict.xlsx", "w") as new:
        for part in old.namelist():
            spaces = (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            new.writestr(part, old.read(part).replace(*spaces))
    with pytest.raises(WorkbookStrict, match="save it as an Excel workbook"):
        open_workbook(tmp_path / "strict.xlsx")


def header_of(kind: str, *cells: str) -> tuple[dict[str, object], list[str]]:
    table = Table(Path("list.csv"), list(cells), lambda: iter(()), "CSV")
    header = read_header(kind_named(kind), table)
    return dict(header.places), texts(header.notices)


@pytest.mark.parametrize(
    "cells", [("Company Name (English)", "Company Name (Chinese)"), ("公司名称（英文）", "公司名称（中文）")]
)
def test_a_name_in_each_language_stands_in_its_own_column(cells: tuple[str, str]) -> None:
    assert header_of("exhibitors", *cells) == ({"name": 0, "name_zh": 1}, [])


def test_a_column_of_another_meaning_never_takes_the_place_of_its_name_silently() -> None:
    visitor = ("number", "name", "country")
    assert header_of("visitors", *visitor, "Organisation", "Organisation (billing)") == (
        {"number": 0, "name": 1, "country": 2, "organisation": 3},
        ["Column E, Organisation (billing), is not known and was not read"],
    )
    assert header_of("visitors", *visitor, "Phone (emergency)") == (
        {"number": 0, "name": 1, "country": 2, "phone": 3}, ["Column D, Phone (emergency), was read as Phone"],
    )  # fmt: skip
    assert header_of("visitors", "number", "Name (as in passport)", "Country (国家)")[0] == {
        "number": 0, "name": 1, "country": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("given", "family", "name"), [("Vor", "Nach", "Vor Nach"), ("思远", "陈", "陈思远")])
def test_a_given_and_a_family_name_are_joined(tmp_path: Path, given: str, family: str, name: str) -> None:
    path = write_csv(tmp_path / "l.csv", ("number", "first name", "last name", "country"), ("V1", given, family, "DE"))
    [row] = rows_of("visitors", path)
    assert row.name == name  # type: ignore[attr-defined]


@pytest.mark.parametrize("cell", ["mailto:m@example.org", "<m@example.org>", "MAILTO:m@example.org"])
def test_an_address_is_read_without_what_programs_put_around_it(cell: str) -> None:
    assert email(cell) == "m@example.org"


@pytest.mark.parametrize(
    "cell",
    ["m@example.org.", "m@example..org", "m..m@example.org", "m,n@example.org", "m@-example.org", "m@example.c",
     "mail space@example.org", "a@example.org; b@example.org", "Mail Angle <m@example.org>", "m@example,org", "n/a"],
)  # fmt: skip
def test_what_is_no_address_is_refused(cell: str) -> None:
    assert problem_of(email, cell)[1] == "Write one e-mail address, as name@example.org"


def test_an_address_may_have_letters_beyond_ascii_and_hyphens() -> None:
    assert [email("zoë@example.org"), email("m.n+o@mail-1.example.co.uk")] == [
        "zoë@example.org",
        "m.n+o@mail-1.example.co.uk",
    ]


def test_a_currency_is_read_as_it_is_written_in_daily_use() -> None:
    known = {"usd": "USD", "cny": "CNY", "eur": "EUR", "jpy": "JPY", "twd": "TWD"}
    reference = small_reference()
    read = named.currency(type(reference)(**{**reference.__dict__, "currencies": known}))
    written = ["rmb", "CNH", "人民币", "US$", "usd ", "美元", "€", "Euro", "YEN", "NTD", "NT$"]
    assert [read(one) for one in written] == ["CNY"] * 3 + ["USD"] * 3 + ["EUR"] * 2 + ["JPY"] + ["TWD"] * 2
    assert problem_of(read, "￥") == ("names more than one currency: ￥", "Write one of: CNY, JPY")
    assert problem_of(read, "dollar") == (
        "names more than one currency: dollar",
        "Write one of: USD, AUD, CAD, HKD, SGD",
    )


def test_what_stands_within_brackets_is_no_other_value() -> None:
    assert several(text(100))("李明（董事长、总经理）；王芳（Head; Trade）") == (
        "李明（董事长、总经理）",
        "王芳（Head; Trade）",
    )
    assert several(text(100))("a (b; c") == ("a (b", "c")


@pytest.mark.django_db
def test_rejects_as_text_hold_no_living_formula_and_read_back_as_they_were(tmp_path: Path, fair: object) -> None:
    cells = ['=HYPERLINK("http://x.example","open")', "@SUM(A1)", "+1+1", "-1+1 x"]
    path = write_csv(tmp_path / "v.csv", VISITORS, *((f"VI-{at}", cell, "XX") for at, cell in enumerate(cells)))
    report = take("visitors", path)
    assert report.rejects_path is not None
    with report.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        names = [row[1] for row in csv.reader(file)][1:]
    assert names == [f"'{cell}" for cell in cells]
    assert [clean(name) for name in names[1:]] == cells[1:]


def test_a_telephone_number_in_rejects_stays_as_it_is() -> None:
    assert identifier(30)(clean("+86 139 0000 0000")) == "+86 139 0000 0000"


def test_a_registration_number_is_one_in_capitals_or_not(tmp_path: Path, fair: object) -> None:
    path = write_csv(tmp_path / "v.csv", VISITORS, ("VD-1", "Doris", "DE"), ("vd-1", "Dora", "DE"))
    assert [(row, column) for row, column, *_ in problems_of(take("visitors", path))] == [(3, "Registration number")]
    first = take("visitors", write_csv(tmp_path / "a.csv", VISITORS, ("VD-1", "Doris", "DE")))
    again = take("visitors", write_csv(tmp_path / "b.csv", VISITORS, ("vd-1", "Doris Day", "DE")))
    assert (first.created, again.created, again.updated) == (1, 0, 1)


def test_visitors_are_found_by_the_desk_by_number_name_address_and_organisation(tmp_path: Path, fair: object) -> None:
    zoe = ("VD-1", "Zoë Müller", "DE", "zoe@example.org", "Doppel Handel GmbH")
    lan = ("VD-2", "王兰", "CN", "", "上海示例")
    take("visitors", write_csv(tmp_path / "v.csv", (*VISITORS, "E-mail", "Organisation"), zoe, lan))
    sought = {"VD-1": ("vd-1", "muller zoe", "ZOE@example.org", "doppelhandel"),
              "VD-2": ("wang lan", "wl", "王蘭", "shanghai shili")}  # fmt: skip
    for number, ways in sought.items():
        found = [
            list(Visitor.objects.filter(pk__in=visitors_found(way)).values_list("number", flat=True)) for way in ways
        ]
        assert found == [[number]] * 4
    assert not visitors_found("nobody")

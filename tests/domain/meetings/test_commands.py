"""A timetable from two lists, without a database, and of an edition."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook, load_workbook

from tests import make
from tests.domain.meetings.fair import accept, make_fair

REQUESTS = "buyer,exhibitor,wish\nAnn,Kessel,must\nBob,Kessel,like\nCy,Kessel,\nDee,=1+2,like\nBob,=1+2,no\n"
AVAILABILITY = "name,day,from,to,hosts,hall\nKessel,2026-11-05,10:00,11:00,1,4.1\nAnn,2026-11-05,,,,\n"


def lists(folder: Path, requests: str = REQUESTS, availability: str = AVAILABILITY) -> list[str]:
    (folder / "requests.csv").write_text(requests)
    (folder / "availability.csv").write_text(availability)
    return [str(folder / "requests.csv"), str(folder / "availability.csv")]


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(path)[sheet].values)


def test_two_lists_become_a_sheet_for_everybody_and_one_for_the_organiser(tmp_path: Path) -> None:
    out = tmp_path / "timetable.xlsx"
    call_command("timetable-files", *lists(tmp_path), out=out)
    assert load_workbook(out).sheetnames == [
        "timetable",
        "no slot",
        "people",
        "=1+2",
        "Ann",
        "Bob",
        "Cy",
        "Dee",
        "Kessel",
    ]
    timetable = rows(out, "timetable")
    assert [row[3] for row in timetable[1:] if row[4] == "Kessel"][0:2].count("Ann") == 1
    assert {row[1] for row in timetable[1:] if row[4] == "Kessel"} == {"10:00", "10:30"}
    [left] = rows(out, "no slot")[1:]
    assert left[1] == "Kessel"
    assert "full in all 2 slots" in str(left[3])
    assert f"{left[0]}有空的2个时段里，Kessel均已约满" in str(left[4])
    assert rows(out, "Ann")[1][3] == "Kessel"
    assert load_workbook(out)["=1+2"]["D1"].data_type == "s"


@pytest.mark.parametrize(
    ("requests", "availability", "message"),
    [
        (REQUESTS + "Ann,Kessel,like\n", AVAILABILITY, "requests.csv, row 7: Ann and Kessel are in row 2 already"),
        (REQUESTS + "Eve,,like\n", AVAILABILITY, "row 7: the exhibitor is missing"),
        (REQUESTS + "Eve,Leroy,maybe\n", AVAILABILITY, "the wish “maybe” is none of must, like, no"),
        (REQUESTS, AVAILABILITY + ",2026-11-05,,,,\n", "availability.csv, row 4: the name is missing"),
        (REQUESTS, AVAILABILITY + "Bob,2026-02-30,,,,\n", "the day must be written as 2026-11-05, got “2026-02-30”"),
        (REQUESTS, AVAILABILITY + "Kessel,2026-11-05,,,,8.2\n", "Kessel stands in hall 4.1 by an earlier row"),
        ("buyer,exhibitor\nAnn,Ann\n", AVAILABILITY, "row 2: Ann cannot meet itself"),
        (REQUESTS, "name,day\nAnn,\n", "names no day for anybody in a request"),
        (REQUESTS, AVAILABILITY + "Bob,5.11.,,,,\n", "the day must be written as 2026-11-05"),
        (REQUESTS, AVAILABILITY + "Bob,2026-11-05,25:00,,,\n", "from must be a time as 09:30"),
        (REQUESTS, AVAILABILITY + "Bob,2026-11-05,11:00,10:00,,\n", "from 11:00 is not before to 10:00"),
        (
            REQUESTS,
            AVAILABILITY + "Bob,2026-11-05,22:00,02:00,,\n",
            "row 4: from 22:00 is not before to 02:00; a time past midnight is two rows, to 24:00 and from 00:00.",
        ),
        (
            REQUESTS,
            AVAILABILITY + "Bob,2026-11-05,2026-11-04 10:00,,,\n",
            "row 4: from is of another day, “2026-11-04 10:00”, than the row's day 2026-11-05.",
        ),
        (REQUESTS, AVAILABILITY + "Bob,,,,0,\n", "hosts must be a whole number from 1 to 100"),
        (REQUESTS, AVAILABILITY + "Kessel,2026-11-06,,,2,\n", "row 4: Kessel has hosts 1 by an earlier row, here 2."),
        (REQUESTS, "who,when\nAnn,now\n", "availability.csv has no column day"),
        ("buyer,exhibitor\n", AVAILABILITY, "has no rows below its header"),
    ],
)
def test_rows_that_cannot_be_read_are_named_and_nothing_is_written(
    tmp_path: Path, requests: str, availability: str, message: str
) -> None:
    out = tmp_path / "timetable.xlsx"
    with pytest.raises(CommandError) as refused:
        call_command("timetable-files", *lists(tmp_path, requests, availability), out=out)
    assert message in str(refused.value)
    assert not out.exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_how_far_the_timetable_is_and_a_file_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", file := io.StringIO())
    lists(tmp_path)
    run(tmp_path)
    assert file.getvalue() == ""
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    run(tmp_path)
    assert "rounds of the timetable" in terminal.getvalue()


def test_what_is_wrong_in_either_list_is_reported_at_once(tmp_path: Path) -> None:
    many = REQUESTS + "".join(f"P{number},,like\n" for number in range(25))
    with pytest.raises(CommandError) as refused:
        call_command(
            "timetable-files", *lists(tmp_path, many, AVAILABILITY + ",2026-11-05,,,,\n"), out=tmp_path / "t.xlsx"
        )
    printed = str(refused.value).splitlines()
    assert printed[1] == "requests.csv, row 7: the exhibitor is missing."
    assert printed[-2:] == ["… and 5 more of this list.", "availability.csv, row 4: the name is missing."]
    with pytest.raises(CommandError) as refused:
        call_command(
            "timetable-files", *lists(tmp_path, "who,whom\nA,B\n", "name,when\nA,now\n"), out=tmp_path / "t.xlsx"
        )
    assert [line.partition(" (")[0] for line in str(refused.value).splitlines()[1:]] == [
        "requests.csv has no column buyer", "availability.csv has no column day",
    ]  # fmt: skip


def test_a_wish_is_read_in_both_languages_and_one_that_is_none_gets_all_their_words(tmp_path: Path) -> None:
    wishes = "buyer,exhibitor,wish\nAnn,K,想\nBob,K,希望\nCy,K,必须\nDee,K,不想\nEve,K,Yes\n"
    lists(tmp_path, wishes, "name,day,from,to\nK,2026-11-05,,\n")
    assert len(rows(run(tmp_path), "timetable")[1:]) == 4
    lists(tmp_path, wishes + "Fay,K,也许\n", "name,day,from,to\nK,2026-11-05,,\n")
    with pytest.raises(CommandError, match=r"the wish “也许” is none of must, like, no.*必须.*希望.*想.*不"):
        run(tmp_path)


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["05/11/2026", "13/11/2026"], {"2026-11-05", "2026-11-13"}),
        (["11/5/2026", "11/13/2026"], {"2026-11-05", "2026-11-13"}),
        (["05/11/2026", "2026-11-04", "2026-11-06"], {"2026-11-04", "2026-11-05", "2026-11-06"}),
        (["11.5.2026", "2026-11-05"], {"2026-11-05"}),
        (["5/5/2026"], {"2026-05-05"}),
    ],
)
def test_a_day_as_excel_shows_it_is_read_where_the_other_days_say_how(
    tmp_path: Path, days: list[str], read: set[str]
) -> None:
    names = [f"P{number}" for number in range(len(days))]
    requests = "buyer,exhibitor\n" + "".join(f"{name},Kessel\n" for name in names)
    there = "".join(f"{name},{day}\n" for name, day in zip(names, days, strict=True))
    lists(tmp_path, requests, "name,day\n" + there)
    assert {row[0] for row in rows(run(tmp_path), "timetable")[1:]} == read


@pytest.mark.parametrize(
    "days", [["05/11/2026"], ["05/11/2026", "13/11/2026", "11/13/2026"], ["05/11/2026", "2026-03-01"]]
)
def test_a_day_that_could_be_two_is_refused_with_how_to_write_it(tmp_path: Path, days: list[str]) -> None:
    lists(tmp_path, "buyer,exhibitor\nAnn,Kessel\n", "name,day\n" + "".join(f"Ann,{day}\n" for day in days))
    printed = (
        "availability.csv, row 2: the day must be written as 2026-11-05, got “05/11/2026”, which could be two days."
    )
    with pytest.raises(CommandError, match=printed):
        run(tmp_path)


def run(folder: Path, **options: object) -> Path:
    out = folder / "timetable.xlsx"
    call_command("timetable-files", str(folder / "requests.csv"), str(folder / "availability.csv"), out=out, **options)
    return out


def test_headers_wishes_days_and_times_are_read_as_chinese_lists_write_them(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text("采购商;参展商;意愿\n王兰;肖特集团;必须\n李娜;肖特集团;不\n", "gb18030")
    availability = "名称;日期;开始;结束;展馆\n肖特集团;2026年11月5日;9：30;10:00;4.1\n王兰;2026/11/5;;24:00;\n"
    (tmp_path / "availability.csv").write_text(availability, "gb18030")
    out = run(tmp_path)
    assert rows(out, "timetable")[1:] == [("2026-11-05", "09:30", "10:00", "王兰", "肖特集团", "4.1")]
    assert rows(out, "no slot")[1:] == []


def test_workbooks_are_read_with_excels_own_days_and_times(tmp_path: Path) -> None:
    for name, records in (
        ("requests", [["Buyer", "Seller", "Priority"], ["Ann", "Kessel", "Must"]]),
        ("availability", [["Name", "Date", "Start", "End"], ["Kessel", date(2026, 11, 5), time(9, 30), time(10)]]),
    ):
        book = Workbook()
        for record in records:
            book.active.append(record)
        book.save(tmp_path / f"{name}.xlsx")
    out = tmp_path / "timetable.xlsx"
    call_command("timetable-files", tmp_path / "requests.xlsx", tmp_path / "availability.xlsx", out=out)
    assert rows(out, "timetable")[1] == ("2026-11-05", "09:30", "10:00", "Ann", "Kessel", None)


def test_a_time_that_a_workbook_keeps_with_its_day_is_read(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text("采购商名称,参展商名称\n王兰,肖特集团\n李娜,肖特集团\n", "utf-8")
    book = Workbook()
    for record in (
        ["名称", "日期", "开始", "结束"],
        ["王兰", datetime(2026, 11, 5), datetime(2026, 11, 5, 9, 30), datetime(2026, 11, 5, 10)],
        ["李娜", "2026年11月5日", "1900-01-01 16:30:00", datetime(2026, 11, 6)],
    ):
        book.active.append(record)
    book.save(tmp_path / "availability.xlsx")
    out = tmp_path / "timetable.xlsx"
    call_command("timetable-files", tmp_path / "requests.csv", tmp_path / "availability.xlsx", out=out)
    assert [row[1:4] for row in rows(out, "timetable")[1:]] == [("09:30", "10:00", "王兰"), ("16:30", "17:00", "李娜")]


def test_names_that_differ_only_in_capitals_or_spaces_are_reported_and_taken_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lists(tmp_path, "buyer,exhibitor\nAnn Lee,Kessel\nann  lee,Leroy\n王兰,KESSEL\n", "name,day\nKessel,2026-11-05\n")
    out = run(tmp_path)
    assert (
        "requests.csv: names that differ only in capitals, spaces or invisible characters are taken for one: "
        "“Ann Lee” = “ann  lee”, “Kessel” = “KESSEL”." in capsys.readouterr().out.splitlines()
    )
    assert [row[0] for row in rows(out, "people")[1:]] == ["Ann Lee", "Kessel", "Leroy", "王兰"]


def test_what_was_left_out_or_taken_for_granted_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists(tmp_path, REQUESTS.replace("wish\n", "wish,note\n"), AVAILABILITY + "Kesel,2026-11-05,,,,\n")
    run(tmp_path)
    printed = capsys.readouterr().out
    assert "requests.csv: columns not read: note." in printed
    assert "availability.csv: 1 in no request and left out: Kesel (row 4; perhaps Kessel is meant)." in printed
    assert "3 name no day and are taken to be there always: Bob, Cy, Dee" not in printed
    assert "4 name no day and are taken to be there always: Bob, Cy, Dee, =1+2." in printed


def test_names_that_no_sheet_may_have_get_sheets_of_their_own(tmp_path: Path) -> None:
    long = "An enterprise whose name is longer than a sheet's"
    names = [f"{long} A", f"{long} B", "History", "timetable", "a/b:c*d?e[f]g", "'quoted'", "People"]
    lists(tmp_path, "buyer,exhibitor\n" + "".join(f"{name},Kessel\n" for name in names))
    out = run(tmp_path)
    book = load_workbook(out)
    assert len({title.casefold() for title in book.sheetnames}) == len(book.sheetnames) == 3 + len(names) + 1
    assert all(len(title) <= 31 for title in book.sheetnames)
    index = {row[0].value: row[3] for row in book["people"].iter_rows(min_row=2)}
    assert index.keys() == {*names, "Kessel"}
    for name, cell in index.items():
        assert book[cell.value]["D1"].value == name
        assert cell.hyperlink.location.endswith("!A1")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"minutes": 0}, "--minutes must be more than 0"),
        ({"tables": -1}, "--tables must be more than 0"),
        ({"seconds": -1.0}, "--seconds must be more than 0, got -1"),
        ({"daily_limit": 0}, "--daily-limit must be more than 0"),
        ({"hours": "9-10"}, "--hours must be as 09:30-12:00"),
        ({"hours": "22:00-24:00"}, "--hours must lie within one day, from 00:00 to 23:59, got 22:00-24:00."),
        ({"hours": "12:00-09:00"}, "hours: must rise"),
        ({"minutes": 600}, "No slot of 600 minutes fits into the hours 09:30–12:00, 12:30–17:00: lengthen these"),
        ({"minutes": 45, "hours": "09:00-09:30,13:00-17:00"}, "No slot of 45 minutes fits into the hours 09:00–09:30:"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(tmp_path: Path, options: dict[str, object], message: str) -> None:
    lists(tmp_path)
    with pytest.raises(CommandError) as refused:
        run(tmp_path, **options)
    assert message in str(refused.value)


def test_files_that_are_none_are_refused_in_words(tmp_path: Path) -> None:
    lists(tmp_path)
    (tmp_path / "half.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty.csv").write_text("")
    for name, printed in (("gone.csv", "There is no file"), ("half.csv", "cannot be read"), ("empty.csv", "empty")):
        with pytest.raises(CommandError, match=printed):
            call_command("timetable-files", tmp_path / name, tmp_path / "availability.csv", out=tmp_path / "t.xlsx")
    with pytest.raises(CommandError, match="Name the two lists and the workbook"):
        call_command("timetable-files", tmp_path / "requests.csv")


def test_the_example_lists_make_a_timetable_as_they_are_and_are_not_written_over(tmp_path: Path) -> None:
    call_command("timetable-files", template=tmp_path)
    out = run(tmp_path)
    # Wang Lan is there in the afternoon only, Kessel in the morning of that day: they never are at once.
    assert [row[:2] for row in rows(out, "no slot")[1:]] == [("Wang Lan", "Kessel Glass")]
    with pytest.raises(CommandError, match="cannot be written: File exists"):
        call_command("timetable-files", template=tmp_path)


def test_no_database_is_started_or_asked(tmp_path: Path) -> None:
    lists(tmp_path)
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "EMPORION_HOME")}
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", "timetable-files"]
    home = tmp_path / "home"
    done = subprocess.run(
        [*command, "requests.csv", "availability.csv", "--out", "t.xlsx"],
        cwd=tmp_path, env=environment | {"EMPORION_HOME": str(home)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not home.exists()


@pytest.mark.django_db
def test_the_timetable_of_an_edition_is_a_draft_until_it_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    edition = make_fair()
    accept(make.make_visitor(edition, "Ann"), make.make_exhibitor(edition, "Kessel"))
    call_command("timetable", edition=6)
    assert "1 of 1 accepted meetings have a slot" in capsys.readouterr().out
    call_command("timetable", edition=6, publish=True, json=True)
    assert json.loads(capsys.readouterr().out)["published"] == 1
    with pytest.raises(CommandError):
        call_command("timetable", edition=99)

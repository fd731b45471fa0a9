"""A timetable from two lists, without a database, and of an edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from tests.domain import show
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
    assert load_workbook(out).sheetnames[:2] == ["timetable", "no slot"]
    timetable = rows(out, "timetable")
    assert [row[3] for row in timetable[1:] if row[4] == "Kessel"][0:2].count("Ann") == 1
    assert {row[1] for row in timetable[1:] if row[4] == "Kessel"} == {"10:00", "10:30"}
    [left] = rows(out, "no slot")[1:]
    assert left[1] == "Kessel"
    assert "full in all 2 slots" in str(left[3])
    assert rows(out, "Ann")[1][3] == "Kessel"
    assert load_workbook(out)["=1+2"]["D1"].data_type == "s"


@pytest.mark.parametrize(
    ("requests", "availability", "told"),
    [
        (REQUESTS + "Ann,Kessel,like\n", AVAILABILITY, "requests.csv, row 7: Ann and Kessel are in row 2 already"),
        (REQUESTS + "Eve,,like\n", AVAILABILITY, "row 7: the exhibitor is missing"),
        (REQUESTS + "Eve,Leroy,maybe\n", AVAILABILITY, "the wish “maybe” is none of must, like, no"),
        (REQUESTS, AVAILABILITY + "Zed,2026-11-05,,,,\n", "availability.csv, row 4: “Zed” is in no request"),
        (REQUESTS, AVAILABILITY + "Bob,5.11.,,,,\n", "the day must be written as 2026-11-05"),
        (REQUESTS, AVAILABILITY + "Bob,2026-11-05,25:00,,,\n", "from must be a time as 09:30"),
        (REQUESTS, AVAILABILITY + "Bob,2026-11-05,11:00,10:00,,\n", "from 11:00 is not before to 10:00"),
        (REQUESTS, AVAILABILITY + "Bob,,,,0,\n", "hosts must be a whole number from 1 to 100"),
        (REQUESTS, "who,when\nAnn,now\n", "availability.csv has no column day"),
        ("buyer,exhibitor\n", AVAILABILITY, "has no rows below its header"),
    ],
)
def test_rows_that_cannot_be_read_are_named_and_nothing_is_written(
    tmp_path: Path, requests: str, availability: str, told: str
) -> None:
    out = tmp_path / "timetable.xlsx"
    with pytest.raises(CommandError) as refused:
        call_command("timetable-files", *lists(tmp_path, requests, availability), out=out)
    assert told in str(refused.value)
    assert not out.exists()


@pytest.mark.django_db
def test_the_timetable_of_an_edition_is_a_draft_until_it_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    edition = make_fair()
    accept(show.make_visitor(edition, "Ann"), show.make_exhibitor(edition, "Kessel"))
    call_command("timetable", edition=6)
    assert "1 of 1 accepted meetings have a slot" in capsys.readouterr().out
    call_command("timetable", edition=6, publish=True, json=True)
    assert json.loads(capsys.readouterr().out)["published"] == 1
    with pytest.raises(CommandError):
        call_command("timetable", edition=99)

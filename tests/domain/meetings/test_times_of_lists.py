"""Times of two lists: how they are written, and those too short for a slot, which no reason calls an absence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from emporion.cli.timetable_files.spans import Span, holds_slot, joined, shared
from tests.domain.meetings.test_commands import lists, rows

MIDNIGHT = datetime(2026, 11, 5, tzinfo=UTC)
IN_45 = {"minutes": 45, "hours": "09:00-12:00"}


def span(starts: float, ends: float, row: int = 0) -> Span:
    """A time from hour to hour."""
    return Span(MIDNIGHT + timedelta(hours=starts), MIDNIGHT + timedelta(hours=ends), row)


def run(folder: Path, requests: str, availability: str, **options: object) -> Path:
    out = folder / "timetable.xlsx"
    call_command("timetable-files", *lists(folder, requests, "name,day,from,to\n" + availability), out=out, **options)
    return out


def test_a_time_that_holds_no_whole_slot_is_reported_by_row_with_the_slots_near_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(tmp_path, "buyer,exhibitor\na,X\n", "X,2026-11-05,10:00,11:00\n", **IN_45)
    assert (
        "availability.csv, row 2: no whole slot lies within the time of X, 2026-11-05 10:00–11:00 "
        "(slots near it: 09:45–10:30, 10:30–11:15)." in capsys.readouterr().out.splitlines()
    )
    [left] = rows(out, "no slot")[1:]
    assert left[3:] == (
        "No whole slot lies within the times at which a and X are both there: 2026-11-05 10:00–11:00 (slots near it: "
        "09:45–10:30, 10:30–11:15). Ask one of them for more time, or change the hours or the length of a slot.",
        "a与X同时在场的时间里没有完整的时段：2026-11-05 10:00–11:00（相邻时段：09:45–10:30、10:30–11:15）。"
        "请其中一方多留出时间，或调整会面时间的起止或时段长度。",
    )


def test_two_with_slots_of_their_own_whose_common_time_holds_none_read_which_time_that_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = "a,2026-11-05,09:00,11:00\nX,2026-11-05,10:00,12:00\n"
    out = run(tmp_path, "buyer,exhibitor\na,X\n", there, **IN_45)
    assert "no whole slot" not in capsys.readouterr().out
    [left] = rows(out, "no slot")[1:]
    assert "a and X are both there: 2026-11-05 10:00–11:00 (slots near it: 09:45–10:30, 10:30–11:15)" in str(left[3])


def test_two_who_are_never_there_at_once_are_told_so(tmp_path: Path) -> None:
    there = "a,2026-11-05,09:00,10:00\nX,2026-11-05,10:00,12:00\n"
    [left] = rows(run(tmp_path, "buyer,exhibitor\na,X\n", there, **IN_45), "no slot")[1:]
    assert str(left[3]).startswith("a and X are never both available in a slot")


def test_a_time_outside_the_hours_is_reported_with_the_slots_before_and_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = "X,2026-11-05,18:00,24:00\nY,2026-11-05,12:00,12:30\n"
    run(tmp_path, "buyer,exhibitor\na,X\na,Y\n", there)
    printed = capsys.readouterr().out
    assert (
        "row 2: no whole slot lies within the time of X, 2026-11-05 18:00–24:00 (slots near it: 16:30–17:00)" in printed
    )
    assert "of Y, 2026-11-05 12:00–12:30 (slots near it: 11:30–12:00, 12:30–13:00)" in printed


def test_of_many_short_times_the_first_are_reported_and_how_many_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"P{number}" for number in range(8)]
    wanted = "buyer,exhibitor\n" + "".join(f"{name},K\n" for name in names)
    run(tmp_path, wanted, "".join(f"{name},2026-11-05,10:05,10:25\n" for name in names))
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if "row 6: no whole slot lies within the time of P4" in line]
    assert "availability.csv: 3 more times hold no whole slot." in printed
    assert not [line for line in printed if "P5, 2026" in line]


def test_two_rows_side_by_side_hold_a_slot_across_both(tmp_path: Path) -> None:
    there = "X,2026-11-05,10:10,10:30\nX,2026-11-05,10:30,11:15\n"
    assert [row[1] for row in rows(run(tmp_path, "buyer,exhibitor\na,X\n", there, **IN_45), "timetable")[1:]] == [
        "10:30"
    ]
    there = "X,2026-11-05,09:45,10:00\nX,2026-11-05,10:00,10:30\n"
    assert [row[1] for row in rows(run(tmp_path, "buyer,exhibitor\na,X\n", there, **IN_45), "timetable")[1:]] == [
        "09:45"
    ]


def test_times_that_touch_or_overlap_are_one_and_keep_their_first_row() -> None:
    assert joined([span(11, 12, 4), span(9, 10, 3), span(9.5, 11, 2)]) == [span(9, 12, 3)]
    assert joined([span(9, 12, 2), span(10, 11, 3), span(13, 14, 4)]) == [span(9, 12, 2), span(13, 14, 4)]


def test_the_times_of_two_are_shared_and_nobodys_times_are_always() -> None:
    assert shared([span(9, 11), span(13, 15)], [span(10, 14)]) == [span(10, 11), span(13, 14)]
    assert shared([span(9, 10)], [span(10, 11)]) == []
    assert shared([], [span(10, 11, 7)]) == [span(10, 11, 7)]


def test_a_slot_lies_within_a_time_that_is_exactly_as_long_and_in_none_that_is_a_minute_shorter() -> None:
    slots = [span(9, 9.5)[:2], span(9.5, 10)[:2]]
    assert holds_slot(span(9.5, 10), slots)
    assert not holds_slot(span(9.5, 10 - 1 / 60), slots)
    assert not holds_slot(span(9.5 + 1 / 60, 12), slots)


def test_halves_of_the_day_and_fractions_of_it_bound_a_time(tmp_path: Path) -> None:
    there = "X,2026-11-05,下午4:30,24:00\nY,2026-11-05,0.4375,11:00 AM\n"
    found = rows(run(tmp_path, "buyer,exhibitor\na,X\na,Y\n", there), "timetable")[1:]
    assert [row[1:3] for row in found] == [("10:30", "11:00"), ("16:30", "17:00")]


OFFSETS = ["2026-11-05T13:00:00+08:00", "2026-11-05T10:00:00+01:00", "2026-11-05T10:00:00Z", "2026-11-05 10:00+02"]


@pytest.mark.parametrize("written", OFFSETS)
def test_a_time_with_an_offset_is_refused_for_the_place_s_zone_is_not_known(tmp_path: Path, written: str) -> None:
    with pytest.raises(CommandError, match=r"from names an offset from UTC.*write the time at the place alone"):
        run(tmp_path, "buyer,exhibitor\na,X\n", f"X,2026-11-05,{written},\n")


def test_names_that_look_alike_are_one_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Composed and decomposed letters, no-break spaces and signs without width, as they come out of two programs."""
    wanted = [
        "Jos\u00e9 Prueba,K",
        "Jose\u0301 Prueba,L",
        "Ben\u00a0Test,K",
        "Ben Test,L",
        "Cara\u200b Zero,K",
        "cara zero,L",
    ]
    there = "".join(f"{name},2026-11-05,09:30,10:30\n" for name in ("Jose\u0301 Prueba", "Ben  Test", "Cara Zero"))
    out = run(tmp_path, "buyer,exhibitor\n" + "\n".join(wanted) + "\n", there)
    assert [row[0] for row in rows(out, "people")[1:]] == ["Ben\u00a0Test", "Cara\u200b Zero", "José Prueba", "K", "L"]
    assert "are taken for one: “José Prueba” = “Jose\u0301 Prueba”" in capsys.readouterr().out


def test_two_who_ask_each_other_meet_once_and_by_the_stronger_wish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = (
        "buyer,exhibitor,wish\nAnna,Kessel,\nKessel,Anna,must\nAnna,Leroy,\nAnna,Leroy,\nLeroy,Bob,like\nBob,Leroy,no\n"
    )
    out = run(tmp_path, wanted, "Kessel,2026-11-05,09:30,12:00\nLeroy,2026-11-05,09:30,12:00\n")
    assert [row[3:5] for row in rows(out, "timetable")[1:]] in (
        [("Anna", "Kessel"), ("Anna", "Leroy")], [("Anna", "Leroy"), ("Anna", "Kessel")],
    )  # fmt: skip
    printed = capsys.readouterr().out
    assert (
        "requests.csv: two who stand in several rows meet once: Anna and Kessel (rows 2 and 3), "
        "Anna and Leroy (rows 4 and 5), Leroy and Bob (rows 6 and 7)."
    ) in printed
    assert "1 refused by a wish of no" in printed


def test_one_who_asks_twice_with_two_wishes_must_choose(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="row 3: Anna and Kessel are in row 2 already with another wish"):
        run(tmp_path, "buyer,exhibitor,wish\nAnna,Kessel,like\nAnna,Kessel,must\n", "Kessel,2026-11-05,,\n")

"""Days and times as people write them; no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from emporion.language.reading.clocks import time_of_day
from emporion.language.reading.days import day, moment, read
from emporion.language.reading.errors import InputError, Twofold

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "written",
    [
        "25.09.2023", "09/25/2023", "25/09/2023", "2023-9-25", "45194", "25-Sep-2023", "Sep 25, 2023",
        "25 September 2023",
        "September 25th, 2023", "20230925", "二〇二三年九月二十五日", "2023年9月25日", "2023. 9. 25.", "25. Sep. 2023",
    ],
)  # fmt: skip
def test_one_day_in_many_ways_of_writing_it(written: str) -> None:
    assert day(written) == date(2023, 9, 25)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2023/09/25 2:30 PM", datetime(2023, 9, 25, 14, 30)),
        ("2023-09-25 下午2:30", datetime(2023, 9, 25, 14, 30)),
        ("2023年9月25日14时30分", datetime(2023, 9, 25, 14, 30)),
        ("2023-09-25 14h30", datetime(2023, 9, 25, 14, 30)),
        ("2023-09-25 14.30", datetime(2023, 9, 25, 14, 30)),
        ("25 Sep 2023 14:30", datetime(2023, 9, 25, 14, 30)),
        ("25.09.2023, 14:30 Uhr", None),
        ("45194.604166667", datetime(2023, 9, 25, 14, 30)),
        ("2023-09-25 24:00", datetime(2023, 9, 26)),
        ("2023-09-25 12:15 a.m.", datetime(2023, 9, 25, 0, 15)),
    ],
)
def test_moments_of_the_place(written: str, value: datetime | None) -> None:
    if value is None:
        with pytest.raises(InputError, match="time cannot be read"):
            moment(SHANGHAI)(written)
    else:
        assert moment(SHANGHAI)(written) == value.replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2023-09-25T14:30:00.000Z", datetime(2023, 9, 25, 14, 30, tzinfo=UTC)),
        ("20230925T143000Z", datetime(2023, 9, 25, 14, 30, tzinfo=UTC)),
        ("2023-09-25 00:00:00 UTC", datetime(2023, 9, 25, tzinfo=UTC)),
        ("2023-09-25 14:30:00+02", datetime(2023, 9, 25, 14, 30, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_moment_keeps_the_offset_that_it_names(written: str, value: datetime) -> None:
    assert moment(SHANGHAI)(written) == value


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("2566-09-25", "reads 2566-09-25, whose year is 2566"),
        ("0000-00-00", "and there is no such day or time"),
        ("2023-02-30", "and there is no such day or time"),
        ("31/31/2023", "and there is no such day or time"),
        ("1695652200", "which is not a date"),
        ("令和5年9月25日", "which is not a date"),
        ("24:00", "which is not a date"),
        ("2023-09-25 14:30 CET", "whose time cannot be read"),
        ("2023-09-25 25:00", "and there is no such day or time"),
        ("5.11.23", "where day and month cannot be told apart"),
    ],
)
def test_what_is_no_day_is_reported_with_the_reason_that_is_true(written: str, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        read(written)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (["06.11.2023", "25.09.2023"], date(2023, 11, 6)),
        (["06/11/2023", "09/25/2023"], date(2023, 6, 11)),
        (["06/11/2023", "2023-11-05", "2023-11-10"], date(2023, 11, 6)),
    ],
)
def test_the_rest_of_the_column_decides_which_number_is_the_month(column: list[str], value: date) -> None:
    assert day.decided(column)(column[0]) == value


@pytest.mark.parametrize("column", [["06/11/2023"], ["06/11/2023", "25/09/2023", "09/25/2023"]])
def test_a_column_that_does_not_decide_leaves_the_day_refused(column: list[str]) -> None:
    with pytest.raises(Twofold):
        day.decided(column)(column[0])


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1:30 pm", 810), ("11:00 AM", 660), ("12:15 a.m.", 15), ("12 pm", 720), ("下午1:30", 810), ("上午９：30", 570),
        ("下午1点", 780), ("晚上8点", 1200), ("中午12:30", 750), ("0.4375", 630), (".5", 720), ("1 day, 0:00:00", 1440),
        ("24:00:00", 1440), ("13:30", 810), ("9.30", 570), ("14h30", 870), ("14时30分", 870), ("下午15:00", 900),
    ],
)  # fmt: skip
def test_a_time_of_day_as_lists_and_workbooks_write_it(written: str, minutes: int) -> None:
    assert time_of_day(written) == timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ["13:30 pm", "下午1:30 pm", "0 am", "noon", "24:01", "9:75", "14", "", "上午13:00"])
def test_what_is_no_time_of_day_is_none(written: str) -> None:
    assert time_of_day(written) is None

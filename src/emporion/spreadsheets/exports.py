"""Lists out: what a list of the desk finds, as CSV, Excel or Parquet, read and written a part at a time.

Columns hold codes and plain values, as lists in take them. In CSV and Excel no cell is read as a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars
from django.db.models import QuerySet
from openpyxl import Workbook

from emporion.domain.reason import Name
from emporion.language import written
from emporion.spreadsheets.rejects import inert

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
# So many records are in memory at a time.
AT_A_TIME = 5_000
# With its mark, Excel opens the file as UTF-8.
MARK = "\ufeff"
# An Excel sheet has no more rows, its header included.
MOST_IN_SHEET = 1_048_576
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Field:
    """A column: the way to its value from the record, its heading, and the kind of its values."""

    way: str
    title: Name
    kind: type = str


_ORGANISATION = (
    Field("organisation__name", Name("Organisation", "单位名称")),
    Field("organisation__name_zh", Name("Organisation, Chinese name", "单位中文名称")),
    Field("organisation__registered_number", Name("Registered number", "注册号")),
    Field("organisation__country", Name("Country", "国家或地区")),
)
EXPORTS: Mapping[str, tuple[Field, ...]] = {
    "applications": (
        *_ORGANISATION,
        Field("state", Name("State", "状态")),
        Field("area__code", Name("Exhibition area", "展区")),
        Field("sector__code", Name("Sector", "行业")),
        Field("pavilion__code", Name("Pavilion", "展团")),
        Field("main__organisation__name", Name("Main exhibitor", "主参展商")),
        Field("joint_stand", Name("Joint stand", "联合展位")),
        Field("stand", Name("Stand", "展位类型")),
        Field("area_m2", Name("Area, m²", "面积（m²）"), int),
        Field("open_sides", Name("Open sides", "开口数"), int),
        Field("requests_free_booth", Name("Asks for a free booth", "申请免费展位"), bool),
        Field("contact_email", Name("Contact", "联系邮箱")),
        Field("buyers_wanted", Name("Buyers wanted", "希望会见的采购商")),
        Field("least_purchases", Name("Least purchasing size", "最低采购规模"), int),
        Field("submitted", Name("Handed in", "提交时间"), dt.datetime),
        Field("reviewed", Name("Decided", "审核时间"), dt.datetime),
        Field("reason", Name("Reason", "原因")),
    ),
    "units": (
        *_ORGANISATION,
        Field("state", Name("State", "状态")),
        Field("delegation__path", Name("Trading group", "交易团")),
        Field("purchasing_size", Name("Purchasing size", "采购规模"), int),
        Field("registered", Name("Registered", "登记时间"), dt.datetime),
        Field("decided", Name("Decided", "审核时间"), dt.datetime),
    ),
    "visitors": (
        Field("number", Name("Number", "登记号")),
        Field("name", Name("Name", "姓名")),
        Field("name_latin", Name("Name in Latin letters", "拉丁字母姓名")),
        Field("state", Name("State", "状态")),
        Field("country", Name("Country", "国家或地区")),
        Field("unit__organisation__name", Name("Visiting unit", "采购单位")),
        Field("unit__delegation__path", Name("Trading group", "交易团")),
        Field("position", Name("Position", "职务")),
        Field("email", Name("E-mail", "邮箱")),
        Field("phone", Name("Telephone", "电话")),
        Field("registered", Name("Registered", "登记时间"), dt.datetime),
        Field("decided", Name("Decided", "审核时间"), dt.datetime),
    ),
}


def headings(queue: str) -> list[str]:
    """The headings of a list's columns in the reader's language."""
    return [str(written(field.title)) for field in EXPORTS[queue]]


def rows_of(queue: str, found: QuerySet[Any], zone: ZoneInfo) -> Iterator[Row]:
    """The values of the records, in the order of their keys; moments as the venue's clocks show them."""
    fields = EXPORTS[queue]
    moments = [place for place, field in enumerate(fields) if field.kind is dt.datetime]
    rows = found.select_related(None).order_by("pk").values_list(*(field.way for field in fields))
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield _local(row, moments, zone) if moments else row


def _local(row: Row, moments: list[int], zone: ZoneInfo) -> Row:
    values = list(row)
    for place in moments:
        if (moment := values[place]) is not None:
            values[place] = moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return tuple(values)


class _Line:
    """A file that gives back what is written, for the writer of lines."""

    def write(self, text: str) -> str:
        return text


def csv_lines(queue: str, rows: Iterator[Row]) -> Iterator[str]:
    """The list as lines of CSV, made as they are read."""
    writer = csv.writer(_Line())
    yield MARK + str(writer.writerow([inert(title) for title in headings(queue)]))
    for row in rows:
        yield str(writer.writerow([inert(_text(value)) for value in row]))


def write_xlsx(queue: str, rows: Iterator[Row], target: Path) -> int:
    """Write the list as an Excel file; how many rows. A sheet that is full is followed by another."""
    book, count = Workbook(write_only=True), 0
    sheet = book.create_sheet()
    sheet.append([inert(title) for title in headings(queue)])
    for row in rows:
        if count and count % (MOST_IN_SHEET - 1) == 0:
            sheet = book.create_sheet()
            sheet.append([inert(title) for title in headings(queue)])
        sheet.append([inert(value) if isinstance(value, str) else value for value in row])
        count += 1
    book.save(target)
    return count


def write_parquet(queue: str, rows: Iterator[Row], target: Path) -> int:
    """Write the list as Parquet, with types; how many rows. Columns go by their headings in English."""
    moments = polars.Datetime("us")
    kinds: dict[type, Any] = {str: polars.String, int: polars.Int64, bool: polars.Boolean, dt.datetime: moments}
    schema = {field.title.en: kinds[field.kind] for field in EXPORTS[queue]}
    table = polars.DataFrame(rows, schema=schema, orient="row")
    table.write_parquet(target)
    return table.height


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)

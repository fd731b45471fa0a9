"""Lists out: what a list of the desk finds, as CSV, Excel or Parquet, read and written a part at a time.

Columns hold codes and plain values, as lists in take them. In CSV and Excel no cell is read as a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    "exhibitors": (
        Field("number", Name("Contract number", "合同编号")),
        *_ORGANISATION,
        Field("area__code", Name("Exhibition area", "展区")),
        Field("sector__code", Name("Sector", "行业")),
        Field("pavilion__code", Name("Pavilion", "展团")),
        Field("main__number", Name("Main exhibitor's number", "主参展商编号")),
        Field("occupancy__stand__number", Name("Stand", "展位")),
        Field("occupancy__area_m2", Name("Share of the stand, m²", "展位占用面积（m²）"), int),
        Field("signed", Name("Signed on", "签约日期"), dt.date),
        Field("application__contact_email", Name("Contact", "联系邮箱")),
        Field("organisation__website", Name("Website", "网站")),
        Field("organisation__about_en", Name("About, in English", "英文简介")),
        Field("organisation__about_zh", Name("About, in Chinese", "中文简介")),
    ),
    "stands": (
        Field("number", Name("Stand", "展位")),
        Field("hall__code", Name("Hall", "展馆")),
        Field("area__code", Name("Exhibition area", "展区")),
        Field("pavilion__code", Name("Pavilion", "展团")),
        Field("kind", Name("Kind of stand", "展位类型")),
        Field("area_m2", Name("Net area, m²", "净面积（m²）"), int),
        Field("open_sides", Name("Open sides", "开口数"), int),
        Field("free", Name("Free booth", "免费展位"), bool),
        Field("locked", Name("Locked", "已锁定"), bool),
        Field("occupancies__exhibitor__number", Name("Exhibitor's number", "参展商编号")),
        Field("occupancies__exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Field("occupancies__area_m2", Name("Share of the stand, m²", "展位占用面积（m²）"), int),
    ),
    "halls": (
        Field("code", Name("Hall", "展馆")),
        Field("width_modules", Name("Width, modules of 3 m", "宽度（3 米模数）"), int),
        Field("depth_modules", Name("Depth, modules of 3 m", "进深（3 米模数）"), int),
        Field("gross_area_m2", Name("Gross area, m²", "毛面积（m²）"), int),
        Field("indoor", Name("Indoors", "室内"), bool),
        Field("areas__code", Name("Exhibition area", "展区")),
    ),
    "areas": (
        Field("code", Name("Code", "代码")),
        Field("number", Name("Place in the order", "排列次序"), int),
        Field("name_en", Name("Name in English", "英文名称")),
        Field("name_zh", Name("Name in Chinese", "中文名称")),
        Field("scope", Name("Exhibition", "展览")),
        Field("sector__code", Name("Sector", "行业")),
    ),
    "products": (
        Field("number", Name("Number", "编号")),
        Field("exhibitor__number", Name("Exhibitor's number", "参展商编号")),
        Field("exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Field("kind", Name("Kind", "类别")),
        Field("name_en", Name("Name in English", "英文名称")),
        Field("name_zh", Name("Name in Chinese", "中文名称")),
        Field("hs", Name("HS code", "HS 编码")),
        Field("origin", Name("Country of origin", "原产国")),
        Field("sector__code", Name("Sector", "行业")),
        Field("debut__kind", Name("Debut", "首发首展")),
        Field("about_en", Name("Description in English", "英文说明")),
        Field("about_zh", Name("Description in Chinese", "中文说明")),
    ),
    "sessions": (
        Field("number", Name("Number", "编号")),
        Field("kind", Name("Kind", "类别")),
        Field("title_en", Name("Title in English", "英文标题")),
        Field("title_zh", Name("Title in Chinese", "中文标题")),
        Field("starts", Name("Begins", "开始"), dt.datetime),
        Field("ends", Name("Ends", "结束"), dt.datetime),
        Field("hall__code", Name("Hall", "展馆")),
        Field("place_en", Name("Place in English", "英文地点")),
        Field("place_zh", Name("Place in Chinese", "中文地点")),
        Field("host__name", Name("Host", "主办单位")),
        Field("is_cancelled", Name("Cancelled", "已取消"), bool),
        Field("speakers__name", Name("Speaker", "演讲人")),
        Field("speakers__position", Name("Speaker's position", "演讲人职务")),
    ),
    "meetings": (
        Field("visitor__number", Name("Visitor's number", "观众登记号")),
        Field("visitor__name", Name("Visitor", "观众")),
        Field("visitor__unit__organisation__name", Name("Visiting unit", "采购单位")),
        Field("exhibitor__number", Name("Exhibitor's number", "参展商编号")),
        Field("exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Field("state", Name("State", "状态")),
        Field("wish", Name("Wish", "意愿")),
        Field("by_exhibitor", Name("Asked by the exhibitor", "由参展商提出"), bool),
        Field("requested", Name("Asked", "提出时间"), dt.datetime),
        Field("answered", Name("Answered", "答复时间"), dt.datetime),
        Field("meeting__slot__starts", Name("Begins", "开始"), dt.datetime),
        Field("meeting__published", Name("Published", "已发布"), bool),
        Field("meeting__outcome", Name("What came of it", "结果")),
    ),
    "deals": (
        Field("number", Name("Number", "编号")),
        Field("kind", Name("Kind", "类别")),
        Field("exhibitor__number", Name("Exhibitor's number", "参展商编号")),
        Field("exhibitor__organisation__name", Name("Exhibitor", "参展商")),
        Field("buyer__organisation__name", Name("Buyer", "采购方")),
        Field("delegation__path", Name("Trading group", "交易团")),
        Field("origin", Name("Country of origin", "原产国")),
        Field("amount", Name("Amount a year", "年金额"), Decimal),
        Field("currency", Name("Currency", "币种")),
        Field("signed", Name("Signed on", "签约日期"), dt.date),
        Field("subject", Name("Subject", "标的")),
        Field("exhibitor_confirmed", Name("Confirmed by the exhibitor", "参展商确认时间"), dt.datetime),
        Field("buyer_confirmed", Name("Confirmed by the buyer", "采购方确认时间"), dt.datetime),
        Field("withdrawn", Name("Withdrawn", "撤回时间"), dt.datetime),
    ),
    "organisation_pairs": (
        Field("first__name", Name("First organisation", "第一个单位")),
        Field("first__registered_number", Name("Its registered number", "其注册号")),
        Field("first__country", Name("Its country", "其国家或地区")),
        Field("second__name", Name("Second organisation", "第二个单位")),
        Field("second__registered_number", Name("Its registered number, second", "第二个单位注册号")),
        Field("second__country", Name("Its country, second", "第二个单位国家或地区")),
        Field("decision", Name("Decision", "决定")),
    ),
    "visitor_pairs": (
        Field("first__number", Name("First number", "第一个登记号")),
        Field("first__name", Name("First name", "第一个姓名")),
        Field("second__number", Name("Second number", "第二个登记号")),
        Field("second__name", Name("Second name", "第二个姓名")),
        Field("reason", Name("What is alike", "相同之处")),
        Field("decision", Name("Decision", "决定")),
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
    kinds: dict[type, Any] = {
        str: polars.String, int: polars.Int64, bool: polars.Boolean, dt.datetime: moments, dt.date: polars.Date,
        Decimal: polars.Decimal(20, 2),
    }  # fmt: skip
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

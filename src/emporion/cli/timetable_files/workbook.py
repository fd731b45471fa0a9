"""The workbook: the organiser's sheet, the requests without a slot, everybody's index, and a sheet for each person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from emporion.cli.timetable_files.plan import Plan

SHEET_NAME = 31
# Workbooks hold no control characters.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
DAY, FROM, TO, HALL = "Day 日期", "From 开始", "To 结束", "Hall 展馆"
BUYER, EXHIBITOR = "Buyer 采购商", "Exhibitor 展商"
TIMETABLE = (DAY, FROM, TO, BUYER, EXHIBITOR, HALL)
NO_SLOT = (BUYER, EXHIBITOR, "Wish 意愿", "Why", "原因")
PEOPLE = ("Name 名称", "Meetings 会面", "Without a slot 未安排", "Sheet 工作表")
WISHES = {"must": "must 必须", "like": "like 希望"}
WIDEST = 60


def write(out: Path, plan: Plan) -> None:
    """Write the workbook. Raises OSError when the file cannot be written."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    held = [[*_when(one.starts, one.ends), one.buyer, one.stand, one.hall] for one in plan.held]
    _sheet(workbook, "timetable", TIMETABLE, held)
    left = [[one.buyer, one.stand, WISHES[one.wish], one.why, one.why_zh] for one in plan.left]
    _sheet(workbook, "no slot", NO_SLOT, left)
    mine, without = _by_person(plan)
    # Excel keeps the name History for itself.
    taken = {"timetable", "no slot", "people", "history"}
    titles = {name: _title(name, taken) for name in sorted(mine.keys() | without.keys())}
    index: list[list[str | int]] = [
        [name, len(mine.get(name, [])), len(without.get(name, [])), title] for name, title in titles.items()
    ]
    _link(_sheet(workbook, "people", PEOPLE, index), list(titles.values()))
    for name, title in titles.items():
        header = (DAY, FROM, TO, name, HALL, "Without a slot", "未安排的原因")
        _sheet(workbook, title, header, [*mine.get(name, []), *without.get(name, [])])
    workbook.save(out)


def _by_person(plan: Plan) -> tuple[dict[str, list[list[str]]], dict[str, list[list[str]]]]:
    """Everybody's rows: meetings held in order of time, and requests without a slot."""
    mine: dict[str, list[list[str]]] = {}
    without: dict[str, list[list[str]]] = {}
    for one in plan.held:
        for name, other in ((one.buyer, one.stand), (one.stand, one.buyer)):
            mine.setdefault(name, []).append([*_when(one.starts, one.ends), other, one.hall])
    for left in plan.left:
        for name, other in ((left.buyer, left.stand), (left.stand, left.buyer)):
            without.setdefault(name, []).append(["", "", "", other, "", left.why, left.why_zh])
    return mine, without


def _when(starts: datetime, ends: datetime) -> list[str]:
    return [f"{starts:%Y-%m-%d}", f"{starts:%H:%M}", f"{ends:%H:%M}"]


def _title(name: str, taken: set[str]) -> str:
    """A name as a workbook takes it for a sheet: short, without its signs, no two alike."""
    plain = NOT_IN_TITLES.sub(" ", name).strip(" '")[:SHEET_NAME].strip(" '") or "person"
    title, number = plain, 1
    while title.casefold() in taken:
        number += 1
        title = f"{plain[: SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(title.casefold())
    return title


def _sheet(workbook: Any, title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Any:
    from openpyxl.styles import Alignment, Font

    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for at, record in enumerate([header, *rows], 1):
        for column, value in enumerate(record, 1):
            cell = sheet.cell(at, column, UNWRITABLE.sub(" ", value) if isinstance(value, str) else value)
            if isinstance(value, str):
                # What a list holds is text and never a formula.
                cell.data_type = "s"
            cell.alignment = wrapped
            if at == 1:
                cell.font = bold
    for column, head in enumerate(header, 1):
        widest = max([_width(head), *(_width(row[column - 1]) for row in rows if len(row) >= column)])
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(widest + 2, WIDEST)
    return sheet


def _width(value: str | int) -> int:
    """How wide a cell is in characters; a Chinese one takes the room of two."""
    return sum(1 + (ord(sign) > 0x2E80) for sign in str(value))


def _link(index: Any, titles: Sequence[str]) -> None:
    """Lead from the index to each person's sheet."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    for row, title in enumerate(titles, 2):
        cell, quoted = index.cell(row, len(PEOPLE)), title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
        cell.style = "Hyperlink"

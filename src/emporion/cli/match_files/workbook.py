"""The workbook of suggestions: a sheet for each side, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from emporion.cli.progress import ReportProgress
from emporion.domain.matching.queries import strongest_reasons
from emporion.domain.matching.without_database import Matched, Profile
from emporion.language import CHINESE, ENGLISH, translate

# Excel reads no longer sheet; what is left goes on on the next.
LONGEST_SHEET = 1_048_575
PLACE, ENDING = ["Row | 行", "Rank | 名次"], ["Score | 得分", "First places | 优先", "Why", "理由"]
HEADERS = {
    "for visitors": ["Visitor | 观众", *PLACE, "Exhibitor | 展商", "Exhibitor's row | 展商行", *ENDING],
    "for exhibitors": ["Exhibitor | 展商", *PLACE, "Visitor | 观众", "Visitor's row | 观众行", *ENDING],
}
WIDTHS = {"A": 28, "C": 8, "D": 28, "E": 16, "F": 12, "G": 14, "H": 70, "I": 60}
# Workbooks hold no control characters.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Line = list[str | int | float]


def write(
    out: Path, matched: Matched, exhibitors: Sequence[Profile], visitors: Sequence[Profile], report: ReportProgress
) -> tuple[int, list[list[int]]]:
    """Write both sides' sheets; how many suggestions there are, and the rows of each side without any.

    The workbook takes its place when it is complete, so that an older one is never half overwritten.
    """
    from openpyxl import Workbook

    book, written, alone = Workbook(write_only=True), 0, []
    sides = (
        (visitors, exhibitors, matched.visitor_suggestions, False),
        (exhibitors, visitors, matched.exhibitor_suggestions, True),
    )
    for (title, header), (side, others, suggested, to_exhibitor) in zip(HEADERS.items(), sides, strict=True):
        without: list[int] = []
        counted = partial(_count, report, f"sheet {title}")
        lines = _lines(side, others, suggested, without, counted, to_exhibitor=to_exhibitor)
        written += _write_sheets(book, title, header, lines)
        alone.append(without)
    report(0, 0, "workbook")
    unfinished = out.with_name(f"~{out.name}")
    try:
        book.save(unfinished)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return written, alone


def _count(report: ReportProgress, what: str, done: int, total: int) -> None:
    report(done, total, what)


def _write_sheets(book: Any, title: str, header: list[str], lines: Iterator[Line]) -> int:
    """Write a side's lines on as many sheets as they need; how many lines there were."""
    written = number = 0
    while written == number * LONGEST_SHEET:
        number += 1
        sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
        sheet.freeze_panes = "A2"
        for letter, width in WIDTHS.items():
            sheet.column_dimensions[letter].width = width
        sheet.append(header)
        for line in islice(lines, LONGEST_SHEET):
            sheet.append([_cell(sheet, value) for value in line])
            written += 1
    return written


def _lines(
    side: Sequence[Profile],
    others: Sequence[Profile],
    suggested: Any,
    without: list[int],
    report: Callable[[int, int], None],
    *,
    to_exhibitor: bool,
) -> Iterator[Line]:
    """A sheet's rows; ``without`` gains those for whom there is none, ``report`` gets how many of the side are done."""
    for place, one in enumerate(side):
        rank = 0
        for rank, (other, score, first, why) in enumerate(suggested(place), 1):
            found = others[other]
            reasons = strongest_reasons(why, to_exhibitor=to_exhibitor)
            english, chinese = ([translate(one, language) for one in reasons] for language in (ENGLISH, CHINESE))
            because = [" ".join(english), "".join(chinese)]
            yield [
                one.name,
                one.row,
                rank,
                found.name,
                found.row,
                round(score, 4),
                "yes" if first else "no",
                *because,
            ]
        if not rank:
            without.append(place)
        report(place + 1, len(side))


def _cell(sheet: Any, value: str | int | float) -> Any:
    """A cell whose text stays text: what a list holds is never taken as a formula or an error."""
    if not isinstance(value, str):
        return value
    text = UNWRITABLE.sub("", value)
    if text[:1] not in ("=", "#"):
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell

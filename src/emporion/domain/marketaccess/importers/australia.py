"""Australia's Working Tariff: Schedule 3 (lines with the rates of classes of countries) and the schedules of its free
trade agreements (lines on which originating goods are not free), as two JSON files that belong together.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from emporion.domain.marketaccess.importers.plain import Row
from emporion.domain.marketaccess.rules import row_problems as problems
from emporion.domain.marketaccess.rules.rates import RateNotReadable, parse
from emporion.domain.marketaccess.rules.refusals import ScheduleDamaged
from emporion.domain.marketaccess.rules.schedule import MFN

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LABELS = ("NZ", "PG", "FI", "DC", "LDC", "DCS", "DCT", "CA", "MY", "SG")
_LABEL = "|".join(sorted(LABELS, key=len, reverse=True))
_CLASSES = re.compile(rf" ?\b((?:{_LABEL})(?: ?/ ?(?:{_LABEL}))*) ?(?=Free|[\d$])")
_STAGE = re.compile(r"From ?(\d{1,2}) ?([A-Z][a-z]+) ?(\d{4}) ?:? ?")
_CODE = re.compile(r"^\d{4}\.\d{2}\.\d{2}")
CONCESSIONS = "CONCESSIONAL"
KINGDOM = "CPTPP-GB"


def read(lines: str, preferences: str, starts: date) -> Iterator[Row]:
    """The rows of Schedule 3 with the agreements' exceptions, as they stand on the day on which the schedule starts.

    A line that only an agreement's schedule lists is kept without a general rate. Raises ``ScheduleDamaged``.
    """
    exceptions = _exceptions(json.loads(preferences))
    seen: set[str] = set()
    for number, found in enumerate(_classifications(json.loads(lines)), 1):
        code = _digits(found["referenceNumber"])
        if len(code) != 8 or code in seen:
            continue
        seen.add(code)
        cells = {**_rates(_clean(found["dutyRate"]), starts), **exceptions.pop(code, {})}
        yield Row(number, code, _clean(found["description"]).lstrip("-‑ "), _unit(found["unit"]), cells=cells)
    for number, (code, cells) in enumerate(exceptions.items(), len(seen) + 1):
        note = "Schedule 3 of the source lacks this line; an agreement's schedule names it"
        yield Row(number, code, "", note=note, cells=cells)


def _classifications(sections: Any) -> Iterator[dict[str, Any]]:
    try:
        for section in sections:
            for chapter in section["chapters"]:
                for heading in chapter["headings"]:
                    yield from heading["classifications"]
    except (KeyError, TypeError) as error:
        wrong = problems.NotInJSON(str(error))
        raise ScheduleDamaged(row=1, wrong=wrong, fix=problems.GiveSchedule3()) from error


def _clean(text: str) -> str:
    return " ".join(html.unescape(text).replace("\u200b", "").replace("\xa0", " ").split())


def _digits(code: str) -> str:
    found = _CODE.match(code.replace("\u200b", "").strip())
    return found[0].replace(".", "") if found else ""


def _unit(text: str) -> str:
    unit = _clean(text)
    return "" if unit == ".." or unit.startswith("‑") else unit


def _rates(text: str, starts: date) -> dict[str, str]:
    """The general rate and those of classes: of the last stage that begins by ``starts``."""
    pieces = _STAGE.split(text)
    current = pieces[0]
    for day, month, year, stage in zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True):
        if _day(day, month, year) <= starts:
            current = stage
    return _by_class(current.strip(), text)


def _by_class(stage: str, whole: str) -> dict[str, str]:
    """``5% DCS4% CAFree DCT5%`` by column; parsed whole, or the general rate is marked as not whole."""
    pieces = _CLASSES.split(stage)
    cells = {MFN: pieces[0].strip()}
    for labels, rate in zip(pieces[1::2], pieces[2::2], strict=True):
        for label in labels.replace(" ", "").split("/"):
            cells[label] = rate.strip()
    try:
        for rate in cells.values():
            parse(rate)
    except RateNotReadable:
        return {MFN: f"?{whole}"}
    return cells


def _exceptions(schedules: Any) -> dict[str, dict[str, str]]:
    """The agreements' cells by line. The United Kingdom has rates of its own under the CPTPP."""
    found: dict[str, dict[str, str]] = {}
    for rows in schedules.values():
        for row in rows:
            code = _digits(row["hsCode"])
            if code and row["ftaName"] != CONCESSIONS:
                _enter(found.setdefault(code, {}), row["ftaName"].replace(" ", "-"), row)
    return found


def _enter(cells: dict[str, str], agreement: str, row: dict[str, str]) -> None:
    cell = _excepted(_clean(row["description"]), _clean(row["dutyRate"]))
    if agreement != "CPTPP":
        cells[agreement] = cell
    elif "(Rate No. 002)" in row["description"]:
        cells[KINGDOM] = cell
        cells[agreement] = "?the rate of the parties other than the United Kingdom was lost at the source"
    else:
        cells[agreement] = cells[KINGDOM] = cell


def _excepted(description: str, text: str) -> str:
    """The cell of a listed line; its first stage's day stands in the rate's or in the description's text."""
    stage = _STAGE.search(text) or _STAGE.search(description)
    rate = _STAGE.sub("", text).strip()
    if "*" in description or "(Rate No. 001)" in description:
        return f"?{rate} for some of the goods of the line"
    try:
        parse(rate)
    except RateNotReadable:
        return f"?{rate}"
    return f"{rate}; since {_day(stage[1], stage[2], stage[3])}" if stage else rate


def _day(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day))


def belong_together(names: Iterable[str]) -> bool:
    """Whether a folder's names hold both files."""
    return {"tariff-schedule3.json", "tariff-schedules-fta.json"} <= set(names)

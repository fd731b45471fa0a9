"""Market access for every product of a list, written beside it into a workbook or a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandError

from emporion.cli.arguments import amount, day
from emporion.cli.market_access import sum_in_words
from emporion.cli.schedules import market_source
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess.rules import answer as answers
from emporion.domain.marketaccess.rules.answer import KNOWN, Answer, Range
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.refusals import NothingGiven
from emporion.domain.marketaccess.rules.schedule import MFN, Market
from emporion.domain.marketaccess.without_database import explained
from emporion.domain.reason import Phrase
from emporion.domain.refusal import Refusal
from emporion.language import translate
from emporion.language.reading import numbers
from emporion.spreadsheets.files import WORKBOOK_ENDINGS, is_workbook
from emporion.spreadsheets.notices import ProblemOfRow
from emporion.spreadsheets.table import Record, Table, is_blank
from emporion.spreadsheets.text import open_text

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

NAMES = {
    "code": {"code", "hs", "hs code", "hs6", "hs8", "tariff code", "商品编码", "海关编码", "税号", "hs编码"},
    "origin": {"origin", "country of origin", "country", "原产地", "原产国", "产地"},
    "value": {"value", "customs value", "完税价格", "货值"},
}
HEADINGS = [
    "Line", "Goods of the line", "Base duty", "Rate", "Basis", "Ad valorem %", "At most", "MFN rate", "Duty", "Saving",
    "Duties together", "All together", "Total lacks", "To prove", "Restricted", "Missing", "Sources", "Problem",
]  # fmt: skip
CSV_ENDINGS = {".csv"}
MAX_REPORTED = 10


@dataclass
class Tally:
    """What the list gave: rows answered, unknown, and the problems by row."""

    known: int = 0
    unknown: int = 0
    problems: list[str] = field(default_factory=list)


def answer_list(options: dict[str, Any], report: Callable[[str], object]) -> None:
    """Answer the list and write it; ``report`` gets problems and counts. Raises ``CommandError``."""
    out: Path = options["out"]
    try:
        _require_ending(out, options["file"])
        table = _opened(options["file"])
        on = day(options["on"])
        market = market_source(shipped_only=options["shipped"])(files.country(options["to"]), on)
        places = _places(table, options["origin"])
        tally = Tally()
        rows = _answered(table, places, options["origin"] or "", market, on, tally)
        _write(out, [*table.header, *HEADINGS], rows)
    except OSError as error:
        named = error.filename or out
        raise CommandError(f"{named} cannot be read or written ({error.strerror}): name another.") from error
    except Refusal as refusal:
        raise CommandError(translate(refusal)) from refusal
    _report(out, tally, report)
    if tally.problems and not options["partial"]:
        raise CommandError(
            f"{len(tally.problems):,} rows have problems, told in the column Problem of {out.name}: fix them in "
            "the list and ask again, or give --partial to be content with the others."
        )


def _report(out: Path, tally: Tally, report: Callable[[str], object]) -> None:
    for problem in tally.problems[:MAX_REPORTED]:
        report(problem)
    if len(tally.problems) > MAX_REPORTED:
        report(f"… and {len(tally.problems) - MAX_REPORTED:,} more rows with problems.")
    duties = f"base duty of {tally.known:,} known, of {tally.unknown:,} unknown"
    report(f"{out}: {duties}, {len(tally.problems):,} rows with problems.")
    if not tally.known + tally.unknown + len(tally.problems):
        raise CommandError("The list has no rows below its header.")


def _require_ending(out: Path, source: Path) -> None:
    if out.suffix.lower() not in WORKBOOK_ENDINGS | CSV_ENDINGS:
        raise CommandError(f"{out.name} ends in neither .xlsx nor .csv: name the file to write with one of them.")
    if out.resolve() == source.resolve():
        raise CommandError(f"{out.name} is the list itself: write the answers to another file.")


def _opened(path: Path) -> Table:
    if not is_workbook(path):
        return open_text(path, lambda header: len(_found(header)))
    from emporion.spreadsheets.workbook import open_workbook

    return open_workbook(path)


def _found(header: Sequence[str]) -> dict[str, int]:
    """The places of the columns that are needed, by what they hold."""
    cells = [cell.strip().casefold().replace("_", " ") for cell in header]
    return {
        holds: next(place for place, cell in enumerate(cells) if cell in names)
        for holds, names in NAMES.items() if any(cell in names for cell in cells)
    }  # fmt: skip


def _places(table: Table, origin: str | None) -> dict[str, int]:
    places = _found(table.header)
    if "code" not in places or ("origin" not in places and not origin):
        raise CommandError(
            f"{table.path.name} needs the columns code and origin (it has {', '.join(table.header)}); "
            "name them so, or give --origin for all rows."
        )
    return places


def _answered(
    table: Table, places: dict[str, int], origin: str, market: Market, on: date, tally: Tally
) -> Iterator[Record]:
    """The rows of the list with their answers; a row with a problem says so and stays."""
    width = len(table.header)
    ways = _ways_of_values(table, places)
    for number, record in enumerate(table.records(), 2):
        if is_blank(record):
            continue
        row = [*record, *[""] * (width - len(record))][:width]
        values = {holds: row[place].strip() for holds, place in places.items()}
        try:
            value = amount(values.get("value"), ways)
            found = _answer(market, values["code"], values.get("origin") or origin, on, value)
        except Refusal as refusal:
            problem = ProblemOfRow(number, refusal)
            tally.problems.append(translate(problem))
            yield [*row, *[""] * (len(HEADINGS) - 1), translate(refusal)]
            continue
        tally.known += found.status == KNOWN
        tally.unknown += found.status != KNOWN
        yield [*row, *_cells(found)]


def _ways_of_values(table: Table, places: dict[str, int]) -> frozenset[str]:
    """The signs before decimals in the column of values, which decide its twofold ones."""
    if (place := places.get("value")) is None:
        return frozenset()
    return numbers.ways_of(record[place] for record in table.records() if place < len(record))


def _answer(market: Market, code: str, origin: str, on: date, value: Decimal | None) -> Answer | Range:
    for what, text in ((Phrase("code"), code), (Phrase("origin"), origin)):
        if not text:
            raise NothingGiven(what=what)
    return explained(answers.answer(market, code, files.country(origin), on, Facts(value)), origin)


def _cells(found: Answer | Range) -> Record:
    if isinstance(found, Range):
        lines = len(found.lines)
        kind = f"range of {lines} line{'' if lines == 1 else 's'}"
        return [
            found.prefix, kind, found.status, _rate(found.bounds), *[""] * 6, *_sums(found), "",
            _joined(found.restrictions), _joined(found.missing), "", "",
        ]  # fmt: skip
    usual = next((str(one.text) for one in found.candidates if one.basis == MFN), "")
    applied = found.applied
    return [
        found.code, found.description, found.status, _rate(str(applied.text)) if applied else "",
        (applied.agreement or applied.basis) if applied else "", _text(found.ad_valorem_pct),
        "at most" if found.at_most else "", _rate(usual), _text(found.duty), _text(found.saving),
        *_sums(found), _joined(found.proof), _joined(found.restrictions), _joined(found.missing),
        _joined(found.citations), "",
    ]  # fmt: skip


def _sums(found: Answer | Range) -> Record:
    """The duties together, all together, and what the total lacks."""
    return [sum_in_words(found.duties, found), sum_in_words(found.total, found), _joined(found.total.lacks)]


def _joined(statements: Iterable[object]) -> str:
    return "; ".join(map(str, statements))


def _rate(text: str) -> str:
    """A rate one way in the whole list: what a schedule calls free is 0%, as in the bounds of a range."""
    return "0%" if text.strip().casefold() == "free" else text


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _write(out: Path, header: Record, rows: Iterator[Record]) -> None:
    if out.suffix.lower() in CSV_ENDINGS:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
        return
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("market access")
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([_cell(sheet, text) for text in row])
    workbook.save(out)


def _cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    """A cell that stays text: what a list holds is never taken as a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell

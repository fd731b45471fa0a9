"""``emporion match-files``: suggestions for two lists, exhibitors and visitors, into a workbook; without a database."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emporion.domain.matching.files import Matched, Profile, match_profiles
from emporion.domain.matching.rules import Term
from emporion.domain.refusal import BulkOutcome, Refusal
from emporion.kernels.text.encoder import Encoder, LexicalEncoder, SentenceEncoder
from emporion.spreadsheets.cells.basics import Unfit, several, text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.files import WORKBOOK_ENDINGS
from emporion.spreadsheets.kinds import exhibitors as exhibitor_list
from emporion.spreadsheets.kinds import visitors as visitor_list
from emporion.spreadsheets.reading import Reading, open_list

MOST_PROBLEMS = 20
REASONS = 3
HEADERS = {
    "for visitors": ["Visitor", "Rank", "Exhibitor", "Score", "Place", "Why", "理由"],
    "for exhibitors": ["Exhibitor", "Rank", "Visitor", "Score", "Place", "Why", "理由"],
}
# Workbooks hold no control characters.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _code(cell: str) -> str:
    """An HS code of two digits or more; national digits beyond the sixth are cut."""
    digits = re.sub(r"[\s.\-]", "", cell)
    if not digits.isdecimal() or len(digits) < 2:
        raise Unfit(f"reads {cell}", "Write the digits of the HS code, two at least")
    return digits[:6]


def _column(kind: Kind, key: str, fills: str, **changes: Any) -> Column:
    found = kind.column(key)
    if found is None:
        raise LookupError(f"{kind.name} has no column {key}")
    return replace(found, key=fills, synonyms=(*found.synonyms, key), **changes)


_words = always(several(text(100)))
_codes = Column("codes", "HS codes", "HS编码", always(several(_code)), blank=(),
                synonyms=("hs", "hs code", "hs headings", "hs_headings", "hs品目", "税号", "海关编码"))  # fmt: skip
# These lists are read only; nothing is done with their rows beyond this command.
_unused: Any = BulkOutcome
EXHIBITORS = replace(
    exhibitor_list.KIND,
    columns=(
        _column(exhibitor_list.KIND, "name", "name"),
        replace(_column(exhibitor_list.KIND, "sector", "sectors", make=_words, blank=()), choices=()),
        _codes,
        Column("text", "Products", "展品", always(text(20_000)), lines=True,
               synonyms=("product", "about", "about_en", "description", "展品名称", "产品", "简介")),
        _column(exhibitor_list.KIND, "area_m2", "size"),
    ),
    row=Profile,
    apply=_unused,
)  # fmt: skip
VISITORS = replace(
    visitor_list.KIND,
    columns=(
        _column(visitor_list.KIND, "name", "name"),
        replace(_column(visitor_list.KIND, "sectors", "sectors", make=_words, blank=()), choices=()),
        _codes,
        Column("text", "Purchase needs", "采购需求", always(text(20_000)), lines=True,
               synonyms=("needs", "need", "purchase need", "looks for", "需求", "采购意向")),
        _column(visitor_list.KIND, "purchasing_size", "size"),
    ),
    row=Profile,
    apply=_unused,
)  # fmt: skip


class Command(BaseCommand):
    """Suggest exhibitors to visitors (20 each) and visitors to exhibitors (100 each), each with its reasons."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exhibitors", type=Path, help=".csv or .xlsx: name, sector, HS codes, products, area in m²")
        parser.add_argument("visitors", type=Path, help=".csv or .xlsx: name, sectors, HS codes, needs, size 0 to 5")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument(
            "--texts", choices=("meaning", "words"), default="words",
            help="compare texts by their words, or by their meaning across languages (slower)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.suffix.lower() not in WORKBOOK_ENDINGS:
            raise CommandError(f"{out.name} does not end in .xlsx: name the workbook so.")
        if out.resolve() in (options["exhibitors"].resolve(), options["visitors"].resolve()):
            raise CommandError(f"{out.name} is one of the lists itself: write the suggestions to another file.")
        encoder: Encoder = SentenceEncoder() if options["texts"] == "meaning" else LexicalEncoder(256)
        try:
            exhibitors = _profiles(EXHIBITORS, options["exhibitors"])
            visitors = _profiles(VISITORS, options["visitors"])
            matched = match_profiles(exhibitors, visitors, encoder, seed=options["seed"])
            _write(out, matched, exhibitors, visitors)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        except ImportError as error:
            raise CommandError(f"Comparing by meaning needs the text model ({error}); use --texts words.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or out}: {error.strerror}.") from error
        self.stdout.write(f"{out}: {len(visitors):,} visitors × {len(exhibitors):,} exhibitors; {matched.result}.")


def _profiles(kind: Kind, path: Path) -> list[Profile]:
    """The rows of a list; nothing is read over: every bad cell is told with its row."""
    # These columns need no reference data.
    nothing: Any = None
    reading = Reading(kind, open_list(kind, path), nothing)
    rows = list(reading.rows())
    if reading.problems:
        told = [reading.titled(one) for one in reading.problems[:MOST_PROBLEMS]]
        lines = [f"{path.name}, row {one.row}: {one.column or 'the row'} {one.wrong}. {one.mend}." for one in told]
        more = len(reading.problems) - len(told)
        rest = [f"… and {more:,} more."] if more else []
        raise CommandError("\n".join(["Nothing was written. Mend these rows:", *lines, *rest]))
    if not rows:
        raise CommandError(f"{path.name} has no rows below its header.")
    return rows


def _write(out: Path, matched: Matched, exhibitors: Sequence[Profile], visitors: Sequence[Profile]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets = (_for_visitors(matched, exhibitors, visitors), _for_exhibitors(matched, exhibitors, visitors))
    for (title, header), rows in zip(HEADERS.items(), sheets, strict=True):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append(header)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _for_visitors(
    matched: Matched, exhibitors: Sequence[Profile], visitors: Sequence[Profile]
) -> Iterator[list[str | int | float]]:
    for row, visitor in enumerate(visitors):
        for rank, (other, score, counts, why) in enumerate(matched.visitor_suggestions(row), 1):
            place = "yes" if counts else "beyond"
            told = _reasons(why, to_exhibitor=False)
            yield [visitor.name, rank, exhibitors[other].name, round(score, 4), place, *told]


def _for_exhibitors(
    matched: Matched, exhibitors: Sequence[Profile], visitors: Sequence[Profile]
) -> Iterator[list[str | int | float]]:
    planned = {(visitor, exhibitor) for visitor, exhibitor in matched.result.plan.tolist()}
    for row, exhibitor in enumerate(exhibitors):
        for rank, (other, score, why) in enumerate(matched.exhibitor_suggestions(row), 1):
            place = "yes" if (other, row) in planned else "beyond"
            told = _reasons(why, to_exhibitor=True)
            yield [exhibitor.name, rank, visitors[other].name, round(score, 4), place, *told]


def _reasons(why: Sequence[Term], *, to_exhibitor: bool) -> list[str]:
    terms = why[:REASONS]
    english = (term.sentence("en", to_exhibitor=to_exhibitor) for term in terms)
    return [" ".join(english), "".join(term.sentence("zh", to_exhibitor=to_exhibitor) for term in terms)]


def _cell(sheet: Any, value: str | int | float) -> Any:
    """A cell whose text stays text: what a list holds is never taken as a formula."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, UNWRITABLE.sub("", value))
    cell.data_type = "s"
    return cell

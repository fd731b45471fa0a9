"""``emporion match-files``: suggestions for two lists, exhibitors and visitors, into a workbook; without a database."""

from __future__ import annotations

import csv
import re
import unicodedata
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emporion.cli.progress import Tell, shown
from emporion.domain.matching.files import ExhibitorProfile, Matched, Profile, match_profiles
from emporion.domain.matching.queries import sentences
from emporion.domain.refusal import BulkOutcome, Refusal
from emporion.kernels.text.encoder import Encoder, LexicalEncoder, SentenceEncoder, default_encoder
from emporion.spreadsheets.cells.basics import Unfit, several, text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.files import WORKBOOK_ENDINGS
from emporion.spreadsheets.headers import known_columns
from emporion.spreadsheets.kinds import exhibitors as exhibitor_list
from emporion.spreadsheets.kinds import visitors as visitor_list
from emporion.spreadsheets.reading import Reading, open_list
from emporion.spreadsheets.refusals import ColumnsMissing

MOST_PROBLEMS, MOST_NAMES = 20, 5
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


def _code(cell: str) -> str:
    """An HS code of two digits or more; national digits beyond the sixth are cut."""
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", cell))
    if not (digits.isascii() and digits.isdecimal()) or len(digits) < 2:
        raise Unfit(f"reads {cell}", "Write the digits of the HS code, two at least")
    return digits[:6]


def _column(kind: Kind, key: str, fills: str, **changes: Any) -> Column:
    found = kind.column(key)
    if found is None:
        raise LookupError(f"{kind.name} has no column {key}")
    return replace(found, key=fills, synonyms=(*found.synonyms, key), **changes)


_words: dict[str, Any] = {"make": always(several(text(100))), "blank": (), "choices": ()}
_HS = ("hs", "hs code", "hs headings", "hs_headings", "hs品目", "税号", "海关编码")
_codes: dict[str, Any] = {"make": always(several(_code)), "blank": (), "synonyms": _HS}
# These lists are read only; nothing is done with their rows beyond this command.
_unused: Any = BulkOutcome
EXHIBITORS = replace(
    exhibitor_list.KIND,
    columns=(
        _column(exhibitor_list.KIND, "name", "name", note_en="who exhibits; the only column that must be there",
                examples=("Kessel GmbH", "佩南波椰子公司")),
        _column(exhibitor_list.KIND, "sector", "sectors", **_words, examples=("machines; energy", "食品"),
                note_en="words of your own, the same on both lists; several separated by semicolons"),
        Column("codes", "HS codes", "HS编码", **_codes, examples=("8419; 840212", "0801"),
               note_en="of what it shows, two digits or more; several separated by semicolons"),
        Column("text", "Products", "展品", always(text(20_000)), lines=True,
               synonyms=("product", "about", "about_en", "description", "展品名称", "产品", "简介"),
               examples=("Heat exchangers for hydrogen", "椰子汁、椰子油"), note_en="what it shows, in any words"),
        _column(exhibitor_list.KIND, "area_m2", "size", examples=("36", "9"),
                note_en="of its stand: 60 meetings, 2 more for every 9 m², 100 at most; large stands look for "
                        "large buyers, and who states none for nobody's size"),
        _column(exhibitor_list.KIND, "buyers_wanted", "buyers_wanted", make=always(text(20_000)), lines=True,
                examples=("Importers of industrial heating", "椰子制品进口商"),
                note_en="whom it wants to meet, in any words; compared with what visitors look for"),
        _column(exhibitor_list.KIND, "least_purchases", "least_purchases", examples=("3", ""),
                note_en="smallest yearly imports of buyers wanted, 1 to 5 as on the other list; empty: by its stand"),
    ),
    row=ExhibitorProfile,
    apply=_unused,
)  # fmt: skip
VISITORS = replace(
    visitor_list.KIND,
    columns=(
        _column(visitor_list.KIND, "name", "name", note_en="who visits; the only column that must be there",
                examples=("陈思远", "Amina Adjovi")),
        _column(visitor_list.KIND, "sectors", "sectors", **_words, examples=("machines", "食品; energy"),
                note_en="what it is interested in, in the words of the other list"),
        Column("codes", "HS codes", "HS编码", **_codes, examples=("841950", "0801; 0804"),
               note_en="of what it buys, two digits or more"),
        Column("text", "Purchase needs", "采购需求", always(text(20_000)), lines=True,
               synonyms=("needs", "need", "purchase need", "looks for", "需求", "采购意向"),
               examples=("氢能换热器", "coconut products"), note_en="what it looks for, in any words"),
        _column(visitor_list.KIND, "purchasing_size", "size", examples=("4", "2"),
                note_en="yearly imports: 0 not stated, 1 under USD 1 million, 2 under 10, 3 under 100, 4 under "
                        "1,000, 5 more"),
    ),
    row=Profile,
    apply=_unused,
)  # fmt: skip
LISTS = {"exhibitors": EXHIBITORS, "visitors": VISITORS}


def _explained() -> str:
    """What is read and written, for ``--help``."""
    lines = ["Columns of the lists, in any order, by their English or Chinese names:"]
    for name, kind in LISTS.items():
        lines += ["", f"  {name}", *(f"    {one.title}: {one.note_en}" for one in kind.columns)]
    lines += ["", "The workbook has a sheet for each side, best first, with these columns:"]
    lines += [
        "    Score: points of the match, less the price of an exhibitor whom many want",
        "    First places: yes where a request has a fair chance, since no exhibitor is put first on more lists",
        "      than it can hold meetings for; the others are worth a look",
        "    Why, 理由: the strongest three reasons, in English and Chinese",
        "Rows of one name on both lists, and those with nothing in common, are not suggested to each other.",
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    """Suggest exhibitors to visitors (20 each) and visitors to exhibitors (100 each), each with its reasons."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _explained()
        parser.add_argument("exhibitors", type=Path, nargs="?", help="the list of exhibitors, .csv or .xlsx")
        parser.add_argument("visitors", type=Path, nargs="?", help="the list of visitors, .csv or .xlsx")
        parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--template", type=Path, metavar="FOLDER", help="write two lists of examples to begin with")
        parser.add_argument("--seed", type=int, default=0, help="another seed spreads alike visitors another way")
        parser.add_argument(
            "--texts", choices=("meaning", "words"),
            help="compare texts by their meaning across languages, which is done where the text model is installed, or "
            "by their words alone (faster)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["template"]:
                self._write_templates(options["template"])
            elif options["exhibitors"] and options["visitors"] and options["out"]:
                self._match(options["exhibitors"], options["visitors"], options["out"], options)
            else:
                raise CommandError("Name the two lists and --out FILE.xlsx, or begin with --template FOLDER.")
        except ColumnsMissing as missing:
            facts = missing.data
            raise CommandError(
                f"{facts['file']} lacks {facts['columns']}: add what is missing, or begin with emporion match-files "
                f"--template FOLDER. Its first row reads: {facts['header']}."
            ) from missing
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error

    def _match(self, sellers: Path, buyers: Path, out: Path, options: dict[str, Any]) -> None:
        _check_out(out, sellers, buyers)
        exhibitors, visitors = self._both(sellers, buyers)
        encoder = _encoder(options["texts"])
        with shown() as tell:
            matched = match_profiles(exhibitors, visitors, encoder, seed=options["seed"], progress=tell)
            written, alone = _write(out, matched, exhibitors, visitors, tell)
        self.stdout.write(
            f"{out}: {len(visitors):,} visitors × {len(exhibitors):,} exhibitors, {written:,} suggestions."
        )
        self._tell_alone(alone, exhibitors, visitors, encoder)
        if written:
            self.stdout.write(f"The plan behind them: {_plan(matched)}.")

    def _both(self, sellers: Path, buyers: Path) -> tuple[list[ExhibitorProfile], list[Profile]]:
        """The rows of both lists; nothing is read over: every bad cell of either is told with its row."""
        tables = [open_list(kind, path) for kind, path in zip(LISTS.values(), (sellers, buyers), strict=True)]
        _check_order(sellers, buyers, *(table.header for table in tables))
        read, wrong = [], []
        for kind, path, table in zip(LISTS.values(), (sellers, buyers), tables, strict=True):
            # These columns need no reference data.
            nothing: Any = None
            reading = Reading(kind, table, nothing)
            read.append(list(reading.rows()))
            wrong += _faults(path, reading, read[-1])
            for notice in [*reading.notices, *_repeated(read[-1])]:
                self.stderr.write(f"{path.name}: {notice}.")
        if wrong:
            raise CommandError("\n".join(["Nothing was written. Mend this:", *wrong]))
        return read[0], read[1]

    def _tell_alone(
        self, alone: list[list[int]], exhibitors: Sequence[Profile], visitors: Sequence[Profile], encoder: Encoder
    ) -> None:
        """Who has nothing in common with anybody: their rows would say what to fill in."""
        by_words = not isinstance(encoder, SentenceEncoder)
        advice = "; --texts meaning compares across languages" if by_words and SentenceEncoder.installed() else ""
        alike = "no words with" if by_words else "nothing alike in their texts with"
        for rows, side, other in zip(alone, (visitors, exhibitors), ("exhibitor", "visitor"), strict=True):
            if rows:
                named = _some([f"{side[row].name} (row {side[row].row})" for row in rows])
                self.stderr.write(
                    f"Nothing in common with any {other}: {named}. They share no sector, no HS code and {alike} "
                    f"the other list{advice}."
                )

    def _write_templates(self, folder: Path) -> None:
        for name in LISTS:
            target = folder / f"{name}.csv"
            if target.exists():
                raise CommandError(f"{target} is there already: name another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        for name, kind in LISTS.items():
            # With the mark, spreadsheets read the Chinese of a CSV file as what it is.
            with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([column.title for column in kind.columns])
                writer.writerows(zip(*(column.examples for column in kind.columns), strict=True))
        self.stdout.write(f"{folder}: exhibitors.csv and visitors.csv, with examples to write over.")


def _encoder(texts: str | None) -> Encoder:
    """How texts are compared: as asked for, else by meaning where the text model is installed."""
    if texts == "words":
        return LexicalEncoder()
    if texts == "meaning" and not SentenceEncoder.installed():
        raise CommandError("Comparing by meaning needs the text model, which is not installed; use --texts words.")
    return default_encoder()


def _faults(path: Path, reading: Reading, rows: Sequence[Profile]) -> list[str]:
    """What is wrong in a list, in the order of its rows."""
    found = sorted(map(reading.titled, reading.problems), key=lambda one: one.row)
    lines = [f"{path.name}, row {one.row}: {one.column or 'the row'} {one.wrong}. {one.mend}." for one in found]
    if not found and not rows:
        lines = [f"{path.name} has no rows below its header."]
    more = len(lines) - MOST_PROBLEMS
    return lines[:MOST_PROBLEMS] + ([f"{path.name}: … and {more:,} more."] if more > 0 else [])


def _check_order(sellers: Path, buyers: Path, sold: Sequence[str], bought: Sequence[str]) -> None:
    """Refuse two lists whose columns are each other's."""
    as_named = known_columns(EXHIBITORS, tuple(sold)) + known_columns(VISITORS, tuple(bought))
    swapped = known_columns(EXHIBITORS, tuple(bought)) + known_columns(VISITORS, tuple(sold))
    if swapped > as_named:
        raise CommandError(
            f"The lists look swapped: {sellers.name} has columns of visitors and {buyers.name} those of exhibitors. "
            "Name the list of exhibitors first, then that of visitors."
        )


def _check_out(out: Path, *lists: Path) -> None:
    if out.suffix.lower() not in WORKBOOK_ENDINGS:
        raise CommandError(f"{out.name} does not end in .xlsx: name the workbook so.")
    if out.resolve() in [one.resolve() for one in lists]:
        raise CommandError(f"{out.name} is one of the lists itself: write the suggestions to another file.")
    if not out.resolve().parent.is_dir():
        raise CommandError(f"There is no folder {out.parent}: make it, or name another.")


def _repeated(rows: Sequence[Profile]) -> list[str]:
    """Names that stand on several rows: each is taken for somebody else."""
    counts = Counter(one.name.casefold() for one in rows)
    names = list(dict.fromkeys(one.name for one in rows if counts[one.name.casefold()] > 1))
    told = f"{_some(names)} {'stand' if len(names) > 1 else 'stands'} on several rows; each row is taken by itself"
    return [told] if names else []


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _plan(matched: Matched) -> str:
    """The plan in words: meetings of pairs that are suggested, and what stands beside them."""
    (told, worth), result = matched.plan_told(), matched.result
    if not (untold := len(result.plan) - told):
        return str(result)
    beside = f"{untold:,} of pairs with nothing in common, which are not suggested"
    total = f"together worth {result.objective:,.1f} of at most {result.bound:,.1f} (gap {result.gap:.2%})"
    return f"{told:,} meetings worth {worth:,.1f}, and {beside}; {total}; {result.stopped}"


def _write(
    out: Path, matched: Matched, exhibitors: Sequence[Profile], visitors: Sequence[Profile], tell: Tell
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
        counted = partial(tell, what=f"sheet {title}")
        lines = _lines(side, others, suggested, without, counted, to_exhibitor=to_exhibitor)
        written += _write_sheets(book, title, header, lines)
        alone.append(without)
    tell(0, 0, "workbook")
    unfinished = out.with_name(f"~{out.name}")
    try:
        book.save(unfinished)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return written, alone


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
    tell: Callable[[int, int], None],
    *,
    to_exhibitor: bool,
) -> Iterator[Line]:
    """A sheet's rows; ``without`` gains those for whom there is none, ``tell`` gets how many of the side are done."""
    for place, one in enumerate(side):
        rank = 0
        for rank, (other, score, first, why) in enumerate(suggested(place), 1):
            found = others[other]
            english, chinese = (sentences(why, language, to_exhibitor=to_exhibitor) for language in ("en", "zh-hans"))
            told = [" ".join(english), "".join(chinese)]
            yield [one.name, one.row, rank, found.name, found.row, round(score, 4), "yes" if first else "no", *told]
        if not rank:
            without.append(place)
        tell(place + 1, len(side))


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

"""The two lists: their columns, how they are read, and what is wrong in them, told by row."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from emporion.cli.match_files import problems as wrongs
from emporion.cli.match_files.columns import COLUMNS
from emporion.domain.marketaccess.files import hs_titles
from emporion.domain.matching.without_database import ExhibitorProfile, Profile
from emporion.domain.reason import Name, Reason
from emporion.domain.refusal import BulkOutcome
from emporion.language import translate
from emporion.language.reading.errors import InputError
from emporion.language.reading.names import look_of
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells.basics import Corrected, several, text
from emporion.spreadsheets.cells.reference import restored_hs
from emporion.spreadsheets.columns import Column, Kind, Make, always
from emporion.spreadsheets.headers import known_columns
from emporion.spreadsheets.kinds import exhibitors as exhibitor_list
from emporion.spreadsheets.kinds import visitors as visitor_list
from emporion.spreadsheets.notices import InList, StandOnSeveralRows, ZeroPutBack, some_of
from emporion.spreadsheets.reading import Reading, open_list

MAX_PROBLEMS = 20


def _code(cell: str) -> str | Corrected:
    """An HS code of two digits or more, as ``emporion import`` reads it; national digits beyond the sixth are cut.

    A zero that a number format took is put back where the nomenclature knows the code with it alone.
    """
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", cell))
    if not (digits.isascii() and digits.isdecimal()) or len(digits) < 2:
        raise InputError(problems.CellReads(cell), problems.WriteTwoHSDigits())
    code, known = restored_hs(cell)[:6], hs_titles()
    lost = code != digits[:6] and code in known and digits[:6] not in known
    return Corrected(code, ZeroPutBack(cell, code)) if lost else digits[:6]


def _own(kind: Kind, fills: str, make: Make, **more: Any) -> Column:
    """A column of these lists alone."""
    title, note = COLUMNS[kind.name][fills]
    english, chinese = title.split(" | ")
    return Column(fills, Name(english, chinese), make, note=Name(note, ""), **more)


def _like(kind: Kind, key: str, fills: str, **changes: Any) -> Column:
    """A column as in the fair's own list, with what goes into it here."""
    found = kind.column(key)
    if found is None:
        raise LookupError(f"{kind.name} has no column {key}")
    _, note = COLUMNS[kind.name][fills]
    return replace(found, key=fills, synonyms=(*found.synonyms, key), note=Name(note, ""), **changes)


_words: dict[str, Any] = {"make": always(several(text(100))), "blank": (), "choices": ()}
_HS = ("hs", "hs code", "hs headings", "hs_headings", "hs品目", "税号", "海关编码")
_codes: dict[str, Any] = {"make": always(several(_code)), "blank": (), "synonyms": _HS}
# These lists are read only; nothing is done with their rows beyond this command.
_unused: Any = BulkOutcome
EXHIBITORS = replace(
    exhibitor_list.KIND,
    columns=(
        _like(exhibitor_list.KIND, "name", "name",
                examples=("Kessel GmbH", "佩南波椰子公司")),
        _like(exhibitor_list.KIND, "sector", "sectors", **_words, examples=("machines; energy", "食品")),
        _own(exhibitor_list.KIND, "codes", **_codes, examples=("8419; 840212", "0801")),
        _own(exhibitor_list.KIND, "text", always(text(20_000)), lines=True,
               synonyms=("product", "about", "about_en", "description", "展品名称", "产品", "简介"),
               examples=("Heat exchangers for hydrogen", "椰子汁、椰子油")),
        _like(exhibitor_list.KIND, "area_m2", "size", examples=("36", "9")),
        _like(exhibitor_list.KIND, "buyers_wanted", "buyers_wanted", make=always(text(20_000)), lines=True,
                examples=("Importers of industrial heating", "椰子制品进口商")),
        _like(exhibitor_list.KIND, "least_purchases", "least_purchases", examples=("3", "")),
    ),
    row=ExhibitorProfile,
    apply=_unused,
)  # fmt: skip
VISITORS = replace(
    visitor_list.KIND,
    columns=(
        _like(visitor_list.KIND, "name", "name",
                examples=("陈思远", "Amina Adjovi")),
        _like(visitor_list.KIND, "sectors", "sectors", **_words, examples=("machines", "食品; energy")),
        _own(visitor_list.KIND, "codes", **_codes, examples=("841950", "0801; 0804")),
        _own(visitor_list.KIND, "text", always(text(20_000)), lines=True,
               synonyms=("needs", "need", "purchase need", "looks for", "需求", "采购意向"),
               examples=("氢能换热器", "coconut products")),
        _like(visitor_list.KIND, "purchasing_size", "size", examples=("4", "2")),
    ),
    row=Profile,
    apply=_unused,
)  # fmt: skip
LISTS = {"exhibitors": EXHIBITORS, "visitors": VISITORS}


def read_both(
    sellers: Path, buyers: Path, notice: Callable[[Reason], object]
) -> tuple[list[ExhibitorProfile], list[Profile]]:
    """The rows of both lists; ``notice`` is told what was read with a guess.

    Raises ``CommandError`` with every bad cell of either list and its row.
    """
    tables = [open_list(kind, path) for kind, path in zip(LISTS.values(), (sellers, buyers), strict=True)]
    _require_order(sellers, buyers, *(table.header for table in tables))
    read: list[Any] = []
    wrong: list[Reason] = []
    for kind, path, table in zip(LISTS.values(), (sellers, buyers), tables, strict=True):
        # These columns need no reference data.
        nothing: Any = None
        reading = Reading(kind, table, nothing)
        read.append(list(reading.rows()))
        wrong += _faults(path, reading, read[-1])
        for one in [*reading.notices, *_repeated(read[-1])]:
            notice(InList(path.name, one))
    if wrong:
        raise CommandError("\n".join(map(translate, [wrongs.FixThis(), *wrong])))
    return read[0], read[1]


def write_templates(folder: Path) -> None:
    """Write both lists with examples. Raises ``CommandError`` where one is there already."""
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


def _faults(path: Path, reading: Reading, rows: Sequence[Profile]) -> list[Reason]:
    """What is wrong in a list, in the order of its rows."""
    found = sorted(map(reading.titled, reading.problems), key=lambda one: one.row)
    lines: list[Reason] = [
        wrongs.InCell(path.name, one.row, one.column, one.wrong, one.fix) if one.column
        else wrongs.InWholeRow(path.name, one.row, one.wrong, one.fix)
        for one in found
    ]  # fmt: skip
    if not found and not rows:
        lines = [wrongs.NoRows(path.name)]
    more = len(lines) - MAX_PROBLEMS
    return [*lines[:MAX_PROBLEMS], *([wrongs.MoreProblems(path.name, f"{more:,}")] if more > 0 else [])]


def _require_order(sellers: Path, buyers: Path, sold: Sequence[str], bought: Sequence[str]) -> None:
    """Refuse two lists whose columns are each other's."""
    as_named = known_columns(EXHIBITORS, list(sold)) + known_columns(VISITORS, list(bought))
    swapped = known_columns(EXHIBITORS, list(bought)) + known_columns(VISITORS, list(sold))
    if swapped > as_named:
        raise CommandError(translate(wrongs.ListsSwapped(sellers.name, buyers.name)))


def _repeated(rows: Sequence[Profile]) -> list[Reason]:
    """Names that stand on several rows: each is taken for somebody else."""
    counts = Counter(look_of(one.name) for one in rows)
    names = list({look_of(one.name): one.name for one in reversed(rows) if counts[look_of(one.name)] > 1}.values())
    return [StandOnSeveralRows(some_of(names[::-1]))] if names else []

"""The template of a list: its columns with examples, notes in both languages, and cells that offer their values."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from emporion.domain.editions.models import Edition
from emporion.domain.reference.models import Country
from emporion.spreadsheets.columns import Column, Kind
from emporion.spreadsheets.kinds import kind_named
from emporion.spreadsheets.refusals import TemplateEnding
from emporion.spreadsheets.workbook import NOTES_SHEET

ROWS = 10_000
REQUIRED_FILL = PatternFill("solid", fgColor="1F4E5F")
OPTIONAL_FILL = PatternFill("solid", fgColor="6B7F86")
LISTS = "Lists"
BLANKS = {
    True: ("Dark columns are required; an empty cell in another column leaves what is recorded as it is.",
           "深色列为必填;其他列留空则保留已有记录。"),
    False: ("Dark columns are required; importing the list again replaces what was recorded, empty cells included.",
            "深色列为必填;再次导入时以表中内容为准,包括空单元格。"),
}  # fmt: skip
GENERAL = (
    ("The first row names the columns; their order is free, and English or Chinese names are both read.",
     "第一行为列名,顺序不限,中英文列名均可识别。"),
    ("The rows below it are examples: write over them.", "其下各行为示例,请覆盖填写。"),
    ("Dates as 2023-11-05; amounts as digits; several values in one cell separated by semicolons.",
     "日期写作2023-11-05;金额填数字;同一单元格多个值用分号隔开。"),
    ("Importing the list again updates what changed and adds nothing twice.", "再次导入只更新有变化的内容,不会重复。"),
)  # fmt: skip


def write(kind: str, path: str | Path, *, edition: Edition | None = None) -> Path:
    """Write the template of a kind; with an ``edition`` its areas and its fair's sectors are offered, too.

    Raises: UnknownKind, TemplateEnding.
    """
    definition, target = kind_named(kind), Path(path)
    if target.suffix.lower() != ".xlsx":
        raise TemplateEnding(file=target.name)
    write_to(target, definition, edition=edition)
    return target


def write_to(target: Path | BinaryIO, definition: Kind, *, edition: Edition | None = None) -> None:
    """Write the template of a kind into a file that is open, or to a path."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = definition.name.capitalize()
    _write_columns(page, definition, edition)
    _write_notes(book.create_sheet(NOTES_SHEET), definition)
    _offer_values(page, book.create_sheet(LISTS), definition, edition)
    book.save(target)


def example_rows(kind: Kind, edition: Edition | None = None) -> list[list[str]]:
    """The example rows in the order of the columns; with areas and sectors of the ``edition``, where there is one."""
    examples = [_examples(column, edition) for column in kind.columns]
    count = max(len(own) for own in examples)
    return [[(*own, *[""] * count)[place] for own in examples] for place in range(count)]


def _examples(column: Column, edition: Edition | None) -> tuple[str, ...]:
    if edition is None or column.choices not in ("areas", "sectors"):
        return column.examples
    known = _values(column, edition)
    return tuple(one if one in known else next(iter(known), "") for one in column.examples)


def _write_columns(page: Worksheet, kind: Kind, edition: Edition | None) -> None:
    for number, column in enumerate(kind.columns, 1):
        cell = page.cell(1, number, column.title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column.note.en:
            cell.comment = Comment(f"{column.note.en}\n{column.note.zh}", "Emporion")
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(14, len(column.name.en) + 2 * len(column.name.zh))
        # Text cells keep leading zeros, long numbers and dates as they are typed.
        page.column_dimensions[letter].number_format = "@"
    for row, example in enumerate(example_rows(kind, edition), 2):
        for number, value in enumerate(example, 1):
            cell = page.cell(row, number, value or None)
            cell.number_format = "@"
    page.freeze_panes = "A2"


def _write_notes(page: Worksheet, kind: Kind) -> None:
    page.append([kind.about.en, kind.about.zh])
    for sentences in (*GENERAL, BLANKS[kind.blank_keeps]):
        page.append(list(sentences))
    page.append([])
    page.append(["Column", "列", "Required 必填", "Note", "说明", "Also read as 亦可写作"])
    for column in kind.columns:
        needed, synonyms = "yes 是" if column.required else "", ", ".join(column.synonyms)
        page.append([column.name.en, column.name.zh, needed, column.note.en, column.note.zh, synonyms])
    for letter, width in zip("ABCDEF", (34, 34, 14, 60, 50, 60), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.cell(1, 1).font = page.cell(1, 2).font = Font(bold=True, size=14)


def _offer_values(page: Worksheet, lists: Worksheet, kind: Kind, edition: Edition | None) -> None:
    """Cells with few possible values offer them; the values stand on a hidden sheet, as Excel wants long lists."""
    for number, column in enumerate(kind.columns, 1):
        values = _values(column, edition)
        if not values:
            continue
        place = lists.max_column + 1 if lists.cell(1, 1).value else 1
        lists.cell(1, place, column.name.en)
        for row, value in enumerate(values, 2):
            lists.cell(row, place, value)
        source = f"{LISTS}!${get_column_letter(place)}$2:${get_column_letter(place)}${len(values) + 1}"
        # Other spellings are read as well: the list helps, it does not forbid.
        offer = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(number)
        offer.add(f"{letter}2:{letter}{ROWS}")
        page.add_data_validation(offer)
    lists.sheet_state = "hidden"


def _values(column: Column, edition: Edition | None) -> tuple[str, ...]:
    if column.choices == "countries":
        return tuple(Country.objects.order_by("name_en").values_list("name_en", flat=True))
    if column.choices == "sectors":
        return tuple(edition.fair.sectors.values_list("code", flat=True)) if edition else ()
    if column.choices == "areas":
        return tuple(edition.areas.values_list("code", flat=True)) if edition else ()
    return column.choices if isinstance(column.choices, tuple) else ()

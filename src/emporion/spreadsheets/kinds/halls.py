"""The list of halls with their floors."""

from __future__ import annotations

import unicodedata
from typing import Any

from emporion.domain.editions.actions.halls import HallRow, import_halls
from emporion.domain.reason import Name
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import Parse, identifier, several, whole, yes_no
from emporion.spreadsheets.columns import Column, Kind, always, each

SQUARE_METRES = ("m2", "sqm", "sq m", "平方米", "平米")


def _modules(count: int, shown: str) -> Parse:
    """So many whole numbers, separated by commas."""

    def read(cell: str) -> tuple[int, ...]:
        parts = [part.strip() for part in unicodedata.normalize("NFKC", cell).strip("()[] ").split(",")]
        if len(parts) != count or not all(part.isascii() and part.isdigit() for part in parts):
            raise InputError(problems.CellReads(cell), problems.WriteInModules(shown))
        return tuple(int(part) for part in parts)

    return read


def _hall_code(cell: str) -> str:
    return str(identifier(10)(cell))


def _column(key: str, en: str, zh: str, read: Parse, **more: Any) -> Column:
    return Column(key, Name(en, zh), always(read), **more)


COLUMNS = (
    _column("code", "Hall", "展馆", _hall_code, required=True,
            synonyms=("hall code", "code", "hall number", "馆号", "编号"),
            note=Name("As 1.1; cells formatted as text", "如1.1;请用文本格式"), examples=("1.1", "2.1")),
    _column("width_modules", "Width in modules", "宽度(模数)", whole(1, 1000), required=True,
            synonyms=("width", "width modules", "宽度"), note=Name("Modules of 3 m", "每模数3米"),
            examples=("90", "90")),
    _column("depth_modules", "Depth in modules", "进深(模数)", whole(1, 1000), required=True,
            synonyms=("depth", "depth modules", "length", "进深", "深度"),
            note=Name("Modules of 3 m", "每模数3米"), examples=("36", "36")),
    _column("gross_area_m2", "Gross area in m²", "毛面积(平方米)", whole(1, units=SQUARE_METRES), blank=None,
            synonyms=("gross area", "area", "gross_area_m2", "面积", "毛面积"),
            note=Name("Empty: the whole floor", "留空为整个展馆"), examples=("28,230", "29,160")),
    _column("indoor", "Indoor", "室内", yes_no, blank=None, synonyms=("indoors", "是否室内"), choices=("yes", "no"),
            examples=("yes", "yes")),
    Column("areas", Name("Exhibition areas", "展区"), each(named.area, several), blank=(),
           synonyms=("areas", "area codes", "exhibition area", "展区代码"),
           note=Name("Codes or names, separated by semicolons", "代码或名称,用分号隔开")),
    _column("obstacles", "Obstacles", "障碍物", several(_modules(4, "x, y, width and depth")), blank=(),
            synonyms=("columns", "立柱"),
            note=Name("x,y,width,depth in modules, separated by semicolons",
                      "x,y,宽,深(模数),用分号隔开"), examples=("30,18,1,1;60,18,1,1",)),
    _column("exits", "Exits", "出口", several(_modules(2, "x and y")), blank=(), synonyms=("doors", "门"),
            note=Name("x,y in modules at a wall, separated by semicolons", "墙边的x,y(模数),用分号隔开"),
            examples=("0,18;89,18",)),
    _column("level", "Floor", "楼层", whole(0, 99), blank=None, synonyms=("level", "storey", "层"),
            note=Name("0 is the ground floor", "0为首层"), examples=("0", "1")),
    _column("site_x", "Site east in m", "场地东向(米)", whole(0, 100_000), blank=None, synonyms=("site x", "site_x"),
            note=Name("Of the north-west corner: ways between halls are measured with it",
                      "展馆西北角的位置，用于计算展馆间步行距离"), examples=("0", "300")),
    _column("site_y", "Site south in m", "场地南向(米)", whole(0, 100_000), blank=None, synonyms=("site y", "site_y"),
            examples=("0", "0")),
    _column("site_turn", "Turned in degrees", "旋转角度", whole(0, 359), blank=None, synonyms=("turn", "site_turn"),
            note=Name("Clockwise", "顺时针"), examples=("0", "0")),
)  # fmt: skip

KIND = Kind(
    "halls", "展馆", Name("Halls with their floors, one row each.", "展馆及其平面,每馆一行。"),
    COLUMNS, HallRow, import_halls, blank_keeps=True,
)  # fmt: skip

"""The list of trading groups and their sub-groups."""

from __future__ import annotations

from emporion.domain.reason import Name
from emporion.domain.visitors.actions.delegations import DelegationRow, import_delegations
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import several, whole
from emporion.spreadsheets.columns import Column, Kind, always, each
from emporion.spreadsheets.kinds import shared


def _path(cell: str) -> str:
    parts = cell.split(".")
    if len(cell) > 60 or not all(part.isalnum() for part in parts):
        raise InputError(problems.ReadsNoPath(cell), problems.WritePath())
    return cell


COLUMNS = (
    Column("path", Name("Path", "路径"), always(_path), required=True,
           synonyms=("delegation", "delegation path", "code", "编码", "代码", "交易团路径", "交易团代码"),
           note=Name("07 for a trading group, 07.031 for its sub-group; cells formatted as text",
                     "交易团填07,分团填07.031;请用文本格式"), examples=("07", "07.031")),
    *shared.names(("Harbour trading group", "港口交易团"), ("Harbour sub-group 31: seeds", "港口第31分团(种子)"),
                  required=True),
    Column("remit", Name("Remit", "采购范围"), each(named.sector, several), blank=(),
           synonyms=("sectors", "purchasing remit", "行业", "采购行业"),
           note=Name("Sectors it buys in, separated by semicolons", "采购的行业,用分号隔开"),
           examples=("", "crop-seeds")),
    Column("quota", Name("Quota", "名额"), always(whole(1)), blank=None, synonyms=("limit", "人数上限", "配额"),
           note=Name("How many people may register; empty: any number", "可登记人数;留空为不限")),
)  # fmt: skip

KIND = Kind(
    "delegations", "交易团", Name("Trading groups and their sub-groups, one row each.", "交易团及其分团,每团一行。"),
    COLUMNS, DelegationRow, import_delegations, blank_keeps=True,
)  # fmt: skip

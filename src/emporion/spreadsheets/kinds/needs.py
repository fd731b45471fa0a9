"""The list of purchase needs."""

from __future__ import annotations

from emporion.domain.reason import Name
from emporion.domain.visitors.actions.needs import NeedRow, import_needs
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import amount, identifier, text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared

COLUMNS = (
    shared.organisation_name("organisation", "Organisation", "单位名称", examples=("上海示例进出口有限公司",),
                             note=Name("The visiting unit, where its number is not given",
                                       "参观单位;已填统一社会信用代码时可省略")),
    shared.registered_number("organisation_number", examples=("91310000000000001Y",)),
    Column("number", Name("Need number", "需求编号"), always(identifier(30)), required=True,
           synonyms=("number", "no", "编号"), examples=("N06-00001",)),
    Column("text", Name("Need", "采购需求"), always(text(5000)), required=True, lines=True,
           synonyms=("text", "description", "purchase need", "需求", "需求描述", "采购内容"),
           examples=("求购腰果仁,年度采购",)),
    shared.country(note=Name("Only where several units share a name", "仅在单位重名时填写")),
    shared.sector(examples=("food-agriculture",)),
    Column("hs", Name("HS code", "HS编码"), named.hs_code(2, 4, 6), synonyms=("hs", "海关编码", "税号", "hs heading"),
           examples=("0801.32",)),
    Column("amount", Name("Amount", "金额"), always(amount()), blank=None,
           synonyms=shared.amount_synonyms("intended amount", "采购金额", "预算"), examples=("1,200,000",)),
    shared.currency(examples=("CNY",)),
)  # fmt: skip

KIND = Kind(
    "needs", "采购需求", Name("What visiting units mean to buy, one row each.", "参观单位的采购需求,每项一行。"),
    COLUMNS, NeedRow, import_needs, blank_keeps=True,
)  # fmt: skip

"""The list of intended transactions."""

from __future__ import annotations

from emporion.domain.deals.actions.bulk import DealRow, import_deals
from emporion.domain.reason import Name
from emporion.language.reading.days import day
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells.basics import amount, identifier, text, yes_no
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared

KINDS = {
    "goods": ("goods", "货物", "product", "商品"),
    "services": ("services", "服务", "service"),
    "technology": ("technology", "技术"),
}


def confirmed(cell: str) -> bool:
    """Yes or no, or the day on which it was confirmed, which means yes."""
    try:
        return yes_no(cell)
    except InputError:
        try:
            return bool(day(cell))
        except InputError:
            raise InputError(problems.CellReads(cell), problems.WriteYesNoOrDay()) from None


COLUMNS = (
    Column("number", Name("Deal number", "成交编号"), always(identifier(30)), required=True,
           synonyms=("number", "no", "deal", "编号", "合同编号", "意向编号"), examples=("D06-00001",)),
    Column("exhibitor", Name("Exhibitor", "参展商"), always(text(200)), required=True,
           synonyms=("seller", "exhibitor number", "contract number", "展商", "卖方", "参展商名称"),
           note=Name("Contract number, registered number or name", "合同号、登记号或名称"),
           examples=("Zou Cashew Cooperative",)),
    shared.country("exhibitor_country", "Exhibitor's country", "参展商国家", synonyms=("seller's country", "卖方国家"),
                   note=Name("Only where several exhibitors share a name", "仅在参展商重名时填写")),
    Column("buyer", Name("Buyer", "采购商"), always(text(200)), required=True,
           synonyms=("buyer's number", "buyer number", "买方", "采购单位"),
           note=Name("Registered number or name of the visiting unit", "参观单位的统一社会信用代码或名称"),
           examples=("91310000000000001Y",)),
    shared.country("buyer_country", "Buyer's country", "采购商国家", synonyms=("买方国家",),
                   note=Name("Only where several units share a name", "仅在单位重名时填写")),
    shared.chosen("kind", "Kind", "类别", KINDS, blank="goods", synonyms=("type", "类型", "成交类型"),
                  examples=("goods",)),
    Column("amount", Name("Amount", "金额"), always(amount(digits=20)), required=True, examples=("1,250,000.00",),
           synonyms=shared.amount_synonyms("intended turnover", "成交金额", "意向金额", "成交额"),
           note=Name("On a one-year basis", "按一年计")),
    shared.currency(required=True, examples=("USD",)),
    Column("signed", Name("Signed", "签约日期"), always(day), required=True,
           synonyms=("date", "signing date", "day signed", "日期", "签署日期", "签订日期"), examples=("2023-11-08",)),
    shared.country("origin", "Origin", "原产地", synonyms=("country of origin", "原产国"),
                   note=Name("Empty: the exhibitor's country", "留空为参展商所在国")),
    Column("subject", Name("Subject", "标的"), always(text(300)), synonyms=("goods", "description", "内容", "商品名称"),
           examples=("Cashew kernels",)),
    Column("evidence", Name("Evidence", "凭证"), always(text(200)),
           synonyms=("document", "paper", "证明文件", "合同文件"),
           note=Name("Name of the paper that backs it", "凭证文件名"), examples=("contract-D06-00001.pdf",)),
    Column("exhibitor_confirmed", Name("Confirmed by exhibitor", "参展商确认"), always(confirmed), blank=False,
           choices=("yes", "no"), synonyms=("exhibitor confirmed", "卖方确认"), examples=("yes",)),
    Column("buyer_confirmed", Name("Confirmed by buyer", "采购商确认"), always(confirmed), blank=False,
           choices=("yes", "no"), synonyms=("buyer confirmed", "买方确认"), examples=("yes",)),
)  # fmt: skip

KIND = Kind(
    "deals", "意向成交", Name("Intended transactions, one row each; they count once both sides have confirmed.",
    "意向成交,每笔一行;双方确认后计入。"), COLUMNS, DealRow, import_deals,
)  # fmt: skip

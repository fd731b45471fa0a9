"""The list of e-fapiao numbers that the organiser's tax system gives back."""

from __future__ import annotations

from emporion.domain.billing.actions.fapiaos import import_fapiaos
from emporion.domain.billing.rules.fapiaos import FapiaoRow
from emporion.domain.reason import Name
from emporion.spreadsheets.cells.basics import identifier
from emporion.spreadsheets.columns import Column, Kind, always

COLUMNS = (
    Column("invoice", Name("Invoice", "账单编号"), always(identifier(20)), required=True,
           synonyms=("invoice number", "remark", "备注", "发票编号"), examples=("INV-06-00001",),
           note=Name("As in the list that was taken out", "与导出清单一致")),
    Column("number", Name("E-fapiao number", "数电发票号码"), always(identifier(20)), required=True,
           synonyms=("fapiao", "fapiao number", "number", "发票号码", "数电票号码"),
           examples=("23312000000012345678",), note=Name("20 digits, as text", "20位数字,文本格式")),
)  # fmt: skip

KIND = Kind(
    "fapiaos", "数电发票", Name("Numbers of e-fapiaos that the tax system has issued, one row for each invoice.",
    "税务系统已开具的数电发票号码,每张账单一行。"), COLUMNS, FapiaoRow, import_fapiaos,
)  # fmt: skip

"""The list of investments that exhibiting organisations made in the host's market."""

from __future__ import annotations

from emporion.domain.deals.actions.bulk import InvestmentRow, import_investments
from emporion.domain.reason import Name
from emporion.language.reading.days import day
from emporion.spreadsheets.cells.basics import amount, identifier, text, whole
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared
from emporion.spreadsheets.kinds.deals import confirmed

COLUMNS = (
    Column("number", Name("Investment number", "投资编号"), always(identifier(30)), required=True,
           synonyms=("number", "no", "编号"), examples=("I-00001",)),
    shared.organisation_name("organisation", "Organisation", "企业名称", required=True,
                             note=Name("Name or registered number", "名称或登记号"),
                             examples=("Zou Cashew Cooperative",)),
    shared.country(note=Name("Only where several organisations share a name", "仅在企业重名时填写")),
    Column("first_year", Name("First year", "起始年份"), always(whole(1980, 2100)), required=True,
           synonyms=("from", "year", "开始年份"), examples=("2018",)),
    Column("last_year", Name("Last year", "截止年份"), always(whole(1980, 2100)), required=True,
           synonyms=("to", "until", "结束年份"), examples=("2023",)),
    Column("amount", Name("Amount", "金额"), always(amount(digits=20)), required=True,
           synonyms=shared.amount_synonyms("investment", "投资额", "投资金额"), examples=("1.7亿",)),
    shared.currency(required=True, examples=("EUR",)),
    Column("announced", Name("Announced", "公布日期"), always(day), required=True,
           synonyms=("date", "announcement date", "day announced", "日期"), examples=("2023-11-06",)),
    Column("confirmed", Name("Confirmed", "已确认"), always(confirmed), blank=False, choices=("yes", "no"),
           synonyms=("confirmation", "是否确认"), examples=("yes",)),
    Column("source", Name("Source", "来源"), always(text(300)), synonyms=("出处",), examples=("Press release",)),
)  # fmt: skip

KIND = Kind(
    "investments", "投资", Name("Investments of exhibiting organisations over years, one row each.",
    "参展企业的投资,每项一行。"), COLUMNS, InvestmentRow, import_investments,
)  # fmt: skip

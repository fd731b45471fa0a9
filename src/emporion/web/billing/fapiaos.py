"""The list of invoices that the organiser's tax system takes to issue e-fapiaos."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from emporion.domain.billing.queries.fapiaos import FapiaoLine, fapiao_lines
from emporion.domain.billing.rules.parties import SPECIAL
from emporion.language import translate
from emporion.spreadsheets.rejects import inert
from emporion.web.shell.access import office

# With its mark, Excel opens the file as UTF-8. The list is for a Chinese system: its columns are in Chinese.
MARK = "\ufeff"
HEAD = (
    "账单编号", "发票类型", "购买方名称", "纳税人识别号", "电子邮箱", "项目名称", "数量", "单价", "金额", "税率",
    "币种", "数电发票号码",
)  # fmt: skip
KINDS = {True: "增值税专用发票", False: "普通发票"}


@require_safe
def fapiao_list(request: HttpRequest) -> HttpResponse:
    """Every line of the invoices whose exhibitors want an e-fapiao, as a CSV."""
    edition = office(request)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([inert(str(cell)) for cell in _cells(one)] for one in fapiao_lines(edition))
    answer = HttpResponse(MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"fapiaos-{edition.fair.slug}-{edition.number}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cells(one: FapiaoLine) -> Iterator[object]:
    buyer, line, quote = one.buyer, one.line, one.invoice.quote
    yield from (one.invoice.number, KINDS[buyer.fapiao == SPECIAL], buyer.name_zh or buyer.name)
    yield from (buyer.tax_number, buyer.email, translate(line.why, "zh-hans"))
    yield from (line.quantity, line.unit_price, line.amount, f"{quote.tax_percent}%", quote.currency, one.number)

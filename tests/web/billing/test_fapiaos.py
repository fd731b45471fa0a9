"""An exhibitor wants an e-fapiao: its facts go out in a list, and the number that comes back is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from emporion.domain.billing.actions import credit_invoice
from emporion.domain.billing.actions.fapiaos import import_fapiaos
from emporion.domain.billing.models import Fapiao, Invoice
from emporion.domain.billing.rules.fapiaos import FapiaoRow
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from tests import fair
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, accepted, make_applicant
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
CONTEXT = ActionContext(AUGUST)
NUMBER, OTHER = "23312000000012345678", "23312000000012345679"
WANTED = {
    "name": "极光阀门", "address": "", "tax_number": "91310000132203821H", "email": "tax@aurora.example",
    "fapiao": "special",
}  # fmt: skip


@pytest.fixture
def application(edition: Edition) -> Application:
    make_prices(edition)
    return make_applicant(edition)


@pytest.fixture
def client(application: Application) -> Client:
    return fair.signed_in(fair.speak_for(application.organisation, "a@aurora.example"))


def page_of(application: Application) -> str:
    return f"/expo/my/exhibitor/{application.organisation_id}/costs/"


def test_from_the_wish_to_the_number(office: Client, client: Client, application: Application) -> None:
    address = f"{page_of(application)}address/"
    for lacking, field in (("tax_number", "id_tax_number_error"), ("email", "id_email_error")):
        answer = client.post(address, {**WANTED, lacking: ""})
        assert answer.status_code == 422 and f'id="{field}"' in fair.page_text(answer)
    assert client.post(address, WANTED).status_code == 302
    accepted(application)
    invoice = Invoice.objects.get()
    rows = office.get("/expo/office/invoices/fapiaos.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("账单编号,发票类型,购买方名称,纳税人识别号,电子邮箱,项目名称")
    assert rows[1].startswith(f"{invoice.number},增值税专用发票,极光阀门,91310000132203821H,tax@aurora.example,")
    assert rows[1].endswith(",6%,USD,") and len(rows) == 1 + len(invoice.quote.lines)
    file = SimpleUploadedFile("numbers.csv", f"Invoice,E-fapiao number\n{invoice.number},{NUMBER}\n".encode())
    page = office.post("/expo/office/lists/", {"kind": "fapiaos", "file": file}).headers["Location"]
    do_what_waits()
    office.post(page)
    do_what_waits()
    assert f"E-fapiao {NUMBER}" in fair.page_text(client.get(page_of(application)))
    assert NUMBER in fair.page_text(office.get(f"/expo/office/invoices/{invoice.pk}/"))
    assert office.get("/expo/office/invoices/fapiaos.csv").content.decode().rstrip().endswith(NUMBER)


def test_a_row_that_names_nothing_or_anothers_number_is_told(edition: Edition, application: Application) -> None:
    accepted(application), accepted(make_applicant(edition, "Nordlicht"))
    first, second = Invoice.objects.order_by("pk")

    def bring(*rows: tuple[str, str]) -> Any:
        listed = [FapiaoRow(number, *row) for number, row in enumerate(rows, start=2)]
        return import_fapiaos(edition, listed, context=CONTEXT)

    outcome = bring((first.number, NUMBER), (second.number, NUMBER), ("INV-06-99999", OTHER), (second.number, "12"))
    assert outcome.created == 1
    assert [(one.row, one.column, type(one.wrong).__name__) for one in outcome.problems] == [
        (3, "number", "FapiaoOfAnother"), (4, "invoice", "NoSuchInvoice"), (5, "number", "NoFapiaoNumber"),
    ]  # fmt: skip
    assert (bring((first.number, NUMBER)).unchanged, bring((first.number, OTHER)).updated) == (1, 1)
    assert Fapiao.objects.get().number == OTHER


def test_nobody_gets_one_for_an_invoice_that_was_taken_back(
    office: Client, client: Client, application: Application
) -> None:
    client.post(f"{page_of(application)}address/", {**WANTED, "fapiao": "general"})
    accepted(application)
    credit_invoice(Invoice.objects.get(), "A mistake.", context=CONTEXT)
    assert len(office.get("/expo/office/invoices/fapiaos.csv").content.decode().splitlines()) == 1


def test_outside_china_there_is_none_to_ask_for(client: Client, application: Application, edition: Edition) -> None:
    address = f"{page_of(application)}address/"
    assert "Special VAT e-fapiao" in fair.page_text(client.get(address))
    edition.fair.host_id = "DE"
    edition.fair.save()
    assert "Special VAT e-fapiao" not in fair.page_text(client.get(address))

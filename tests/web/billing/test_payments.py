"""The office brings a bank's statement, deals with what waits, and reminds who is late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.billing.actions import issue_invoices, record_contracts
from emporion.domain.billing.models import Invoice, Payment, Reminder
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.work.models import BackgroundTask
from emporion.jobs.tasks import run_task
from tests import fair, make
from tests.domain.billing.prices import make_prices
from tests.spreadsheets.camt import entry, statement, transaction

pytestmark = pytest.mark.django_db
PAYMENTS = "/expo/office/payments/"


@pytest.fixture
def edition(db: Any) -> Edition:
    """Open today, its show in 200 days, with prices."""
    opened = fair.open_fair()
    opened.first_day += timedelta(days=200)
    opened.last_day += timedelta(days=200)
    opened.save()
    make_prices(opened)
    return opened


def billed(edition: Edition, name: str, days_ago: int = 30) -> Invoice:
    """The invoice of a new exhibitor with a booth of 9 m², issued so many days ago."""
    exhibitor = make.make_exhibitor(edition, name)
    Application.objects.filter(pk=exhibitor.application_id).update(area_m2=9)
    context = ActionContext(timezone.now() - timedelta(days=days_ago))
    record_contracts(edition, context=context)
    issue_invoices(edition, context=context)
    return Invoice.objects.get(application=exhibitor.application)


def bring(office: Client, content: bytes, name: str = "july.xml") -> Any:
    return office.post(PAYMENTS, {"statement": SimpleUploadedFile(name, content)}, follow=True)


def test_a_statement_is_brought_and_the_rest_waits(edition: Edition, office: Client) -> None:
    invoice = billed(edition, "Aurora")
    content = statement(
        entry("3339.00", transaction("3339.00", f"Thanks {invoice.reference}")),
        entry("10.00", transaction("10.00", "coffee & cake", payer="Café")),
    )
    page = fair.page_text(bring(office, content))
    assert "july.xml: 2 new payments were taken, 0 were known already." in page
    assert "coffee &amp; cake" in page and "No reference of an invoice was found in its text." in page
    assert fair.page_text(bring(office, content, "again.xml")).count("coffee") == 1
    assert "Paid" in fair.page_text(office.get(f"/expo/office/invoices/{invoice.pk}/"))
    assert "INV-06-00001" in fair.page_text(office.get("/expo/office/invoices/?show=paid"))
    waiting = Payment.objects.get(amount=10)
    answer = office.post(f"{PAYMENTS}{waiting.pk}/", {"invoice": "INV-9"}, follow=True)
    assert "No invoice of this edition has the number or the reference “INV-9”." in fair.page_text(answer)
    answer = office.post(f"{PAYMENTS}{waiting.pk}/", {"action": "settle", "note": "Returned."}, follow=True)
    assert "No payment waits" in fair.page_text(answer)


def test_what_is_no_statement_is_told_beside_the_field(edition: Edition, office: Client) -> None:
    answer = bring(office, b"MZ\x00\x01")
    assert answer.status_code == 422
    assert "neither a camt.053 statement nor a CSV" in fair.page_text(answer)
    assert office.post(PAYMENTS, {}).status_code == 422


def test_a_payment_is_typed_in_and_who_is_late_is_reminded(edition: Edition, office: Client) -> None:
    invoice = billed(edition, "Aurora")
    address = f"/expo/office/invoices/{invoice.pk}/"
    assert "Aurora" in fair.page_text(office.get("/expo/office/invoices/?show=overdue"))
    done = fair.page_text(office.post(f"{address}reminder/", follow=True))
    assert "The exhibitor is reminded." in done and "Reminded on" in done
    assert Reminder.objects.get().overdue == Decimal("1669.50")
    assert office.post(f"{address}payment/", {"day": "2023-07-01", "amount": "0"}).status_code == 422
    office.post(f"{address}payment/", {"day": "2023-07-01", "amount": "1,669.50", "text": "cheque"})
    page = fair.page_text(office.get(address))
    assert "cheque" in page and "Send a reminder" not in page


def test_what_waits_for_money_stands_on_the_first_page(edition: Edition, office: Client) -> None:
    invoice = billed(edition, "Aurora")
    make.make_exhibitor(edition, "Borealis")
    bring(office, statement(entry("10.00", transaction("10.00", "coffee"))))
    page = fair.page_text(office.get("/expo/office/"))
    assert "1 payment waits for its invoice" in page and "1 invoice is overdue" in page
    contracts = fair.page_text(office.get("/expo/office/contracts/"))
    assert "1 contract was signed elsewhere and is not recorded here yet." in contracts
    office.post("/expo/office/contracts/billing/")
    run_task(BackgroundTask.objects.get(kind="billing").pk)
    assert Invoice.objects.exclude(pk=invoice.pk).count() == 1


def test_the_list_of_invoices_takes_no_more_queries_for_more(edition: Edition, office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get("/expo/office/invoices/").status_code == 200
        return len(captured)

    billed(edition, "Aurora")
    queries()
    one = queries()
    for name in ("Borealis", "Corona", "Diamond"):
        billed(edition, name)
    assert queries() == one

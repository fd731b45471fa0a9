"""A PDF whose data programs read: by the schema of EN 16931, the same sums as on its face."""

from __future__ import annotations

import os
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from facturx import get_level, get_xml_from_pdf, xml_check_xsd
from lxml import etree

from emporion import paper
from emporion.domain.billing.actions import credit_invoice
from emporion.domain.billing.models import BillingTerms, Invoice
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.paper import laid_out
from emporion.web.billing import papers
from tests import fair
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, accepted, make_applicant

pytestmark = pytest.mark.django_db
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"


@pytest.fixture
def invoice(edition: Edition) -> Invoice:
    BillingTerms.objects.create(
        edition=edition, name_en="Expo Bureau", address="1 Harbour Road", country="DE", tax_number="DE123456789",
        account_number="DE89370400440532013000", electronic=True,
    )  # fmt: skip
    make_prices(edition)
    accepted(make_applicant(edition))
    return Invoice.objects.get()


def data_in(pdf: bytes) -> tuple[str, Any]:
    """The name of the file within a PDF and its XML, which keeps the standard's schema."""
    name, xml = get_xml_from_pdf(pdf, check_xsd=True)
    root = etree.fromstring(xml)
    assert xml_check_xsd(xml, flavor="factur-x", level="en16931") and get_level(root) == "en16931"
    return name, root


def text_of(root: Any, name: str) -> list[str]:
    return [str(one.text) for one in root.iter(f"{RAM}{name}")]


def test_an_invoice_carries_its_data_and_so_does_its_credit_note(office: Client, invoice: Invoice) -> None:
    answer = office.get(f"/expo/office/invoices/{invoice.pk}.pdf")
    name, root = data_in(answer.content)
    assert name == "factur-x.xml" and text_of(root, "GrandTotalAmount") == ["7155.00"]
    assert text_of(root, "LineTotalAmount")[-1] == "6750.00" and text_of(root, "IBANID") == ["DE89370400440532013000"]
    lines = [Decimal(one) for one in text_of(root, "LineTotalAmount")[:-1]]
    assert sum(lines) == invoice.net
    with pikepdf.open(BytesIO(answer.content)) as opened, opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
    note = credit_invoice(invoice, "A mistake.", context=ActionContext(AUGUST))
    _name, root = data_in(office.get(f"/expo/office/invoices/{note.pk}.pdf").content)
    assert root.find(f".//{RAM}TypeCode").text == "381"
    assert invoice.number in text_of(root, "IssuerAssignedID")


def test_a_buyer_without_a_country_gets_a_plain_paper(office: Client, invoice: Invoice, edition: Edition) -> None:
    application = make_applicant(edition, "Nowhere", origin=None)
    application.organisation.country = None
    application.organisation.save()
    accepted(application)
    plain = Invoice.objects.get(application=application)
    answer = office.get(f"/expo/office/invoices/{plain.pk}.pdf")
    with pikepdf.open(BytesIO(answer.content)) as opened:
        assert not opened.attachments


def test_the_organiser_says_where_it_is_before_it_issues_electronic_invoices(office: Client, edition: Edition) -> None:
    typed = {"name_en": "Expo Bureau", "electronic": "on", "terms_en": "Be kind."}
    answer = office.post("/expo/office/contracts/terms/", typed)
    page = fair.page_text(answer)
    assert answer.status_code == 422 and 'id="id_address_error"' in page and 'id="id_country_error"' in page
    office.post("/expo/office/contracts/terms/", {**typed, "address": "1 Harbour Road", "country": "CN"})
    terms = BillingTerms.objects.get()
    assert terms.electronic and terms.country == "CN"


def test_a_paper_is_laid_out_once_and_anew_when_it_says_something_else(
    office: Client, invoice: Invoice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    made: list[str] = []

    def counted(html: str, style: str) -> Any:
        made.append(html)
        return laid_out(html, style)

    monkeypatch.setattr(papers, "laid_out", counted)
    address = f"/expo/office/invoices/{invoice.pk}.pdf"
    first = office.get(address).content
    assert office.get(address).content == first and len(made) == 1
    BillingTerms.objects.update(electronic=False)
    assert office.get(address).content != first and len(made) == 2


def test_papers_that_nobody_fetches_make_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(paper, "MOST_PAPERS", 4)
    kept = tmp_path / "papers"
    for number in range(5):
        paper.once(str(number), lambda number=number: b"%d" % number)
        for place, name in enumerate(sorted(kept.iterdir(), key=lambda one: one.read_bytes())):
            os.utime(name, (place, place))
    assert sorted(one.read_bytes() for one in kept.iterdir()) == [b"2", b"3", b"4"]
    assert paper.once("4", lambda: b"made anew") == b"4"

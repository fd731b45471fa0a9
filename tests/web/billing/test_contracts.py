"""From the approved application to the accepted contract and its invoice, on the pages of both sides."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.billing.models import Contract, Invoice, InvoiceAddress
from emporion.domain.billing.rules.contracts import digest
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from tests import fair, make
from tests.domain.billing.prices import make_prices
from tests.domain.billing.test_contracts import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db: Any) -> Edition:
    """Open today; its show begins in 200 days."""
    opened = fair.open_fair()
    opened.first_day += timedelta(days=200)
    opened.last_day += timedelta(days=200)
    opened.save()
    make_prices(opened)
    return opened


@pytest.fixture
def applicant(edition: Edition) -> Application:
    organisation = make.make_organisation("Aurora Valves", "DE", name_zh="极光阀门")
    return Application.objects.create(
        edition=edition, organisation=organisation, origin=organisation.country, area=fair.make_area(edition),
        stand="standard", area_m2=18, open_sides=2, contact_email="a@aurora.example", state="approved",
        submitted=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def person(applicant: Application) -> User:
    return fair.speak_for(applicant.organisation, "ada@aurora.example")


@pytest.fixture
def client(person: User) -> Client:
    return fair.signed_in(person)


def door(applicant: Application, page: str) -> str:
    return f"/expo/my/exhibitor/{applicant.organisation_id}/{page}"


def sha256_on(page: str) -> str:
    return re.search(r'name="sha256" value="([0-9a-f]{64})"', page).group(1)  # type: ignore[union-attr]


def test_an_applicant_reads_and_accepts_its_contract(applicant: Application, person: User, client: Client) -> None:
    costs = fair.page_text(client.get(door(applicant, "costs/")))
    assert "Read the contract" in costs and "7,155.00" in costs
    page = fair.page_text(client.get(door(applicant, "contract/")))
    assert "The organiser lets the exhibitor the stand space" in page
    document = client.get(door(applicant, "contract.pdf"))
    assert document["Content-Type"] == "application/pdf"
    assert document["Content-Disposition"].startswith("attachment")
    assert digest(document.content) == sha256_on(page)

    answer = client.post(door(applicant, "contract/"), {"sha256": sha256_on(page)})
    assert answer.status_code == 422
    assert "Tick that you accept" in fair.page_text(answer)
    accepting = {"sha256": sha256_on(page), "accepts": "on"}
    done = fair.page_text(client.post(door(applicant, "contract/"), accepting, follow=True))
    client.post(door(applicant, "contract/"), accepting)
    contract, exhibitor, invoice = Contract.objects.get(), Exhibitor.objects.get(), Invoice.objects.get()
    assert (contract.accepted_by, contract.number) == (person, exhibitor.number)
    for words in (exhibitor.number, sha256_on(page), invoice.number, "ada@aurora.example", "3,577.50"):
        assert words in done
    assert client.get(door(applicant, "contract.pdf")).content == document.content


def test_who_read_an_older_contract_is_shown_the_new_one(applicant: Application, client: Client) -> None:
    page = fair.page_text(client.get(door(applicant, "contract/")))
    applicant.edition.price_list.standard_booth = 4000
    applicant.edition.price_list.save()
    answer = client.post(door(applicant, "contract/"), {"sha256": sha256_on(page), "accepts": "on"})
    assert answer.status_code == 422
    again = fair.page_text(answer)
    assert "The contract has changed since you opened it" in again and "9,487.00" in again
    client.post(door(applicant, "contract/"), {"sha256": sha256_on(again), "accepts": "on"})
    assert Invoice.objects.get().total == Decimal("9487.00")


def test_without_prices_or_approval_there_is_no_contract_to_read(applicant: Application, client: Client) -> None:
    Application.objects.update(state="submitted")
    answer = client.get(door(applicant, "contract/"), follow=True)
    assert "A contract is offered once the application is approved." in fair.page_text(answer)
    assert client.get(door(applicant, "contract.pdf")).status_code == 404
    Application.objects.update(state="approved")
    applicant.edition.price_list.delete()
    answer = client.get(door(applicant, "contract/"), follow=True)
    assert "This edition has no price list" in fair.page_text(answer)


def text_of(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as opened:
        return len(opened.pages)


def test_papers_are_in_the_languages_of_the_fair(applicant: Application, client: Client) -> None:
    both = client.get(door(applicant, "contract.pdf")).content
    applicant.edition.fair.languages = ["en"]
    applicant.edition.fair.save()
    applicant.edition.price_list.standard_booth = 3500
    applicant.edition.price_list.save()
    english = client.get(door(applicant, "contract.pdf")).content
    assert text_of(both) > text_of(english)
    with pikepdf.open(BytesIO(both)) as opened:
        fonts = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert all("Fair-Paper" in font for font in fonts), fonts


def accept(applicant: Application, client: Client) -> Contract:
    page = fair.page_text(client.get(door(applicant, "contract/")))
    client.post(door(applicant, "contract/"), {"sha256": sha256_on(page), "accepts": "on"})
    return Contract.objects.get(state="accepted")


def test_a_signed_paper_is_sent_and_checked(applicant: Application, client: Client, office: Client) -> None:
    contract = accept(applicant, client)
    address = door(applicant, "contract/signed.pdf")
    assert client.get(address).status_code == 404
    answer = client.post(address, {"paper": SimpleUploadedFile("signed.pdf", b"MZ not a PDF")}, follow=True)
    assert "The file is no PDF that can be opened" in fair.page_text(answer)
    assert "Choose the signed contract as a PDF first." in fair.page_text(client.post(address, {}, follow=True))
    signed = paper()
    client.post(address, {"paper": SimpleUploadedFile("signed.pdf", signed)})
    assert client.get(address).content == signed
    assert office.get(f"/expo/office/contracts/{contract.application_id}/signed.pdf").content == signed


def test_nobody_reads_the_papers_of_others(edition: Edition, applicant: Application, client: Client) -> None:
    other, stranger = fair.make_seller(edition)
    accept(applicant, client)
    invoice = Invoice.objects.get()
    theirs = fair.signed_in(stranger)
    assert theirs.get(door(applicant, f"costs/invoices/{invoice.pk}.pdf")).status_code == 404
    own = f"/expo/my/exhibitor/{other.organisation_id}/costs/invoices/{invoice.pk}.pdf"
    assert theirs.get(own).status_code == 404
    mine = client.get(door(applicant, f"costs/invoices/{invoice.pk}.pdf"))
    assert mine.content.startswith(b"%PDF-")


def test_the_exhibitor_says_to_whom_papers_are_made_out(applicant: Application, client: Client) -> None:
    address = door(applicant, "costs/address/")
    assert 'value="Aurora Valves"' in fair.page_text(client.get(address))
    assert client.post(address, {"name": ""}).status_code == 422
    client.post(address, {"name": "Aurora AG", "address": "Kai 1\nHamburg", "country": "DE", "tax_number": "DE1"})
    assert InvoiceAddress.objects.get().name == "Aurora AG"
    assert accept(applicant, client).buyer.address == "Kai 1\nHamburg"


def test_the_office_sees_contracts_and_cancels_one(applicant: Application, client: Client, office: Client) -> None:
    assert "Aurora Valves" in fair.page_text(office.get("/expo/office/contracts/?show=waiting"))
    contract = accept(applicant, client)
    page = fair.page_text(office.get("/expo/office/contracts/?show=signed"))
    assert contract.number in page and "7,155.00" in page
    address = f"/expo/office/contracts/{applicant.pk}/"
    assert "ada@aurora.example" in fair.page_text(office.get(address))
    assert office.get(f"{address}contract.pdf").content.startswith(b"%PDF-")
    assert office.post(f"{address}cancellation/", {"reason": ""}).status_code == 422
    done = fair.page_text(office.post(f"{address}cancellation/", {"reason": "The firm closes."}, follow=True))
    assert "The contract is cancelled and the exhibitor is told." in done and "The firm closes." in done
    assert not Exhibitor.objects.exists()
    assert "The firm closes." in fair.page_text(client.get(door(applicant, "costs/")))
    assert "CRN-06-00001" in fair.page_text(client.get(door(applicant, "costs/")))


def test_the_office_corrects_and_credits_invoices(applicant: Application, client: Client, office: Client) -> None:
    accept(applicant, client)
    Application.objects.update(area_m2=9)
    first, address = Invoice.objects.get(), f"/expo/office/contracts/{applicant.pk}/"
    assert "What the application costs now differs from the invoice." in fair.page_text(office.get(address))
    office.post(f"{address}invoice/", {"correct": first.pk, "reason": "Smaller stand."})
    second = Invoice.objects.get(number="INV-06-00002")
    assert second.total == Decimal("3657.00")
    page = fair.page_text(office.get(f"/expo/office/invoices/{second.pk}/"))
    assert "3,657.00" in page
    office.post(f"/expo/office/invoices/{second.pk}/", {"reason": "Not wanted."})
    assert Invoice.objects.get(number="CRN-06-00002").reason == "Not wanted."
    assert office.get(f"/expo/office/invoices/{second.pk}.pdf").content.startswith(b"%PDF-")
    office.post(f"{address}invoice/")
    assert Invoice.objects.filter(number="INV-06-00003").exists()


def test_the_office_sets_account_and_terms(edition: Edition, office: Client) -> None:
    typed = {"name_en": "Expo Ltd", "account_number": "GB82 WEST 1234 5698 7654 33", "terms_en": "Be kind.",
             "terms_zh": "以礼相待。"}  # fmt: skip
    answer = office.post("/expo/office/contracts/terms/", typed)
    assert answer.status_code == 422 and "its check digits are wrong" in fair.page_text(answer)
    typed["account_number"] = "GB82 WEST 1234 5698 7654 32"
    assert "Be kind." in fair.page_text(office.post("/expo/office/contracts/terms/", typed, follow=True))
    assert edition.billing_terms.account_number == "GB82 WEST 1234 5698 7654 32"


def test_lists_of_contracts_take_no_more_queries_for_more(
    edition: Edition, applicant: Application, client: Client, office: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get("/expo/office/contracts/").status_code == 200
        return len(captured)

    accept(applicant, client)
    queries()
    one = queries()
    for number in range(3):
        make.make_exhibitor(edition, f"Company {number}")
    assert queries() == one

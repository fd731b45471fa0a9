"""Invoices are numbered without gaps, due by instalments, frozen once issued, and credited."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from emporion.domain.billing.actions import (
    correct_invoice,
    credit_invoice,
    invoice_contract,
    issue_invoice,
    issue_invoices,
    record_contracts,
)
from emporion.domain.billing.models import Invoice, InvoiceDue
from emporion.domain.billing.queries import invoices_for
from emporion.domain.billing.rules.instalments import Due
from emporion.domain.billing.rules.invoices import (
    AlreadyCredited,
    AlreadyInvoiced,
    CreditNoteCredited,
    CreditReasonNeeded,
    FreeBoothFirst,
    NothingChanged,
    NothingToInvoice,
)
from emporion.domain.billing.rules.ordered import ServiceOrdered
from emporion.domain.billing.rules.quotes import FreeBooth, times
from emporion.domain.billing.rules.references import grouped, is_reference, reference_of, references_in
from emporion.domain.booths.actions import grant_free_booth
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import sign_contract
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.reason import Name
from tests import make
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, JULY, accepted, make_applicant

THEN, LATER = ActionContext(JULY), ActionContext(AUGUST)
CHAIRS = [times(ServiceOrdered("chair", Name("Chairs", "椅子"), Name("piece", "把")), 4, Decimal("12.50"), 2)]


@pytest.fixture
def priced(edition: Edition) -> Edition:
    make_prices(edition)
    return edition


def test_a_contract_is_invoiced_by_instalments_when_it_is_accepted(priced: Edition) -> None:
    contract = accepted(make_applicant(priced))
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.contract_number, invoice.day) == ("INV-06-00001", contract.number, date(2023, 7, 1))
    assert (invoice.net, invoice.tax, invoice.total) == (Decimal(6750), Decimal(405), Decimal(7155))
    assert [one.due for one in invoice.dues.all()] == [
        Due(date(2023, 7, 15), Decimal("3577.500")), Due(date(2023, 9, 6), Decimal("3577.500")),
    ]  # fmt: skip
    assert invoice.quote.lines == contract.quote.lines
    assert Notice.objects.get(template="invoice_issued").context["total"] == "7,155.00 USD"
    with pytest.raises(AlreadyInvoiced):
        invoice_contract(contract, context=LATER)


def test_what_is_ordered_is_invoiced_with_the_editions_tax(priced: Edition) -> None:
    application = accepted(make_applicant(priced)).application
    invoice = issue_invoice(application, CHAIRS, context=LATER)
    assert (invoice.number, invoice.net, invoice.tax) == ("INV-06-00002", Decimal("50.00"), Decimal("3.00"))
    assert [one.day for one in invoice.dues.all()] == [date(2023, 8, 15)]
    with pytest.raises(NothingToInvoice):
        issue_invoice(application, [], context=LATER)


def test_an_invoice_is_frozen(priced: Edition) -> None:
    accepted(make_applicant(priced))
    for change in (
        lambda: Invoice.objects.update(total=1),
        lambda: Invoice.objects.all()._raw_delete("default"),
        lambda: InvoiceDue.objects.update(amount=1),
    ):
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
            change()


def test_a_credit_note_takes_an_invoice_back_once(priced: Edition) -> None:
    accepted(make_applicant(priced))
    invoice = Invoice.objects.get()
    with pytest.raises(CreditReasonNeeded):
        credit_invoice(invoice, " ", context=LATER)
    note = credit_invoice(invoice, "Wrong address.", context=LATER)
    assert (note.number, note.total, note.credits, note.reference) == ("CRN-06-00001", invoice.total, invoice, "")
    with pytest.raises(AlreadyCredited):
        credit_invoice(invoice, "Wrong address.", context=LATER)
    with pytest.raises(CreditNoteCredited):
        credit_invoice(note, "Wrong address.", context=LATER)
    [account] = invoices_for(invoice.application)
    assert (account.open, account.dues, account.credit_note) == (Decimal(0), (), note)


def test_an_invoice_waits_for_the_free_booth_that_was_asked_for(priced: Edition) -> None:
    make.make_countries()
    priced.free_booth_quota = 1
    priced.save()
    contract = accepted(make_applicant(priced, "Shea", "BJ", requests_free_booth=True))
    assert not Invoice.objects.exists()
    with pytest.raises(FreeBoothFirst):
        invoice_contract(contract, context=LATER)
    grant_free_booth(Exhibitor.objects.get(), day=date(2023, 7, 20), context=LATER)
    invoice = invoice_contract(contract, context=LATER)
    assert isinstance(invoice.quote.lines[0].why, FreeBooth)
    assert invoice.total == Decimal("159.00")


def test_a_price_that_has_changed_is_corrected_by_credit_note_and_new_invoice(priced: Edition) -> None:
    application = accepted(make_applicant(priced)).application
    invoice = Invoice.objects.get()
    with pytest.raises(NothingChanged):
        correct_invoice(invoice, reason="Smaller stand.", context=LATER)
    application.area_m2 = 9
    application.save()
    corrected = correct_invoice(invoice, reason="Smaller stand.", context=LATER)
    assert (corrected.number, corrected.total) == ("INV-06-00002", Decimal("3657.00"))
    assert [one.open for one in invoices_for(application)] == [Decimal(0), Decimal("3657.00")]


def test_all_that_wait_are_invoiced_in_one_go(priced: Edition) -> None:
    make.make_countries()
    firms = [make_applicant(priced, name) for name in ("Aurora", "Borealis")]
    waits = make_applicant(priced, "Shea", "BJ", requests_free_booth=True)
    guest = make_applicant(priced, "Pumps", main=firms[0], area_m2=0)
    for application in (*firms, waits, guest):
        sign_contract(application, day=JULY.date(), context=THEN)
    assert (record_contracts(priced, context=THEN), record_contracts(priced, context=LATER)) == (3, 0)
    assert (issue_invoices(priced, context=LATER), issue_invoices(priced, context=LATER)) == (2, 0)
    bulk = [(one.number, one.total, one.dues.count()) for one in Invoice.objects.order_by("pk")]
    assert bulk == [("INV-06-00001", Decimal("7367.000"), 2), ("INV-06-00002", Decimal("7155.000"), 2)]
    assert all(is_reference(one) for one in Invoice.objects.values_list("reference", flat=True))
    told = Notice.objects.filter(template="invoice_issued").order_by("pk").values_list("context__total", flat=True)
    assert list(told) == ["7,367.00 USD", "7,155.00 USD"]
    single = issue_invoice(firms[0], CHAIRS, context=LATER)
    assert single.number == "INV-06-00003"


def test_the_list_of_invoices_is_written_in_few_statements(priced: Edition) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            record_contracts(priced, context=THEN)
            issue_invoices(priced, context=LATER)
        return len(captured)

    counts = []
    for group in (("A",), ("B", "C", "D", "E")):
        for name in group:
            sign_contract(make_applicant(priced, name), day=JULY.date(), context=THEN)
        counts.append(statements())
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_draw_two_numbers_without_a_gap(edition: Edition) -> None:
    make_prices(edition)
    applications = [make_applicant(edition, name) for name in ("Aurora", "Borealis")]
    together = threading.Barrier(2)

    def issue(application: object) -> None:
        together.wait()
        for _ in range(5):
            issue_invoice(application, CHAIRS, context=THEN)
        connection.close()

    threads = [threading.Thread(target=issue, args=(one,)) for one in applications]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Invoice.objects.values_list("serial", flat=True)) == list(range(1, 11))


def test_a_number_of_an_invoice_that_came_to_nothing_is_drawn_again(priced: Edition) -> None:
    application = make_applicant(priced)
    with pytest.raises(RuntimeError), transaction.atomic():
        issue_invoice(application, CHAIRS, context=THEN)
        raise RuntimeError("the power fails")
    assert issue_invoice(application, CHAIRS, context=THEN).serial == 1


# As banks and payment schemes publish them to explain ISO 11649.
@pytest.mark.parametrize("published", ["RF18539007547034", "RF712348231", "RF45G72UUR", "RF6518K5"])
def test_creditor_references_are_those_of_the_standard(published: str) -> None:
    assert is_reference(published)
    wrong = published[:-1] + ("1" if published[-1] != "1" else "2")
    assert not is_reference(wrong)


def test_a_reference_is_found_in_what_a_payer_writes() -> None:
    reference = reference_of(1, 6, 42)
    # The check digits by the standard's own sum: letters as numbers from A = 10, modulo 97.
    assert 98 - int("1006000042" + "2715" + "00") % 97 == 77
    assert reference == "RF771006000042" and is_reference(reference)
    assert grouped("RF18539007547034") == "RF18 5390 0754 7034"
    assert reference in references_in(f"Invoice INV-06-00042 {grouped(reference).lower()} thank you")
    found = references_in("RF18539007547034, RF18539007547035 RF712348231")
    assert "RF18539007547034" in found and "RF712348231" in found and "RF18539007547035" not in found
    assert references_in("perform 12 surf18 boards") == []

"""Payments find their invoices by reference; the rest waits for a person, and nothing is counted twice."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.billing.actions import (
    allocate_payment,
    credit_invoice,
    enter_payment,
    remind,
    settle_payment,
    take_bank_file,
)
from emporion.domain.billing.models import Allocation, Invoice, Payment, Reminder
from emporion.domain.billing.queries import account_of
from emporion.domain.billing.queries.payments import invoices_listed, likely_invoices, payments_waiting
from emporion.domain.billing.rules.instalments import Due
from emporion.domain.billing.rules.payments import (
    AllocationTooLarge,
    Entry,
    InvoiceTakenBack,
    InvoiceUnknown,
    MorePaidThanOpen,
    NoReference,
    NoteNeeded,
    NothingOverdue,
    OpenInvoice,
    OtherCurrency,
    PaidInOtherCurrency,
    PaymentOfNothing,
    RemindedToday,
    match,
)
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, JULY, accepted, make_applicant

THEN, LATER = ActionContext(JULY), ActionContext(AUGUST)
DAY = date(2023, 7, 10)


@pytest.fixture
def invoice(edition: Edition) -> Invoice:
    """Over 7,155.00 US dollars, half due on 15 July and half on 6 September."""
    make_prices(edition)
    accepted(make_applicant(edition))
    return Invoice.objects.get()


def paid(amount: str, text: str, currency: str = "USD", key: str = "") -> Entry:
    return Entry(DAY, Decimal(amount), currency, "Aurora AG", text, key)


def take(edition: Edition, *entries: Entry, content: bytes = b"a file", context: ActionContext = THEN) -> object:
    return take_bank_file(edition, "july.xml", content, entries, context=context)


def waiting(edition: Edition) -> list[tuple[Decimal, type]]:
    return [(one.left, type(one.waits_because)) for one in payments_waiting(edition)]


def test_a_payment_finds_its_invoice_by_the_reference(edition: Edition, invoice: Invoice) -> None:
    take(edition, paid("3577.50", f"first half {invoice.reference[:4]} {invoice.reference[4:]}"))
    account = account_of(invoice)
    assert (account.paid, account.open) == (Decimal("3577.50"), Decimal("3577.50"))
    assert account.dues == (Due(date(2023, 9, 6), Decimal("3577.500")),)
    assert waiting(edition) == []


def test_the_same_file_twice_changes_nothing_and_a_known_entry_is_known(edition: Edition, invoice: Invoice) -> None:
    entry = paid("3577.50", invoice.reference, key="B1")
    first = take(edition, entry)
    assert take(edition, entry, context=LATER) == first
    overlapping = take(edition, entry, paid("10", "coffee"), content=b"another", context=LATER)
    assert (overlapping.new, overlapping.known) == (1, 1)
    assert (Payment.objects.count(), Allocation.objects.count()) == (2, 1)
    assert account_of(invoice).paid == Decimal("3577.50")


def test_what_is_paid_too_much_waits_for_a_person(edition: Edition, invoice: Invoice) -> None:
    take(edition, paid("7000", invoice.reference), paid("200", invoice.reference), paid("5", invoice.reference))
    assert account_of(invoice).open == 0
    assert waiting(edition) == [(Decimal("45"), MorePaidThanOpen), (Decimal("5"), MorePaidThanOpen)]
    told = payments_waiting(edition)[0].waits_because
    assert str(told) == f"{invoice.number} had 155.00 USD open; the rest was paid too much."


def test_what_names_no_invoice_another_currency_or_one_taken_back_waits(edition: Edition, invoice: Invoice) -> None:
    take(edition, paid("7155", "thank you"), paid("100", invoice.reference, "EUR"))
    credit_invoice(invoice, "Wrong.", context=LATER)
    take(edition, paid("100", invoice.reference), content=b"later")
    assert [kind for _left, kind in waiting(edition)] == [NoReference, PaidInOtherCurrency, InvoiceTakenBack]


def test_a_person_allocates_and_settles_what_waits(edition: Edition, invoice: Invoice) -> None:
    take(edition, paid("3577.50", "thank you"), paid("50", "euros", "EUR"))
    dollars, euros = payments_waiting(edition)
    assert likely_invoices(dollars, dollars.left) == [invoice]
    with pytest.raises(InvoiceUnknown):
        allocate_payment(dollars, "INV-06-00099", context=LATER)
    with pytest.raises(OtherCurrency):
        allocate_payment(euros, invoice.number, context=LATER)
    allocate_payment(dollars, f" {invoice.number.lower()} ", context=LATER)
    with pytest.raises(AllocationTooLarge):
        allocate_payment(dollars, invoice.reference, context=LATER)
    with pytest.raises(NoteNeeded):
        settle_payment(euros, " ", context=LATER)
    settle_payment(euros, "Returned on 2 August.", context=LATER)
    settle_payment(euros, "Again.", context=LATER)
    euros.refresh_from_db()
    assert euros.note == "Returned on 2 August."
    assert (waiting(edition), account_of(invoice).paid) == ([], Decimal("3577.50"))


def test_a_payment_is_typed_in_and_one_that_is_returned_below_zero(edition: Edition, invoice: Invoice) -> None:
    with pytest.raises(PaymentOfNothing):
        enter_payment(edition, invoice, day=DAY, amount=Decimal(0), text="", context=THEN)
    enter_payment(edition, invoice, day=DAY, amount=Decimal(8000), text="cheque", context=THEN)
    assert account_of(invoice).too_much == Decimal("845")
    assert invoices_listed(edition, "to_return", DAY).get() == invoice
    enter_payment(edition, invoice, day=DAY, amount=Decimal(-845), text="returned", context=LATER)
    assert account_of(invoice).open == 0
    assert invoices_listed(edition, "paid", DAY).get() == invoice


def test_who_is_late_is_listed_and_reminded_once_a_day(edition: Edition, invoice: Invoice) -> None:
    assert not invoices_listed(edition, "overdue", date(2023, 7, 15)).exists()
    assert invoices_listed(edition, "overdue", date(2023, 7, 16)).get() == invoice
    with pytest.raises(NothingOverdue):
        remind(invoice, context=THEN)
    remind(invoice, context=LATER)
    with pytest.raises(RemindedToday):
        remind(invoice, context=LATER)
    assert Reminder.objects.get().overdue == Decimal("3577.50")
    assert Notice.objects.get(template="payment_reminder").context["overdue"] == "3,577.50 USD"
    take(edition, paid("3577.50", invoice.reference))
    assert not invoices_listed(edition, "overdue", date(2023, 8, 2)).exists()


amounts = st.integers(1, 10**7).map(lambda number: Decimal(number) / 100)


@given(amounts, st.lists(amounts, max_size=6))
def test_payments_in_any_order_cover_what_is_open_and_no_more(total: Decimal, payments: list[Decimal]) -> None:
    left, waits = total, Decimal(0)
    for amount in payments:
        found = match(paid(str(amount), ""), [OpenInvoice(1, "INV", "USD", left)])
        assert found.invoice == (1 if found.amount else None)
        left -= found.amount
        waits += amount - found.amount
    assert left == max(total - sum(payments), Decimal(0))
    assert waits == max(sum(payments) - total, Decimal(0))


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_one_file_at_once_bring_it_once(edition: Edition, invoice: Invoice) -> None:
    together = threading.Barrier(2)

    def bring() -> None:
        together.wait()
        take(edition, paid("100", invoice.reference), paid("200", "thank you"))
        connection.close()

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Payment.objects.count(), account_of(invoice).paid) == (2, Decimal(100))

"""Invoices issued, credited and issued anew.

Numbers have no gaps: whoever issues holds the edition's row until the transaction ends, and draws the number after the
last. What is issued stays; a correction is a credit note and another invoice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from emporion.domain.billing.actions.contracts import locked_application
from emporion.domain.billing.actions.telling import tell
from emporion.domain.billing.models import Allocation, Contract, Invoice, InvoiceDue, PriceList
from emporion.domain.billing.queries import (
    Basis,
    basis_of,
    buyer_of,
    is_of_same_stand,
    price_list_of,
    quote_for,
    seller_of,
)
from emporion.domain.billing.rules.instalments import SIGNING, Instalment, dues
from emporion.domain.billing.rules.invoices import (
    CREDIT_NOTE,
    INVOICE,
    AlreadyCredited,
    AlreadyInvoiced,
    CreditNoteCredited,
    CreditReasonNeeded,
    FreeBoothFirst,
    NothingChanged,
    NothingToInvoice,
    invoice_number,
)
from emporion.domain.billing.rules.money import HUNDRED, places_of
from emporion.domain.billing.rules.quotes import FreeBoothUndecided, Line, Quote, summed
from emporion.domain.billing.rules.references import grouped, reference_of
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored

AT_ONCE = (Instalment(HUNDRED, SIGNING, 14),)


@transaction.atomic
def issue_invoice(
    application: Application,
    lines: Sequence[Line],
    *,
    context: ActionContext,
    instalments: Sequence[Instalment] = AT_ONCE,
) -> Invoice:
    """Issue an invoice of these lines to an exhibitor, in the edition's currency and with its tax; it is told.

    For what is ordered beside the stand as for the stand itself. Raises: NothingToInvoice.
    """
    locked = locked_application(application)
    prices = price_list_of(locked.edition)
    tax = prices.prices.tax_percent if prices else HUNDRED * 0
    return _issue(locked, summed(lines, locked.edition.currency_id, tax), instalments, context)


@transaction.atomic
def invoice_contract(contract: Contract, *, context: ActionContext) -> Invoice:
    """Issue the invoice of an accepted contract, due by the edition's instalments.

    What a free booth that was granted since makes free is left out. Raises: AlreadyInvoiced, FreeBoothFirst,
    NothingToInvoice.
    """
    application = locked_application(contract.application)
    if standing := standing_invoice(application):
        raise AlreadyInvoiced(number=standing.number)
    due = when_due(price_list_of(application.edition))
    return _issue(application, _decided(contract, application, context), due, context, contract.number)


def _decided(contract: Contract, application: Application, context: ActionContext) -> Quote:
    """What a contract comes to now that its free booth is decided: as it was agreed, else with the booth granted.

    Raises: FreeBoothFirst.
    """
    undecided = any(isinstance(note, FreeBoothUndecided) for note in contract.quote.notes)
    if not undecided and is_of_same_stand(contract.content, application):
        return contract.quote
    current = quote_for(application, application.edition, context.at)
    if current is None or any(isinstance(note, FreeBoothUndecided) for note in current.notes):
        raise FreeBoothFirst()
    return current


@transaction.atomic
def credit_invoice(invoice: Invoice, reason: str, *, context: ActionContext) -> Invoice:
    """Take an invoice back by a credit note over the whole of it; the exhibitor is told.

    Raises: CreditReasonNeeded, CreditNoteCredited, AlreadyCredited.
    """
    if not reason.strip():
        raise CreditReasonNeeded()
    if invoice.kind == CREDIT_NOTE:
        raise CreditNoteCredited(number=invoice.number)
    application = locked_application(invoice.application)
    serial = next_serial(application.edition, CREDIT_NOTE)
    if Invoice.objects.filter(credits=invoice).exists():
        raise AlreadyCredited(number=invoice.number)
    basis, number = basis_of(application.edition), invoice.contract_number
    note = draft_document(basis, application, invoice.quote, CREDIT_NOTE, serial, number, context)
    note.seller_facts, note.buyer_facts = invoice.seller_facts, invoice.buyer_facts
    note.credits, note.reason = invoice, reason.strip()
    note.save()
    record(
        "invoice.credited", note, context=context, edition=note.edition_id, invoice=invoice.number, reason=note.reason
    )
    facts = {"number": note.number, "credited": invoice.number, "reason": note.reason}
    tell(application, "credit_note_issued", note.number, facts, at=context.at)
    return note


@transaction.atomic
def correct_invoice(invoice: Invoice, *, reason: str, context: ActionContext) -> Invoice:
    """Credit a contract's invoice and issue another by what the application costs now; what was paid goes with it.

    Raises: NothingChanged, and what ``credit_invoice`` refuses.
    """
    application = locked_application(invoice.application)
    current = quote_for(application, application.edition, context.at) if invoice.contract_number else None
    if current is None or current.lines == invoice.quote.lines:
        raise NothingChanged(number=invoice.number)
    credit_invoice(invoice, reason, context=context)
    due = when_due(price_list_of(application.edition))
    corrected = _issue(application, current, due, context, invoice.contract_number)
    Allocation.objects.filter(invoice=invoice).update(invoice=corrected)
    return corrected


def standing_invoice(application: Application) -> Invoice | None:
    """The invoice of an application's contract that is not credited."""
    found = Invoice.objects.filter(application=application, kind=INVOICE, credit_note=None)
    return found.exclude(contract_number="").order_by("pk").first()


def when_due(prices: PriceList | None) -> Sequence[Instalment]:
    """The instalments of an edition's contracts; where it has no rule, all of it two weeks after the invoice."""
    return (prices and prices.when_due) or AT_ONCE


def _issue(
    application: Application, quote: Quote, parts: Sequence[Instalment], context: ActionContext, contract: str = ""
) -> Invoice:
    if not quote.lines or quote.total <= 0:
        raise NothingToInvoice()
    edition = application.edition
    serial = next_serial(edition, INVOICE)
    draft = draft_document(basis_of(edition), application, quote, INVOICE, serial, contract, context)
    invoice = with_reference(draft)
    invoice.save()
    InvoiceDue.objects.bulk_create(due_rows(invoice, parts, edition.first_day))
    record(
        "invoice.issued", invoice, context=context, edition=edition.pk, total=f"{quote.total} {quote.currency}",
        reference=invoice.reference,
    )  # fmt: skip
    first = min(one.day for one in invoice.dues.all())
    facts = {"number": invoice.number, "reference": grouped(invoice.reference), "due": stored(first)}
    tell(application, "invoice_issued", invoice.number, {**facts, "total": in_figures(quote)}, at=context.at)
    return invoice


def in_figures(quote: Quote) -> str:
    """A total with its currency, as messages write it."""
    return f"{quote.total:,} {quote.currency}"


def due_rows(invoice: Invoice, instalments: Sequence[Instalment], opening: date) -> Iterable[InvoiceDue]:
    """When an invoice is due, as rows that are not stored yet."""
    places = places_of(invoice.currency)
    found = dues(invoice.total, instalments, issued=invoice.day, opening=opening, places=places)
    return [InvoiceDue(invoice=invoice, day=one.day, amount=one.amount) for one in found]


def next_serial(edition: Edition, kind: str) -> int:
    """The serial after the last, while the edition's row is held so that nobody else draws it."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    return int(Invoice.objects.filter(edition=edition, kind=kind).aggregate(last=Max("serial"))["last"] or 0) + 1


def draft_document(
    basis: Basis, application: Application, quote: Quote, kind: str, serial: int, contract: str, context: ActionContext
) -> Invoice:
    """An invoice or credit note, not stored yet. ``contract``: the number of the contract that it is of, or empty."""
    edition = basis.edition
    return Invoice(
        edition=edition, application=application, kind=kind, serial=serial,
        number=invoice_number(edition.number, kind, serial), issued=context.at, day=local_day(edition, context.at),
        contract_number=contract, seller_facts=seller_of(basis.terms).stored(),
        buyer_facts=buyer_of(application).stored(), quoted=quote.stored(), currency=quote.currency, net=quote.net,
        tax=quote.tax, total=quote.total, issued_by=context.actor,
    )  # fmt: skip


def with_reference(invoice: Invoice) -> Invoice:
    """The same invoice with the reference that payers write."""
    edition = invoice.edition
    invoice.reference = reference_of(edition.fair_id, edition.number, invoice.serial)
    return invoice

"""Payments: brought by a bank's file or typed in, allocated to invoices, settled otherwise; reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from emporion.domain.billing.actions.telling import tell
from emporion.domain.billing.models import Allocation, BankFile, Invoice, Payment, Reminder
from emporion.domain.billing.queries import account_of
from emporion.domain.billing.queries.payments import left_of, open_invoices
from emporion.domain.billing.rules.contracts import digest
from emporion.domain.billing.rules.payments import (
    AllocationTooLarge,
    Entry,
    InvoiceUnknown,
    NoteNeeded,
    NothingOverdue,
    OtherCurrency,
    PaymentOfNothing,
    RemindedToday,
    keys_of,
    match,
)
from emporion.domain.billing.rules.references import grouped
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import stored


@transaction.atomic
def take_bank_file(
    edition: Edition, name: str, content: bytes, entries: Sequence[Entry], *, context: ActionContext
) -> BankFile:
    """Take the credits of a bank's statement; each goes to the invoice that its reference names.

    The same file again changes nothing, and an entry that an earlier file had brought is known. What finds no invoice,
    or is too much for it, waits for a person.
    """
    # Of two who bring a statement at the same moment the second waits here.
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    before = BankFile.objects.filter(edition=edition, sha256=digest(content)).first()
    if before is not None:
        return before
    keys = keys_of(entries)
    known = set(Payment.objects.filter(edition=edition, key__in=keys).values_list("key", flat=True))
    new = [(key, entry) for key, entry in zip(keys, entries, strict=True) if key not in known]
    file = BankFile.objects.create(
        edition=edition, name=name[-150:], sha256=digest(content), brought=context.at, brought_by=context.actor,
        new=len(new), known=len(entries) - len(new),
    )  # fmt: skip
    _take(file, new, context)
    told = {"file": file.name, "new": file.new, "known": file.known}
    record("payments.taken", edition, context=context, edition=edition.pk, **told)
    return file


def _take(file: BankFile, new: Sequence[tuple[str, Entry]], context: ActionContext) -> None:
    """Store the entries and allocate what their references say, each seeing what those before it have paid."""
    invoices = open_invoices(file.edition, [entry.text for _key, entry in new])
    allocations = []
    for key, entry in new:
        found = match(entry, invoices.named_in(entry.text))
        payment = Payment.objects.create(
            edition=file.edition, file=file, key=key, day=entry.day, amount=entry.amount, currency=entry.currency,
            payer=entry.payer[:200], text=entry.text, entered=context.at, entered_by=context.actor,
            why=stored(found.why) if found.why else None,
        )  # fmt: skip
        if found.invoice is not None:
            invoices.pay(found.invoice, found.amount)
            paid = Allocation(payment=payment, invoice_id=found.invoice, amount=found.amount, at=context.at)
            allocations.append(paid)
    Allocation.objects.bulk_create(allocations)


@transaction.atomic
def enter_payment(
    edition: Edition, invoice: Invoice, *, day: date, amount: Decimal, text: str, context: ActionContext
) -> Payment:
    """Type in a payment of an invoice; below zero what was returned. Raises: PaymentOfNothing."""
    if not amount:
        raise PaymentOfNothing()
    payment = Payment.objects.create(
        edition=edition, key=uuid4().hex, day=day, amount=amount, currency=invoice.currency,
        payer=invoice.buyer.name, text=text, entered=context.at, entered_by=context.actor,
    )  # fmt: skip
    Allocation.objects.create(payment=payment, invoice=invoice, amount=amount, at=context.at, by=context.actor)
    told = {"invoice": invoice.number, "amount": f"{amount} {invoice.currency}"}
    record("payment.entered", payment, context=context, edition=edition.pk, **told)
    return payment


@transaction.atomic
def allocate_payment(payment: Payment, number: str, *, context: ActionContext) -> Allocation:
    """Allocate what is left of a payment to the invoice with that number or reference.

    Raises: InvoiceUnknown, OtherCurrency, AllocationTooLarge when nothing is left.
    """
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    invoice = _named(locked.edition_id, number)
    left = left_of(locked)
    if not left:
        raise AllocationTooLarge(amount=locked.amount, left=left, currency=locked.currency)
    if invoice.currency != locked.currency:
        raise OtherCurrency(paid=locked.currency, invoiced=invoice.currency)
    made = Allocation.objects.create(payment=locked, invoice=invoice, amount=left, at=context.at, by=context.actor)
    told = {"invoice": invoice.number, "amount": f"{left} {locked.currency}"}
    record("payment.allocated", locked, context=context, edition=locked.edition_id, **told)
    return made


def _named(edition: int, text: str) -> Invoice:
    wanted = "".join(text.split()).upper()
    found = Invoice.objects.filter(edition=edition, kind=Invoice.Kind.INVOICE)
    invoice = found.filter(number=wanted).first() or found.filter(reference=wanted).first()
    if invoice is None:
        raise InvoiceUnknown(text=text)
    return invoice


@transaction.atomic
def settle_payment(payment: Payment, note: str, *, context: ActionContext) -> Payment:
    """Note how what is left of a payment was dealt with, as returned to the payer. Raises: NoteNeeded."""
    if not note.strip():
        raise NoteNeeded()
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    if locked.settled is None:
        locked.settled, locked.note = context.at, note.strip()[:300]
        locked.save(update_fields=["settled", "note"])
        record("payment.settled", locked, context=context, edition=locked.edition_id, note=locked.note)
    return locked


@transaction.atomic
def remind(invoice: Invoice, *, context: ActionContext) -> Reminder:
    """Remind an exhibitor of what is overdue of an invoice, once a day at most.

    Raises: NothingOverdue, RemindedToday.
    """
    locked = Invoice.objects.select_for_update().select_related("application__organisation", "edition__venue")
    kept = locked.get(pk=invoice.pk)
    today = local_day(kept.edition, context.at)
    overdue = account_of(kept).overdue(today)
    if not overdue:
        raise NothingOverdue(number=kept.number)
    last = kept.reminders.order_by("-pk").first()
    if last is not None and local_day(kept.edition, last.at) == today:
        raise RemindedToday(number=kept.number)
    made = Reminder.objects.create(invoice=kept, at=context.at, by=context.actor, overdue=overdue)
    facts: dict[str, Any] = {"number": kept.number, "reference": grouped(kept.reference)}
    facts["overdue"] = f"{overdue:,.2f} {kept.currency}"
    tell(kept.application, "payment_reminder", f"{kept.number}:{made.pk}", facts, at=context.at)
    record("payment.reminded", kept, context=context, edition=kept.edition_id, overdue=facts["overdue"])
    return made

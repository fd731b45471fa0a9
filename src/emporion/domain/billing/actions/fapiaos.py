"""Numbers of e-fapiaos, taken back from the tax system by list."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from emporion.domain.billing.models import Fapiao, Invoice
from emporion.domain.billing.rules.fapiaos import (
    CopyInvoiceNumber,
    FapiaoOfAnother,
    FapiaoRow,
    GiveEachItsOwn,
    GiveTwentyDigits,
    NoFapiaoNumber,
    NoSuchInvoice,
    is_number,
)
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, RowProblem


@transaction.atomic
def import_fapiaos(edition: Edition, rows: Iterable[FapiaoRow], *, context: ActionContext) -> BulkOutcome:
    """Note the e-fapiao of each invoice that a list names, or correct it; one entry in the journal.

    Rows that cannot be taken are problems of the outcome; all others are written.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    listed, outcome = list(rows), BulkOutcome()
    named = Invoice.objects.filter(edition=edition, kind=INVOICE, number__in={row.invoice for row in listed})
    invoices = {one.number: one for one in named.select_related("fapiao")}
    held = Fapiao.objects.filter(number__in={row.number for row in listed}).select_related("invoice")
    owners = {one.number: one.invoice.number for one in held}
    for row in listed:
        if problem := _problem(row, invoices, owners):
            outcome.problems.append(problem)
            continue
        owners[row.number] = row.invoice
        _write(invoices[row.invoice], row.number, outcome, context)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("fapiaos.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _problem(row: FapiaoRow, invoices: dict[str, Invoice], owners: dict[str, str]) -> RowProblem | None:
    if row.invoice not in invoices:
        return RowProblem(row.row, "invoice", NoSuchInvoice(row.invoice), CopyInvoiceNumber())
    if not is_number(row.number):
        return RowProblem(row.row, "number", NoFapiaoNumber(row.number), GiveTwentyDigits())
    if (owner := owners.get(row.number, row.invoice)) != row.invoice:
        return RowProblem(row.row, "number", FapiaoOfAnother(row.number, owner), GiveEachItsOwn())
    return None


def _write(invoice: Invoice, number: str, outcome: BulkOutcome, context: ActionContext) -> None:
    known: Fapiao | None = getattr(invoice, "fapiao", None)
    if known is None:
        entered = {"entered": context.at, "entered_by": context.actor}
        invoice.fapiao = Fapiao.objects.create(invoice=invoice, number=number, **entered)
        outcome.created += 1
    elif known.number == number:
        outcome.unchanged += 1
    else:
        known.number, known.entered, known.entered_by = number, context.at, context.actor
        known.save()
        outcome.updated += 1

"""Contracts of exhibitors that signed elsewhere, and the invoices of all that wait: whole lists in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.billing.actions.invoices import draft_document, due_rows, next_serial, when_due, with_reference
from emporion.domain.billing.models import Contract, Invoice, InvoiceDue
from emporion.domain.billing.queries import Basis, basis_of, is_of_same_stand
from emporion.domain.billing.queries.lists import contracts_of, unrecorded
from emporion.domain.billing.rules.contracts import content_key
from emporion.domain.billing.rules.instalments import Instalment
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.billing.rules.quotes import FreeBoothUndecided, Quote
from emporion.domain.billing.rules.references import grouped
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.reason import stored

BATCH = 500


@transaction.atomic
def record_contracts(edition: Edition, *, context: ActionContext) -> int:
    """Record the contracts of the edition's exhibitors that were signed elsewhere, by the prices of now; how many.

    Exhibitors that have a contract here keep it; without a price list there is nothing to record.
    """
    basis = basis_of(edition)
    if basis.prices is None:
        return 0
    locked = unrecorded(edition).select_for_update(of=("self",))
    new = [_recorded(basis, application, context) for application in _with_all(locked)]
    # What was offered and not accepted here is overtaken by what was signed.
    overtaken = [one.application_id for one in new]
    Contract.objects.filter(application__in=overtaken, state=Contract.State.OFFERED).delete()
    Contract.objects.bulk_create(new, batch_size=BATCH)
    if new:
        record("contracts.recorded", edition, context=context, edition=edition.pk, count=len(new))
    return len(new)


def _recorded(basis: Basis, application: Application, context: ActionContext) -> Contract:
    content = basis.content(application, context.at)
    assert content is not None
    return Contract(
        edition=basis.edition, application=application, state=Contract.State.ACCEPTED,
        number=application.exhibitor.number, content=content, content_key=content_key(content), offered=context.at,
        accepted=context.at,
    )  # fmt: skip


def _with_all(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with all that a contract says of them."""
    joined = applications.select_related("organisation", "area", "pavilion", "exhibitor")
    return joined.prefetch_related(
        "co_applications__organisation", "exhibitor__free_booth", "invoice_address", "stand_terms"
    )


@transaction.atomic
def issue_invoices(edition: Edition, *, context: ActionContext) -> int:
    """Issue the invoices of all accepted contracts that have none and come to something; each is told; how many.

    Contracts whose free booth is not decided wait.
    """
    serial, basis = next_serial(edition, INVOICE), basis_of(edition)
    invoices: list[Invoice] = []
    for application in _with_all(contracts_of(edition, "to_invoice")):
        contract = next(one for one in application.contracts.all() if one.state == Contract.State.ACCEPTED)
        quote = _decided(contract, basis, application, context)
        if quote is not None and quote.total > 0:
            invoices.append(
                draft_document(basis, application, quote, INVOICE, serial + len(invoices), contract.number, context)
            )
    issue_all(edition, invoices, when_due(basis.prices), context)
    return len(invoices)


def issue_all(
    edition: Edition, drafts: Sequence[Invoice], instalments: Sequence[Instalment], context: ActionContext
) -> None:
    """Issue invoices that were drafted while the edition's numbers are held, due by these instalments; each is told."""
    Invoice.objects.bulk_create(map(with_reference, drafts), batch_size=BATCH)
    rows = [row for one in drafts for row in due_rows(one, instalments, edition.first_day)]
    InvoiceDue.objects.bulk_create(rows, batch_size=BATCH)
    if drafts:
        record("invoices.issued", edition, context=context, edition=edition.pk, count=len(drafts))
        notify_all(_messages(drafts, rows), at=context.at)


def _decided(contract: Contract, basis: Basis, application: Application, context: ActionContext) -> Quote | None:
    """What a contract comes to now that its free booth is decided; none while it is not."""
    agreed = contract.quote
    if not _waits(agreed) and is_of_same_stand(contract.content, application):
        return agreed
    current = basis.quote(application, context.at)
    return None if current is None or _waits(current) else current


def _waits(quote: Quote) -> bool:
    return any(isinstance(note, FreeBoothUndecided) for note in quote.notes)


def _messages(invoices: Iterable[Invoice], rows: Iterable[InvoiceDue]) -> Iterable[Message]:
    first: dict[int, InvoiceDue] = {}
    for row in rows:
        first.setdefault(row.invoice_id, row)
    for invoice in invoices:
        application = invoice.application
        facts = {
            "organisation": stored(application.organisation.proper_name),
            "organisation_id": application.organisation_id, "number": invoice.number,
            "reference": grouped(invoice.reference), "total": f"{invoice.total:,} {invoice.currency}",
            "due": stored(first[invoice.pk].day),
        }  # fmt: skip
        for recipient in sorted({application.contact_email, invoice.buyer.email} - {""}):
            key = f"invoice_issued:{invoice.edition_id}:{invoice.number}:{recipient}"[:120]
            yield Message(key, recipient, "invoice_issued", facts, edition_id=invoice.edition_id)

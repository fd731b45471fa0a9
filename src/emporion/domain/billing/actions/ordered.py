"""Ordered services invoiced: what was added by another invoice, what was reduced by credit notes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from emporion.domain.billing.actions.bulk import issue_all
from emporion.domain.billing.actions.invoices import AT_ONCE, credit_invoice, draft_document, next_serial
from emporion.domain.billing.models import Allocation, Invoice
from emporion.domain.billing.queries import Basis, basis_of
from emporion.domain.billing.queries.ordered import orders_of
from emporion.domain.billing.rules.invoices import INVOICE, OrderInOtherCurrency
from emporion.domain.billing.rules.money import HUNDRED
from emporion.domain.billing.rules.ordered import Settlement
from emporion.domain.billing.rules.quotes import Quote, summed
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name
from emporion.domain.services.models import OrderLine

CHANGED = Name("The order was changed.", "订单已变更。")


class Settled(NamedTuple):
    """How many invoices were issued and how many taken back."""

    invoices: int
    credit_notes: int


@transaction.atomic
def invoice_services(
    edition: Edition,
    *,
    context: ActionContext,
    applications: Collection[int] | None = None,
    fixed_at: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Settled:
    """Invoice what these applications or all have ordered and is on no invoice; each exhibitor is told.

    Invoices of more than is ordered are credited first, and what was paid of them goes to the invoice that follows.
    ``fixed_at``: invoice only what the exhibitor can change no more then. Done again, it changes nothing.
    Raises: OrderInOtherCurrency.
    """
    _require_currency(edition)
    concerned = _to_settle(edition, applications, fixed_at)
    # Whoever signs or credits locks the application before the edition, and so does this.
    rows = Application.objects.filter(pk__in=concerned).select_for_update(of=("self",)).order_by("pk")
    locked = {one.pk: one for one in rows.select_related("organisation", "invoice_address")}
    serial = next_serial(edition, INVOICE)
    # What somebody else has invoiced until now is invoiced.
    open_orders = _to_settle(edition, locked, fixed_at)
    basis, drafts, taken_back = basis_of(edition), list[Invoice](), dict[int, tuple[int, ...]]()
    why = f"{CHANGED.en} {CHANGED.zh}" if edition.fair.speaks_chinese else CHANGED.en
    for done, (pk, found) in enumerate(open_orders.items(), start=1):
        for invoice in Invoice.objects.filter(pk__in=found.take_back).order_by("pk"):
            credit_invoice(invoice, why, context=context)
        taken_back[pk] = found.take_back
        if (quote := _quote(basis, found)).total > 0:
            draft = draft_document(basis, locked[pk], quote, INVOICE, serial + len(drafts), "", context)
            drafts.append(draft)
        if progress:
            progress(done, len(open_orders))
    issue_all(edition, drafts, AT_ONCE, context)
    for invoice in drafts:
        Allocation.objects.filter(invoice__in=taken_back[invoice.application_id]).update(invoice=invoice)
    return Settled(len(drafts), sum(map(len, taken_back.values())))


def _require_currency(edition: Edition) -> None:
    lines = OrderLine.objects.filter(exhibitor__edition=edition).exclude(service__currency=edition.currency_id)
    if other := lines.select_related("service").first():
        item, ordered = Name(other.service.name_en, other.service.name_zh), other.service.currency_id
        raise OrderInOtherCurrency(item=item, ordered=ordered, currency=edition.currency_id)


def _to_settle(
    edition: Edition, applications: Collection[int] | None, fixed_at: datetime | None
) -> dict[int, Settlement]:
    """What settles the orders that differ from their invoices, by application."""
    found = {pk: one.settlement for pk, one in orders_of(edition, applications, fixed_at=fixed_at).items()}
    return {pk: one for pk, one in found.items() if one}


def _quote(basis: Basis, found: Settlement) -> Quote:
    tax = basis.prices.prices.tax_percent if basis.prices else HUNDRED * 0
    return summed(found.lines, basis.edition.currency_id, tax)

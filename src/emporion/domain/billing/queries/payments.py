"""What is asked of payments: what is open of invoices, what waits for a person, which invoices are overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from emporion.domain.billing.models import Allocation, BankFile, Invoice, InvoiceDue, Payment
from emporion.domain.billing.queries import accounts_of, invoices_of, paid_of
from emporion.domain.billing.rules.payments import OpenInvoice
from emporion.domain.billing.rules.references import references_in
from emporion.domain.editions.models import Edition

AMOUNT = DecimalField(max_digits=15, decimal_places=3)
# The lists of invoices by what is open of them.
INVOICES = ("all", "open", "overdue", "paid", "to_return", "taken_back")


@dataclass
class OpenInvoices:
    """Invoices by their reference, with what is open of each as payments are taken in."""

    by_reference: dict[str, OpenInvoice]

    def named_in(self, text: str) -> list[OpenInvoice]:
        """The invoices whose reference stands in a text."""
        return [found for one in references_in(text) if (found := self.by_reference.get(one))]

    def pay(self, invoice: int, amount: Decimal) -> None:
        """Note that so much more of an invoice is paid."""
        for reference, one in self.by_reference.items():
            if one.pk == invoice:
                self.by_reference[reference] = replace(one, open=one.open - amount)


def open_invoices(edition: Edition, texts: Iterable[str]) -> OpenInvoices:
    """The invoices of an edition whose references stand in these texts."""
    wanted = {reference for text in texts for reference in references_in(text)}
    accounts = accounts_of(invoices_of(edition).filter(reference__in=wanted))
    found = (
        (one.invoice.reference, OpenInvoice(one.invoice.pk, one.invoice.number, one.invoice.currency, one.open,
                                            one.credit_note is not None))
        for one in accounts
    )  # fmt: skip
    return OpenInvoices(dict(found))


def invoices_listed(edition: Edition, kind: str, today: date) -> QuerySet[Invoice]:
    """The invoices of an edition in one of the lists of ``INVOICES``, the latest first."""
    paid = Coalesce(Subquery(paid_of("pk")), Decimal(0), output_field=AMOUNT)
    late = InvoiceDue.objects.filter(invoice=OuterRef("pk"), day__lt=today).order_by().values("invoice")
    was_due = Coalesce(Subquery(late.annotate(sum=Sum("amount")).values("sum")), Decimal(0), output_field=AMOUNT)
    found = invoices_of(edition).annotate(
        sum_paid=paid, was_due=was_due, taken_back=Exists(Invoice.objects.filter(credits=OuterRef("pk")))
    )
    return found.filter(_listed(kind))


def _listed(kind: str) -> Q:
    standing = Q(taken_back=False)
    return {
        "open": standing & Q(sum_paid__lt=F("total")),
        "overdue": standing & Q(sum_paid__lt=F("was_due")),
        "paid": standing & Q(sum_paid=F("total")),
        "to_return": Q(taken_back=True, sum_paid__gt=0) | standing & Q(sum_paid__gt=F("total")),
        "taken_back": Q(taken_back=True),
    }.get(kind, Q())


def payments_waiting(edition: Edition) -> QuerySet[Payment]:
    """The payments of which something is left that nobody has dealt with, the oldest first."""
    own = Allocation.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
    used = Coalesce(Subquery(own.annotate(sum=Sum("amount")).values("sum")), Decimal(0), output_field=AMOUNT)
    found = Payment.objects.filter(edition=edition, settled=None).annotate(left=F("amount") - used)
    return found.exclude(left=0).order_by("day", "pk")


def left_of(payment: Payment) -> Decimal:
    """What of a payment is allocated to no invoice."""
    used = payment.allocations.aggregate(sum=Sum("amount"))["sum"]
    left: Decimal = payment.amount - (used or Decimal(0))
    return left


def payments_of(invoice: Invoice) -> QuerySet[Allocation]:
    """What was paid of an invoice, the first first."""
    return Allocation.objects.filter(invoice=invoice).select_related("payment", "by").order_by("payment__day", "pk")


def payment_of(edition: Edition, pk: int) -> Payment | None:
    """A payment of the edition."""
    return Payment.objects.filter(edition=edition, pk=pk).first()


def bank_files_of(edition: Edition) -> QuerySet[BankFile]:
    """The statements that were brought, the latest first."""
    return BankFile.objects.filter(edition=edition).select_related("brought_by").order_by("-pk")


def likely_invoices(payment: Payment, left: Decimal, limit: int = 3) -> list[Invoice]:
    """Invoices of which just this amount is due or open, as a person may look for them."""
    same = Q(total=left) | Q(dues__amount=left)
    found = invoices_of(payment.edition).filter(same, currency=payment.currency, credit_note=None).distinct()
    return list(found.select_related("application__organisation")[:limit])

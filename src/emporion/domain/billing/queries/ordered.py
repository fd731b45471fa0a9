"""How far what exhibitors have ordered is invoiced: of one application, or of an edition in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Round

from emporion.domain.billing.models import BillingTerms, Invoice
from emporion.domain.billing.queries.payments import AMOUNT
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.billing.rules.ordered import (
    ServiceOrdered,
    ServiceOrderedLate,
    Settlement,
    Standing,
    is_of_services,
    settlement,
)
from emporion.domain.billing.rules.quotes import Line
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import current_editions
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reason import Name
from emporion.domain.services.models import OrderLine
from emporion.domain.services.queries import InvoiceLine, invoice_line


@dataclass(frozen=True)
class Orders:
    """What an application has ordered as lines, what of it can be invoiced, and its invoices that stand."""

    ordered: tuple[Line, ...]
    billable: tuple[Line, ...]
    standing: tuple[Standing, ...]

    @property
    def settlement(self) -> Settlement:
        """What brings its invoices and its order together."""
        return settlement(self.ordered, self.billable, self.standing)

    @property
    def net(self) -> Decimal:
        """What is ordered, without tax."""
        return sum((one.amount for one in self.ordered), Decimal(0))

    @property
    def invoiced(self) -> Decimal:
        """What of services stands on invoices, without tax."""
        return sum((line.amount for one in self.standing for line in one.lines), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What is not invoiced yet; below zero what is to be credited."""
        return self.net - self.invoiced

    @property
    def credit(self) -> Decimal:
        """What is to be credited; 0 where nothing is."""
        return max(-self.left, Decimal(0))


def orders_of(
    edition: Edition, applications: Collection[int] | None = None, *, fixed_at: datetime | None = None
) -> dict[int, Orders]:
    """The orders of these applications or of all, by the application's key; two queries.

    ``fixed_at``: only what the exhibitor can reduce no more at that moment is billable; without it, all that is
    ordered.
    """
    ordered: defaultdict[int, list[Line]] = defaultdict(list)
    billable: defaultdict[int, list[Line]] = defaultdict(list)
    lines = OrderLine.objects.filter(exhibitor__edition=edition).select_related("service", "exhibitor")
    if applications is not None:
        lines = lines.filter(exhibitor__application__in=applications)
    for row in lines.order_by("service__category", "service__code", "late").iterator(chunk_size=2000):
        stated, application = invoice_line(row), row.exhibitor.application_id
        line = _line(stated)
        ordered[application].append(line)
        if fixed_at is None or stated.fixed_from <= fixed_at:
            billable[application].append(line)
    standing = _standing(edition, applications)
    return {
        pk: Orders(tuple(ordered[pk]), tuple(billable[pk]), tuple(standing[pk]))
        for pk in sorted(ordered.keys() | standing.keys())
    }


def orders_for(exhibitor: Exhibitor) -> Orders:
    """The orders of one exhibitor; two queries."""
    found = orders_of(exhibitor.edition, [exhibitor.application_id])
    return found.get(exhibitor.application_id, Orders((), (), ()))


def ordering(edition: Edition, *, unsettled: bool = False) -> QuerySet[Exhibitor]:
    """The exhibitors that have ordered services or are invoiced for them, with ``ordered``, ``invoiced``, ``left``.

    All without tax. ``unsettled``: only those whose orders and invoices differ.
    """
    each = Round(F("price") * (100 + F("surcharge_percent")) / Decimal(100), precision=2)
    lines = OrderLine.objects.filter(exhibitor=OuterRef("pk")).order_by().values("exhibitor")
    invoices = Invoice.objects.filter(
        application=OuterRef("application"), kind=INVOICE, contract_number="", credit_note=None
    )
    billed = invoices.order_by().values("application").annotate(sum=Sum("net")).values("sum")
    ordered = lines.annotate(sum=Sum(F("quantity") * each, output_field=AMOUNT)).values("sum")
    found = Exhibitor.objects.filter(edition=edition).annotate(
        ordered=_or_nothing(ordered), invoiced=_or_nothing(billed)
    )
    found = found.annotate(left=F("ordered") - F("invoiced")).select_related("organisation").order_by("pk")
    return found.exclude(left=0) if unsettled else found.exclude(ordered=0, invoiced=0)


def invoices_of_services(exhibitor: Exhibitor) -> QuerySet[Invoice]:
    """The invoices of an exhibitor beside the one of its contract, those credited too, the first first."""
    own = Invoice.objects.filter(application=exhibitor.application_id, kind=INVOICE, contract_number="")
    return own.order_by("pk")


def editions_invoicing_services() -> list[Edition]:
    """The current editions whose services are invoiced by themselves."""
    wanting = set(BillingTerms.objects.filter(invoices_services=True).values_list("edition", flat=True))
    return [edition for edition in current_editions() if edition.pk in wanting]


def _or_nothing(sums: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(sums), Decimal(0), output_field=AMOUNT)


def _standing(edition: Edition, applications: Collection[int] | None) -> defaultdict[int, list[Standing]]:
    """The invoices of services that are not credited, by application, the first first."""
    invoices = Invoice.objects.filter(edition=edition, kind=INVOICE, contract_number="", credit_note=None)
    if applications is not None:
        invoices = invoices.filter(application__in=applications)
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for row in invoices.only("application_id", "quoted").order_by("pk").iterator(chunk_size=2000):
        if is_of_services(lines := row.quote.lines):
            found[row.application_id].append(Standing(row.pk, lines))
    return found


def _line(stated: InvoiceLine) -> Line:
    item, unit = Name(stated.name_en, stated.name_zh), Name(stated.unit_en, stated.unit_zh)
    why: ServiceOrdered | ServiceOrderedLate = ServiceOrdered(stated.code, item, unit)
    if stated.late:
        why = ServiceOrderedLate(stated.code, item, unit, stated.surcharge_percent)
    return Line(why, Decimal(stated.quantity), stated.charged, stated.amount)

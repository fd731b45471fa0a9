"""What is asked of services and orders: by exhibitor, for invoices, and in all by hall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.services.rules import charged_each


@dataclass(frozen=True)
class InvoiceLine:
    """An ordered service as an invoice lists it, without tax: ``unit_price`` before the surcharge, ``charged`` with it.

    ``amount`` is what all of them come to; from ``fixed_from`` on the exhibitor changes the line no more.
    """

    exhibitor: int
    code: str
    name_en: str
    name_zh: str
    unit_en: str
    unit_zh: str
    late: bool
    quantity: int
    unit_price: Decimal
    surcharge_percent: int
    charged: Decimal
    amount: Decimal
    currency: str
    fixed_from: datetime


@dataclass(frozen=True)
class HallTotal:
    """How much of a service is ordered on the stands of a hall; ``hall`` is empty for those without a stand yet."""

    hall: str
    service: Service
    quantity: int


def services_of(edition: Edition) -> QuerySet[Service]:
    """The services of an edition, by category and code."""
    return Service.objects.filter(edition=edition).select_related("currency").order_by("category", "code")


def lines_of(exhibitor: Exhibitor) -> QuerySet[OrderLine]:
    """What an exhibitor has ordered."""
    return OrderLine.objects.filter(exhibitor=exhibitor).select_related("service__currency")


def order_lines(edition: Edition, exhibitor: Exhibitor | None = None) -> Iterator[InvoiceLine]:
    """The ordered services for invoices, of one exhibitor or of all, by contract number; two queries at most."""
    found = OrderLine.objects.filter(exhibitor__edition=edition).select_related("service", "exhibitor")
    if exhibitor is not None:
        found = found.filter(exhibitor=exhibitor)
    for line in found.order_by("exhibitor__number", "service__category", "service__code", "late").iterator():
        yield invoice_line(line)


def invoice_line(line: OrderLine) -> InvoiceLine:
    """One ordered service as an invoice lists it."""
    service, charged = line.service, charged_each(line.price, line.surcharge_percent)
    return InvoiceLine(
        exhibitor=line.exhibitor_id,
        code=service.code,
        name_en=service.name_en,
        name_zh=service.name_zh,
        unit_en=service.unit_en,
        unit_zh=service.unit_zh,
        late=line.late,
        quantity=line.quantity,
        unit_price=line.price,
        surcharge_percent=line.surcharge_percent,
        charged=charged,
        amount=line.quantity * charged,
        currency=service.currency_id,
        fixed_from=service.closes if line.late else service.deadline,
    )


def totals_by_hall(edition: Edition) -> list[HallTotal]:
    """How much of each service is ordered in each hall; two queries."""
    hall = Coalesce(F("exhibitor__occupancy__stand__hall__code"), Value(""))
    lines = OrderLine.objects.filter(service__edition=edition).annotate(hall=hall)
    sums = lines.order_by().values("hall", "service").annotate(pieces=Sum("quantity"))
    services = services_of(edition).in_bulk()
    rows = [HallTotal(row["hall"], services[row["service"]], row["pieces"]) for row in sums]
    return sorted(rows, key=lambda row: (row.hall, row.service.category, row.service.code))

"""Which invoices wait for their e-fapiao, as the list that the tax system takes has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from emporion.domain.billing.models import Invoice
from emporion.domain.billing.rules.invoices import INVOICE
from emporion.domain.billing.rules.parties import FAPIAOS, Buyer
from emporion.domain.billing.rules.quotes import Line
from emporion.domain.editions.models import Edition


@dataclass(frozen=True)
class FapiaoLine:
    """A line of an invoice for which an e-fapiao is wanted; ``number`` is empty until there is one."""

    invoice: Invoice
    buyer: Buyer
    line: Line
    number: str


def fapiao_lines(edition: Edition) -> Iterator[FapiaoLine]:
    """The lines of an edition's invoices whose exhibitors want an e-fapiao, taken-back ones left out; one query."""
    wanted = Invoice.objects.filter(edition=edition, kind=INVOICE, credit_note=None, buyer_facts__fapiao__in=FAPIAOS)
    for invoice in wanted.select_related("fapiao").order_by("pk").iterator(chunk_size=2000):
        found = getattr(invoice, "fapiao", None)
        for line in invoice.quote.lines:
            yield FapiaoLine(invoice, invoice.buyer, line, found.number if found else "")


def wants_fapiaos(edition: Edition) -> bool:
    """Whether any exhibitor of an edition wants one."""
    return Invoice.objects.filter(edition=edition, kind=INVOICE, buyer_facts__fapiao__in=FAPIAOS).exists()

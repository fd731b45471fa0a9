"""The money of the fair: prices before anybody applies, then contracts, invoices, and what a statement brings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from emporion.demo import calendar
from emporion.demo.steps.fair import Fair, Progress, Step
from emporion.domain.billing.actions import (
    issue_invoices,
    record_contracts,
    set_prices,
    set_terms,
    take_bank_file,
)
from emporion.domain.billing.models import Invoice
from emporion.domain.billing.queries import terms_of
from emporion.domain.billing.rules.instalments import OPENING, SIGNING, Instalment
from emporion.domain.billing.rules.locations import Location
from emporion.domain.billing.rules.parties import Seller
from emporion.domain.billing.rules.payments import Entry
from emporion.domain.billing.rules.prices import Prices
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name

# So many invoices are looked at for the statement, so that the full fair takes no longer for it.
STATEMENT = 200
PLACES = (
    Location("A", Name("Main aisle", "主通道"), Decimal(10)),
    Location("B", Name("Beside the entrance", "入口旁"), Decimal(5)),
)
HALVES = (Instalment(Decimal(50), SIGNING, 14), Instalment(Decimal(50), OPENING, 60))


def price(fair: Fair, progress: Progress) -> None:
    """An invented price list, the organiser's account, and the usual terms."""
    edition, context = fair.edition, ActionContext(calendar.moment(1, 1), fair.organiser)
    prices = Prices(
        currency=edition.currency_id, standard_booth=Decimal(2_700), raw_m2=Decimal(270), open_side_percent=Decimal(10),
        registration=Decimal(150), co_exhibitor=Decimal(300), early_percent=Decimal(5),
        early_until=calendar.moment(4, 30).date(), pavilion_percent=Decimal(10),
        least_developed_percent=Decimal(30), tax_percent=Decimal(6), upper_deck_m2=Decimal(135), locations=PLACES,
    )  # fmt: skip
    set_prices(edition, prices, HALVES, context=context)
    known = terms_of(edition)
    # The account is the example that the IBAN's registry publishes.
    seller = Seller(
        known.name_en, known.name_zh, email="accounts@emporion.example", bank="Harbour Bank",
        account_holder=known.name_en, account_number="GB33 BUKB 2020 1555 5555 55",
    )  # fmt: skip
    set_terms(edition, seller, {"terms_en": "", "terms_zh": ""}, context=context)


def bill(fair: Fair, progress: Progress) -> None:
    """Contracts and invoices once free booths are granted, and the bank's statement of a month later."""
    edition, at = fair.edition, calendar.GRANTED + timedelta(hours=1)
    record_contracts(edition, context=ActionContext(at, fair.organiser))
    issue_invoices(edition, context=ActionContext(at, fair.organiser))
    entries = list(_paid(fair))
    told = "\n".join(f"{one.text} {one.amount}" for one in entries).encode()
    later = ActionContext(at + timedelta(days=30), fair.organiser)
    take_bank_file(edition, "statement-2023-09.xml", told, entries, context=later)


def _paid(fair: Fair) -> Iterator[Entry]:
    """Most pay the first half with the reference, some all, one too much, one without a reference, some nothing."""
    invoices = Invoice.objects.filter(edition=fair.edition, kind="invoice").order_by("serial")
    day = (calendar.GRANTED + timedelta(days=12)).date()
    for index, invoice in enumerate(invoices.prefetch_related("dues")[:STATEMENT]):
        first = invoice.dues.all()[0].amount
        how = index % 10
        if how == 9:
            continue
        amount = {6: invoice.total, 7: invoice.total + 50}.get(how, first)
        text = f"Stand fee {invoice.number}" if how == 8 else f"Stand fee {invoice.reference}"
        yield Entry(day, amount, invoice.currency, invoice.buyer.name, text, f"HB{invoice.serial:06}")


PRICE, BILL = Step("Set prices and terms", price), Step("Issue invoices and take payments", bill)

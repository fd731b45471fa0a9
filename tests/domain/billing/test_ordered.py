"""Aurora orders power and tables: what is added is invoiced, what is reduced is credited, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.billing.actions import (
    cancel_contract,
    credit_invoice,
    enter_payment,
    invoice_services,
    set_terms,
)
from emporion.domain.billing.actions.ordered import Settled
from emporion.domain.billing.models import Allocation, Invoice
from emporion.domain.billing.queries import terms_of
from emporion.domain.billing.queries.ordered import (
    editions_invoicing_services,
    ordering,
    orders_for,
)
from emporion.domain.billing.rules.invoices import CREDIT_NOTE, INVOICE, OrderInOtherCurrency
from emporion.domain.billing.rules.ordered import ServiceOrdered, ServiceOrderedLate, Standing, settlement
from emporion.domain.billing.rules.parties import Seller
from emporion.domain.billing.rules.quotes import Line
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.reason import Name
from emporion.domain.services.actions import ServiceFacts, correct_orders, offer_service, order_services
from emporion.domain.services.models import Service
from emporion.domain.services.rules import CorrectionReasonNeeded, MoreThanOrdered
from tests import make
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, JULY, accepted, make_applicant

DEADLINE, CLOSES = AUGUST + timedelta(days=10), AUGUST + timedelta(days=20)
EARLY, LATE, AFTER = (ActionContext(at) for at in (JULY, DEADLINE + timedelta(days=1), CLOSES + timedelta(days=1)))
# A surcharge of 30 % on 0.55 is 0.715: rounded by the piece, so that 1 + 1 costs what 2 do.
POWER = ServiceFacts(
    code="power", category="power", name_en="Power, 3 kW", name_zh="3 千瓦电力", unit_en="socket",
    price=Decimal("0.55"), deadline=DEADLINE, closes=CLOSES, surcharge_percent=30,
)  # fmt: skip
TABLE = replace(POWER, code="table", category="furniture", name_en="Table", unit_en="piece", price=Decimal(15))


@pytest.fixture
def priced(edition: Edition) -> Edition:
    make_prices(edition)
    return edition


@pytest.fixture
def power(priced: Edition) -> Service:
    return offer_service(priced, POWER, context=EARLY)


@pytest.fixture
def table(priced: Edition) -> Service:
    return offer_service(priced, TABLE, context=EARLY)


@pytest.fixture
def aurora(priced: Edition) -> Exhibitor:
    return Exhibitor.objects.get(application=accepted(make_applicant(priced)).application)


def of_services(exhibitor: Exhibitor) -> list[tuple[str, Decimal, bool]]:
    """Numbers and net sums of an exhibitor's invoices of services, and whether each still stands."""
    found = Invoice.objects.filter(application=exhibitor.application, kind=INVOICE, contract_number="").order_by("pk")
    credited = set(Invoice.objects.filter(kind=CREDIT_NOTE).values_list("credits", flat=True))
    return [(one.number, one.net, one.pk not in credited) for one in found]


def test_what_is_ordered_is_invoiced_once(priced: Edition, aurora: Exhibitor, power: Service, table: Service) -> None:
    order_services(aurora, {power.pk: 2, table.pk: 4}, context=EARLY)
    assert [(one.ordered, one.left) for one in ordering(priced, unsettled=True)] == [
        (Decimal("61.10"), Decimal("61.10"))
    ]
    assert invoice_services(priced, context=EARLY) == Settled(1, 0)
    assert invoice_services(priced, context=EARLY) == Settled(0, 0)
    invoice = Invoice.objects.get(contract_number="")
    assert (invoice.number, invoice.net, invoice.tax, invoice.total) == (
        "INV-06-00002", Decimal("61.10"), Decimal("3.67"), Decimal("64.77"),
    )  # fmt: skip
    table_line, power_line = invoice.quote.lines
    assert power_line == Line(
        ServiceOrdered("power", Name("Power, 3 kW", "3 千瓦电力"), Name("socket", "")), Decimal(2), Decimal("0.55"),
        Decimal("1.10"),
    )  # fmt: skip
    assert table_line.amount == Decimal(60)
    told = Notice.objects.filter(template="invoice_issued").latest("pk")
    assert (told.recipient, told.context["number"]) == ("a@aurora.example", "INV-06-00002")
    assert not ordering(priced, unsettled=True).exists()


def test_what_is_added_late_is_another_invoice_and_the_sums_agree(
    priced: Edition, aurora: Exhibitor, power: Service
) -> None:
    order_services(aurora, {power.pk: 1}, context=EARLY)
    invoice_services(priced, context=EARLY)
    order_services(aurora, {power.pk: 2}, context=LATE)
    invoice_services(priced, context=LATE)
    order_services(aurora, {power.pk: 3}, context=LATE)
    assert invoice_services(priced, context=LATE) == Settled(1, 0)
    assert of_services(aurora) == [
        ("INV-06-00002", Decimal("0.55"), True), ("INV-06-00003", Decimal("0.72"), True),
        ("INV-06-00004", Decimal("0.72"), True),
    ]  # fmt: skip
    found = orders_for(aurora)
    assert (found.net, found.invoiced, found.left) == (Decimal("1.99"), Decimal("1.99"), Decimal(0))
    late = Invoice.objects.get(number="INV-06-00003").quote.lines[0].why
    assert late == ServiceOrderedLate("power", Name("Power, 3 kW", "3 千瓦电力"), Name("socket", ""), 30)


def test_what_is_reduced_is_credited_and_what_was_paid_goes_with_it(
    priced: Edition, aurora: Exhibitor, table: Service
) -> None:
    order_services(aurora, {table.pk: 4}, context=EARLY)
    invoice_services(priced, context=EARLY)
    first = Invoice.objects.get(contract_number="")
    enter_payment(priced, first, day=JULY.date(), amount=first.total, text="", context=EARLY)
    order_services(aurora, {table.pk: 3}, context=EARLY)
    assert orders_for(aurora).credit == Decimal(15)
    assert invoice_services(priced, context=EARLY) == Settled(1, 1)
    assert of_services(aurora) == [("INV-06-00002", Decimal(60), False), ("INV-06-00003", Decimal(45), True)]
    assert Invoice.objects.get(kind=CREDIT_NOTE).reason == "The order was changed. 订单已变更。"
    assert Allocation.objects.get().invoice.number == "INV-06-00003"


def test_only_the_latest_invoices_are_taken_back(priced: Edition, aurora: Exhibitor, table: Service) -> None:
    for quantity in (4, 6):
        order_services(aurora, {table.pk: quantity}, context=EARLY)
        invoice_services(priced, context=EARLY)
    order_services(aurora, {table.pk: 5}, context=EARLY)
    assert invoice_services(priced, context=EARLY) == Settled(1, 1)
    assert of_services(aurora) == [
        ("INV-06-00002", Decimal(60), True), ("INV-06-00003", Decimal(30), False), ("INV-06-00004", Decimal(15), True),
    ]  # fmt: skip


def test_a_worker_invoices_what_can_be_changed_no_more(
    priced: Edition, aurora: Exhibitor, power: Service, table: Service
) -> None:
    Service.objects.filter(pk=table.pk).update(deadline=DEADLINE + timedelta(days=5))
    order_services(aurora, {power.pk: 2, table.pk: 1}, context=EARLY)
    assert invoice_services(priced, context=EARLY, fixed_at=EARLY.at) == Settled(0, 0)
    order_services(aurora, {power.pk: 3}, context=LATE)
    assert invoice_services(priced, context=LATE, fixed_at=LATE.at) == Settled(1, 0)
    assert of_services(aurora) == [("INV-06-00002", Decimal("1.10"), True)]
    assert invoice_services(priced, context=AFTER, fixed_at=AFTER.at) == Settled(1, 0)
    assert of_services(aurora)[1] == ("INV-06-00003", Decimal("15.72"), True)


def test_services_are_invoiced_by_themselves_where_the_organiser_wants_it(priced: Edition) -> None:
    Edition.objects.update(current=True)
    assert editions_invoicing_services() == []
    set_terms(priced, Seller("A", ""), {"invoices_services": True}, context=EARLY)
    assert terms_of(priced).invoices_services and editions_invoicing_services() == [priced]


def test_the_organiser_reduces_an_order_after_its_deadline(priced: Edition, aurora: Exhibitor, power: Service) -> None:
    order_services(aurora, {power.pk: 2}, context=EARLY)
    order_services(aurora, {power.pk: 5}, context=LATE)
    invoice_services(priced, context=LATE)
    with pytest.raises(CorrectionReasonNeeded):
        correct_orders(aurora, {power.pk: 1}, " ", context=AFTER)
    with pytest.raises(MoreThanOrdered):
        correct_orders(aurora, {power.pk: 6}, "More.", context=AFTER)
    assert correct_orders(aurora, {power.pk: 3}, "The stand became smaller.", context=AFTER) == 1
    assert correct_orders(aurora, {power.pk: 0}, "No stand at all.", context=AFTER) == 2
    assert invoice_services(priced, context=AFTER) == Settled(0, 1)
    assert orders_for(aurora).invoiced == 0


def test_a_price_that_rose_is_for_what_is_ordered_after_it(priced: Edition, aurora: Exhibitor, table: Service) -> None:
    order_services(aurora, {table.pk: 4}, context=EARLY)
    Service.objects.filter(pk=table.pk).update(price=20)
    order_services(aurora, {table.pk: 3}, context=EARLY)
    assert orders_for(aurora).net == Decimal(45)


def test_a_cancelled_contract_takes_the_invoices_of_services_with_it(
    priced: Edition, aurora: Exhibitor, table: Service
) -> None:
    order_services(aurora, {table.pk: 4}, context=EARLY)
    invoice_services(priced, context=EARLY)
    cancel_contract(aurora.application, reason="Bankrupt.", context=EARLY)
    assert [standing for _number, _net, standing in of_services(aurora)] == [False]
    assert invoice_services(priced, context=LATE) == Settled(0, 0)


def test_an_invoice_taken_back_by_hand_is_issued_anew(priced: Edition, aurora: Exhibitor, table: Service) -> None:
    order_services(aurora, {table.pk: 4}, context=EARLY)
    invoice_services(priced, context=EARLY)
    credit_invoice(Invoice.objects.get(contract_number=""), "Wrong address.", context=EARLY)
    assert invoice_services(priced, context=EARLY) == Settled(1, 0)


def test_prices_in_another_currency_are_told(priced: Edition, aurora: Exhibitor, table: Service) -> None:
    order_services(aurora, {table.pk: 1}, context=EARLY)
    make.make_currency("EUR")
    Service.objects.update(currency="EUR")
    with pytest.raises(OrderInOtherCurrency) as refused:
        invoice_services(priced, context=EARLY)
    assert refused.value.sentence == "“Table” was ordered in EUR, and invoices of this edition are in USD."


def test_many_are_invoiced_in_as_many_queries_as_few(priced: Edition, table: Service) -> None:
    counts = []
    for names in (["A", "B"], ["C", "D", "E", "F"]):
        for name in names:
            application = accepted(make_applicant(priced, name)).application
            order_services(Exhibitor.objects.get(application=application), {table.pk: 1}, context=EARLY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert invoice_services(priced, context=EARLY).invoices == len(names)
        counts.append(len(asked))
    assert counts[0] == counts[1]


PRICES = [Decimal("0.72"), Decimal(15)]
WANTED = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8)


def lines_of(quantities: tuple[int, int]) -> list[Line]:
    why = ServiceOrdered("power", Name("Power", ""), Name("socket", ""))
    pairs = zip(quantities, PRICES, strict=True)
    return [Line(why, Decimal(count), price, count * price) for count, price in pairs if count]


@given(WANTED)
def test_however_an_order_changes_its_invoices_come_to_what_is_ordered(wanted: list[tuple[int, int]]) -> None:
    standing: list[Standing] = []
    for turn, quantities in enumerate(wanted):
        ordered = lines_of(quantities)
        found = settlement(ordered, ordered, standing)
        standing = [one for one in standing if one.pk not in found.take_back]
        if found.lines:
            standing.append(Standing(turn, found.lines))
        invoiced = sum(line.amount for one in standing for line in one.lines)
        assert invoiced == sum(line.amount for line in ordered)
        assert not settlement(ordered, ordered, standing)

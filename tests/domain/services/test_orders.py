"""Benin orders power before the deadline and a table after it; prices stay as they were when it ordered."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.services.actions import ServiceFacts, change_service, offer_service, order_services
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.services.queries import order_lines, totals_by_hall
from emporion.domain.services.rules import CodeTaken, OrderFixed
from tests.make import IN_JUNE, make_exhibitor, make_hall, make_stand

JUNE = ActionContext(IN_JUNE)
DEADLINE, CLOSES = IN_JUNE + timedelta(days=30), IN_JUNE + timedelta(days=60)
LATE = ActionContext(DEADLINE)
POWER = ServiceFacts(
    code="power-3kw", category="power", name_en="Power, 3 kW", name_zh="3 千瓦电力", unit_en="socket",
    price=Decimal("120.50"), deadline=DEADLINE, closes=CLOSES, surcharge_percent=30,
)  # fmt: skip
TABLE = replace(POWER, code="table", category="furniture", name_en="Table", unit_en="piece", price=Decimal(15))


@pytest.fixture
def power(edition: Edition) -> Service:
    return offer_service(edition, POWER, context=JUNE)


@pytest.fixture
def table(edition: Edition) -> Service:
    return offer_service(edition, TABLE, context=JUNE)


@pytest.fixture
def benin(edition: Edition) -> Exhibitor:
    return make_exhibitor(edition, "Shea", "BJ")


def test_an_order_has_its_price_and_is_journalled_once(benin: Exhibitor, power: Service, table: Service) -> None:
    assert order_services(benin, {power.pk: 2, table.pk: 4}, context=JUNE) == 2
    assert order_services(benin, {power.pk: 2}, context=JUNE) == 0
    lines = [(one.code, one.quantity, one.amount, one.currency) for one in order_lines(benin.edition, benin)]
    assert lines == [("table", 4, Decimal("60.00"), "USD"), ("power-3kw", 2, Decimal("241.00"), "USD")]
    assert JournalEntry.objects.filter(event="services.ordered").count() == 1


def test_what_comes_after_the_deadline_is_a_line_with_the_surcharge(benin: Exhibitor, power: Service) -> None:
    order_services(benin, {power.pk: 2}, context=JUNE)
    order_services(benin, {power.pk: 3}, context=LATE)
    lines = [(one.late, one.quantity, one.surcharge_percent, one.amount) for one in order_lines(benin.edition)]
    assert lines == [(False, 2, 0, Decimal("241.00")), (True, 1, 30, Decimal("156.65"))]


def test_a_new_price_is_for_new_orders(benin: Exhibitor, power: Service) -> None:
    order_services(benin, {power.pk: 2}, context=JUNE)
    change_service(power, replace(POWER, price=Decimal(200)), context=JUNE)
    assert [one.unit_price for one in order_lines(benin.edition)] == [Decimal("120.50")]
    order_services(benin, {power.pk: 3}, context=JUNE)
    assert [(one.quantity, one.unit_price) for one in order_lines(benin.edition)] == [(3, Decimal(200))]


def test_all_is_ordered_or_nothing(benin: Exhibitor, power: Service, table: Service) -> None:
    order_services(benin, {power.pk: 2}, context=JUNE)
    with pytest.raises(OrderFixed):
        order_services(benin, {table.pk: 1, power.pk: 1}, context=LATE)
    assert [one.code for one in order_lines(benin.edition)] == ["power-3kw"]


def test_nothing_ordered_is_no_line_and_another_editions_service_is_not_there(benin: Exhibitor, power: Service) -> None:
    order_services(benin, {power.pk: 2}, context=JUNE)
    order_services(benin, {power.pk: 0, power.pk + 1: 5}, context=JUNE)
    assert not OrderLine.objects.exists()


def test_a_code_names_one_service(edition: Edition, power: Service, table: Service) -> None:
    with pytest.raises(CodeTaken):
        offer_service(edition, POWER, context=JUNE)
    with pytest.raises(CodeTaken):
        change_service(table, replace(TABLE, code="power-3kw"), context=JUNE)
    assert change_service(power, replace(POWER, name_en="Power"), context=JUNE).name_en == "Power"


def test_totals_by_hall_name_those_without_a_stand_first(edition: Edition, benin: Exhibitor, power: Service) -> None:
    placed = make_exhibitor(edition, "Aurora", "DE")
    make_stand(make_hall(edition, "4.1"), 9, "standard", placed)
    for one, quantity in ((benin, 2), (placed, 3), (make_exhibitor(edition, "Cacao", "EC"), 4)):
        order_services(one, {power.pk: quantity}, context=JUNE)
    assert [(row.hall, row.service, row.quantity) for row in totals_by_hall(edition)] == [
        ("", power, 6), ("4.1", power, 3),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_order_at_once_order_once(edition: Edition) -> None:
    benin, power = make_exhibitor(edition, "Shea", "BJ"), offer_service(edition, POWER, context=JUNE)
    barrier, failed = threading.Barrier(2), []

    def order() -> None:
        barrier.wait()
        try:
            order_services(benin, {power.pk: 2}, context=JUNE)
        except Exception as error:  # The thread's error is the test's.
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=order) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and OrderLine.objects.get().quantity == 2

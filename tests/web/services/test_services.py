"""Services in the browser: the office offers power, Benin orders it, the office reads what is ordered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.billing.models import Invoice
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.services.actions import order_services
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.work.models import BackgroundTask
from emporion.jobs.running import run
from emporion.jobs.work import WORK
from tests import fair, make

pytestmark = pytest.mark.django_db
OFFICE = "/expo/office/services/"


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def office(edition: Edition) -> Client:
    return fair.signed_in(fair.make_staff(fair.make_person("halls@expo.example"), "halls"))


def typed(**changed: Any) -> dict[str, Any]:
    days = {"deadline": timezone.now() + timedelta(days=3), "closes": timezone.now() + timedelta(days=5)}
    moments = {name: f"{day.astimezone(fair.VENUE):%Y-%m-%dT%H:%M}" for name, day in days.items()}
    facts = {"code": "power-3kw", "category": "power", "name_en": "Power, 3 kW", "name_zh": "3 千瓦电力"}
    terms = {"unit_en": "socket", "price": "120.50", "surcharge_percent": "30", "offered": "on"}
    return {**facts, **terms, **moments, **changed}


def test_from_the_offer_to_the_list_of_orders(edition: Edition, office: Client) -> None:
    exhibitor, user = fair.make_seller(edition, "=Shea")
    own, client = f"/expo/my/exhibitor/{exhibitor.organisation_id}/services/", fair.signed_in(user)
    assert "The organiser offers no services yet." in fair.page_text(client.get(own))
    assert office.post(f"{OFFICE}new/", typed()).headers["Location"] == OFFICE
    power = Service.objects.get()
    assert "Power, 3 kW" in fair.page_text(client.get(own))
    assert "3 千瓦电力" in fair.page_text(client.get(f"/zh-hans{own}"))
    answer = client.post(own, {f"service-{power.pk}": "2"}, follow=True)
    page = fair.page_text(answer)
    assert "Your order is stored." in page and "2 ordered: 241.00 USD" in page
    page = fair.page_text(office.get(OFFICE))
    assert "Hall 4.1" in page
    file = office.get(f"{OFFICE}orders.csv")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    stand = exhibitor.occupancy.stand.number
    assert lines[1].startswith(f"{exhibitor.number},'=Shea,4.1,{stand},power-3kw,")
    assert lines[1].endswith("False,2,120.50,0,241.00,USD")


def test_what_cannot_be_ordered_is_told_and_nothing_typed_is_lost(edition: Edition, office: Client) -> None:
    exhibitor, user = fair.make_seller(edition)
    own, client = f"/expo/my/exhibitor/{exhibitor.organisation_id}/services/", fair.signed_in(user)
    office.post(f"{OFFICE}new/", typed())
    power = Service.objects.get()
    client.post(own, {f"service-{power.pk}": "2"})
    assert client.post(own, {f"service-{power.pk}": "many"}).status_code == 422
    Service.objects.update(deadline=timezone.now() - timedelta(hours=1))
    answer = client.post(own, {f"service-{power.pk}": "1"})
    page = fair.page_text(answer)
    assert answer.status_code == 422 and "Orders of “Power, 3 kW” could be reduced until" in page
    assert 'value="1"' in page and "now with 30 % on top" in page
    assert OrderLine.objects.get().quantity == 2


def test_orders_become_invoices_that_the_exhibitor_sees(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    client, money = fair.signed_in(user), fair.signed_in(fair.make_staff(fair.make_person("m@expo.example"), "finance"))
    own = f"/expo/my/exhibitor/{exhibitor.organisation_id}/"
    money.post(f"{OFFICE}new/", typed())
    power = Service.objects.get()
    client.post(f"{own}services/", {f"service-{power.pk}": "2"})
    page = fair.page_text(money.get(f"{OFFICE}invoices/"))
    assert "Settle the order of 1 exhibitor" in page and "241.00" in page
    assert money.post(f"{OFFICE}orders/{exhibitor.pk}/invoice/").status_code == 302
    invoice = Invoice.objects.get()
    assert invoice.net == Decimal("241.00")
    page = fair.page_text(client.get(f"{own}costs/"))
    assert f"{invoice.number}</th><td>Services</td>" in page and "241.00 USD" in page
    assert client.get(f"{own}costs/invoices/{invoice.pk}.pdf").status_code == 200
    wrong = money.post(f"{OFFICE}orders/{exhibitor.pk}/", {f"service-{power.pk}": "1", "reason": ""})
    assert wrong.status_code == 422 and 'id="id_reason_error"' in fair.page_text(wrong)
    money.post(f"{OFFICE}orders/{exhibitor.pk}/", {f"service-{power.pk}": "1", "reason": "Smaller stand."})
    assert "Credit and invoice anew" in fair.page_text(money.get(f"{OFFICE}orders/{exhibitor.pk}/"))
    assert "To be credited" in fair.page_text(client.get(f"{own}services/"))
    money.post(f"{OFFICE}orders/{exhibitor.pk}/invoice/")
    assert "Orders and invoices agree." in fair.page_text(money.get(f"{OFFICE}invoices/"))
    kinds = Invoice.objects.order_by("pk").values_list("kind", "net")
    assert list(kinds) == [("invoice", 241), ("credit_note", 241), ("invoice", Decimal("120.50"))]


def test_a_worker_settles_all_orders(edition: Edition, office: Client) -> None:
    money = fair.signed_in(fair.make_staff(fair.make_person("m@expo.example"), "finance"))
    office.post(f"{OFFICE}new/", typed())
    for name in ("Firm A", "Firm B"):
        one = make.make_exhibitor(edition, name)
        order_services(one, {Service.objects.get().pk: 1}, context=ActionContext(timezone.now()))
    assert office.post(f"{OFFICE}invoices/").status_code == 403
    money.post(f"{OFFICE}invoices/")
    task = BackgroundTask.objects.get()
    run(task, WORK[task.kind])
    task.refresh_from_db()
    assert task.result == {"invoices": 2, "credit_notes": 0}


def test_the_office_is_told_beside_the_field_what_is_wrong(edition: Edition, office: Client) -> None:
    wrong = typed(closes="2020-01-01T00:00")
    answer = office.post(f"{OFFICE}new/", wrong)
    assert answer.status_code == 422 and 'id="id_deadline_error"' in fair.page_text(answer)
    office.post(f"{OFFICE}new/", typed())
    answer = office.post(f"{OFFICE}new/", typed())
    assert answer.status_code == 422 and 'id="id_code_error"' in fair.page_text(answer)
    power = Service.objects.get()
    office.post(f"{OFFICE}{power.pk}/", typed(price="99"))
    power.refresh_from_db()
    assert str(power.price) == "99.00"


def test_pages_take_as_many_queries_for_many_services_as_for_few(edition: Edition, office: Client) -> None:
    exhibitor, user = fair.make_seller(edition)
    client, own = fair.signed_in(user), f"/expo/my/exhibitor/{exhibitor.organisation_id}/services/"

    def grow(first: int, last: int) -> None:
        for number in range(first, last):
            office.post(f"{OFFICE}new/", typed(code=f"power-{number}"))
            other = make.make_exhibitor(edition, f"Firm {number}")
            for one in (exhibitor, other):
                OrderLine.objects.create(
                    exhibitor=one, service=Service.objects.get(code=f"power-{number}"), quantity=1, price=1,
                    ordered=timezone.now(),
                )  # fmt: skip

    def queries(who: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = who.get(address)
            assert answer.status_code == 200
            b"".join(answer)
        return len(captured)

    order = f"{OFFICE}orders/{exhibitor.pk}/"
    pages = [(client, own), (office, OFFICE), (office, f"{OFFICE}orders.csv"), (office, order)]
    grow(0, 1)
    few = [queries(*page) for page in pages]
    grow(1, 4)
    assert [queries(*page) for page in pages] == few

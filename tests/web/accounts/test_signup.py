"""From nothing: an account with an organisation or a visit, both or neither; nobody takes over what is known."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.visitors.models import VisitingUnit, Visitor
from tests import make
from tests.web import fair

pytestmark = pytest.mark.django_db
ACCOUNT = {"name": "Ada Adjovi", "email": "ada@shea.example", "password": fair.PASSWORD}
FIRM = {"organisation": "Shea du Bénin", "country": "BJ", "registered_number": "RB/COT/07 B 1", "position": "Head"}
UNIT = {
    "organisation": "Shanghai Foods", "country": "CN", "home": "CN", "ownership": "state", "purchasing_size": "3",
    "position": "Buyer",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fair(db: Any) -> None:
    fair.open_fair()
    for country in ("BJ", "CN"):
        make.make_country(country)


def test_a_person_brings_an_organisation_and_acts_for_it(client: Client) -> None:
    answer = client.post("/signup/exhibitor/", {**ACCOUNT, **FIRM})
    firm = Organisation.objects.get(name="Shea du Bénin")
    assert answer.headers["Location"] == f"/my/exhibitor/{firm.pk}/"
    assert (firm.country_id, firm.registered_number) == ("BJ", "RB/COT/07 B 1".replace(" ", ""))
    [role] = Representative.objects.all()
    assert (role.user.email, role.organisation, role.position) == ("ada@shea.example", firm, "Head")
    assert "has not applied" in fair.said(client.get(answer.headers["Location"]))


def test_an_organisation_that_is_known_is_not_taken_over(client: Client) -> None:
    known, _user = fair.make_seller(make.make_edition(6), "Benin Butter")
    answer = client.post("/signup/exhibitor/", {**ACCOUNT, **FIRM, "organisation": "BENIN BUTTER"})
    assert answer.status_code == 422
    assert "“Benin Butter” is registered already; ask somebody who acts for it" in fair.said(answer)
    assert 'value="Ada Adjovi"' in fair.said(answer)
    assert not User.objects.filter(email="ada@shea.example").exists()
    known.organisation.refresh_from_db()
    assert known.organisation.registered_number == ""


def test_an_address_has_one_account(client: Client) -> None:
    fair.make_person("ada@shea.example")
    answer = client.post("/signup/exhibitor/", {**ACCOUNT, **FIRM})
    assert "There is an account with the address ada@shea.example already" in fair.said(answer)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("password", ["short", "password123", "ada@shea.example"])
def test_a_weak_password_is_refused_beside_its_field(client: Client, password: str) -> None:
    answer = client.post("/signup/exhibitor/", {**ACCOUNT, **FIRM, "password": password})
    assert answer.status_code == 422
    assert 'id="id_password_error"' in fair.said(answer)
    assert not User.objects.exists()


def test_who_has_an_account_brings_a_second_organisation_with_it() -> None:
    client = fair.signed_in(fair.make_person("ada@shea.example"))
    assert 'name="password"' not in fair.said(client.get("/signup/exhibitor/"))
    client.post("/signup/exhibitor/", FIRM)
    again = client.post("/signup/exhibitor/", FIRM)
    assert again.status_code == 302
    assert Organisation.objects.count() == Representative.objects.count() == User.objects.count() == 1


def test_a_buyer_registers_with_a_new_unit_and_acts_for_it(client: Client) -> None:
    sector = make.make_sector("food")
    answer = client.post("/signup/visitor/", {**ACCOUNT, **UNIT, "sectors": ["food"]})
    assert answer.headers["Location"] == "/my/visit/"
    visitor, unit = Visitor.objects.get(), VisitingUnit.objects.get()
    assert (visitor.user, visitor.unit, visitor.state) == (User.objects.get(), unit, "registered")
    assert (visitor.sectors, visitor.country_id, unit.purchasing_size) == ([sector.number], "CN", 3)
    assert Representative.objects.get().organisation == unit.organisation
    assert visitor.number in fair.said(client.get("/my/visit/"))


def test_a_colleague_joins_a_known_unit_without_speaking_for_it(client: Client) -> None:
    unit = make.make_unit(make.make_edition(6), "Shanghai Foods")
    assert client.post("/signup/visitor/", {**ACCOUNT, **UNIT}).status_code == 302
    assert Visitor.objects.get().unit == unit
    assert not Representative.objects.exists()


def test_a_second_press_registers_nobody_twice() -> None:
    client = fair.signed_in(fair.make_person("lan@foods.example", "Wang Lan"))
    for _ in range(2):
        assert client.post("/signup/visitor/", UNIT).headers["Location"] == "/my/visit/"
    assert Visitor.objects.count() == 1


def test_outside_the_days_of_registration_nothing_is_kept(client: Client) -> None:
    fair.close(make.make_edition(6), "registration")
    answer = client.post("/signup/visitor/", {**ACCOUNT, **UNIT})
    assert answer.status_code == 422
    assert "Registration has closed: visitors register until" in fair.said(answer)
    assert not User.objects.exists()


def test_an_exhibitors_staff_is_no_visitor() -> None:
    _exhibitor, user = fair.make_seller(make.make_edition(6))
    answer = fair.signed_in(user).post("/signup/visitor/", UNIT)
    assert "belongs to an exhibitor&#x27;s staff" in fair.said(answer)
    assert not Visitor.objects.exists()


def test_a_refusal_is_told_in_chinese_with_its_words(client: Client) -> None:
    fair.close(make.make_edition(6), "registration")
    assert "登记已结束：观众登记" in fair.said(client.post("/zh-hans/signup/visitor/", {**ACCOUNT, **UNIT}))

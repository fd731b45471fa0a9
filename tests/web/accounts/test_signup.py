"""From nothing: an account with a confirmed address, then an organisation or a visit; nothing known is taken over."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Organisation, OrganisationClaim, Representative
from emporion.domain.visitors.models import VisitingUnit, Visitor
from tests import fair, make
from tests.web.accounts.test_signin import code_sent

pytestmark = pytest.mark.django_db
ACCOUNT = {"name": "Ada Adjovi", "email": "ada@shea.example", "password1": fair.PASSWORD}
FIRM = {"organisation": "Shea du Bénin", "country": "BJ", "registered_number": "RB/COT/07 B 1", "position": "Head"}
UNIT = {
    "organisation": "Shanghai Foods", "country": "CN", "home": "CN", "ownership": "state", "purchasing_size": "3",
    "position": "Buyer",
}  # fmt: skip
SIGNUP, CONFIRM = "/accounts/signup/", "/accounts/confirm-email/"
BRING, REGISTER = "/expo/signup/exhibitor/", "/expo/signup/visitor/"
VISIT, OWN = "/expo/my/visit/", "/expo/my/exhibitor/{}/"


@pytest.fixture(autouse=True)
def _fair(db: Any) -> None:
    cache.clear()
    fair.open_fair()
    for country in ("BJ", "CN"):
        make.make_country(country)


@pytest.fixture
def ada() -> Client:
    return fair.signed_in(fair.make_person("ada@shea.example", "Ada Adjovi"))


def test_whoever_wants_to_take_part_opens_an_account_confirms_the_address_and_goes_on(client: Client) -> None:
    start = client.get(BRING).headers["Location"]
    assert start == f"{SIGNUP}?next={BRING}"
    answer = client.post(SIGNUP, {**ACCOUNT, "next": BRING})
    assert answer.headers["Location"] == CONFIRM
    message = Notice.objects.get()
    assert (
        "It confirms the address of your account." in message.context["body"]
        and message.edition == Edition.objects.get()
    )
    assert client.get("/my/").status_code == 302 and not EmailAddress.objects.get().verified
    answer = client.post(CONFIRM, {"code": code_sent("ada@shea.example")})
    assert answer.headers["Location"] == BRING
    user = User.objects.get()
    assert (user.name, user.language, user.is_staff, EmailAddress.objects.get().verified) == (
        "Ada Adjovi", "en", False, True,
    )  # fmt: skip


def test_a_form_without_its_token_is_refused_in_words_with_a_way_on() -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGNUP, ACCOUNT)
    assert answer.status_code == 403
    assert "This form could not be sent" in fair.page_text(answer) and "To the start" in fair.page_text(answer)


def test_an_account_needs_no_password_and_speaks_the_language_in_which_it_was_opened(client: Client) -> None:
    client.post("/zh-hans/accounts/signup/", {"name": "陈思远", "email": "chen@foods.example"})
    user = User.objects.get()
    assert (user.language, user.has_usable_password()) == ("zh-hans", False)


def test_an_address_that_has_an_account_is_answered_as_a_new_one_and_only_its_owner_is_told(client: Client) -> None:
    fair.make_person("ada@shea.example")
    taken, new = (Client().post(SIGNUP, {**ACCOUNT, "email": f"{name}@shea.example"}) for name in ("ada", "new"))
    assert (taken.status_code, taken.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert User.objects.filter(email="ada@shea.example").count() == 1
    assert "already" in Notice.objects.get(recipient="ada@shea.example").context["body"]


@pytest.mark.parametrize("password", ["short", "password123", "ada@shea.example"])
def test_a_weak_password_is_refused_beside_its_field_and_never_returns_into_the_page(
    client: Client, password: str
) -> None:
    answer = client.post(SIGNUP, {**ACCOUNT, "password1": password})
    assert 'id="id_password1_error"' in fair.page_text(answer)
    assert f'value="{password}"' not in fair.page_text(answer).replace('name="email" value="ada@shea.example"', "")
    assert not User.objects.exists()


def test_a_person_brings_an_organisation_and_manages_it(ada: Client) -> None:
    for _ in range(2):
        answer = ada.post(BRING, FIRM)
    firm = Organisation.objects.get(name="Shea du Bénin")
    assert answer.headers["Location"] == OWN.format(firm.pk)
    assert (firm.country_id, firm.registered_number) == ("BJ", "RB/COT/07 B 1".replace(" ", ""))
    [role] = Representative.objects.all()
    assert (role.user.email, role.organisation, role.position, role.roles) == (
        "ada@shea.example", firm, "Head", ["manages"],
    )  # fmt: skip
    assert "has not applied" in fair.page_text(ada.get(answer.headers["Location"]))


def test_a_wrong_credit_code_is_refused_beside_its_field(ada: Client) -> None:
    wrong = {**FIRM, "country": "CN", "registered_number": "91330100799655058X"}
    answer = ada.post(BRING, wrong)
    assert answer.status_code == 422
    assert 'id="id_registered_number_error"' in fair.page_text(answer)
    assert "its last character should be B" in fair.page_text(answer)
    assert not Organisation.objects.exists()
    assert ada.post(BRING, {**wrong, "registered_number": "91330100799655058B"}).status_code == 302


def test_an_organisation_that_is_known_is_not_taken_over_but_claimed(ada: Client) -> None:
    known, _user = fair.make_seller(make.make_edition(6), "Benin Butter")
    claim = ada.post(BRING, {**FIRM, "organisation": "BENIN BUTTER"}).headers["Location"]
    assert "Benin Butter" in fair.page_text(ada.get(claim))
    assert fair.signed_in(fair.make_person("eve@shea.example")).get(claim).status_code == 404
    assert ada.post(claim, {"evidence": ""}).status_code == 422
    assert ada.post(claim, {"evidence": "Call Mr Adjovi", "position": "Head"}).headers["Location"] == "/my/"
    assert OrganisationClaim.objects.get().user.email == "ada@shea.example"
    assert not Representative.objects.filter(user__email="ada@shea.example").exists()
    known.organisation.refresh_from_db()
    assert known.organisation.registered_number == ""


def test_the_contact_whom_the_organiser_knows_comes_in_at_once(ada: Client) -> None:
    known, _user = fair.make_seller(make.make_edition(6), "Benin Butter")
    Application.objects.update(contact_email="ada@shea.example")
    assert "Records with your address" in fair.page_text(ada.get("/my/"))
    answer = ada.post(BRING, {**FIRM, "organisation": "Benin Butter"})
    assert answer.headers["Location"] == OWN.format(known.organisation_id)


def test_a_buyer_registers_with_a_new_unit_and_acts_for_it(ada: Client) -> None:
    sector = make.make_sector("food")
    answer = fair.register(ada, {**UNIT, "sectors": [sector.pk], "document": "e 123"})
    assert answer.headers["Location"] == VISIT
    visitor, unit = Visitor.objects.get(), VisitingUnit.objects.get()
    assert (visitor.user, visitor.unit, visitor.state) == (User.objects.get(), unit, "registered")
    assert (visitor.sectors, visitor.country_id, unit.purchasing_size, visitor.document) == (
        [sector.number], "CN", 3, "E123",
    )  # fmt: skip
    assert Representative.objects.get().organisation == unit.organisation
    assert visitor.number in fair.page_text(ada.get(VISIT))


def test_a_visitor_whom_a_list_brought_keeps_number_and_unit(ada: Client) -> None:
    edition = make.make_edition(6)
    listed = make.make_visitor(edition, "Adjovi A.", make.make_unit(edition, "Cotonou Trade"))
    Visitor.objects.update(email="ada@shea.example")
    fair.register(ada, UNIT)
    found = Visitor.objects.get()
    assert (found.pk, found.number, found.unit.organisation.name, found.user.email) == (
        listed.pk, listed.number, "Cotonou Trade", "ada@shea.example",
    )  # fmt: skip


def test_a_colleague_joins_a_known_unit_without_speaking_for_it(ada: Client) -> None:
    unit = make.make_unit(make.make_edition(6), "Shanghai Foods")
    assert fair.register(ada, UNIT).status_code == 302
    assert Visitor.objects.get().unit == unit
    assert not Representative.objects.exists()


def test_a_second_press_registers_nobody_twice(ada: Client) -> None:
    for _ in range(2):
        assert fair.register(ada, UNIT).headers["Location"] == VISIT
    assert Visitor.objects.count() == 1


def test_a_document_of_somebody_else_is_refused_beside_its_field(ada: Client) -> None:
    make.make_visitor(make.make_edition(6), "Eve")
    Visitor.objects.update(document="E123")
    answer = fair.register(ada, {**UNIT, "document": "E-123"})
    assert answer.status_code == 422 and 'id="id_document_error"' in fair.page_text(answer)


def test_outside_the_days_of_registration_nothing_is_stored(ada: Client) -> None:
    fair.close(make.make_edition(6), "registration")
    answer = fair.register(ada, UNIT)
    assert answer.status_code == 422
    assert "Registration has closed: visitors register until" in fair.page_text(answer)
    assert not Visitor.objects.exists()


def test_an_exhibitors_staff_is_no_visitor() -> None:
    _exhibitor, user = fair.make_seller(make.make_edition(6))
    answer = fair.register(fair.signed_in(user), UNIT)
    assert "belongs to an exhibitor&#x27;s staff" in fair.page_text(answer)
    assert not Visitor.objects.exists()


def test_a_refusal_is_reported_in_chinese_with_its_words(ada: Client) -> None:
    fair.close(make.make_edition(6), "registration")
    assert "登记已结束：观众登记" in fair.page_text(fair.register(ada, UNIT, at=f"/zh-hans{REGISTER}"))


def test_the_hint_of_an_invitation_stays_after_an_error(client: Client) -> None:
    goal = "/accounts/invitation/token/"
    hint = "Use the e-mail address to which the invitation was sent."
    assert hint in fair.page_text(client.get(SIGNUP, {"next": goal}))
    assert hint in fair.page_text(client.post(SIGNUP, {"next": goal, "email": "no address"}))
    assert hint not in fair.page_text(client.get(SIGNUP))

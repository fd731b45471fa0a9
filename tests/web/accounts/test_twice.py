"""Pressed twice, opened by the wrong person, too late, or after a withdrawal: nobody gets less or more than once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import OrganisationClaim, Representative
from emporion.domain.people.models import Invitation
from emporion.domain.staff.models import StaffRole
from emporion.domain.visitors.models import Visitor
from tests import fair, make
from tests.web.accounts.test_coming_in import invitation_sent
from tests.web.accounts.test_signin import code_sent

pytestmark = pytest.mark.django_db
SIGNUP, CONFIRM = "/accounts/signup/", "/accounts/confirm-email/"
ADDED = "/expo/signup/exhibitor/"


@pytest.fixture(autouse=True)
def edition(db: Any) -> Edition:
    cache.clear()
    return fair.open_fair()


@pytest.fixture
def shea(edition: Edition) -> tuple[Client, str]:
    """The manager of an exhibitor, and the address of its people."""
    exhibitor, user = fair.make_seller(edition)
    return fair.signed_in(user), f"/expo/my/exhibitor/{exhibitor.organisation_id}/people/"


def invite_bob(shea: tuple[Client, str], *roles: str) -> str:
    """Bob is invited; the link that he gets."""
    manager, people = shea
    manager.post(people, {"address": "bob@shea.example", "roles": roles or ("deals",)})
    return invitation_sent()


def bob() -> Client:
    return fair.signed_in(User.objects.filter(email="bob@shea.example").first() or fair.make_person("bob@shea.example"))


def test_an_account_that_is_asked_for_twice_is_confirmed_by_the_newest_code() -> None:
    client = Client()
    wanted = {"name": "Ada", "email": "ada@shea.example", "password1": fair.PASSWORD, "next": ADDED}
    for _ in range(2):
        assert client.post(SIGNUP, wanted).headers["Location"] == CONFIRM
    assert client.post(CONFIRM, {"code": code_sent("ada@shea.example")}).headers["Location"] == ADDED
    assert User.objects.count() == 1


def test_an_invitation_that_is_sent_by_two_presses_is_one_message(shea: tuple[Client, str]) -> None:
    first = invite_bob(shea)
    assert invite_bob(shea) == first and Notice.objects.filter(template="invitation_colleague").count() == 1
    # Other roles are another invitation.
    assert invite_bob(shea, "meetings") != first
    assert "withdrawn or replaced" in fair.page_text(bob().get(first))


def test_staff_invited_by_two_presses_gets_one_message() -> None:
    owner = fair.signed_in(fair.make_person("owner@expo.example", staff=True))
    for _ in range(2):
        owner.post("/expo/office/staff/", {"address": "kofi@expo.example", "role": "gate", "area": ""})
    assert Notice.objects.filter(template="invitation_staff").count() == 1
    kofi = fair.signed_in(fair.make_person("kofi@expo.example"))
    for _ in range(2):
        assert kofi.post(invitation_sent()).headers["Location"] == "/expo/office/"
    assert StaffRole.objects.filter(user__email="kofi@expo.example").count() == 1


def test_no_role_is_chosen_for_whoever_invites_staff() -> None:
    owner = fair.signed_in(fair.make_person("owner@expo.example", staff=True))
    answer = owner.post("/expo/office/staff/", {"address": "kofi@expo.example", "role": "", "area": ""})
    assert answer.status_code == 422 and 'href="#id_role"' in fair.page_text(answer)
    assert 'value="kofi@expo.example"' in fair.page_text(answer) and not Invitation.objects.exists()


def test_an_invitation_accepted_twice_gives_its_roles_once_and_leads_on(shea: tuple[Client, str]) -> None:
    link, person = invite_bob(shea), bob()
    goals = {person.post(link).headers["Location"] for _ in range(2)}
    assert goals == {shea[1].removesuffix("people/")}
    assert Representative.objects.get(user__email="bob@shea.example").roles == ["deals"]
    page = fair.page_text(person.get(link))
    assert "You have accepted this invitation." in page and f'href="{goals.pop()}"' in page


def test_the_wrong_person_learns_no_address_and_gets_nothing(shea: tuple[Client, str]) -> None:
    link, eve = invite_bob(shea), fair.signed_in(fair.make_person("eve@shea.example"))
    eve.post(link)
    page = fair.page_text(eve.get(link))
    assert "sent to another address" in page and "bob@shea.example" not in page
    assert not Representative.objects.filter(user__email="eve@shea.example").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"expires": timezone.now() - timedelta(days=1)}, "Ask to be invited again."),
        ({"withdrawn": timezone.now()}, "withdrawn or replaced"),
    ],
)
def test_too_late_says_why_and_changes_nothing(shea: tuple[Client, str], change: dict[str, Any], sentence: str) -> None:
    link, person = invite_bob(shea), bob()
    Invitation.objects.update(**change)
    for page in (person.get(link), person.post(link, follow=True)):
        assert sentence in fair.page_text(page)
    assert not Representative.objects.filter(user__email="bob@shea.example").exists()


def test_a_record_is_claimed_with_its_address_in_other_letters_and_not_without_its_plus_sign(edition: Edition) -> None:
    lan = make.make_visitor(edition, "Wang Lan", make.make_unit(edition, "Shanghai Foods"))
    Visitor.objects.update(email="Lan+Fair@Foods.Example")
    without = fair.signed_in(fair.make_person("lan@foods.example"))
    assert lan.number not in fair.page_text(without.get("/my/"))
    assert without.post(f"/my/visits/{lan.pk}/claim/").status_code == 404
    client = Client()
    client.post(SIGNUP, {"name": "Lan", "email": "LAN+fair@foods.example", "password1": fair.PASSWORD, "next": "/my/"})
    client.post(CONFIRM, {"code": code_sent("lan+fair@foods.example")})
    assert lan.number in fair.page_text(client.get("/my/"))
    for _ in range(2):
        client.post(f"/my/visits/{lan.pk}/claim/")
    assert Visitor.objects.get().user.email == "lan+fair@foods.example"


def test_a_claim_sent_twice_is_one_claim_and_decided_twice_is_decided_once(edition: Edition) -> None:
    fair.make_seller(edition, "Benin Butter")
    ada = fair.signed_in(fair.make_person("ada@shea.example"))
    firm = {"organisation": "Benin Butter", "country": "BJ", "registered_number": "", "position": ""}
    claim = ada.post(ADDED, firm).headers["Location"]
    for _ in range(2):
        assert ada.post(claim, {"evidence": "Call Mr Adjovi"}).headers["Location"] == "/my/"
    assert "is with the organiser already" in fair.page_text(ada.get("/my/"))
    one = OrganisationClaim.objects.get()
    desk = fair.signed_in(fair.make_staff(fair.make_person("desk@expo.example"), "registration"))
    for _ in range(2):
        desk.post(f"/expo/office/claims/{one.pk}/", {"accept": "1"})
    assert Representative.objects.filter(user__email="ada@shea.example").count() == 1
    assert Notice.objects.filter(template="claim_accepted").count() == 1


def test_an_application_handed_in_twice_is_one_and_the_form_leads_to_it(edition: Edition) -> None:
    fair.make_area(edition)
    organisation = make.make_organisation("Cotonou Cashew", "BJ")
    client = fair.signed_in(fair.speak_for(organisation, "ada@shea.example"))
    own = f"/expo/my/exhibitor/{organisation.pk}/"
    form = {
        "area": str(edition.areas.get().pk), "stand": "standard", "area_m2": "9", "open_sides": "1",
        "contact_email": "ada@shea.example", "least_purchases": "0",
    }  # fmt: skip
    for _ in range(2):
        assert fair.apply(client, organisation, form).headers["Location"] == own
    assert client.get(f"{own}apply/").headers["Location"] == own
    assert Application.objects.filter(organisation=organisation).count() == 1


def test_errors_are_listed_on_top_with_the_way_to_their_fields_and_what_was_typed_stays() -> None:
    ada = fair.signed_in(fair.make_person("ada@shea.example"))
    page = fair.page_text(ada.post(ADDED, {"organisation": "Shea du Bénin", "country": "", "position": "Head"}))
    assert re.search(r'<a href="#id_country">Country or region</a>: This field is required\.', page)
    assert 'value="Shea du Bénin"' in page and 'value="Head"' in page

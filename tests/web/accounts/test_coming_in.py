"""Invited, claimed, appointed: how people come to a record, to an organisation, and into the office."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions import claim_organisation
from emporion.domain.organisations.models import OrganisationClaim, Representative
from emporion.domain.staff.models import StaffRole
from emporion.domain.visitors.actions import list_likely_visitors
from emporion.domain.visitors.models import Visitor
from emporion.domain.work.models import BackgroundTask
from tests import fair, make

pytestmark = pytest.mark.django_db
OFFICE = "/expo/office/"


@pytest.fixture
def desk(edition: Edition) -> Client:
    """Somebody of the registration desk."""
    return fair.signed_in(fair.make_staff(fair.make_person("desk@expo.example"), "registration"))


def invitation_sent() -> str:
    return f"/accounts/invitation/{Notice.objects.latest('id').context['token']}/"


def test_an_imported_visitor_is_invited_opens_an_account_and_finds_their_registration(
    edition: Edition, desk: Client
) -> None:
    lan = make.make_visitor(edition, "Wang Lan", make.make_unit(edition, "Shanghai Foods"))
    Visitor.objects.update(email="lan@foods.example")
    desk.post(f"{OFFICE}invitations/send/", {"who": lan.number})
    link = invitation_sent()
    assert lan.number in fair.page_text(Client().get(link)) and "lan@foods.example" not in fair.page_text(
        Client().get(link)
    )
    # With "no-referrer" a browser hides where a form comes from, and the form is refused.
    assert Client().get(link).headers["Referrer-Policy"] == "same-origin"
    stranger = fair.signed_in(fair.make_person("eve@foods.example"))
    assert "sent to another address" in fair.page_text(stranger.get(link))
    stranger.post(link)
    assert Visitor.objects.get().user is None
    person = fair.signed_in(fair.make_person("lan@foods.example"))
    assert person.get("/expo/signup/visitor/").headers["Location"] == "/my/"
    assert person.post(link).headers["Location"] == "/expo/my/visit/"
    assert Visitor.objects.get().user.email == "lan@foods.example"
    assert lan.number in fair.page_text(person.get("/expo/my/visit/"))
    assert "You have accepted this invitation" in fair.page_text(person.get(link))
    assert "has already been accepted" in fair.page_text(stranger.get(link))
    assert Client().get("/accounts/invitation/guess/").status_code == 404


def test_everybody_of_a_kind_is_invited_in_the_background(edition: Edition, desk: Client) -> None:
    make.make_visitor(edition, "Wang Lan")
    Visitor.objects.update(email="lan@foods.example")
    page = fair.page_text(desk.get(f"{OFFICE}invitations/"))
    assert "1 visitor has no account and is not invited yet." in page
    desk.post(f"{OFFICE}invitations/send/", {"all": "visitors"})
    assert BackgroundTask.objects.get().kind == "invite_visitors"
    assert "Nobody in this edition has the number" in fair.page_text(
        desk.post(f"{OFFICE}invitations/send/", {"who": "V9"}, follow=True)
    )


def test_a_manager_invites_a_colleague_gives_roles_and_takes_them_away(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    manager, people = fair.signed_in(user), f"/expo/my/exhibitor/{exhibitor.organisation_id}/people/"
    assert manager.post(people, {"address": "bob@shea.example"}).status_code == 422
    manager.post(people, {"address": "bob@shea.example", "roles": ["deals"]})
    link = invitation_sent()
    bob = fair.signed_in(fair.make_person("bob@shea.example"))
    bob.post(link)
    own = f"/expo/my/exhibitor/{exhibitor.organisation_id}/"
    opened = {page: bob.get(f"{own}{page}").status_code for page in ("", "deals/", "meetings/", "people/", "exhibits/")}
    assert opened == {"": 200, "deals/": 200, "meetings/": 403, "people/": 403, "exhibits/": 403}
    page = fair.page_text(bob.get(own))
    assert f'href="{own}deals/"' in page and f'href="{own}meetings/"' not in page and people not in page
    assert f'href="{people}"' in fair.page_text(manager.get(own))
    role = Representative.objects.get(user__email="bob@shea.example")
    manager.post(f"{people}{role.pk}/", {"roles": ["meetings", "catalogue"]})
    assert (bob.get(f"{own}meetings/").status_code, bob.get(f"{own}deals/").status_code) == (200, 403)
    mine = Representative.objects.get(user=user)
    assert "is the only one who manages" in fair.page_text(
        manager.post(f"{people}{mine.pk}/", {"dismiss": "1"}, follow=True)
    )
    manager.post(f"{people}{role.pk}/", {"dismiss": "1"})
    assert bob.get(own).status_code == 404


def test_my_fair_leads_into_every_fair_where_there_are_several(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    make.make_edition(1, fair=make.make_fair("autumn"), current=True)
    page, number = fair.page_text(fair.signed_in(user).get("/my/")), exhibitor.organisation_id
    for slug in ("expo", "autumn"):
        assert f'href="/{slug}/my/exhibitor/{number}/"' in page and f'href="/{slug}/signup/visitor/"' in page


def test_the_desk_decides_about_claims(edition: Edition, desk: Client) -> None:
    exhibitor, _user = fair.make_seller(edition)
    ada = fair.make_person("ada@shea.example", "Ada")
    now = timezone.now()
    claim = claim_organisation(exhibitor.organisation, ada, fair=edition.fair, evidence="Call Mr Adjovi", at=now)
    assert "Call Mr Adjovi" in fair.page_text(desk.get(f"{OFFICE}claims/"))
    desk.post(f"{OFFICE}claims/{claim.pk}/", {"decline": "1", "reason": ""})
    assert OrganisationClaim.objects.get().state == "open"
    autumn = make.make_fair("autumn")
    make.make_edition(1, fair=autumn, current=True)
    stranger = fair.signed_in(fair.make_staff(fair.make_person("autumn@expo.example"), "owner", fair=autumn))
    assert "Call Mr Adjovi" not in fair.page_text(stranger.get("/autumn/office/claims/"))
    assert stranger.post(f"/autumn/office/claims/{claim.pk}/", {"accept": "1"}).status_code == 404
    desk.post(f"{OFFICE}claims/{claim.pk}/", {"accept": "1"})
    own = f"/expo/my/exhibitor/{exhibitor.organisation_id}/"
    assert fair.signed_in(ada).get(own).status_code == 200


def test_an_owner_appoints_staff_in_the_browser_and_staff_has_its_roles_and_no_more(edition: Edition) -> None:
    owner = fair.signed_in(fair.make_person("owner@expo.example", staff=True))
    owner.post(f"{OFFICE}staff/", {"address": "ama@expo.example", "role": "meetings", "area": ""})
    ama = fair.make_person("ama@expo.example")
    client = fair.signed_in(ama)
    client.post(invitation_sent())
    assert client.get(OFFICE).headers["Location"] == "/accounts/2fa/"
    fair.make_second_factor(ama)
    opened = {page: client.get(f"{OFFICE}{page}").status_code for page in ("", "timetable/", "claims/", "staff/")}
    assert opened == {"": 200, "timetable/": 200, "claims/": 403, "staff/": 403}
    assert client.get("/admin/exhibitors/application/").status_code == 403
    role = StaffRole.objects.get(user=ama)
    owner.post(f"{OFFICE}staff/{role.pk}/")
    assert client.get(OFFICE).status_code == 404


def test_a_reviewer_of_an_area_sees_and_decides_its_applications_alone(edition: Edition) -> None:
    food, cars = make.make_area(edition, "food"), make.make_area(edition, "cars")
    applications = {}
    for area in (food, cars):
        firm = make.make_organisation(f"Firm of {area.code}", "BJ")
        applications[area.code] = Application.objects.create(
            edition=edition, organisation=firm, origin=firm.country, area=area, area_m2=9,
            contact_email="a@firm.example", state="submitted",
        )  # fmt: skip
    reviewer = fair.signed_in(fair.make_staff(fair.make_person("r@expo.example"), "reviewer", area="food"))
    page = fair.page_text(reviewer.get("/admin/exhibitors/application/"))
    assert "Firm of food" in page and "Firm of cars" not in page
    chosen = [one.pk for one in applications.values()]
    reviewer.post("/admin/exhibitors/application/", {"action": "approve", "_selected_action": chosen})
    states = {code: Application.objects.get(pk=one.pk).state for code, one in applications.items()}
    assert states == {"food": "approved", "cars": "submitted"}


def test_staff_of_one_fair_sees_nothing_of_another(edition: Edition) -> None:
    make.make_exhibitor(edition, "Firm of Expo", "BJ")
    accra = make.make_fair("accra")
    elsewhere = fair.make_person("owner@accra.example")
    StaffRole.objects.create(user=elsewhere, fair=accra, role="owner", granted=timezone.now())
    client = fair.signed_in(fair.make_second_factor(elsewhere))
    assert "Firm of Expo" not in fair.page_text(client.get("/admin/exhibitors/exhibitor/"))
    assert client.get(OFFICE).status_code == 404
    assert client.get("/admin/accounts/user/").status_code == 403


def test_the_desk_merges_two_registrations_of_one_person(edition: Edition, desk: Client) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    for name in ("Wang Lan", "WANG LAN"):
        make.make_visitor(edition, name, unit)
    list_likely_visitors(edition, context=ActionContext(timezone.now()))
    assert fair.page_text(desk.get(f"{OFFICE}doubles/")).count("Shanghai Foods") == 2
    pair = edition.pk and desk.get(f"{OFFICE}doubles/").context["pairs"][0]["it"]
    desk.post(f"{OFFICE}doubles/{pair.pk}/", {"merge": "1"})
    assert Visitor.objects.count() == 1
    assert desk.post(f"{OFFICE}doubles/{pair.pk}/", {"merge": "1"}).status_code == 404

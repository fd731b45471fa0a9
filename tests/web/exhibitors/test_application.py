"""An organisation applies: what it types is kept when a rule says no, and nobody else sees it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import reject
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from tests import fair, make
from tests.domain.billing.prices import make_prices

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db: Any) -> Edition:
    edition = fair.open_fair()
    fair.make_area(edition)
    return edition


@pytest.fixture
def firm(edition: Edition) -> Organisation:
    return make.make_organisation("Benin Butter", "BJ")


@pytest.fixture
def client(firm: Organisation) -> Client:
    return fair.signed_in(fair.speak_for(firm, "ada@shea.example"))


def typed(edition: Edition, **changed: Any) -> dict[str, Any]:
    area = edition.areas.get().pk
    fields = {"area": area, "stand": "standard", "area_m2": 9, "open_sides": 1, "contact_email": "ada@shea.example"}
    return {**fields, **changed}


def test_it_applies_and_sees_its_application_under_review(edition: Edition, firm: Organisation, client: Client) -> None:
    answer = fair.apply(client, firm, typed(edition, requests_free_booth="on"))
    assert answer.headers["Location"] == f"/expo/my/exhibitor/{firm.pk}/"
    page = fair.page_text(client.get(answer.headers["Location"]))
    assert "Your application has been handed in." in page
    assert "Handed in, under review" in page
    application = Application.objects.get()
    assert (application.state, application.requests_free_booth, application.area_m2) == ("submitted", True, 9)
    assert application.submitted is not None


def test_a_rule_that_says_no_stands_beside_its_field_and_nothing_typed_is_lost(
    edition: Edition, firm: Organisation, client: Client
) -> None:
    answer = fair.apply(client, firm, typed(edition, area_m2=10, open_sides=2))
    assert answer.status_code == 422
    page = fair.page_text(answer)
    assert 'id="id_area_m2_error"' in page
    assert "Standard booths come in modules of 9 m²; 10 m² is not a multiple of 9." in page
    assert 'name="area_m2" value="10"' in page
    assert '<option value="2" selected>' in page
    assert not Application.objects.exists()


def test_after_the_last_day_the_page_says_so(edition: Edition, firm: Organisation, client: Client) -> None:
    fair.close(edition, "application")
    answer = fair.apply(client, firm, typed(edition))
    assert answer.status_code == 422
    assert "Applications closed on" in fair.page_text(answer)


def test_a_second_press_applies_once(edition: Edition, firm: Organisation, client: Client) -> None:
    for _ in range(2):
        answer = fair.apply(client, firm, typed(edition))
        assert answer.headers["Location"] == f"/expo/my/exhibitor/{firm.pk}/"
    assert Application.objects.count() == 1


@pytest.mark.parametrize(("country", "quota", "offered"), [("BJ", 2, True), ("BJ", 0, False), ("DE", 2, False)])
def test_a_free_booth_is_offered_only_to_those_who_may_ask_for_it(
    edition: Edition, country: str, quota: int, offered: bool
) -> None:
    Edition.objects.update(free_booth_quota=quota)
    firm = make.make_organisation(f"Firm of {country}", country)
    page = fair.page_text(
        fair.signed_in(fair.speak_for(firm, "x@firm.example")).get(f"/expo/my/exhibitor/{firm.pk}/apply/stand/")
    )
    assert ("We ask for a free booth" in page) == offered


@pytest.mark.parametrize(
    ("country", "quota", "percent", "booth", "cheaper"),
    [("BJ", 2, 0, True, False), ("BJ", 0, 50, False, True), ("BJ", 2, 50, True, True), ("DE", 2, 50, False, False)],
)
def test_what_a_least_developed_country_gets_is_told_before_one_applies(
    edition: Edition, country: str, quota: int, percent: int, booth: bool, cheaper: bool
) -> None:
    Edition.objects.update(free_booth_quota=quota)
    make_prices(edition, least_developed_percent=percent)
    firm = make.make_organisation(f"Firm of {country}", country)
    client = fair.signed_in(fair.speak_for(firm, "x@firm.example"))
    for page in ("", "apply/"):
        text = fair.page_text(client.get(f"/expo/my/exhibitor/{firm.pk}/{page}"))
        assert ("There are 2 of them, given in the order of application." in text) == booth
        assert ("Stand space costs 50 % less." in text) == cheaper
        assert ("least developed countries on the list" in text) == (booth or cheaper)


def test_a_wish_smuggled_in_by_those_who_may_not_ask_is_not_heard(edition: Edition) -> None:
    firm = make.make_organisation("Aurora", "DE")
    client = fair.signed_in(fair.speak_for(firm, "x@firm.example"))
    fair.apply(client, firm, typed(edition, requests_free_booth="on"))
    assert not Application.objects.get().requests_free_booth


def test_it_takes_its_application_back(edition: Edition, firm: Organisation, client: Client) -> None:
    fair.apply(client, firm, typed(edition))
    answer = client.post(f"/expo/my/exhibitor/{firm.pk}/withdraw/", follow=True)
    assert "Your application is withdrawn." in fair.page_text(answer)
    assert Application.objects.get().state == "withdrawn"


def test_a_contract_cannot_be_withdrawn_here(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    address = f"/expo/my/exhibitor/{exhibitor.organisation_id}/withdraw/"
    answer = fair.signed_in(user).post(address, follow=True)
    assert "An application that is under contract cannot be withdrawn." in fair.page_text(answer)
    zh = fair.signed_in(user).post(f"/zh-hans{address}", follow=True)
    assert "状态为“已签约”的申请不能执行此操作" in fair.page_text(zh)


def test_a_rejection_is_reported_with_its_reason(edition: Edition, firm: Organisation, client: Client) -> None:
    fair.apply(client, firm, typed(edition))
    reject(Application.objects.get(), reason="The hall is full.", context=ActionContext(make.MORNING))
    page = fair.page_text(client.get(f"/expo/my/exhibitor/{firm.pk}/"))
    assert "Rejected" in page
    assert "The hall is full." in page


@pytest.mark.parametrize("page", ["", "apply/", "suggestions/", "meetings/", "deals/", "deals/new/"])
def test_others_find_nothing_there(edition: Edition, page: str) -> None:
    exhibitor, _user = fair.make_seller(edition)
    address = f"/expo/my/exhibitor/{exhibitor.organisation_id}/{page}"
    assert fair.signed_in(fair.make_person("eve@else.example")).get(address).status_code == 404
    assert fair.signed_in(fair.make_person("office@expo.example", staff=True)).get(address).status_code == 404
    assert Client().get(address).headers["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("page", ["suggestions/", "meetings/", "deals/", "deals/new/"])
def test_pages_of_a_contract_open_with_it(edition: Edition, firm: Organisation, client: Client, page: str) -> None:
    assert client.get(f"/expo/my/exhibitor/{firm.pk}/{page}").status_code == 404


def test_it_says_whom_it_wants_to_meet_when_it_applies_and_later(
    edition: Edition, firm: Organisation, client: Client
) -> None:
    fair.apply(client, firm, typed(edition, buyers_wanted="importers of butter"))
    assert "importers of butter" in fair.page_text(client.get(f"/expo/my/exhibitor/{firm.pk}/"))
    page = f"/expo/my/exhibitor/{firm.pk}/buyers/"
    assert "importers of butter" in fair.page_text(client.get(page))
    answer = client.post(page, {"buyers_wanted": "makers of creams", "least_purchases": "3"}, follow=True)
    assert "makers of creams" in fair.page_text(answer)
    assert Application.objects.get().least_purchases == 3
    assert client.post(page, {"least_purchases": "9"}).status_code == 422
    assert (
        fair.signed_in(fair.speak_for(make.make_organisation("Else", "DE"), "eve@x.example")).get(page).status_code
        == 404
    )

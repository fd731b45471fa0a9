"""Passes in the browser: an exhibitor registers its people, asks for more, and the office decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from emporion.domain.admission.models import Badge, MorePasses, StaffMember
from emporion.domain.editions.models import Edition
from tests import fair

pytestmark = pytest.mark.django_db
OFFICE = "/expo/office/passes/"


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def office(edition: Edition) -> Client:
    return fair.signed_in(fair.make_staff(fair.make_person("halls@expo.example"), "halls"))


def bands(*rows: tuple[str, int, int], **days: str) -> dict[str, Any]:
    typed: dict[str, Any] = {"bands-TOTAL_FORMS": len(rows), "bands-INITIAL_FORMS": 0, **days}
    for number, (kind, from_m2, passes) in enumerate(rows):
        typed |= {f"bands-{number}-kind": kind, f"bands-{number}-from_m2": from_m2, f"bands-{number}-passes": passes}
    return typed


def test_from_the_quota_to_the_granted_request(edition: Edition, office: Client) -> None:
    exhibitor, user = fair.make_seller(edition)
    client, own = fair.signed_in(user), f"/expo/my/exhibitor/{exhibitor.organisation_id}/staff/"
    assert office.post(OFFICE, bands(("staff", 0, 1))).headers["Location"] == OFFICE
    assert "0 of 1 passes are taken." in fair.page_text(client.get(own))
    page = fair.page_text(client.post(own, {"name": "Ada <Adjovi>", "function": "Sales"}, follow=True))
    assert "1 of 1 passes are taken." in page and "Ada &lt;Adjovi&gt;" in page and Badge.objects.get().number in page
    answer = client.post(own, {"name": "Eno", "function": ""})
    assert answer.status_code == 422 and "All 1 passes are taken." in fair.page_text(answer)
    assert client.post(own, {"more": 1, "more-passes": 0, "more-reason": "Tasting"}).status_code == 422
    page = fair.page_text(client.post(own, {"more": 1, "more-passes": 4, "more-reason": "Tasting"}, follow=True))
    assert "You asked for 4 more passes" in page
    assert "Tasting" in fair.page_text(office.get(OFFICE))
    office.post(f"{OFFICE}{MorePasses.objects.get().pk}/", {"granted": "2"})
    assert "1 of 3 passes are taken." in fair.page_text(client.get(own))
    member = StaffMember.objects.get()
    client.post(f"{own}{member.pk}/")
    assert not StaffMember.objects.exists() and Badge.objects.get().revoked


def test_builders_are_led_to_the_design_first(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    exhibitor.occupancy.stand.kind = "special"
    exhibitor.occupancy.stand.save()
    own = f"/expo/my/exhibitor/{exhibitor.organisation_id}/staff/builders/"
    client = fair.signed_in(user)
    assert "when the design of your stand is approved" in fair.page_text(client.get(own))
    answer = client.post(own, {"name": "Ed"})
    assert answer.status_code == 422 and "design is approved" in fair.page_text(answer)


def test_half_of_the_days_is_refused_and_what_was_typed_stays(edition: Edition, office: Client) -> None:
    answer = office.post(OFFICE, bands(("staff", 5, 7), build_up_first="2020-01-01"))
    page = fair.page_text(answer)
    assert answer.status_code == 422 and "Give all four days" in page
    assert 'name="bands-0-passes" value="7"' in page and 'value="2020-01-01"' in page


def test_others_people_are_not_there(edition: Edition) -> None:
    exhibitor, user = fair.make_seller(edition)
    fair.signed_in(user).post(f"/expo/my/exhibitor/{exhibitor.organisation_id}/staff/", {"name": "Ada"})
    rival, other = fair.make_seller(edition, "Rival", "DE")
    member = StaffMember.objects.get()
    answer = fair.signed_in(other).post(f"/expo/my/exhibitor/{rival.organisation_id}/staff/{member.pk}/")
    assert answer.status_code == 404 and StaffMember.objects.exists()

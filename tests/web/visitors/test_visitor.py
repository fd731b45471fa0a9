"""The visitor's own pages: badge, exhibitors to meet, answers, the day, the unit's deals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emporion.domain.deals.models import Deal
from emporion.domain.deals.queries import counted_deals
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Decline
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.visitors.models import Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db
PAGES = ["", "suggestions/", "meetings/", "deals/"]


def test_the_visit_shows_state_unit_and_badge(visitor: Visitor, as_visitor: Client) -> None:
    assert "The organiser makes your badge after your approval" in fair.page_text(as_visitor.get("/expo/my/visit/"))
    badge = make.make_badge(visitor.edition, visitor=visitor)
    page = fair.page_text(as_visitor.get("/expo/my/visit/"))
    for shown in (visitor.number, "Shanghai Foods", "Approved", badge.number):
        assert shown in page


def test_who_is_not_registered_is_led_to_registration(edition: Edition) -> None:
    as_visitor = fair.signed_in(fair.make_person("eve@else.example"))
    assert as_visitor.get("/expo/my/visit/").headers["Location"] == "/expo/signup/visitor/"
    for page in PAGES[1:]:
        assert as_visitor.get(f"/expo/my/visit/{page}").status_code == 404


def test_a_registration_is_taken_back_once(visitor: Visitor, as_visitor: Client) -> None:
    for _ in range(2):
        assert "Not done." not in fair.page_text(as_visitor.post("/expo/my/visit/cancel/", follow=True))
    visitor.refresh_from_db()
    assert visitor.state == "cancelled"


def test_a_suggested_exhibitor_is_asked_to_meet(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    fair.suggest(visitor, seller)
    assert "Shea du Bénin" in fair.page_text(as_visitor.get("/expo/my/visit/suggestions/"))
    answer = as_visitor.post(f"/expo/my/visit/suggestions/{seller.number}/", {"action": "ask"}, follow=True)
    assert "Meeting requested." in fair.page_text(answer)
    assert not MeetingRequest.objects.get().by_exhibitor


def test_asking_back_accepts_what_the_other_side_asked(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    as_visitor.post(f"/expo/my/visit/suggestions/{seller.number}/", {"action": "ask"})
    meeting_request.refresh_from_db()
    assert meeting_request.state == "accepted"


def test_an_exhibitor_turned_down_is_not_suggested_again(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    fair.suggest(visitor, seller)
    answer = as_visitor.post(f"/expo/my/visit/suggestions/{seller.number}/", {"action": "decline"}, follow=True)
    assert "Shea du Bénin" not in fair.page_text(answer)
    assert not Decline.objects.get().by_exhibitor


def test_before_approval_nobody_is_asked_to_meet(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    Visitor.objects.update(state="registered")
    answer = as_visitor.post(f"/expo/my/visit/suggestions/{seller.number}/", {"action": "ask"}, follow=True)
    assert "is not approved, so no meetings can be arranged" in fair.page_text(answer)
    assert not MeetingRequest.objects.exists()


def test_it_answers_what_it_was_asked(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    page = fair.page_text(
        as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/", {"action": "accept"}, follow=True)
    )
    assert "Accepted." in page
    page = fair.page_text(
        as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/", {"action": "decline"}, follow=True)
    )
    assert "This request is already accepted and cannot be declined." in page


def test_others_requests_are_not_found(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    other, _user = fair.make_buyer(edition, "Li Na", "Ningbo Foods")
    meeting_request = fair.make_request(other, seller, by_exhibitor=True)
    assert as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/", {"action": "accept"}).status_code == 404


def test_the_day_tells_who_when_and_where(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    fair.meet(visitor, seller, 10)
    page = fair.page_text(as_visitor.get("/expo/my/visit/meetings/"))
    assert "10:00" in page
    assert f"Stand {seller.occupancy.stand.number}" in page
    assert "10:00" in fair.page_text(as_visitor.get("/expo/my/visit/"))


def test_who_acts_for_the_unit_confirms_its_deals(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    deal = make.make_deal(seller, visitor.unit, "100", buyer_confirmed=None)
    assert "Awaits your confirmation" in fair.page_text(as_visitor.get("/expo/my/visit/deals/"))
    page = fair.page_text(as_visitor.post(f"/expo/my/visit/deals/{deal.number}/", {"action": "confirm"}, follow=True))
    assert "Confirmed by both, counted" in page
    assert counted_deals(edition).get() == deal


def test_a_colleague_who_does_not_act_for_the_unit_confirms_nothing(visitor: Visitor, seller: Exhibitor) -> None:
    deal = make.make_deal(seller, visitor.unit, "100", buyer_confirmed=None)
    colleague = make.make_visitor(visitor.edition, "Li Na", visitor.unit)
    colleague.user = fair.make_person("na@foods.example")
    colleague.save()
    as_visitor = fair.signed_in(colleague.user)
    assert "Deals are confirmed by those who act for your unit." in fair.page_text(
        as_visitor.get("/expo/my/visit/deals/")
    )
    assert as_visitor.post(f"/expo/my/visit/deals/{deal.number}/", {"action": "confirm"}).status_code == 404
    assert Deal.objects.get().buyer_confirmed is None


def test_a_deal_after_the_last_day_is_refused_in_words(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    deal = make.make_deal(seller, visitor.unit, "100", buyer_confirmed=None)
    fair.close(visitor.edition, "deal")
    page = fair.page_text(as_visitor.post(f"/expo/my/visit/deals/{deal.number}/", {"action": "confirm"}, follow=True))
    assert "Deals could be recorded and confirmed until" in page


def test_an_action_that_there_is_not_is_not_found(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    assert as_visitor.post(f"/expo/my/visit/suggestions/{seller.number}/", {"action": "eat"}).status_code == 404
    assert as_visitor.post("/expo/my/visit/suggestions/06-99999/", {"action": "ask"}).status_code == 404
    assert (
        as_visitor.get(f"/expo/my/visit/suggestions/{seller.number}/").headers["Location"]
        == "/expo/my/visit/suggestions/"
    )


@pytest.mark.parametrize("page", PAGES)
def test_longer_lists_take_no_more_queries(edition: Edition, visitor: Visitor, as_visitor: Client, page: str) -> None:
    taken = []
    for some in (range(2), range(2, 7)):
        sellers = [fair.make_seller(edition, f"Seller {n}", "DE")[0] for n in some]
        for hour, seller in zip(some, sellers, strict=True):
            fair.meet(visitor, seller, 9 + hour)
            make.make_deal(seller, visitor.unit, "100")
        fair.suggest_all(list(Exhibitor.objects.all()), [visitor])
        with CaptureQueriesContext(connection) as queries:
            assert as_visitor.get(f"/expo/my/visit/{page}").status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]

"""With a contract: the stand, the buyers to meet, the answers, the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.booths.models import AllocationRun, Unplaced
from emporion.domain.booths.rules import NoHallForArea
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.matching.models import Decline
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.reason import Name, stored
from emporion.domain.visitors.models import Visitor
from emporion.language.dates import whole_date
from tests import fair, make

pytestmark = pytest.mark.django_db


def door(seller: Exhibitor, page: str = "") -> str:
    return f"/expo/my/exhibitor/{seller.organisation_id}/{page}"


def test_it_sees_contract_stand_and_free_booth(seller: Exhibitor, as_seller: Client) -> None:
    make.make_free_booth(seller)
    page = fair.page_text(as_seller.get(door(seller)))
    stand = seller.occupancy.stand.number
    assert seller.number in page
    assert f'href="/expo/halls/4.1/{stand}/"' in page
    assert "18 m², granted on" in page


def test_without_a_stand_it_reads_why_in_its_own_language(
    edition: Edition, seller: Exhibitor, as_seller: Client
) -> None:
    seller.occupancy.delete()
    run = AllocationRun.objects.create(edition=edition, finished=timezone.now(), seed=1, objective=0, bound=0)
    why = stored(NoHallForArea(Name("Food", "食品")))
    Unplaced.objects.create(run=run, exhibitor=seller, reason=why)

    assert "No hall is meant for the exhibition area Food." in fair.page_text(as_seller.get(door(seller)))
    assert "没有为“食品”展区安排展馆。" in fair.page_text(as_seller.get(f"/zh-hans{door(seller)}"))


def test_what_needs_it_stands_first(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    assert "This needs you" not in fair.page_text(as_seller.get(door(seller)))
    fair.make_request(visitor, seller)
    make.make_deal(seller, visitor.unit, "100", exhibitor_confirmed=None)
    page = fair.page_text(as_seller.get(door(seller)))
    assert "1 meeting request awaits your answer" in page
    assert "1 deal awaits your confirmation" in page


def test_a_buyer_is_suggested_and_asked_to_meet(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    fair.suggest(visitor, seller)
    assert "Wang Lan" in fair.page_text(as_seller.get(door(seller, "suggestions/")))
    answer = as_seller.post(door(seller, f"suggestions/{visitor.pk}/"), {"action": "ask"}, follow=True)
    assert "Meeting requested." in fair.page_text(answer)
    assert "Awaits an answer" in fair.page_text(answer)
    assert MeetingRequest.objects.get().by_exhibitor
    as_seller.post(door(seller, f"suggestions/{visitor.pk}/"), {"action": "ask"})
    assert MeetingRequest.objects.count() == 1


def test_not_for_us_is_not_suggested_again(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    fair.suggest(visitor, seller)
    answer = as_seller.post(door(seller, f"suggestions/{visitor.pk}/"), {"action": "decline"}, follow=True)
    assert "Wang Lan" not in fair.page_text(answer)
    assert Decline.objects.get().by_exhibitor


def test_a_buyer_who_was_not_suggested_cannot_be_asked_by_number(
    edition: Edition, seller: Exhibitor, as_seller: Client
) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    assert as_seller.post(door(seller, f"suggestions/{visitor.pk}/"), {"action": "ask"}).status_code == 404


def test_when_meetings_are_over_asking_is_refused_in_words(
    edition: Edition, seller: Exhibitor, as_seller: Client
) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    fair.suggest(visitor, seller)
    fair.close(edition, "meeting")
    answer = as_seller.post(door(seller, f"suggestions/{visitor.pk}/"), {"action": "ask"}, follow=True)
    assert "This is too late: meetings are requested and answered until" in fair.page_text(answer)


def test_when_the_days_for_answering_are_over_no_button_offers_it_and_nothing_is_urgent(
    edition: Edition, seller: Exhibitor, as_seller: Client
) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    fair.suggest(visitor, seller)
    meeting_request = fair.make_request(visitor, seller)
    fair.close(edition, "meeting")
    over = (timezone.now() - timedelta(hours=1)).astimezone(fair.VENUE).date()
    sentence = f"Meetings could be requested and answered until {whole_date(over)}."
    pages = {
        page: fair.page_text(as_seller.get(door(seller, page)))
        for page in ("", "meetings/", "day/", "ask/?who=Wang Lan")
    }
    assert "This needs you" not in pages[""]
    assert "Awaiting your answer" not in pages["day/"]
    assert sentence in pages["meetings/"]
    assert "Left without your answer" in pages["meetings/"]
    assert 'value="accept"' not in pages["meetings/"] and "Propose a time" not in pages["meetings/"]
    assert sentence in pages["ask/?who=Wang Lan"]
    for page in ("meetings/", "ask/?who=Wang Lan"):
        assert "Not answered in time" in pages[page] and "Awaits an answer" not in pages[page]
    assert "The visitor can still come to your stand without an appointment." in pages["meetings/"]
    other, _user = fair.make_buyer(edition, "Li Wei", "Ningbo Foods")
    fair.suggest(other, seller)
    suggested = fair.page_text(as_seller.get(door(seller, "suggestions/")))
    assert sentence in suggested and "Ask to meet" not in suggested
    assert sentence in fair.page_text(as_seller.get(door(seller, f"meetings/{meeting_request.pk}/time/")))


def test_a_buyer_whose_request_nobody_answered_reads_so_and_what_is_left(edition: Edition, seller: Exhibitor) -> None:
    visitor, buyer = fair.make_buyer(edition)
    fair.make_request(visitor, seller)
    door_of_buyer = fair.signed_in(buyer)
    open_still = fair.page_text(door_of_buyer.get("/expo/my/visit/meetings/"))
    assert "Awaits an answer" in open_still and "Mark as “must meet”" in open_still
    fair.close(edition, "meeting")
    over = fair.page_text(door_of_buyer.get("/expo/my/visit/meetings/"))
    assert "Not answered in time" in over and "Awaits an answer" not in over
    assert "You can still go to the stand without an appointment." in over
    assert "Mark as “must meet”" not in over and 'value="cancel"' in over
    edition.first_day = edition.last_day = timezone.localdate(timezone=fair.VENUE) - timedelta(days=1)
    edition.save()
    after = fair.page_text(door_of_buyer.get("/expo/my/visit/meetings/"))
    assert "Not answered in time" in after and "without an appointment" not in after


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_an_answer_given_twice_says_that_it_was_given(
    edition: Edition, seller: Exhibitor, as_seller: Client, action: str
) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    meeting_request = fair.make_request(visitor, seller)
    as_seller.post(door(seller, f"meetings/{meeting_request.pk}/"), {"action": action})
    again = as_seller.post(door(seller, f"meetings/{meeting_request.pk}/"), {"action": action}, follow=True)
    word = {"accept": "accepted", "decline": "declined"}[action]
    assert f"This request is {word} already; nothing has changed." in fair.page_text(again)


def test_looking_nobody_up_says_what_to_type(seller: Exhibitor, as_seller: Client) -> None:
    assert "two signs of it or more" in fair.page_text(as_seller.get(door(seller, "ask/?who=")))
    assert "two signs of it or more" not in fair.page_text(as_seller.get(door(seller, "ask/")))


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_it_answers_once(edition: Edition, seller: Exhibitor, as_seller: Client, action: str, state: str) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    meeting_request = fair.make_request(visitor, seller)
    for _ in range(2):
        page = fair.page_text(
            as_seller.post(door(seller, f"meetings/{meeting_request.pk}/"), {"action": action}, follow=True)
        )
        assert "Not done." not in page
    meeting_request.refresh_from_db()
    assert meeting_request.state == state


def test_it_cannot_answer_its_own_request(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    page = fair.page_text(
        as_seller.post(door(seller, f"meetings/{meeting_request.pk}/"), {"action": "accept"}, follow=True)
    )
    assert "Only the side that received a request can answer it" in page


def test_others_requests_are_not_its_to_answer(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    other, _user = fair.make_seller(edition, "Cacao Fino", "EC")
    meeting_request = fair.make_request(visitor, other)
    assert as_seller.post(door(seller, f"meetings/{meeting_request.pk}/"), {"action": "accept"}).status_code == 404
    meeting_request.refresh_from_db()
    assert meeting_request.state == "pending"


def test_its_timetable_tells_who_when_and_where(edition: Edition, seller: Exhibitor, as_seller: Client) -> None:
    visitor, _buyer = fair.make_buyer(edition)
    fair.meet(visitor, seller, 10)
    page = fair.page_text(as_seller.get(door(seller, "meetings/")))
    assert "Wang Lan" in page
    assert "10:00" in page
    assert f"Stand {seller.occupancy.stand.number}" in page


def test_a_co_exhibitor_meets_on_its_mains_stand(edition: Edition, seller: Exhibitor) -> None:
    guest = make.make_exhibitor(edition, "Guest", "BJ", main=seller)
    user = fair.speak_for(guest.organisation, "guest@shea.example")
    visitor, _buyer = fair.make_buyer(edition)
    fair.meet(visitor, guest, 11)
    page = fair.page_text(fair.signed_in(user).get(door(guest, "meetings/")))
    assert f"Stand {seller.occupancy.stand.number}" in page


@pytest.mark.parametrize("page", ["", "meetings/", "suggestions/", "deals/"])
def test_longer_lists_take_no_more_queries(edition: Edition, seller: Exhibitor, as_seller: Client, page: str) -> None:
    taken = []
    for some in (range(2), range(2, 7)):
        visitors = [fair.make_buyer(edition, f"Buyer {n}", f"Unit {n}")[0] for n in some]
        for hour, visitor in zip(some, visitors, strict=True):
            fair.meet(visitor, seller, 9 + hour)
            make.make_deal(seller, visitor.unit, "100")
        fair.suggest_all([seller], list(Visitor.objects.all()))
        with CaptureQueriesContext(connection) as queries:
            assert as_seller.get(door(seller, page)).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]

"""A visitor's days on one page, sessions chosen for them, and what exhibitors may have."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching.actions import mark
from emporion.domain.meetings.queries import plan_of, stands_to_visit
from emporion.domain.programme.models import ChosenSession, Session
from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import consents_of, shared_with_exhibitors
from emporion.web.meetings.calendar import as_calendar
from tests import fair, make
from tests.web.test_markup import Page

pytestmark = pytest.mark.django_db
PLAN, PROGRAMME, CONSENT = (f"/expo/my/visit/{page}/" for page in ("plan", "programme", "consent"))


@pytest.fixture
def edition() -> Edition:
    return fair.open_fair()


@pytest.fixture
def lan(edition: Edition) -> Visitor:
    return fair.make_buyer(edition)[0]


@pytest.fixture
def visitor(lan: Visitor) -> Client:
    assert lan.user is not None
    return fair.signed_in(lan.user)


def at(edition: Edition, hour: int, minute: int = 0) -> datetime:
    day = edition.first_day
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=edition.zone)


def session(edition: Edition, number: str, hour: int, hall: str = "", **fields: Any) -> Session:
    place = (edition.halls.filter(code=hall).first() or make.make_hall(edition, hall)) if hall else None
    titles = {"title_en": f"Forum {number}", "title_zh": f"论坛{number}", "kind": "forum"}
    times = {"starts": at(edition, hour), "ends": at(edition, hour, 45)}
    return Session.objects.create(edition=edition, number=number, hall=place, **{**titles, **times, **fields})


def choose(client: Client, number: str, action: str = "choose") -> Any:
    return client.post(f"{PROGRAMME}{number}/", {"action": action}, follow=True)


def favourite(lan: Visitor, exhibitor: Exhibitor) -> None:
    mark(lan, exhibitor, by_exhibitor=False, kind="favourite", context=ActionContext(timezone.now()))


def test_meetings_and_chosen_sessions_stand_in_the_order_of_time(
    edition: Edition, lan: Visitor, visitor: Client
) -> None:
    seller, _user = fair.make_seller(edition)
    fair.meet(lan, seller, 10)
    session(edition, "S1", 9, "1.1"), session(edition, "S2", 14, "8.2"), session(edition, "S3", 15)
    for number in ("S2", "S1", "S1"):
        choose(visitor, number)
    [(day, stops)] = plan_of(lan)
    assert day == edition.first_day
    told = [str(one.session) if one.session else str(one.meeting.request.exhibitor.organisation) for one in stops]
    assert told == ["Forum S1", "Shea du Bénin", "Forum S2"]
    hall = seller.occupancy.stand.hall.code
    assert [(one.came_from, one.is_far) for one in stops] == [("", False), ("1.1", False), (hall, True)]
    page = fair.page_text(visitor.get(PLAN))
    assert f"Stand {seller.occupancy.stand.number}" in page and "Forum S3" not in page
    assert page.index("Forum S1") < page.index("Shea du Bénin") < page.index("Forum S2")


def test_what_overlaps_is_told_also_behind_something_long(edition: Edition, lan: Visitor, visitor: Client) -> None:
    session(edition, "S1", 9, ends=at(edition, 12)), session(edition, "S2", 10), session(edition, "S3", 11)
    session(edition, "S4", 12)
    for number in ("S1", "S2", "S3", "S4"):
        choose(visitor, number)
    [(_day, stops)] = plan_of(lan)
    assert [one.overlaps for one in stops] == [False, True, True, False]


def test_a_session_is_taken_out_and_a_cancelled_one_cannot_be_chosen(
    edition: Edition, lan: Visitor, visitor: Client
) -> None:
    session(edition, "S1", 9), session(edition, "S2", 9, is_cancelled=True)
    assert "Session S2 is cancelled." in fair.page_text(choose(visitor, "S2"))
    assert "Take out of my days" in fair.page_text(choose(visitor, "S1"))
    assert "Take out of my days" not in fair.page_text(choose(visitor, "S1", "leave"))
    choose(visitor, "S1", "leave")
    assert choose(visitor, "S9").status_code == 404
    events = JournalEntry.objects.filter(event__startswith="session.").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["session.chosen", "session.left"] and plan_of(lan) == []


def test_favourites_follow_by_hall_and_stand_and_those_without_a_stand_last(edition: Edition, lan: Visitor) -> None:
    first, second = (fair.make_seller(edition, name)[0] for name in ("Zou Cashew", "Accra Cocoa"))
    without = make.make_exhibitor(edition, "Bare Co")
    for one in (without, second, first):
        favourite(lan, one)
    found = stands_to_visit(lan)
    places = [(stand.hall.code, stand.number) for _one, stand in found if stand]
    assert places == sorted(places) and len(places) == 2
    assert found[-1] == (without, None)


def test_the_calendar_holds_chosen_sessions_and_says_that_one_is_cancelled(
    edition: Edition, lan: Visitor, visitor: Client
) -> None:
    chosen = session(edition, "S1", 9, "1.1")
    choose(visitor, "S1")
    text = as_calendar(lan, []).decode()
    assert f"UID:session-{chosen.pk}@emporion" in text and "SUMMARY:Forum S1" in text and "STATUS:CONFIRMED" in text
    Session.objects.update(is_cancelled=True)
    assert "STATUS:CANCELLED" in as_calendar(lan, []).decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_pages_are_marked_up_filled_and_empty(edition: Edition, lan: Visitor, visitor: Client, prefix: str) -> None:
    for filled in (False, True):
        if filled:
            seller, _user = fair.make_seller(edition)
            fair.meet(lan, seller, 10)
            favourite(lan, seller)
            session(edition, "S1", 9, "1.1")
            choose(visitor, "S1")
        for address in (PLAN, PROGRAMME, CONSENT):
            page = Page(visitor.get(prefix + address).content.decode())
            ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
            assert len(page.all("h1")) == 1 and len(ids) == len(set(ids)), address


def test_pages_take_as_many_queries_for_many_as_for_one(edition: Edition, lan: Visitor, visitor: Client) -> None:
    def fill(number: int) -> None:
        seller, _user = fair.make_seller(edition, f"Seller {number}")
        favourite(lan, seller)
        ChosenSession.objects.create(
            visitor=lan, session=session(edition, f"S{number}", 9 + number, "1.1"), at=timezone.now()
        )

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address).status_code == 200
        return len(captured)

    fill(1)
    few = {address: (asked(address), asked(address))[1] for address in (PLAN, PROGRAMME)}
    fill(2), fill(3)
    assert {address: asked(address) for address in (PLAN, PROGRAMME)} == few


class TestConsent:
    def test_every_answer_is_kept_with_its_time_and_the_last_one_holds(self, lan: Visitor, visitor: Client) -> None:
        Visitor.objects.filter(pk=lan.pk).update(phone="123")
        assert "until then exhibitors get nothing" in fair.page_text(visitor.get(CONSENT))
        for answer in ("phone", "phone", "name"):
            visitor.post(CONSENT, {"consent": answer})
        lan.refresh_from_db()
        assert shared_with_exhibitors(lan) == {"name": "Wang Lan", "organisation": "Shanghai Foods"}
        kept = consents_of(lan)
        assert [one.consent for one in kept] == ["name", "phone"]
        assert timezone.now() - kept[0].at < timedelta(minutes=5)

    @pytest.mark.parametrize(
        ("answer", "facts"),
        [
            ("none", []),
            ("email", ["name", "organisation", "email"]),
            ("phone", ["name", "organisation", "email", "phone"]),
        ],
    )
    def test_each_answer_holds_what_the_one_before_does(self, lan: Visitor, answer: str, facts: list[str]) -> None:
        lan.consent = answer
        assert list(shared_with_exhibitors(lan)) == facts

    def test_what_is_no_answer_is_refused(self, visitor: Client) -> None:
        assert visitor.post(CONSENT, {"consent": "everything"}).status_code == 422

    def test_it_is_asked_at_registration(self, edition: Edition) -> None:
        make.make_country("CN")
        client = fair.signed_in(fair.make_person("ann@foods.example", "Ann"))
        typed = {"organisation": "Foods", "country": "CN", "home": "CN", "purchasing_size": 0, "consent": "email"}
        fair.register(client, typed)
        ann = Visitor.objects.get()
        assert (ann.consent, [one.consent for one in consents_of(ann)]) == ("email", ["email"])


def test_two_stands_to_visit_have_a_way_through_them_that_is_told(
    edition: Edition, lan: Visitor, visitor: Client
) -> None:
    hall = make.make_hall(edition, "1")
    for number, x in (("1-A", 10), ("1-B", 30)):
        seller = make.make_exhibitor(edition, f"Seller {number}", "JP")
        stand = make.make_stand(hall, 36, "standard", seller)
        stand.number, stand.x, stand.y, stand.width, stand.depth = number, x, 10, 6, 6
        stand.save()
        assert "A good way through all of them" not in visitor.get(PLAN).content.decode()
        favourite(lan, seller)
    page = visitor.get(PLAN).content.decode()
    address = "/expo/map/way/?from=1-A&amp;to=1-B&amp;order=good"
    assert address in page
    way = visitor.get(address.replace("&amp;", "&")).content.decode()
    assert "From 1-A, go 13 m to the east of the plan." in way

"""A person's days, times and calendar; the organiser's timetable; a delegation's sheets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.actions import open_slots
from emporion.domain.meetings.models import CalendarLink, HallClosure, Meeting, MeetingSlot, Presence, TimetableChange
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.web.meetings.sheets import as_pdf
from tests.web import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db: Any) -> Edition:
    return fair.open_fair()


@pytest.fixture
def seller(edition: Edition) -> Exhibitor:
    return fair.make_seller(edition)[0]


@pytest.fixture
def visitor(edition: Edition) -> Visitor:
    return fair.make_buyer(edition)[0]


@pytest.fixture
def client(visitor: Visitor) -> Client:
    assert visitor.user is not None
    return fair.signed_in(visitor.user)


@pytest.fixture
def staff(edition: Edition) -> Client:
    return fair.signed_in(fair.make_person("office@expo.example", staff=True))


def slots(edition: Edition) -> list[MeetingSlot]:
    """Slots of tomorrow and after, so that none has begun."""
    edition.first_day = timezone.localdate() + timedelta(days=1)
    edition.last_day = edition.first_day
    edition.save()
    return open_slots(edition, at=timezone.now())


def test_the_days_show_time_name_and_stand_in_both_languages(
    visitor: Visitor, seller: Exhibitor, client: Client
) -> None:
    fair.meet(visitor, seller, 10)
    for prefix, stand in (("", "Stand 4.1-A"), ("/zh-hans", "4.1-A")):
        page = fair.said(client.get(f"{prefix}/my/visit/day/"))
        for shown in ("10:00", "10:30", "Shea du Bénin", stand):
            assert shown in page
    assert "我的日程" in fair.said(client.get("/zh-hans/my/visit/day/"))


def test_the_exhibitors_day_names_the_visitor_and_no_one_elses(visitor: Visitor, seller: Exhibitor) -> None:
    fair.meet(visitor, seller, 10)
    mine = fair.signed_in(fair.speak_for(seller.organisation, "seller@shea.example"))
    address = f"/my/exhibitor/{seller.organisation_id}/day/"
    assert "Wang Lan" in fair.said(mine.get(address))
    stranger = fair.signed_in(fair.make_person("eve@else.example"))
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_calendar_is_read_without_signing_in_until_its_address_ends(
    visitor: Visitor, seller: Exhibitor, client: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    client.post("/my/visit/day/calendar/", {"deed": "make"})
    token = CalendarLink.objects.get().token
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["SUMMARY"], event.decoded("DTSTART")) == ("Shea du Bénin", meeting.slot.starts)
    assert event["LOCATION"].startswith("Stand 4.1-A")
    client.post("/my/visit/day/calendar/", {"deed": "revoke"})
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_times_are_ticked_and_limits_that_cannot_be_are_refused(
    edition: Edition, visitor: Visitor, client: Client
) -> None:
    numbers = [slot.number for slot in slots(edition)]
    client.post("/my/visit/times/", {"there": numbers[2:], "daily_limit": "3"})
    told = Presence.objects.get()
    assert (told.away, told.daily_limit) == ([0, 1], 3)
    page = fair.said(client.post("/my/visit/times/", {"there": numbers, "daily_limit": "many"}))
    assert "must be a whole number from 1 to 40" in page
    assert Presence.objects.get().away == [0, 1]


def test_a_request_is_answered_by_another_time(
    edition: Edition, visitor: Visitor, seller: Exhibitor, client: Client
) -> None:
    slots(edition)
    asked = fair.ask(visitor, seller, by_exhibitor=True)
    address = f"/my/visit/meetings/{asked.pk}/time/"
    assert "Propose this time" in fair.said(client.get(address))
    client.post(address, {"slot": "3"})
    asked.refresh_from_db()
    assert asked.agreed_slot is not None
    assert (asked.agreed_slot.number, asked.by_exhibitor) == (3, False)
    assert client.get(address).status_code == 404


def test_an_outcome_is_noted_once_the_meeting_has_begun(visitor: Visitor, seller: Exhibitor, client: Client) -> None:
    meeting = fair.meet(visitor, seller, 0)
    client.post(f"/my/visit/day/{meeting.pk}/outcome/", {"outcome": "held", "note": "Order of 2 t"})
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.outcome_note) == ("held", "Order of 2 t")
    assert client.post(f"/my/visit/day/{meeting.pk}/outcome/", {"outcome": "won"}).status_code == 404


def test_the_office_looks_at_a_replan_makes_it_and_sees_what_changed(
    edition: Edition, visitor: Visitor, seller: Exhibitor, staff: Client
) -> None:
    opened = slots(edition)
    meeting = fair.meet(visitor, seller, 23)
    old = meeting.slot
    meeting.slot = opened[0]
    meeting.save()
    old.delete()
    staff.post("/my/office/timetable/closure/", {"hall": edition.halls.get().pk, "first": "0", "last": "1"})
    page = fair.said(staff.get("/my/office/timetable/changes/"))
    assert "Make this 1 change and tell its people" in page
    assert "Wang Lan" in page
    refused = fair.said(staff.post("/my/office/timetable/changes/", {"seen": "stale"}))
    assert "Something has happened since you looked" in refused
    seen = staff.get("/my/office/timetable/changes/").context["seen"]
    staff.post("/my/office/timetable/changes/", {"seen": seen})
    assert TimetableChange.objects.get().kind == "moved"
    assert Meeting.objects.get().slot.number > 1
    assert "Changed by the last replan" in fair.said(staff.get("/my/office/timetable/"))
    staff.post("/my/office/timetable/closure/", {"open": HallClosure.objects.get().pk})
    assert not HallClosure.objects.exists()


def test_a_draft_is_published_by_the_office_and_a_meeting_pinned(
    visitor: Visitor, seller: Exhibitor, staff: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    Meeting.objects.update(published=False)
    assert "Publish 1 meeting and tell its people" in fair.said(staff.get("/my/office/timetable/"))
    assert "Pin to its slot" in fair.said(staff.get("/my/office/timetable/", {"who": "Wang"}))
    staff.post(f"/my/office/timetable/{meeting.pk}/pin/", {"deed": "pin"})
    staff.post("/my/office/timetable/deed/", {"deed": "publish"})
    meeting.refresh_from_db()
    assert (meeting.published, meeting.pinned) == (True, True)


def test_nobody_but_the_office_sees_the_offices_pages(client: Client) -> None:
    for address in ("timetable/", "timetable/changes/", "delegations/07/sheets/"):
        assert client.get(f"/my/office/{address}").status_code == 404


def test_a_delegation_has_a_sheet_for_each_person_on_screen_and_as_pdf(
    edition: Edition, visitor: Visitor, seller: Exhibitor, staff: Client
) -> None:
    fair.meet(visitor, seller, 10)
    group = Delegation.objects.create(edition=edition, path="07", name_en="Shanghai group", name_zh="上海交易团")
    assert visitor.unit is not None
    visitor.unit.delegation = group
    visitor.unit.save()
    page = fair.said(staff.get("/my/office/delegations/07/sheets/"))
    for shown in ("Shanghai group", "Wang Lan", "Shea du Bénin", "10:00"):
        assert shown in page
    answer = staff.get("/my/office/delegations/07/sheets.pdf")
    if as_pdf("<p>") is None:
        assert answer.headers["Location"] == "/my/office/delegations/07/sheets/"
    else:
        assert answer.content.startswith(b"%PDF-")

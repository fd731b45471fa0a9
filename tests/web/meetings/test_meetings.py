"""A person's days, times and calendar; the organiser's timetable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import note_outcome, open_slots
from emporion.domain.meetings.models import (
    CalendarLink,
    HallClosure,
    Meeting,
    MeetingRequest,
    MeetingSlot,
    Presence,
    TimetableChange,
)
from emporion.domain.notices.models import Notice
from emporion.domain.visitors.models import Visitor
from emporion.domain.work.models import BackgroundTask
from emporion.jobs.running import run
from emporion.jobs.work import WORK
from emporion.web.shell.addresses import fair_url
from tests import fair
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db


def slots(edition: Edition) -> list[MeetingSlot]:
    """Slots of tomorrow and after, so that none has begun."""
    edition.first_day = timezone.localdate(timezone=fair.VENUE) + timedelta(days=1)
    edition.last_day = edition.first_day
    edition.save()
    return open_slots(edition, context=ActionContext(timezone.now()))


def test_the_days_show_time_name_and_stand_in_both_languages(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    fair.meet(visitor, seller, 10)
    for prefix, stand in (("", "Stand 4.1-A"), ("/zh-hans", "4.1-A")):
        page = fair.page_text(as_visitor.get(f"{prefix}/expo/my/visit/day/"))
        for shown in ("10:00", "10:30", "Shea du Bénin", stand):
            assert shown in page
    assert "我的日程" in fair.page_text(as_visitor.get("/zh-hans/expo/my/visit/day/"))


def test_the_exhibitors_day_names_the_visitor_and_no_one_elses(visitor: Visitor, seller: Exhibitor) -> None:
    fair.meet(visitor, seller, 10)
    mine = fair.signed_in(fair.speak_for(seller.organisation, "seller@shea.example"))
    address = f"/expo/my/exhibitor/{seller.organisation_id}/day/"
    assert "Wang Lan" in fair.page_text(mine.get(address))
    stranger = fair.signed_in(fair.make_person("eve@else.example"))
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_calendar_is_read_without_signing_in_until_its_address_ends(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    as_visitor.post("/expo/my/visit/day/calendar/", {"action": "make"})
    token = CalendarLink.objects.get().token
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["SUMMARY"], event.decoded("DTSTART")) == ("Shea du Bénin", meeting.slot.starts)
    assert event["LOCATION"].startswith("Stand 4.1-A")
    as_visitor.post("/expo/my/visit/day/calendar/", {"action": "revoke"})
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_times_are_ticked_and_limits_that_cannot_be_are_refused(
    edition: Edition, visitor: Visitor, as_visitor: Client
) -> None:
    numbers = [slot.number for slot in slots(edition)]
    as_visitor.post("/expo/my/visit/times/", {"there": numbers[2:], "daily_limit": "3"})
    presence = Presence.objects.get()
    assert (presence.away, presence.daily_limit) == ([0, 1], 3)
    page = fair.page_text(as_visitor.post("/expo/my/visit/times/", {"there": numbers, "daily_limit": "many"}))
    assert "must be a whole number from 1 to 40" in page
    assert Presence.objects.get().away == [0, 1]


def test_a_request_is_answered_by_another_time(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    slots(edition)
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    address = f"/expo/my/visit/meetings/{meeting_request.pk}/time/"
    assert "Propose this time" in fair.page_text(as_visitor.get(address))
    as_visitor.post("/expo/my/visit/times/", {"there": ["3", "4"]})
    offered = [slot.number for _day, slots in as_visitor.get(address).context["days"] for slot in slots]
    assert offered == [3, 4]
    as_visitor.post(address, {"slot": "3"})
    meeting_request.refresh_from_db()
    assert meeting_request.agreed_slot is not None
    assert (meeting_request.agreed_slot.number, meeting_request.by_exhibitor) == (3, False)
    assert as_visitor.get(address).status_code == 404


def test_no_time_that_has_begun_is_offered(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    slots(edition)
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    past = timezone.now() - timedelta(days=2)
    MeetingSlot.objects.update(starts=past, ends=past + timedelta(minutes=30))
    page = fair.page_text(as_visitor.get(f"/expo/my/visit/meetings/{meeting_request.pk}/time/"))
    assert "You have no free time left" in page
    refused = as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/time/", {"slot": "3"})
    assert "has already begun; propose a later time" in fair.page_text(refused)


def test_an_outcome_is_noted_once_the_meeting_has_begun(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    meeting = fair.meet(visitor, seller, 0)
    as_visitor.post(f"/expo/my/visit/day/{meeting.pk}/outcome/", {"outcome": "held", "note": "Order of 2 t"})
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.outcome_note) == ("held", "Order of 2 t")
    assert as_visitor.post(f"/expo/my/visit/day/{meeting.pk}/outcome/", {"outcome": "won"}).status_code == 404


def make_the_changes(office: Client, seen: str) -> BackgroundTask:
    """Press the button under what a replan would change, and let a worker do it."""
    answer = office.post("/expo/office/timetable/changes/", {"seen": seen})
    task = BackgroundTask.objects.get(pk=answer.headers["Location"].split("/")[-2])
    run(task, WORK[task.kind])
    task.refresh_from_db()
    return task


def test_the_office_looks_at_a_replan_makes_it_and_sees_what_changed(
    edition: Edition, visitor: Visitor, seller: Exhibitor, office: Client
) -> None:
    opened = slots(edition)
    meeting = fair.meet(visitor, seller, 23)
    old = meeting.slot
    meeting.slot = opened[0]
    meeting.save()
    old.delete()
    office.post("/expo/office/timetable/closure/", {"hall": edition.halls.get().pk, "first": "0", "last": "1"})
    assert "Look now" in fair.page_text(office.get("/expo/office/timetable/changes/"))
    for _press in range(2):
        office.post("/expo/office/timetable/changes/", {"action": "look"})
    assert 'hx-trigger="every 2s"' in fair.page_text(office.get("/expo/office/timetable/changes/"))
    [look] = do_what_waits()
    assert (look.kind, look.state) == ("replan_preview", "done")
    page = fair.page_text(office.get("/expo/office/timetable/changes/"))
    assert "Make this 1 change and notify the participants" in page
    # The reason and the times beside it are written in one form, in either language.
    first, hall = timezone.localtime(opened[0].starts, fair.VENUE), edition.halls.get().code
    day = f"{first.day} {first:%b %Y}"
    closed = f"Hall {hall} is closed then, from {day} 09:30 to {day} 10:30."
    assert closed in page
    assert f"{day} 09:30 →" in page
    chinese = fair.page_text(office.get("/zh-hans/expo/office/timetable/changes/"))
    day = f"{first.year}年{first.month}月{first.day}日"
    assert f"{hall}馆届时关闭（{day} 09:30至{day} 10:30）。" in chinese
    assert f"{day} 09:30 →" in chinese
    assert f"{first:%Y-%m-%d}" not in page + chinese
    assert "Wang Lan" in page
    refused = make_the_changes(office, "stale")
    assert "The timetable has changed since you opened this page" in refused.cause["en"]
    assert not TimetableChange.objects.exists()
    done = make_the_changes(office, office.get("/expo/office/timetable/changes/").context["seen"])
    assert (done.state, done.result) == ("done", {"changes": 1})
    assert TimetableChange.objects.get().kind == "moved"
    assert Meeting.objects.get().slot.number > 1
    page = fair.page_text(office.get("/expo/office/timetable/"))
    assert "Changed by the last replan" in page
    assert closed in page
    office.post("/expo/office/timetable/closure/", {"open": HallClosure.objects.get().pk})
    assert not HallClosure.objects.exists()


def test_who_accepts_without_a_common_time_left_is_told_so(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    opened = slots(edition)
    meeting_request = fair.make_request(visitor, seller, by_exhibitor=True)
    Presence.objects.create(visitor=visitor, away=[one.number for one in opened])
    page = fair.page_text(
        as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/", {"action": "accept"}, follow=True)
    )
    assert "Accepted, but you have no free time in common" in page
    meeting_request.refresh_from_db()
    assert meeting_request.state == "accepted"


def test_a_draft_is_published_by_the_office_and_a_meeting_pinned(
    visitor: Visitor, seller: Exhibitor, office: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    Meeting.objects.update(published=False)
    assert "Publish 1 meeting and notify the participants" in fair.page_text(office.get("/expo/office/timetable/"))
    assert "Pin to its slot" in fair.page_text(office.get("/expo/office/timetable/", {"who": "Wang"}))
    office.post(f"/expo/office/timetable/{meeting.pk}/pin/", {"action": "pin"})
    for _press in range(2):
        answer = office.post("/expo/office/timetable/action/", {"action": "publish"})
    [task] = do_what_waits()
    assert answer.headers["Location"] == fair_url(task.edition, "office_task", task.pk)
    assert (task.kind, task.state) == ("publication", "done")
    meeting.refresh_from_db()
    assert (meeting.published, meeting.pinned) == (True, True)


def test_an_exhibitor_is_looked_up_and_asked_by_wish(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    page = fair.page_text(as_visitor.get("/expo/my/visit/ask/", {"who": "shea"}))
    for shown in ("Shea du Bénin", "Would like to meet", "Must meet", "Do not want to meet"):
        assert shown in page
    as_visitor.post("/expo/my/visit/ask/", {"number": seller.number, "wish": "must"})
    request = MeetingRequest.objects.get()
    assert (request.wish, request.state, request.by_exhibitor) == ("must", "pending", False)
    assert "See the request" in fair.page_text(as_visitor.get("/expo/my/visit/ask/", {"who": seller.number}))
    again = as_visitor.post("/expo/my/visit/ask/", {"number": seller.number, "wish": "like"}, follow=True)
    assert "There is already a request between" in fair.page_text(again)
    assert as_visitor.post("/expo/my/visit/ask/", {"number": "06-9", "wish": "like"}).status_code == 404
    assert as_visitor.post("/expo/my/visit/ask/", {"number": seller.number, "wish": "perhaps"}).status_code == 404


def test_a_visitor_is_found_by_the_whole_name_or_number_only(visitor: Visitor, seller: Exhibitor) -> None:
    mine = fair.signed_in(fair.speak_for(seller.organisation, "seller@shea.example"))
    address = f"/expo/my/exhibitor/{seller.organisation_id}/ask/"
    assert "No approved visitor has exactly this name" in fair.page_text(mine.get(address, {"who": "Wang"}))
    assert visitor.number in fair.page_text(mine.get(address, {"who": "Wang Lan"}))
    Visitor.objects.update(state="registered")
    assert "No approved visitor has exactly this name" in fair.page_text(mine.get(address, {"who": "Wang Lan"}))


def test_a_no_is_hidden_from_the_other_side(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    as_visitor.post("/expo/my/visit/ask/", {"number": seller.number, "wish": "no"})
    assert MeetingRequest.objects.get().wish == "no"
    assert "You do not want to meet" in fair.page_text(as_visitor.get("/expo/my/visit/meetings/"))
    mine = fair.signed_in(fair.speak_for(seller.organisation, "seller@shea.example"))
    assert "Wang Lan" not in fair.page_text(mine.get(f"/expo/my/exhibitor/{seller.organisation_id}/meetings/"))
    assert not Notice.objects.exists()


def test_a_wish_becomes_a_must_and_back_again(visitor: Visitor, seller: Exhibitor, as_visitor: Client) -> None:
    meeting_request = fair.make_request(visitor, seller, state="accepted")
    assert "Mark as “must meet”" in fair.page_text(as_visitor.get("/expo/my/visit/meetings/"))
    for wanted in ("must", "like"):
        as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/wish/", {"wish": wanted})
        meeting_request.refresh_from_db()
        assert meeting_request.wish == wanted
    assert as_visitor.post(f"/expo/my/visit/meetings/{meeting_request.pk}/wish/", {"wish": "no"}).status_code == 404
    stranger = fair.signed_in(fair.make_buyer(visitor.edition, "Li Na", "Ningbo Foods")[1])
    assert stranger.post(f"/expo/my/visit/meetings/{meeting_request.pk}/wish/", {"wish": "must"}).status_code == 404


def test_why_a_request_has_no_time_is_told_in_the_readers_language(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client, office: Client
) -> None:
    meeting_request = fair.make_request(visitor, seller, state="accepted")
    meeting_request.unplaced = {"code": "full_b", "slots": 3, "obstacles": [["busy_b", 3]], "blockers": 3}
    meeting_request.save()
    english = "Shea du Bénin is full in all 3 slots in which Wang Lan is available"
    chinese = "Wang Lan有空的3个时段里，Shea du Bénin均已约满"
    assert english in fair.page_text(as_visitor.get("/expo/my/visit/meetings/"))
    assert chinese in fair.page_text(as_visitor.get("/zh-hans/expo/my/visit/meetings/"))
    assert english in fair.page_text(office.get("/expo/office/timetable/"))
    assert chinese in fair.page_text(office.get("/zh-hans/expo/office/timetable/"))


def test_a_moved_meeting_says_from_when(
    edition: Edition, visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    before = MeetingSlot.objects.create(
        edition=edition, number=9, starts=meeting.slot.starts - timedelta(hours=1), ends=meeting.slot.starts
    )
    facts = {"kind": "moved", "before": before, "after": meeting.slot, "forced": True}
    TimetableChange.objects.create(run=meeting.run, request=meeting.request, **facts)
    page = fair.page_text(as_visitor.get("/expo/my/visit/day/"))
    assert "moved from" in page
    assert "09:00" in page


def test_the_office_opens_slots_until_something_is_published(
    edition: Edition, visitor: Visitor, seller: Exhibitor, office: Client
) -> None:
    hours = ["09:00", "12:00", "13:00", "14:30"]
    office.post("/expo/office/timetable/slots/", {"hour": hours, "minutes": "90"})
    assert MeetingSlot.objects.filter(edition=edition).count() == 6 * 3
    for typed, presence in (
        ({"hour": ["nine", "12:00"], "minutes": "30"}, "Times are typed as 09:30"),
        ({"hour": ["09:30+05:00", "12:00"], "minutes": "30"}, "Times are typed as 09:30"),
        ({"hour": ["09:30", "24:00"], "minutes": "30"}, "Times are typed as 09:30"),
        ({"hour": ["09:30", "12:00"], "minutes": "9" * 5_000}, "Times are typed as 09:30"),
        ({"hour": ["12:00", "09:00"], "minutes": "30"}, "must follow each other"),
        ({"hour": ["09:00", "12:00"], "minutes": "500"}, "A slot lasts from 5 to 240 minutes; got 500."),
        ({"hour": ["09:00", "09:20"], "minutes": "30"}, "No slot of 30 minutes fits"),
        (
            {"hour": ["09:00", "09:30", "13:00", "17:00"], "minutes": "45"},
            "No slot of 45 minutes fits into the hours 09:00–09:30: lengthen these, leave them out",
        ),
        ({"hour": ["09:00", "", "13:00", "17:00"], "minutes": "30"}, "Times are typed as 09:30"),
    ):
        page = fair.page_text(office.post("/expo/office/timetable/slots/", typed, follow=True))
        assert presence in page
    assert MeetingSlot.objects.filter(edition=edition).count() == 6 * 3
    fair.meet(visitor, seller, 20)
    refused = office.post("/expo/office/timetable/slots/", {"hour": ["10:00", "11:00"], "minutes": "30"}, follow=True)
    assert "Cannot change the slots" in fair.page_text(refused)


def test_the_office_sees_to_which_meetings_nobody_came(visitor: Visitor, seller: Exhibitor, office: Client) -> None:
    meeting = fair.meet(visitor, seller, 0)
    note_outcome(meeting, "exhibitor", note="Waited ten minutes", context=ActionContext(timezone.now()))
    page = fair.page_text(office.get("/expo/office/timetable/"))
    for shown in ("1 meeting to which one side did not come", "Nobody was at the stand", "Waited ten minutes"):
        assert shown in page


def test_who_is_not_of_the_office_is_told_so_and_changes_nothing(
    visitor: Visitor, seller: Exhibitor, as_visitor: Client
) -> None:
    meeting = fair.meet(visitor, seller, 10)
    for address in ("slots/", "action/", "closure/", f"{meeting.pk}/pin/", "changes/"):
        answer = as_visitor.post(
            f"/expo/office/timetable/{address}", {"action": "pin", "hour": "10:00", "minutes": "30"}
        )
        assert answer.status_code == 404
        assert "Only the organiser&#x27;s staff work here" in fair.page_text(answer)
    meeting.refresh_from_db()
    assert not meeting.pinned
    assert Client().post("/expo/office/timetable/action/", {"action": "publish"}).status_code == 302


def test_staff_come_to_the_timetable_by_links(office: Client) -> None:
    assert 'href="/expo/office/"' in fair.page_text(office.get("/my/"))
    assert 'href="/expo/office/timetable/"' in fair.page_text(office.get("/expo/office/"))
    assert 'href="/expo/office/timetable/"' in fair.page_text(office.get("/admin/"))


def test_nobody_but_the_office_sees_the_offices_pages(as_visitor: Client) -> None:
    for address in ("timetable/", "timetable/changes/", "delegations/07/sheets/"):
        assert as_visitor.get(f"/expo/office/{address}").status_code == 404

"""Reminders: the evening before, an hour before, once; of what still holds and of nothing else."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import (
    cancel,
    make_timetable,
    open_slots,
    publish_timetable,
    remind,
    replan_timetable,
    set_presence,
)
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.meetings.rules import days_to_remind_of
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Organisation
from tests import make
from tests.domain.meetings.fair import accept, make_fair, make_stand

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVE = datetime(2023, 11, 4, 18, 5, tzinfo=SHANGHAI)
NINE = datetime(2023, 11, 5, 9, tzinfo=SHANGHAI)
ANN = {"proper_name": ["", "Ann", True]}


def stored_name(name):
    """An organisation's name as a message keeps it."""
    return {"proper_name": [name, "", False]}


@pytest.fixture
def edition():
    """A show of one day with four slots from ten; Ann meets Kessel at ten and Leroy at half past."""
    opened = make_fair()
    opened.last_day = opened.first_day
    opened.save()
    open_slots(opened, context=ActionContext(make.NOON), hours=[(time(10), time(12))])
    ann = make.make_visitor(opened, "Ann", email="ann@foods.example")
    kessel = make.make_exhibitor(opened, "Kessel", contact_email="fair@kessel.example")
    make_stand(kessel, make.make_hall(opened), "4.1-A01")
    set_presence(kessel, away=[3], context=ActionContext(make.NOON))
    accept(ann, kessel)
    accept(ann, make.make_exhibitor(opened, "Leroy"))
    make_timetable(opened, context=ActionContext(make.NOON))
    publish_timetable(opened, context=ActionContext(make.NOON))
    return opened


def notices_to(recipient, template):
    rows = Notice.objects.filter(recipient=recipient, template=template).order_by("pk")
    return [notice.context for notice in rows]


def hour_of(stand):
    slot = Meeting.objects.get(request__exhibitor__organisation__name=stand).slot
    return f"{slot.starts.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(17, 59, None), (18, 0, 5), (23, 59, 5), (0, 0, 4), (8, 59, 4), (9, 0, None)]
)
def test_people_are_reminded_of_a_day_from_the_evening_before_until_its_morning(hour, minute, day):
    days = days_to_remind_of(datetime(2023, 11, 4, hour, minute, tzinfo=SHANGHAI))
    assert [one.day for one in days] == ([] if day is None else [day])


def test_the_evening_before_everybody_gets_one_message_with_all_their_meetings(edition):
    assert remind(edition, at=EVE) == 2
    [ann] = notices_to("ann@foods.example", "meetings_reminder")
    at_kessel = [hour_of("Kessel"), stored_name("Kessel"), "4.1-A01"]
    both = sorted([at_kessel, [hour_of("Leroy"), stored_name("Leroy")]], key=itemgetter(0))
    assert ann == {"name": ANN, "day": "2023-11-05", "meetings": both}
    [kessel] = notices_to("fair@kessel.example", "meetings_reminder")
    assert kessel["meetings"] == [[hour_of("Kessel"), ANN, "4.1-A01"]]


def test_done_twice_it_tells_nothing_twice(edition):
    for at in (EVE, NINE):
        assert remind(edition, at=at) > 0
        assert remind(edition, at=at + timedelta(minutes=5)) == 0


def test_an_hour_before_a_meeting_both_sides_are_told_where_it_is(edition):
    starts = Meeting.objects.get(request__exhibitor__organisation__name="Kessel").slot.starts
    remind(edition, at=starts - timedelta(minutes=61))
    assert notices_to("fair@kessel.example", "meeting_soon") == []
    remind(edition, at=starts - timedelta(minutes=60))
    own = Organisation.objects.get(name="Kessel").pk
    assert notices_to("fair@kessel.example", "meeting_soon") == [
        {
            "name": stored_name("Kessel"),
            "other": ANN,
            "slot": hour_of("Kessel"),
            "stand": "4.1-A01",
            "organisation_id": own,
        }
    ]
    assert remind(edition, at=starts + timedelta(hours=3)) == 0


def test_a_moved_meeting_is_reported_with_its_new_time_only(edition):
    remind(edition, at=EVE)
    ann = MeetingRequest.objects.first().visitor
    old = hour_of("Kessel")
    set_presence(
        ann,
        away=[Meeting.objects.get(request__exhibitor__organisation__name="Kessel").slot.number],
        context=ActionContext(EVE),
    )
    replan_timetable(edition, context=ActionContext(EVE))
    new = hour_of("Kessel")
    assert new != old
    assert notices_to("ann@foods.example", "meetings_reminder") == []
    remind(edition, at=EVE)
    [day] = notices_to("ann@foods.example", "meetings_reminder")
    assert any(new == line[0] for line in day["meetings"])
    assert not any(line[:2] == [old, stored_name("Kessel")] for line in day["meetings"])
    remind(edition, at=NINE + timedelta(hours=1, minutes=59))
    assert {one["slot"] for one in notices_to("fair@kessel.example", "meeting_soon")} <= {new}


def test_what_has_gone_out_is_not_taken_back_and_the_change_is_reported_by_itself(edition):
    remind(edition, at=EVE)
    Notice.objects.update(sent=EVE)
    request = MeetingRequest.objects.get(exhibitor__organisation__name="Kessel")
    cancel(request, by_exhibitor=True, context=ActionContext(EVE))
    assert len(notices_to("ann@foods.example", "meetings_reminder")) == 1
    assert len(notices_to("ann@foods.example", "meeting_cancelled")) == 1


def test_of_a_cancelled_meeting_nobody_is_reminded(edition):
    remind(edition, at=NINE)
    request = MeetingRequest.objects.get(exhibitor__organisation__name="Kessel")
    cancel(request, by_exhibitor=False, context=ActionContext(NINE))
    assert notices_to("fair@kessel.example", "meeting_soon") == []
    remind(edition, at=NINE)
    assert notices_to("fair@kessel.example", "meeting_soon") == []
    assert notices_to("fair@kessel.example", "meetings_reminder") == []


def test_a_draft_reminds_nobody(edition):
    Meeting.objects.update(published=False)
    assert remind(edition, at=EVE) == 0


def test_a_day_is_reported_in_few_queries_however_many_meet(edition, django_assert_max_num_queries):
    leroy = MeetingRequest.objects.get(exhibitor__organisation__name="Leroy").exhibitor
    for number in range(3):
        accept(make.make_visitor(edition, f"Buyer {number}", email=f"b{number}@foods.example"), leroy)
    make_timetable(edition, context=ActionContext(make.NOON))
    publish_timetable(edition, context=ActionContext(make.NOON))
    with django_assert_max_num_queries(9):
        remind(edition, at=EVE)

"""During the show: people are away, halls close, wishes come late; what was published stays where it can."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from emporion.domain.editions.models import Phase
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings import queries, rules
from emporion.domain.meetings.actions import (
    answer,
    block_meeting,
    cancel,
    close_hall,
    digest_of,
    look_at_replan,
    make_calendar_link,
    make_timetable,
    note_outcome,
    pin,
    propose,
    replan_timetable,
    request_meeting,
    revoke_calendar_link,
    set_presence,
    set_wish,
)
from emporion.domain.meetings.actions import replan as replan_module
from emporion.domain.meetings.models import Meeting, MeetingRequest, TimetableChange
from emporion.domain.notices.models import Notice
from emporion.domain.reason import ProperName
from tests import make
from tests.domain.meetings.fair import accept, make_stand, publish, slot, visitor

pytestmark = pytest.mark.django_db


def held():
    rows = Meeting.objects.order_by("request__visitor__name", "slot__number")
    return list(rows.values_list("request__visitor__name", "request__exhibitor__organisation__name", "slot__number"))


def test_nobody_meets_while_away_nor_above_the_limit(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    accept(ann, kessel)
    accept(ann, make.make_exhibitor(show, "Leroy"))
    set_presence(ann, away=[0, 1, 2], context=ActionContext(make.NOON))
    make_timetable(show, context=ActionContext(make.NOON))
    assert [number for _, _, number in held()] == [3]
    set_presence(ann, away=[], daily_limit=1, context=ActionContext(make.NOON))
    make_timetable(show, context=ActionContext(make.NOON))
    assert len(held()) == 1
    assert "Ann has reached the daily limit" in str(queries.why_unplaced(queries.unplaced(show).get()))


def test_a_stand_that_names_two_hosts_holds_two_meetings_at_once(show):
    kessel = make.make_exhibitor(show, "Kessel")
    set_presence(kessel, away=[1, 2, 3], hosts=2, context=ActionContext(make.NOON))
    for name in ("Ann", "Bob", "Cy"):
        accept(visitor(show, name), kessel)
    make_timetable(show, context=ActionContext(make.NOON))
    assert [number for _, _, number in held()] == [0, 0]


def test_slots_and_limits_that_cannot_be_are_refused(show):
    ann = visitor(show, "Ann")
    with pytest.raises(rules.NoSuchSlot, match="There is no slot 4: this edition has 4 slots"):
        set_presence(ann, away=[4], context=ActionContext(make.NOON))
    with pytest.raises(rules.DailyLimitOutOfRange, match="from 1 to 40"):
        set_presence(ann, away=[], daily_limit=0, context=ActionContext(make.NOON))


def test_a_time_that_both_sides_agreed_on_is_the_time(show):
    ann, kessel = visitor(show, "Ann"), make.make_exhibitor(show, "Kessel")
    request = request_meeting(ann, kessel, by_exhibitor=False, context=ActionContext(make.NOON))
    propose(request, slot(2), by_exhibitor=True, context=ActionContext(make.NOON))
    with pytest.raises(rules.NotYoursToAnswer):
        answer(request, accept=True, by_exhibitor=True, context=ActionContext(make.NOON))
    answer(request, accept=True, by_exhibitor=False, context=ActionContext(make.NOON))
    make_timetable(show, context=ActionContext(make.NOON))
    assert held() == [("Ann", "Kessel", 2)]
    assert Notice.objects.get(template="meeting_proposed").context["slot"] == "2023-11-05 11:00"


def test_a_time_that_has_begun_or_lies_in_a_closed_hall_is_not_proposed(show):
    hall, kessel = make.make_hall(show, "4.1"), make.make_exhibitor(show, "Kessel")
    make_stand(kessel, hall, "4.1-A01")
    request = request_meeting(visitor(show, "Ann"), kessel, by_exhibitor=False, context=ActionContext(make.NOON))
    close_hall(hall, slot(1), slot(2), context=ActionContext(make.NOON))
    with pytest.raises(rules.HallClosedThen, match=r"Hall 4\.1 is closed to meetings at 2023-11-05 11:00"):
        propose(request, slot(2), by_exhibitor=True, context=ActionContext(make.NOON))
    propose(request, slot(3), by_exhibitor=True, context=ActionContext(make.NOON))
    Phase.objects.update(closes=slot(3).ends)
    with pytest.raises(rules.SlotHasBegun, match="2023-11-05 11:30 has already begun"):
        answer(request, accept=True, by_exhibitor=False, context=ActionContext(slot(3).starts))
    assert MeetingRequest.objects.get().state == "pending"


def test_a_wish_grows_to_a_must_and_takes_the_only_time(show):
    kessel = make.make_exhibitor(show, "Kessel")
    set_presence(kessel, away=[1, 2, 3], context=ActionContext(make.NOON))
    ann, bob = (accept(visitor(show, name), kessel) for name in ("Ann", "Bob"))
    for first, second in ((ann, bob), (bob, ann)):
        set_wish(first, "must", context=ActionContext(make.NOON))
        set_wish(second, "like", context=ActionContext(make.NOON))
        make_timetable(show, context=ActionContext(make.NOON))
        assert [name for name, _, _ in held()] == [first.visitor.name]
    cancel(ann, by_exhibitor=False, context=ActionContext(make.NOON))
    with pytest.raises(rules.AlreadyAnswered, match="already cancelled and cannot be changed"):
        set_wish(ann, "must", context=ActionContext(make.NOON))


def test_who_has_no_address_is_named_to_the_office(show):
    ann, kessel = visitor(show, "Ann"), make.make_exhibitor(show, "Kessel")
    accept(ann, kessel)
    publish(show)
    set_presence(ann, away=[held()[0][2]], context=ActionContext(make.NOON))
    [looked] = look_at_replan(show, at=make.NOON)
    assert looked.untold == (ProperName("Kessel", ""),)
    [change] = replan_timetable(show, context=ActionContext(make.NOON))
    assert queries.untold_of(change) == looked.untold
    figures = {"kept": 0, "moved": 1, "placed": 0, "lost": 0, "notified": 1}
    assert queries.replan_figures(queries.last_replan(show)) == figures
    assert queries.moves_of(ann)[change.request_id] == change.before


def test_one_time_is_not_agreed_with_two(show):
    kessel = make.make_exhibitor(show, "Kessel")
    meeting_requests = [
        request_meeting(visitor(show, name), kessel, by_exhibitor=False, context=ActionContext(make.NOON))
        for name in ("Ann", "Bob")
    ]
    for request in meeting_requests:
        propose(request, slot(1), by_exhibitor=True, context=ActionContext(make.NOON))
    answer(meeting_requests[0], accept=True, by_exhibitor=False, context=ActionContext(make.NOON))
    with pytest.raises(rules.SlotTaken, match="Kessel has another meeting agreed for 2023-11-05 10:30"):
        answer(meeting_requests[1], accept=True, by_exhibitor=False, context=ActionContext(make.NOON))
    set_presence(kessel, away=[1], context=ActionContext(make.NOON))
    with pytest.raises(rules.AwayThen):
        answer(meeting_requests[1], accept=True, by_exhibitor=False, context=ActionContext(make.NOON))


def accept_at_once(meeting_requests):
    """Everybody answers in a connection of their own at the same moment; how each answer ended, sorted."""
    start, outcomes = threading.Barrier(len(meeting_requests)), []

    def accept_one(request):
        start.wait()
        try:
            answer(request, accept=True, by_exhibitor=False, context=ActionContext(make.NOON))
            outcomes.append("accepted")
        except rules.SlotTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept_one, args=[request]) for request in meeting_requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("hosts", "outcomes"), [(1, ["accepted", "taken", "taken"]), (2, ["accepted"] * 2 + ["taken"])]
)
def test_of_three_who_accept_one_time_at_once_as_many_have_it_as_there_are_hosts(show, hosts, outcomes):
    kessel = make.make_exhibitor(show, "Kessel")
    set_presence(kessel, away=[], hosts=hosts, context=ActionContext(make.NOON))
    names = ("Ann", "Bob", "Cy")
    meeting_requests = [
        request_meeting(visitor(show, name), kessel, by_exhibitor=False, context=ActionContext(make.NOON))
        for name in names
    ]
    for request in meeting_requests:
        propose(request, slot(1), by_exhibitor=True, context=ActionContext(make.NOON))
    assert accept_at_once(meeting_requests) == outcomes
    assert MeetingRequest.objects.filter(state="accepted", agreed_slot__number=1).count() == hosts


@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_accepts_two_stands_for_one_time_at_once_has_one_of_them(show):
    ann = visitor(show, "Ann")
    stands = [make.make_exhibitor(show, name) for name in ("Kessel", "Leroy")]
    meeting_requests = [
        request_meeting(ann, stand, by_exhibitor=False, context=ActionContext(make.NOON)) for stand in stands
    ]
    for request in meeting_requests:
        propose(request, slot(1), by_exhibitor=True, context=ActionContext(make.NOON))
    assert accept_at_once(meeting_requests) == ["accepted", "taken"]


@pytest.mark.django_db(transaction=True)
def test_what_is_cancelled_while_a_replan_searches_stays_cancelled(show, monkeypatch):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    request = accept(ann, kessel)
    publish(show)
    set_presence(ann, away=[held()[0][2]], context=ActionContext(make.NOON))
    search = replan_module._replanned

    def cancelled_meanwhile(*given):
        def act():
            cancel(request, by_exhibitor=False, context=ActionContext(make.NOON))
            connection.close()

        thread = threading.Thread(target=act)
        thread.start()
        thread.join()
        return search(*given)

    monkeypatch.setattr(replan_module, "_replanned", cancelled_meanwhile)
    assert replan_timetable(show, context=ActionContext(make.NOON)) == []
    assert held() == []
    assert not Notice.objects.filter(template="meeting_moved").exists()


def test_who_does_not_want_to_meet_is_not_asked(show):
    ann, kessel = visitor(show, "Ann"), make.make_exhibitor(show, "Kessel")
    block_meeting(ann, kessel, by_exhibitor=False, context=ActionContext(make.NOON))
    assert MeetingRequest.objects.get().wish == "no"
    assert Notice.objects.count() == 0
    with pytest.raises(rules.AlreadyAskedToMeet):
        request_meeting(ann, kessel, by_exhibitor=True, context=ActionContext(make.NOON))


def test_a_late_arrival_moves_one_meeting_and_tells_both(show):
    kessel, leroy = make.make_exhibitor(show, "Kessel"), make.make_exhibitor(show, "Leroy")
    ann = visitor(show, "Ann")
    for person, stand in ((ann, kessel), (ann, leroy), (visitor(show, "Bob"), kessel)):
        accept(person, stand)
    publish(show)
    before = held()
    late = [name_slot[2] for name_slot in before if name_slot[0] == "Ann"][:1]
    set_presence(ann, away=late, context=ActionContext(make.NOON))
    looked = look_at_replan(show, at=make.NOON)
    assert [(one.kind, one.forced, one.before.number) for one in looked] == [("moved", True, late[0])]
    assert held() == before
    [change] = replan_timetable(show, context=ActionContext(make.NOON), seen=digest_of(looked))
    assert len(set(held()) - set(before)) == 1
    assert change.after.number not in late
    notified = Notice.objects.filter(template="meeting_moved").values_list("recipient", flat=True)
    assert "ann@foods.example" in set(notified)
    assert look_at_replan(show, at=make.NOON) == []


def test_nothing_moves_to_a_time_people_cannot_read_of_before(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    accept(ann, kessel)
    set_presence(kessel, away=[0, 1, 2], context=ActionContext(make.NOON))
    publish(show)
    assert held() == [("Ann", "Kessel", 3)]
    set_presence(kessel, away=[3], context=ActionContext(make.NOON))
    ten_before = slot(0).starts - timedelta(minutes=10)
    # Half past ten lies forty minutes ahead, eleven an hour and ten.
    assert [one.after.number for one in look_at_replan(show, at=ten_before)] == [2]
    assert [one.kind for one in look_at_replan(show, at=slot(1).starts)] == ["lost"]


def test_what_is_near_stays_where_it_holds(show):
    accept(visitor(show, "Ann"), make.make_exhibitor(show, "Kessel"))
    publish(show)
    before = Meeting.objects.get().slot.starts - timedelta(minutes=1)
    assert look_at_replan(show, at=before) == []


def test_a_closed_hall_empties_and_who_finds_no_other_time_is_told_why(show):
    hall = make.make_hall(show, "4.1")
    kessel = make.make_exhibitor(show, "Kessel")
    make_stand(kessel, hall, "4.1-A01")
    for name in ("Ann", "Bob", "Cy", "Dee"):
        accept(visitor(show, name), kessel)
    publish(show)
    close_hall(hall, slot(0), slot(2), context=ActionContext(make.NOON))
    changes = replan_timetable(show, context=ActionContext(make.NOON))
    assert [change.kind for change in changes] == ["lost", "lost", "lost"]
    assert [number for _, _, number in held()] == [3]
    assert Notice.objects.filter(template="meeting_lost", recipient__endswith="@foods.example").count() == 3
    assert queries.unplaced(show).count() == 3


def test_a_new_must_takes_the_place_of_a_wish_and_a_cancelled_one_is_filled(show):
    kessel = make.make_exhibitor(show, "Kessel")
    set_presence(kessel, away=[1, 2, 3], context=ActionContext(make.NOON))
    accept(visitor(show, "Ann"), kessel)
    publish(show)
    eve = accept(visitor(show, "Eve"), kessel, "must")
    replan_timetable(show, context=ActionContext(make.NOON))
    assert held() == [("Eve", "Kessel", 0)]
    assert set(TimetableChange.objects.values_list("kind", flat=True)) == {"lost", "placed"}
    cancel(eve, by_exhibitor=False, context=ActionContext(make.NOON))
    accept(visitor(show, "Fay"), make.make_exhibitor(show, "Leroy"))
    make_timetable(show, context=ActionContext(make.NOON))
    assert held()[0] == ("Ann", "Kessel", 0)


def test_a_meeting_that_has_begun_is_not_cancelled(show):
    request = accept(visitor(show, "Ann"), make.make_exhibitor(show, "Kessel"))
    publish(show)
    meeting = Meeting.objects.get()
    with pytest.raises(rules.MeetingHasBegun, match="began at 2023-11-05"):
        cancel(request, by_exhibitor=False, context=ActionContext(meeting.slot.starts))
    assert Meeting.objects.get() == meeting
    cancel(request, by_exhibitor=False, context=ActionContext(meeting.slot.starts - timedelta(seconds=1)))
    assert not Meeting.objects.exists()


def test_what_has_begun_or_is_pinned_stays(show):
    kessel = make.make_exhibitor(show, "Kessel")
    requests = [accept(visitor(show, name), kessel) for name in ("Ann", "Bob")]
    publish(show)
    meetings = sorted(Meeting.objects.all(), key=lambda one: one.slot.number)
    pin(meetings[1], pinned=True, context=ActionContext(make.NOON))
    begun = meetings[0].slot.starts + timedelta(minutes=1)
    set_presence(meetings[0].request.visitor, away=[meetings[0].slot.number], context=ActionContext(make.NOON))
    assert look_at_replan(show, at=begun) == []
    set_presence(meetings[1].request.visitor, away=[meetings[1].slot.number], context=ActionContext(make.NOON))
    with pytest.raises(rules.PublishedMeetingsClash):
        look_at_replan(show, at=make.NOON)
    assert len(requests) == 2


def test_a_replan_makes_no_other_changes_than_were_looked_at(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    accept(ann, kessel)
    with pytest.raises(rules.NothingPublished):
        look_at_replan(show, at=make.NOON)
    publish(show)
    looked = look_at_replan(show, at=make.NOON)
    set_presence(ann, away=[held()[0][2]], context=ActionContext(make.NOON))
    with pytest.raises(rules.ChangedSinceLooked, match="now 1 meetings would change"):
        replan_timetable(show, context=ActionContext(make.NOON), seen=digest_of(looked))


def test_an_outcome_is_reported_once_the_meeting_has_begun(show):
    accept(visitor(show, "Ann"), make.make_exhibitor(show, "Kessel"))
    publish(show)
    meeting = Meeting.objects.get()
    with pytest.raises(rules.NotYetHeld):
        note_outcome(meeting, "held", context=ActionContext(make.NOON))
    note_outcome(meeting, "visitor", note="Waited half an hour", context=ActionContext(meeting.slot.starts))
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.outcome_note) == ("visitor", "Waited half an hour")


def test_a_calendar_is_read_by_its_link_until_it_is_revoked(show):
    ann = visitor(show, "Ann")
    make_calendar_link(ann, token="first", context=ActionContext(make.NOON))
    assert queries.calendar_of("first") == ann
    make_calendar_link(ann, token="second", context=ActionContext(make.NOON))
    assert queries.calendar_of("first") is None
    assert revoke_calendar_link(ann, context=ActionContext(make.NOON))
    assert queries.calendar_of("second") is None
    assert not revoke_calendar_link(ann, context=ActionContext(make.NOON))


def test_whether_two_have_a_common_time_left_looks_at_both_their_days(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    set_presence(kessel, away=[1, 2, 3], context=ActionContext(make.NOON))
    meeting_request = request_meeting(ann, kessel, by_exhibitor=True, context=ActionContext(make.NOON))
    assert queries.common_time_left(meeting_request, make.NOON)
    assert not queries.common_time_left(meeting_request, slot(0).starts)
    set_presence(ann, away=[0], context=ActionContext(make.NOON))
    assert not queries.common_time_left(meeting_request, make.NOON)
    set_presence(ann, away=[], context=ActionContext(make.NOON))
    accept(visitor(show, "Bob"), kessel)
    publish(show)
    assert not queries.common_time_left(meeting_request, make.NOON)
    set_presence(kessel, away=[1, 2, 3], hosts=2, context=ActionContext(make.NOON))
    assert queries.common_time_left(meeting_request, make.NOON)
    accept(ann, make.make_exhibitor(show, "Leroy"))
    publish(show)
    set_presence(ann, away=[], daily_limit=1, context=ActionContext(make.NOON))
    assert not queries.common_time_left(meeting_request, make.NOON)

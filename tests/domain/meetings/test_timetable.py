"""The timetable is made from accepted requests, kept, explained and published."""

from __future__ import annotations

from datetime import date, time

import pytest

from emporion.domain.booths.models import Occupancy
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings import queries, rules
from emporion.domain.meetings.actions import make_timetable, open_slots, publish_timetable, set_presence
from emporion.domain.meetings.actions.problem import load_agenda
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot, TimetableRun
from emporion.domain.notices.models import Notice
from emporion.kernels import scheduling
from emporion.language import translate
from tests import make
from tests.domain.meetings.fair import accept, make_stand

pytestmark = pytest.mark.django_db
ONE_HOUR = [(time(10), time(11))]


@pytest.fixture
def one_day(edition):
    """A show of one day with two slots that follow on each other."""
    edition.last_day = edition.first_day
    edition.save()
    open_slots(edition, context=ActionContext(make.NOON), hours=ONE_HOUR)
    return edition


def timetable():
    rows = Meeting.objects.order_by("request__visitor__name", "slot__number")
    return list(rows.values_list("request__visitor__name", "request__exhibitor__organisation__name", "slot__number"))


def test_slots_are_opened_once_and_changed_only_while_nobody_uses_them(edition):
    first = open_slots(edition, context=ActionContext(make.NOON))
    assert [slot.pk for slot in open_slots(edition, context=ActionContext(make.NOON))] == [slot.pk for slot in first]
    open_slots(edition, context=ActionContext(make.NOON), hours=ONE_HOUR)
    assert MeetingSlot.objects.count() == 12
    accept(make.make_visitor(edition, "Ann"), make.make_exhibitor(edition, "Kessel"))
    make_timetable(edition, context=ActionContext(make.NOON))
    publish_timetable(edition, context=ActionContext(make.NOON))
    with pytest.raises(rules.SlotsInUse, match="1 meetings, proposals or closures use them"):
        open_slots(edition, context=ActionContext(make.NOON))
    assert Meeting.objects.count() == 1


def test_other_slots_take_a_drafts_place_and_keep_absences_at_their_times(one_day):
    ann = make.make_visitor(one_day, "Ann")
    accept(ann, make.make_exhibitor(one_day, "Kessel"))
    set_presence(ann, away=[0], context=ActionContext(make.NOON))
    make_timetable(one_day, context=ActionContext(make.NOON))
    away_at = MeetingSlot.objects.get(number=0).starts
    open_slots(one_day, context=ActionContext(make.NOON))
    assert Meeting.objects.count() == 0
    [number] = queries.presence_of(ann).away
    assert number > 0
    assert MeetingSlot.objects.get(number=number).starts == away_at


def test_without_slots_there_is_no_timetable(edition):
    with pytest.raises(rules.NoSlots):
        make_timetable(edition, context=ActionContext(make.NOON))


def test_only_accepted_requests_are_placed_and_pending_ones_block_nothing(one_day):
    kessel = make.make_exhibitor(one_day, "Kessel")
    for name in "ABCD":
        MeetingRequest.objects.create(
            edition=one_day,
            visitor=make.make_visitor(one_day, f"Pending {name}"),
            exhibitor=kessel,
            requested=make.NOON,
        )
    for name in ("Ann", "Bob"):
        accept(make.make_visitor(one_day, name), kessel)
    run = make_timetable(one_day, context=ActionContext(make.NOON))
    assert (run.accepted, run.placed, run.bound) == (2, 2, 2)
    assert sorted(slot for _, _, slot in timetable()) == [0, 1]


def test_a_must_goes_before_a_wish_and_who_is_left_is_told_why(one_day):
    kessel = make.make_exhibitor(one_day, "Kessel")
    for name, wish in (("Ann", "must"), ("Bob", "must"), ("Cy", "like")):
        accept(make.make_visitor(one_day, name), kessel, wish)
    make_timetable(one_day, context=ActionContext(make.NOON))
    assert [name for name, _, _ in timetable()] == ["Ann", "Bob"]
    [left] = queries.unplaced(one_day)
    assert left.visitor.name == "Cy"
    assert queries.why_unplaced(left).sentence == (
        "Every slot Cy and Kessel share is taken by a stronger wish (2 of them): "
        "mark this meeting as a must, or open more time."
    )
    assert translate(queries.why_unplaced(left), "zh-hans") == (
        "Cy与Kessel共同空闲的时段都已安排了意愿更强的会面（共2场）：请将本场标为必须会面，或增加时间。"
    )


def test_a_large_stand_holds_meetings_at_once(one_day):
    kessel = make.make_exhibitor(one_day, "Kessel")
    make_stand(kessel, make.make_hall(one_day), "4.1-A001", area_m2=36)
    for name in ("Ann", "Bob", "Cy", "Dee"):
        accept(make.make_visitor(one_day, name), kessel)
    assert make_timetable(one_day, context=ActionContext(make.NOON)).placed == 4


def test_nobody_crosses_the_venue_between_two_slots_that_follow_on_each_other(one_day):
    ann = make.make_visitor(one_day, "Ann")
    for name, code in (("Near", "1.1"), ("Far", "8.1")):
        exhibitor = make.make_exhibitor(one_day, name)
        make_stand(exhibitor, make.make_hall(one_day, code), f"{code}-A001")
        accept(ann, exhibitor)
    assert make_timetable(one_day, context=ActionContext(make.NOON)).placed == 1
    Occupancy.objects.all().delete()
    assert make_timetable(one_day, context=ActionContext(make.NOON)).placed == 2


def test_making_it_again_ends_in_the_same_timetable(edition):
    open_slots(edition, context=ActionContext(make.NOON), hours=ONE_HOUR)
    exhibitors = [make.make_exhibitor(edition, f"E{n}") for n in range(4)]
    for number in range(9):
        visitor = make.make_visitor(edition, f"V{number}")
        for exhibitor in exhibitors[: 1 + number % 4]:
            accept(visitor, exhibitor)
    make_timetable(edition, context=ActionContext(make.NOON), seed=2)
    before = timetable()
    make_timetable(edition, context=ActionContext(make.NOON), seed=2)
    assert timetable() == before
    assert TimetableRun.objects.count() == 2


def test_the_kernels_own_checker_finds_nothing_wrong(edition):
    open_slots(edition, context=ActionContext(make.NOON), hours=ONE_HOUR)
    halls = [make.make_hall(edition, code) for code in ("1.1", "5.1", "8.2")]
    exhibitors = [make.make_exhibitor(edition, f"E{n}") for n in range(6)]
    for number, exhibitor in enumerate(exhibitors):
        make_stand(exhibitor, halls[number % 3], f"S{number}", area_m2=9 * (1 + number))
    for number in range(12):
        visitor = make.make_visitor(edition, f"V{number}")
        for step in range(5):
            accept(visitor, exhibitors[(number + step) % 6], "must" if step == 0 else "like")
    problem = load_agenda(edition).problem
    assert scheduling.check(problem, scheduling.solve(problem).slots) == []


def test_published_meetings_stay_when_it_is_made_again(one_day):
    kessel = make.make_exhibitor(one_day, "Kessel")
    accept(make.make_visitor(one_day, "Ann"), kessel)
    make_timetable(one_day, context=ActionContext(make.NOON))
    assert publish_timetable(one_day, context=ActionContext(make.NOON)) == 1
    before = timetable()
    accept(make.make_visitor(one_day, "Bob"), kessel, "must")
    accept(make.make_visitor(one_day, "Cy"), kessel, "must")
    make_timetable(one_day, context=ActionContext(make.NOON))
    assert before[0] in timetable()
    assert len(timetable()) == 2


def test_published_meetings_that_cannot_all_be_kept_are_refused(one_day):
    hall = make.make_hall(one_day)
    kessel = make.make_exhibitor(one_day, "Kessel")
    stand = make_stand(kessel, hall, "4.1-A001", area_m2=36)
    for name in ("Ann", "Bob", "Cy"):
        accept(make.make_visitor(one_day, name), kessel)
    make_timetable(one_day, context=ActionContext(make.NOON))
    publish_timetable(one_day, context=ActionContext(make.NOON))
    Occupancy.objects.filter(stand=stand).update(area_m2=9)
    with pytest.raises(rules.PublishedMeetingsClash):
        make_timetable(one_day, context=ActionContext(make.NOON))
    assert Meeting.objects.count() == 3


def test_publishing_tells_everybody_once(one_day):
    kessel = make.make_exhibitor(one_day, "Kessel", contact_email="kessel@example.org")
    for name in ("Ann", "Bob"):
        accept(make.make_visitor(one_day, name, email=f"{name.lower()}@example.org"), kessel)
    make_timetable(one_day, context=ActionContext(make.NOON))
    assert (
        publish_timetable(one_day, context=ActionContext(make.NOON)),
        publish_timetable(one_day, context=ActionContext(make.NOON)),
    ) == (2, 0)
    recipients = sorted(Notice.objects.values_list("recipient", flat=True))
    assert recipients == ["ann@example.org", "bob@example.org", "kessel@example.org"]


@pytest.mark.parametrize("meetings", [1, 3])
def test_somebodys_day_takes_one_query(edition, meetings, django_assert_num_queries):
    open_slots(edition, context=ActionContext(make.NOON))
    ann = make.make_visitor(edition, "Ann")
    hall = make.make_hall(edition)
    exhibitors = [make.make_exhibitor(edition, f"E{n}") for n in range(meetings)]
    for number, exhibitor in enumerate(exhibitors):
        make_stand(exhibitor, hall, f"S{number}")
        accept(ann, exhibitor)
    make_timetable(edition, context=ActionContext(make.NOON))
    assert queries.day_of(ann) == []
    publish_timetable(edition, context=ActionContext(make.NOON))
    with django_assert_num_queries(1):
        found = queries.day_of(ann)
        [
            (m.slot.starts, m.request.exhibitor.organisation.name, m.request.exhibitor.occupancy.stand.hall.code)
            for m in found
        ]
    assert len(found) == meetings
    day = found[0].slot.starts.date()
    assert found[0] in queries.day_of(ann, day)
    assert queries.day_of(ann, date(2023, 12, 1)) == []
    assert len(queries.day_of(exhibitors[0])) == 1

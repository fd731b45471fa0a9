"""A replan says why: as it was when it was made, to both sides, in the language of whoever reads."""

from __future__ import annotations

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings import queries
from emporion.domain.meetings.actions import (
    close_hall,
    look_at_replan,
    open_hall,
    replan_timetable,
    set_presence,
)
from emporion.domain.meetings.models import HallClosure, Meeting, MeetingRequest, TimetableChange
from emporion.domain.notices.models import Notice
from emporion.jobs.messages import text_of
from emporion.language import translate
from tests import make
from tests.domain.meetings.fair import accept, make_stand, publish, slot, visitor

pytestmark = pytest.mark.django_db


def number_of(request):
    return Meeting.objects.get(request=request).slot.number


def letter(recipient, language="en"):
    """What the last message to somebody says."""
    return " ".join("\n".join(text_of(Notice.objects.filter(recipient=recipient).latest("pk"), language)).split())


def reasons_shown(show, language="en"):
    """What keeps each meeting that a replan would touch from its published time, by the visitor's name."""
    planned = look_at_replan(show, at=make.NOON)
    return {str(one.visitor): translate(one.why()[0], language) for one in planned if one.forced}


def test_of_a_meeting_that_cannot_be_held_the_reason_says_who_is_away(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    request = accept(ann, kessel)
    publish(show)
    number = number_of(request)
    set_presence(ann, away=[number], context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Ann is not there at that time."}
    assert reasons_shown(show, "zh-hans") == {"Ann": "Ann届时不在场。"}
    set_presence(ann, away=[], context=ActionContext(make.NOON))
    set_presence(kessel, away=[number], context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Kessel is not there at that time."}


def test_of_a_meeting_in_a_closed_hall_the_reason_says_from_when_to_when(show):
    hall, kessel = make.make_hall(show, "4.1"), make.make_exhibitor(show, "Kessel")
    make_stand(kessel, hall, "4.1-A01")
    set_presence(kessel, away=[2, 3], context=ActionContext(make.NOON))
    accept(visitor(show, "Ann"), kessel)
    publish(show)
    close_hall(hall, slot(0), slot(1), context=ActionContext(make.NOON))
    sentence = "Hall 4.1 is closed then, from 5 Nov 2023 10:00 to 5 Nov 2023 11:00."
    assert reasons_shown(show) == {"Ann": sentence}
    assert reasons_shown(show, "zh-hans") == {"Ann": "4.1馆届时关闭（2023年11月5日 10:00至2023年11月5日 11:00）。"}


def test_of_a_stand_with_fewer_hosts_and_of_a_lower_limit_the_reason_says_what_is_too_many(show):
    kessel, leroy = make.make_exhibitor(show, "Kessel"), make.make_exhibitor(show, "Leroy")
    ann, bob = visitor(show, "Ann"), visitor(show, "Bob")
    set_presence(kessel, away=[1, 2, 3], hosts=2, context=ActionContext(make.NOON))
    for person in (ann, bob):
        accept(person, kessel)
    accept(ann, leroy)
    publish(show)
    set_presence(kessel, away=[1, 2, 3], hosts=1, context=ActionContext(make.NOON))
    [sentence] = reasons_shown(show).values()
    assert sentence == "Kessel has 2 meetings then and only 1 at once."
    set_presence(kessel, away=[1, 2, 3], hosts=2, context=ActionContext(make.NOON))
    set_presence(ann, away=[], daily_limit=1, context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Ann has 2 meetings on that day, more than the limit of 1."}


def test_two_who_agreed_on_another_time_are_told_so(show):
    ann, kessel = visitor(show, "Ann"), make.make_exhibitor(show, "Kessel")
    request = accept(ann, kessel)
    publish(show)
    other = (number_of(request) + 1) % 4
    MeetingRequest.objects.filter(pk=request.pk).update(agreed_slot=slot(other))
    assert reasons_shown(show)["Ann"].startswith("The two have agreed on another time, 5 Nov 2023 1")


def test_who_comes_late_or_leaves_early_is_told_with_the_hour(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    set_presence(ann, away=[1, 2, 3], context=ActionContext(make.NOON))
    accept(ann, kessel)
    publish(show)
    set_presence(ann, away=[0, 1], context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Ann is there only from 11:00 on that day."}
    assert reasons_shown(show, "zh-hans") == {"Ann": "Ann当日11:00起才在场。"}
    set_presence(ann, away=[0, 1, 2, 3], context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Ann is not there on that day."}
    Meeting.objects.update(slot=slot(3))
    set_presence(ann, away=[2, 3], context=ActionContext(make.NOON))
    assert reasons_shown(show) == {"Ann": "Ann is there only until 11:00 on that day."}


def test_a_stand_with_a_lower_limit_is_said_to_have_too_many_on_the_day(show):
    kessel = make.make_exhibitor(show, "Kessel")
    for name in ("Ann", "Bob"):
        accept(visitor(show, name), kessel)
    publish(show)
    set_presence(kessel, away=[], daily_limit=1, context=ActionContext(make.NOON))
    assert list(reasons_shown(show).values()) == ["Kessel has 2 meetings on that day, more than the limit of 1."]


def test_of_a_stand_that_moved_too_far_from_the_meeting_beside_it_is_reported(show):
    near, far = make.make_hall(show, "1.1"), make.make_hall(show, "8.1")
    kessel, leroy, ann = (
        *(make.make_exhibitor(show, name) for name in ("Kessel", "Leroy")),
        visitor(show, "Ann"),
    )
    make_stand(kessel, near, "1.1-A01")
    stand = make_stand(leroy, near, "1.1-A02")
    accept(ann, kessel)
    accept(ann, leroy)
    set_presence(ann, away=[2, 3], context=ActionContext(make.NOON))
    publish(show)
    set_presence(ann, away=[2], context=ActionContext(make.NOON))
    stand.hall = far
    stand.save()
    [sentence] = [one.why()[0].sentence for one in look_at_replan(show, at=make.NOON)]
    halls = {
        f"Just before or after, Ann has a meeting in hall {there}, too far to walk to from hall {here}."
        for here, there in (("1.1", "8.1"), ("8.1", "1.1"))
    }
    assert sentence in halls


def test_both_sides_of_a_moved_meeting_read_why_in_their_language(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    kessel.organisation.name_zh = "凯塞尔"
    kessel.organisation.save()
    kessel.application.contact_email = "stand@kessel.example"
    kessel.application.save()
    request = accept(ann, kessel)
    publish(show)
    before = number_of(request)
    set_presence(kessel, away=[number for number in range(4) if number != 3 - before], context=ActionContext(make.NOON))
    replan_timetable(show, context=ActionContext(make.NOON))
    change = TimetableChange.objects.get()
    [why] = map(str, queries.why_of(change))
    assert why.startswith("Kessel is there only")
    for recipient in ("ann@foods.example", "stand@kessel.example"):
        assert f"Why: {why} If you cannot come then, cancel it" in letter(recipient)
        assert f"原因：{translate(queries.why_of(change)[0], 'zh-hans')} 如届时" in letter(recipient, "zh-hans")
        assert "Ann与凯塞尔：" in letter(recipient, "zh-hans")


def test_who_loses_a_meeting_to_a_must_reads_so_and_what_would_help(show):
    kessel = make.make_exhibitor(show, "Kessel")
    set_presence(kessel, away=[1, 2, 3], context=ActionContext(make.NOON))
    accept(visitor(show, "Ann"), kessel)
    publish(show)
    accept(visitor(show, "Dora"), kessel, "must")
    looked = {str(one.visitor): one.why() for one in look_at_replan(show, at=make.NOON)}
    replan_timetable(show, context=ActionContext(make.NOON))
    lost = TimetableChange.objects.get(kind="lost")
    assert queries.why_of(lost) == looked["Ann"]
    makes_room, would_help = map(str, looked["Ann"])
    assert makes_room == "It makes room for another meeting of Kessel that must be held."
    assert would_help.startswith("Every slot Ann and Kessel share is taken by a stronger wish")
    assert looked["Dora"] == ()
    message = letter("ann@foods.example")
    assert f"Why: {makes_room} What would help: {would_help} The request stays accepted" in message
    assert "Dora" not in message


def test_who_is_moved_along_for_a_meeting_that_had_to_move_reads_whose(show):
    kessel, ann, bob = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann"), visitor(show, "Bob")
    first, second = accept(ann, kessel), accept(bob, kessel)
    set_presence(ann, away=[1, 2, 3], context=ActionContext(make.NOON))
    set_presence(bob, away=[0, 2, 3], context=ActionContext(make.NOON))
    publish(show)
    assert (number_of(first), number_of(second)) == (0, 1)
    set_presence(ann, away=[0, 2, 3], context=ActionContext(make.NOON))
    set_presence(bob, away=[0, 2], context=ActionContext(make.NOON))
    looked = {str(one.visitor): [*map(str, one.why())] for one in look_at_replan(show, at=make.NOON)}
    assert looked == {
        "Ann": ["Ann is there only from 10:30 on that day."],
        "Bob": ["It makes room for another meeting of Kessel that could not keep its own time."],
    }


def test_the_history_keeps_the_reason_of_its_day_when_all_is_as_before_again(show):
    hall, kessel = make.make_hall(show, "4.1"), make.make_exhibitor(show, "Kessel")
    make_stand(kessel, hall, "4.1-A01")
    request = accept(visitor(show, "Ann"), kessel)
    accept(visitor(show, "Bob"), make.make_exhibitor(show, "Leroy"))
    publish(show)
    close_hall(hall, slot(0), slot(3), context=ActionContext(make.NOON))
    [looked] = look_at_replan(show, at=make.NOON)
    replan_timetable(show, context=ActionContext(make.NOON))
    open_hall(HallClosure.objects.get(), context=ActionContext(make.NOON))
    replan_timetable(show, context=ActionContext(make.NOON))
    lost = TimetableChange.objects.get(kind="lost")
    assert queries.why_of(lost) == looked.why()
    assert [*map(str, looked.why())] == [
        "Hall 4.1 is closed then, from 2023-11-05 10:00 to 2023-11-05 12:00.",
        "Ann and Kessel are never both available in a slot this meeting may take: ask one of them for more time.",
    ]
    request.refresh_from_db()
    assert request.unplaced is None
    assert queries.why_of(TimetableChange.objects.get(kind="placed")) == ()


def test_of_a_change_made_before_reasons_were_stored_no_more_is_reported_than_is_known(show):
    kessel, ann = make.make_exhibitor(show, "Kessel"), visitor(show, "Ann")
    request = accept(ann, kessel)
    publish(show)
    facts = {"run": Meeting.objects.get().run, "request": request, "kind": "moved", "before": slot(0), "after": slot(1)}
    forced, free = (TimetableChange.objects.create(**facts, forced=forced) for forced in (True, False))
    assert [*map(str, queries.why_of(forced))] == ["The cause was not recorded at the time."]
    assert [translate(why, "zh-hans") for why in queries.why_of(free)] == ["为另一场会面让出时间。"]

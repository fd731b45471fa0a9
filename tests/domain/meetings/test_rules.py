"""Who may meet whom, how requests are answered, slots, hosts and distances."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from emporion.domain.editions.rules import Window
from emporion.domain.meetings import rules
from emporion.domain.reason import Name
from emporion.kernels.scheduling.reasons import OBSTACLES, WHOLE, Reason
from emporion.language import translate, translated

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAIR = rules.Pair("V1", "06-1", True, True, visiting_organisation=1, exhibiting_organisation=2, organisation="Kessel")


def test_an_approved_visitor_may_meet_an_exhibitor_of_the_same_edition():
    rules.require_may_meet(PAIR)
    rules.require_may_meet(replace(PAIR, visiting_organisation=0))


@pytest.mark.parametrize(
    ("pair", "refusal"),
    [
        (replace(PAIR, approved=False), rules.VisitorMayNotMeet),
        (replace(PAIR, same_edition=False), rules.OtherSideIsOfAnotherEdition),
        (replace(PAIR, exhibiting_organisation=1), rules.OwnOrganisationNeedsNoMeeting),
    ],
)
def test_others_may_not(pair, refusal):
    with pytest.raises(refusal):
        rules.require_may_meet(pair)


@pytest.mark.parametrize("by_exhibitor", [True, False])
def test_only_the_side_that_was_asked_answers(by_exhibitor):
    rules.require_answerable(
        "pending", "accepted", requested_by_exhibitor=by_exhibitor, answered_by_exhibitor=not by_exhibitor
    )
    with pytest.raises(rules.NotYoursToAnswer):
        rules.require_answerable(
            "pending", "accepted", requested_by_exhibitor=by_exhibitor, answered_by_exhibitor=by_exhibitor
        )


@pytest.mark.parametrize("state", ["accepted", "declined", "cancelled"])
def test_what_was_answered_is_not_answered_again(state):
    with pytest.raises(rules.AlreadyAnswered, match=f"This request is already {state} and cannot be declined."):
        rules.require_answerable(state, "declined", requested_by_exhibitor=True, answered_by_exhibitor=False)


def test_only_what_is_alive_can_be_cancelled():
    rules.require_live("pending", "cancelled")
    rules.require_live("accepted", "cancelled")
    for state in ("declined", "cancelled"):
        with pytest.raises(rules.AlreadyAnswered):
            rules.require_live(state, "cancelled")


def test_a_show_of_six_days_has_eighty_four_slots_and_nobody_meets_over_lunch():
    found = rules.slots(date(2023, 11, 5), date(2023, 11, 10), SHANGHAI)
    assert len(found) == 6 * 14
    assert f"{found[0][0]:%Y-%m-%d %H:%M %z}" == "2023-11-05 09:30 +0800"
    assert [f"{start:%H:%M}" for start, _ in found[:14]].count("12:00") == 0
    assert all(end - start == timedelta(minutes=30) for start, end in found)
    assert found == sorted(found)


def test_a_slot_that_would_end_too_late_is_not_opened():
    hours = [(time(9), time(10, 50))]
    found = rules.slots(date(2023, 11, 5), date(2023, 11, 5), SHANGHAI, hours=hours, minutes=30)
    assert [f"{start:%H:%M}" for start, _ in found] == ["09:00", "09:30", "10:00"]


def test_hours_that_fall_and_slots_of_nothing_are_errors():
    with pytest.raises(ValueError, match="hours: must rise"):
        rules.slots(date(2023, 11, 5), date(2023, 11, 5), SHANGHAI, hours=[(time(12), time(9))])
    with pytest.raises(ValueError, match="minutes: must be 1 or more, got 0"):
        rules.slots(date(2023, 11, 5), date(2023, 11, 5), SHANGHAI, minutes=0)


def test_hosts_grow_with_the_share_of_the_stand():
    assert [rules.hosts(share) for share in (0, 9, 18, 35, 36, 108, 900)] == [1, 1, 1, 1, 2, 6, 6]


def test_distant_leaves_are_too_far_and_an_unnumbered_hall_is_near():
    far = rules.too_far(["1.1", "4.2", "5.1", "North"], {})
    assert far == [
        [False, False, True, False],
        [False, False, False, False],
        [True, False, False, False],
        [False, False, False, False],
    ]


def test_where_the_plan_tells_how_long_one_walks_that_decides():
    minutes = {("1.1", "5.1"): 12.0, ("5.1", "1.1"): 12.0, ("1.1", "2.1"): 12.1, ("2.1", "1.1"): 12.1}
    assert rules.too_far(["1.1", "5.1", "2.1"], minutes) == [
        [False, False, True],
        [False, False, False],
        [True, False, False],
    ]


def why_no_slot(code, a, b, obstacles=()):
    return rules.why_no_slot(rules.stored_reason(Reason(code, 7, (4, 9), 5, obstacles, (1, 2))), a, b)


WHOLE_SENTENCES = {
    "absent_a": "Ana is available in none of the slots and cannot meet Ben: it takes more time of Ana, or other slots.",
    "absent_b": "Ben is available in none of the slots and cannot meet Ana: it takes more time of Ben, or other slots.",
    "no_common_slot": "Ana and Ben are never both available in a slot this meeting may take: "
    "ask one of them for more time.",
    "displaced": "Every slot Ana and Ben share is taken by a stronger wish (2 of them): mark this meeting as a must, "
    "or open more time.",
    "full_a": "Ana is full in all 5 slots in which Ben is available: a second host or more time would make room.",
    "full_b": "Ben is full in all 5 slots in which Ana is available: a second host or more time would make room.",
    "daily_limit_a": "Ana has reached the daily limit on every day the two could meet: raise it, or drop a meeting.",
    "daily_limit_b": "Ben has reached the daily limit on every day the two could meet: raise it, or drop a meeting.",
    "no_table": "No table is free in any of the 5 slots Ana and Ben share: add tables or slots.",
    "too_far": "In every free slot Ana and Ben share, the walk from or to the neighbouring meeting is too far: "
    "move that meeting.",
    "order": "No free slot of Ana and Ben keeps the order asked for among their meetings: relax the order.",
    "fairness": "A slot is free for Ana and Ben, but it would give one of them more breaks than is fair.",
    "free": "A slot is free for Ana and Ben: the search was ended before it was tried again. Let it run longer.",
}


def test_a_reason_says_who_must_do_what():
    assert {code: why_no_slot(code, "Ana", "Ben").sentence for code in WHOLE} == WHOLE_SENTENCES


def test_a_reason_counts_what_stands_in_the_way_in_either_language():
    obstacles = (("busy_a", 3), ("no_table", 2))
    assert translate(why_no_slot("no_free_slot", "Ann", "Kessel", obstacles), "en") == (
        "Of the 5 slots Ann and Kessel share, Ann is in another meeting in 3 and no table is free in 2: "
        "more time of either would help."
    )
    assert translate(why_no_slot("no_free_slot", "王兰", "肖特集团", obstacles), "zh-hans") == (
        "王兰与肖特集团共同空闲的5个时段中，3个时段王兰另有会面、2个时段没有空桌：任一方多留出时间都会有帮助。"
    )


def test_every_obstacle_of_the_kernel_is_worded():
    obstacles = tuple((what, 1) for what in OBSTACLES)
    assert why_no_slot("no_free_slot", "Ann", "Kessel", obstacles).sentence == (
        "Of the 5 slots Ann and Kessel share, Ann is in another meeting in 1, Kessel is in another meeting in 1, "
        "Ann has reached the daily limit in 1, Kessel has reached the daily limit in 1, no table is free in 1, "
        "the walk is too far in 1 and the order asked for would be broken in 1: more time of either would help."
    )


@pytest.mark.parametrize(
    ("hours", "minutes", "refusal"),
    [
        ([(time(10), time(12))], 4, rules.SlotLengthOutOfRange),
        ([(time(10), time(12))], 241, rules.SlotLengthOutOfRange),
        ([(time(12), time(10))], 30, rules.HoursDoNotRise),
        ([(time(10), time(12)), (time(11), time(13))], 30, rules.HoursDoNotRise),
        ([(time(10), time(10, 20))], 30, rules.NoSlotFits),
        ([(time(10), time(10, 20)), (time(13), time(17))], 30, rules.NoSlotFits),
        ([], 30, rules.NoSlotFits),
    ],
)
def test_hours_that_hold_no_slots_are_refused_in_words(hours, minutes, refusal):
    with pytest.raises(refusal):
        rules.require_hours(hours, minutes)


def test_who_was_away_stays_away_at_the_same_times_when_slots_change():
    day = date(2023, 11, 5)
    before = rules.slots(day, day, SHANGHAI, hours=[(time(10), time(12))], minutes=30)
    after = rules.slots(day, day, SHANGHAI, hours=[(time(9), time(12))], minutes=60)
    assert rules.absences_again([1], before, after) == [1]
    assert rules.absences_again([1, 2], before, after) == [1, 2]
    assert rules.absences_again([0, 7], before, after) == [1]
    assert rules.absences_again([], before, after) == []


def test_those_without_an_address_are_named():
    assert rules.without_address(("Ann", "ann@foods.example"), ("Kessel", "")) == ("Kessel",)


def test_an_absence_is_reported_as_late_early_all_day_or_in_between():
    day = [14, 15, 16, 17]
    assert rules.absence(15, day, {14, 15, 16, 17, 20}) == ("away_day", None)
    assert rules.absence(14, day, {13, 14, 15}) == ("away_before", 16)
    assert rules.absence(17, day, {17, 18}) == ("away_after", 16)
    assert rules.absence(15, day, {15}) == ("away", None)
    assert rules.absence(14, day, {14, 17}) == ("away_before", 15)


@pytest.mark.parametrize(
    ("cause", "english", "chinese"),
    [
        ({"code": "away", "side": "visitor"}, "Ann is not there at that time.", "Ann届时不在场。"),
        ({"code": "away_day", "side": "exhibitor"}, "Kessel is not there on that day.", "凯塞尔当日不在场。"),
        (
            {"code": "away_before", "side": "visitor", "time": "11:00"},
            "Ann is there only from 11:00 on that day.",
            "Ann当日11:00起才在场。",
        ),
        (
            {"code": "closed", "hall": "4.1", "first": "2023-11-05T10:00+08:00", "last": "2023-11-05T11:30+08:00"},
            "Hall 4.1 is closed then, from 5 Nov 2023 10:00 to 5 Nov 2023 11:30.",
            "4.1馆届时关闭（2023年11月5日 10:00至2023年11月5日 11:30）。",
        ),
        (
            {"code": "full", "side": "exhibitor", "meetings": 3, "most": 2},
            "Kessel has 3 meetings then and only 2 at once.",
            "凯塞尔届时有3场会面，同时只能进行2场。",
        ),
        ({"code": "room"}, "It makes room for another meeting.", "为另一场会面让出时间。"),
    ],
)
def test_a_cause_is_a_sentence_with_its_facts_in_both_languages(cause, english, chinese):
    reason = rules.why_not_then(cause, {"visitor": "Ann", "exhibitor": Name("Kessel", "凯塞尔")})
    assert translate(reason, "en") == english
    assert translate(reason, "zh-hans") == chinese


def test_a_request_waits_until_the_moment_from_which_nobody_can_answer():
    until = datetime(2023, 11, 1, tzinfo=UTC)
    assert rules.request_state("pending", until, until - timedelta(microseconds=1)) == "pending"
    assert rules.request_state("pending", until, until) == "unanswered"
    assert rules.request_state("pending", None, until) == "pending"
    assert rules.request_state("accepted", until, until) == "accepted"


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({}, True),
        ({"mark": "favourite"}, True),
        ({"mark": "hidden"}, False),
        ({"mark": "declined"}, False),
        ({"request": "pending"}, False),
        ({"approved": False}, False),
        ({"is_open": False}, False),
    ],
)
def test_one_side_can_ask_the_other_while_nothing_stands_between_them(changed: dict[str, Any], answer: bool) -> None:
    assert rules.may_request(**{"approved": True, "is_open": True, "request": "", "mark": "", **changed}) is answer


def test_where_there_is_a_request_it_is_answered_and_not_declined_among_suggestions() -> None:
    assert [rules.may_decline(request) for request in ("", "pending", "declined")] == [True, False, False]


def test_a_wish_can_change_the_place_of_a_meeting_until_it_is_published() -> None:
    states = ("pending", "unanswered", "accepted", "declined", "cancelled")
    assert [state for state in states if rules.may_wish(state, is_own=True, is_placed=False)] == ["pending", "accepted"]
    assert [state for state in states if rules.may_wish(state, is_own=False, is_placed=False)] == ["accepted"]
    assert not any(rules.may_wish(state, is_own=own, is_placed=True) for state in states for own in (True, False))


def test_a_meeting_has_begun_from_its_first_moment_on() -> None:
    starts = datetime(2023, 11, 6, 9, tzinfo=UTC)
    assert [rules.has_begun(starts, starts + timedelta(seconds=step)) for step in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (datetime(2026, 3, 1, 7, 59, tzinfo=UTC), "Meetings can be requested and answered from 1 March 2026."),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), ""),
        (datetime(2026, 3, 9, 23, 59, tzinfo=UTC), ""),
        (datetime(2026, 3, 10, tzinfo=UTC), "Meetings could be requested and answered until 9 March 2026."),
    ],
)
def test_outside_the_days_for_requests_the_reason_names_the_day(at, sentence):
    window = Window(datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC))
    assert translated(rules.why_closed(window, at)) == sentence


def test_without_days_for_requests_the_reason_says_so():
    closed = rules.why_closed(None, datetime(2026, 3, 1, tzinfo=UTC))
    assert translated(closed, "zh-hans") == "会面邀约与答复的日期尚未公布。"

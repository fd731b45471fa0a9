"""Sessions that have one speaker or one place at the same time are found, and a session is cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.programme import queries
from emporion.domain.programme.actions import SessionRow, cancel_session, import_sessions, restore_session
from emporion.domain.programme.rules import Booked, SessionIsCancelled, SessionIsNotCancelled, clashes
from emporion.domain.statistics import queries as statistics
from tests import make

TEN = datetime(2023, 11, 6, 10)
CONTEXT = ActionContext(make.NOON)


def session(number, hour, hours=1, places=(), speakers=()):
    starts = TEN + timedelta(hours=hour)
    return Booked(number, starts, starts + timedelta(hours=hours), places, speakers)


def test_a_speaker_in_two_sessions_at_once_is_told_with_both_and_the_overlap():
    found = clashes([session("S1", 0, 2, speakers=("Anna Probe",)), session("S2", 1, 2, speakers=("anna  probe",))])
    assert [str(one) for one in found] == ["Anna Probe speaks in S1 and S2 on 2023-11-06 from 11:00 to 12:00"]


def test_a_room_taken_twice_is_told_once_though_it_has_two_names():
    room = ("Conference room 1", "第1会议室")
    found = clashes([session("S2", 0, places=room), session("S1", 0, places=room)])
    assert [str(one) for one in found] == ["Conference room 1 holds S1 and S2 on 2023-11-06 from 10:00 to 11:00"]


def test_a_session_that_begins_as_another_ends_is_no_clash():
    assert clashes([session("S1", 0, speakers=("Ann",)), session("S2", 1, speakers=("Ann",))]) == []


booked = st.builds(session, st.uuids().map(str), st.integers(0, 6), st.integers(1, 3),
                   st.just(()), st.sets(st.sampled_from("ABC"), max_size=2).map(tuple))  # fmt: skip


@given(st.lists(booked, max_size=8, unique_by=lambda one: one.number))
def test_the_clashes_are_those_that_comparing_every_pair_finds(sessions):
    pairs = [
        (*sorted((one.number, other.number)), who)
        for one, other in combinations(sessions, 2)
        for who in set(one.speakers) & set(other.speakers)
        if one.starts < other.ends and other.starts < one.ends
    ]
    found = [(*sorted((one.data["first"], one.data["second"])), one.data["speaker"]) for one in clashes(sessions)]
    assert sorted(found) == sorted(pairs)


NINE = datetime(2023, 11, 6, 1, tzinfo=UTC)  # nine in the morning in Shanghai
FORUM = SessionRow(2, "F1", "forum", "Open markets", "开放市场", NINE, NINE.replace(hour=3), "Room 1")


@pytest.mark.django_db
def test_a_list_tells_of_a_clash_with_a_session_that_is_there_and_is_taken_all_the_same(edition):
    import_sessions(edition, [FORUM], context=CONTEXT)
    later = FORUM._replace(number="F2", starts=NINE.replace(hour=2), ends=NINE.replace(hour=5))
    outcome = import_sessions(edition, [later], context=CONTEXT)
    assert (outcome.created, outcome.problems) == (1, [])
    assert [str(one) for one in outcome.notices] == ["Room 1 holds F1 and F2 on 2023-11-06 from 10:00 to 11:00"]


@pytest.mark.django_db
def test_a_list_cancels_a_session_and_a_list_without_a_state_leaves_it_so(edition):
    import_sessions(edition, [FORUM._replace(state="cancelled")], context=CONTEXT)
    again = import_sessions(edition, [FORUM], context=CONTEXT)
    assert (again.unchanged, queries.session(edition, "F1").is_cancelled) == (1, True)
    import_sessions(edition, [FORUM._replace(state="planned")], context=CONTEXT)
    assert not queries.session(edition, "F1").is_cancelled


@pytest.mark.django_db
def test_a_cancelled_session_clashes_with_nothing_and_is_no_longer_counted(edition):
    import_sessions(edition, [FORUM, FORUM._replace(row=3, number="F2")], context=CONTEXT)
    assert len(queries.clashes_of(edition)) == 1
    cancel_session(queries.session(edition, "F2"), context=CONTEXT)
    [whole] = [one for one in statistics.figure(edition, "sessions") if one.scope == "all"]
    assert (queries.clashes_of(edition), whole.value) == ([], 1)
    assert [one.number for one in queries.next_sessions(edition, NINE, 5)[0]] == ["F1"]
    assert JournalEntry.objects.filter(event="session.cancelled").count() == 1


@pytest.mark.django_db
def test_a_session_is_cancelled_once_and_restored_once(edition):
    import_sessions(edition, [FORUM], context=CONTEXT)
    forum = queries.session(edition, "F1")
    cancel_session(forum, context=CONTEXT)
    with pytest.raises(SessionIsCancelled, match="Session F1 is cancelled already"):
        cancel_session(forum, context=CONTEXT)
    restore_session(forum, context=CONTEXT)
    with pytest.raises(SessionIsNotCancelled):
        restore_session(forum, context=CONTEXT)


@pytest.mark.django_db
def test_a_list_is_not_told_of_clashes_in_which_none_of_its_sessions_is(edition):
    import_sessions(edition, [FORUM, FORUM._replace(row=3, number="F2")], context=CONTEXT)
    elsewhere = import_sessions(edition, [FORUM._replace(number="F3", place_en="Room 2")], context=CONTEXT)
    assert elsewhere.notices == []

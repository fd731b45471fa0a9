"""Asking, answering, cancelling."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from emporion.domain.editions.rules import PhaseNotPlanned, PhaseOver
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.matching.models import Decline, Interest
from emporion.domain.matching.queries import load_market
from emporion.domain.meetings import queries, rules
from emporion.domain.meetings.actions import answer, block_meeting, cancel, make_timetable, open_slots, request_meeting
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.notices.models import Notice
from emporion.domain.refusal import Refusal
from emporion.domain.visitors.models import VisitingUnit
from tests import make
from tests.domain.meetings.fair import make_fair

pytestmark = pytest.mark.django_db


def ask(visitor, exhibitor, *, by_exhibitor=False, at=make.NOON, **more):
    return request_meeting(visitor, exhibitor, by_exhibitor=by_exhibitor, context=ActionContext(at), **more)


def test_a_request_waits_tells_the_other_side_and_blocks_nothing(edition, ann, kessel):
    request = ask(ann, kessel)
    assert (request.state, request.wish) == ("pending", "like")
    assert [(n.recipient, n.template) for n in Notice.objects.all()] == [("kessel@example.org", "meeting_asked")]
    other = ask(make.make_visitor(edition, "Bob"), kessel)
    assert answer(other, accept=True, by_exhibitor=True, context=ActionContext(make.NOON)).state == "accepted"


def test_the_asked_side_accepts_and_who_asked_is_told(ann, kessel):
    request = answer(ask(ann, kessel), accept=True, by_exhibitor=True, context=ActionContext(make.NOON))
    assert (request.state, request.answered) == ("accepted", make.NOON)
    assert Notice.objects.get(template="meeting_accepted").recipient == "ann@example.org"
    assert list(JournalEntry.objects.order_by("id").values_list("event", flat=True)) == [
        "meeting.asked",
        "meeting.accepted",
    ]


def test_nobody_answers_their_own_request(ann, kessel):
    with pytest.raises(rules.NotYoursToAnswer):
        answer(ask(ann, kessel), accept=True, by_exhibitor=False, context=ActionContext(make.NOON))


def test_an_answer_stands(ann, kessel):
    request = answer(ask(ann, kessel), accept=False, by_exhibitor=True, context=ActionContext(make.NOON))
    with pytest.raises(rules.AlreadyAnswered, match="already declined and cannot be accepted"):
        answer(request, accept=True, by_exhibitor=True, context=ActionContext(make.NOON))


def test_two_who_ask_each_other_have_agreed_and_the_stronger_wish_holds(ann, kessel):
    ask(ann, kessel)
    request = ask(ann, kessel, by_exhibitor=True, wish="must")
    assert (request.state, request.wish, MeetingRequest.objects.count()) == ("accepted", "must", 1)


def test_asking_twice_is_refused_with_the_state(ann, kessel):
    ask(ann, kessel)
    with pytest.raises(rules.AlreadyAskedToMeet, match="it is pending"):
        ask(ann, kessel)


def test_who_may_not_meet_is_refused(edition, kessel):
    with pytest.raises(rules.VisitorMayNotMeet):
        ask(make.make_visitor(edition, "Waiting", state="registered"), kessel)
    own = VisitingUnit.objects.create(
        edition=edition, organisation=kessel.organisation, state="approved", registered=make.NOON
    )
    with pytest.raises(rules.OwnOrganisationNeedsNoMeeting, match="Kessel is on both sides"):
        ask(make.make_visitor(edition, "Colleague", own), kessel)
    with pytest.raises(rules.OtherSideIsOfAnotherEdition):
        ask(make.make_visitor(make_fair(7), "Other"), kessel)


def test_requests_have_their_phase(ann, kessel):
    request = ask(ann, kessel)
    late = datetime(2023, 11, 2, tzinfo=UTC)
    with pytest.raises(PhaseOver):
        answer(request, accept=True, by_exhibitor=True, context=ActionContext(late))
    with pytest.raises(PhaseNotPlanned):
        ask(make.make_visitor(make.make_show(8), "Eve"), kessel)


def test_cancelling_frees_the_slot(edition, ann, kessel):
    request = answer(ask(ann, kessel), accept=True, by_exhibitor=True, context=ActionContext(make.NOON))
    open_slots(edition, context=ActionContext(make.NOON))
    make_timetable(edition, context=ActionContext(make.NOON))
    assert Meeting.objects.count() == 1
    assert cancel(request, by_exhibitor=False, context=ActionContext(make.NOON)).state == "cancelled"
    assert Meeting.objects.count() == 0
    with pytest.raises(rules.AlreadyAnswered):
        cancel(request, by_exhibitor=False, context=ActionContext(make.NOON))


@pytest.mark.django_db(transaction=True)
def test_of_an_acceptance_and_a_refusal_at_once_one_stands(ann, kessel):
    request, answers, start = ask(ann, kessel), [], Barrier(2)

    def run(accept: bool) -> None:
        start.wait()
        try:
            answers.append(answer(request, accept=accept, by_exhibitor=True, context=ActionContext(make.NOON)).state)
        except Refusal as refusal:
            answers.append(refusal.code)
        connection.close()

    threads = [Thread(target=run, args=[accept]) for accept in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands = MeetingRequest.objects.get().state
    assert sorted(answers) == sorted([stands, "already_answered"])
    assert Notice.objects.exclude(template="meeting_asked").count() == 1


@pytest.mark.parametrize("requests", [1, 3])
def test_requests_of_a_side_take_one_query(edition, ann, requests, django_assert_num_queries):
    for number in range(requests):
        ask(ann, make.make_exhibitor(edition, f"E{number}"))
    with django_assert_num_queries(1):
        assert len([r.exhibitor.organisation.name for r in queries.requests_of(ann)]) == requests


def test_who_asks_and_who_declines_moves_the_next_suggestions(edition, ann, kessel):
    glas, bob = make.make_exhibitor(edition, "Glas"), make.make_visitor(edition, "Bob")
    ask(ann, kessel)
    answer(ask(bob, glas), accept=False, by_exhibitor=True, context=ActionContext(make.NOON))
    block_meeting(bob, kessel, by_exhibitor=False, context=ActionContext(make.NOON))
    problem = load_market(edition).problem
    assert Interest.objects.filter(visitor=ann, exhibitor=kessel, by_exhibitor=False).count() == 1
    assert problem.favoured.tolist() == [[0, 0], [1, 1]]
    assert sorted(problem.hidden.tolist()) == [[1, 0], [1, 1]]
    declines = Decline.objects.values_list("visitor", "exhibitor", "by_exhibitor")
    assert set(declines) == {(bob.pk, glas.pk, True), (bob.pk, kessel.pk, False)}

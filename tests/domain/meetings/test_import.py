"""Requests are imported as a list."""

from __future__ import annotations

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions import RequestRow, import_requests, make_timetable, open_slots
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.visitors.models import VisitingUnit, Visitor
from tests import make

pytestmark = pytest.mark.django_db


def row(number, visitor, exhibitor, **more):
    facts = {"by_exhibitor": False, "wish": "like", "state": "accepted", "requested": make.NOON, "answered": make.NOON}
    return RequestRow(number, visitor, exhibitor, **{**facts, **more})


def test_a_list_is_written_and_a_second_time_changes_nothing(edition, ann, kessel):
    rows = [row(2, ann.number, kessel.number, wish="must")]
    first, second = (
        import_requests(edition, rows, context=ActionContext(make.NOON)),
        import_requests(edition, rows, context=ActionContext(make.NOON)),
    )
    assert (first.created, first.problems) == (1, [])
    assert (second.created, second.updated, second.unchanged) == (0, 0, 1)
    request = MeetingRequest.objects.get()
    assert (request.visitor, request.exhibitor, request.wish, request.state) == (ann, kessel, "must", "accepted")


def test_a_changed_row_updates_and_a_cancelled_meeting_loses_its_slot(edition, ann, kessel):
    import_requests(edition, [row(2, ann.number, kessel.number)], context=ActionContext(make.NOON))
    open_slots(edition, context=ActionContext(make.NOON))
    make_timetable(edition, context=ActionContext(make.NOON))
    outcome = import_requests(
        edition, [row(2, ann.number, kessel.number, state="cancelled")], context=ActionContext(make.NOON)
    )
    assert (outcome.updated, Meeting.objects.count()) == (1, 0)
    assert MeetingRequest.objects.get().state == "cancelled"


def test_every_bad_row_has_its_reason_and_the_good_are_written(edition, ann, kessel):
    waiting = make.make_visitor(edition, "Waiting", state="registered")
    own = VisitingUnit.objects.create(
        edition=edition, organisation=kessel.organisation, state="approved", registered=make.NOON
    )
    colleague = make.make_visitor(edition, "Colleague", own)
    rows = [
        row(2, "V99", kessel.number),
        row(3, waiting.number, kessel.number),
        row(4, ann.number, "06-99"),
        row(5, ann.number, kessel.number, wish="perhaps"),
        row(6, ann.number, kessel.number),
        row(7, ann.number, kessel.number),
        row(8, colleague.number, kessel.number),
        row(9, ann.number, kessel.number, state="lost"),
    ]
    outcome = import_requests(edition, rows, context=ActionContext(make.NOON))
    assert outcome.created == 1
    assert sorted((p.row, p.column) for p in outcome.problems) == [
        (2, "visitor"),
        (3, "visitor"),
        (4, "exhibitor"),
        (5, "wish"),
        (7, "visitor"),
        (8, "exhibitor"),
        (9, "state"),
    ]


def test_a_visitor_without_a_unit_can_be_in_a_list(edition, ann, kessel):
    assert ann.unit is None
    assert import_requests(edition, [row(2, ann.number, kessel.number)], context=ActionContext(make.NOON)).created == 1


def test_the_rows_may_be_read_from_the_database_while_they_are_written(edition, ann, kessel):
    rows = (row(n, visitor.number, kessel.number) for n, visitor in enumerate(Visitor.objects.iterator(), 2))
    assert import_requests(edition, rows, context=ActionContext(make.NOON)).created == 1

"""Scans become entries, each once, and only those of visitors are visits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from emporion.domain.admission import queries
from emporion.domain.admission.actions import issue_badges, issue_exhibitor_badges, record_entries, revoke_badge
from emporion.domain.admission.models import Badge, Entry
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors.actions import cancel_visitor, reject_visitor
from tests import make

pytestmark = pytest.mark.django_db
NINE = datetime(2023, 11, 6, 1, tzinfo=UTC)  # nine in the morning in Shanghai


@pytest.fixture
def ann(edition):
    visitor = make.make_visitor(edition, "Ann")
    issue_badges(edition, context=ActionContext(make.NOON))
    return visitor


def scan(number: int, visitor, at: datetime = NINE):
    return (UUID(int=number), getattr(visitor, "number", visitor), "N1", at)


def test_sending_a_list_twice_changes_nothing(edition, ann):
    scans = [scan(1, ann), scan(2, ann, NINE.replace(day=7)), scan(1, ann)]
    first = record_entries(edition, scans, context=ActionContext(NINE))
    second = record_entries(edition, iter(scans), context=ActionContext(NINE))
    assert (first.created, first.unchanged, first.problems) == (2, 1, [])
    assert (second.created, second.unchanged) == (0, 3)
    assert queries.visits_by_day(edition) == {date(2023, 11, 6): 1, date(2023, 11, 7): 1}


def test_a_visitor_who_comes_twice_is_one_visitor(edition, ann):
    make.make_visitor(edition, "Stays away")
    record_entries(edition, [scan(1, ann), scan(2, ann)], context=ActionContext(NINE))
    assert [v.name for v in queries.visitors_present(edition)] == ["Ann"]
    assert queries.visits(edition).count() == 2


def test_an_exhibitors_pass_never_counts_as_a_visit(edition):
    kessel = make.make_exhibitor(edition, "Kessel")
    issue_exhibitor_badges(edition, [(kessel, "Staff")], context=ActionContext(make.NOON))
    outcome = record_entries(edition, [scan(1, Badge.objects.get())], context=ActionContext(NINE))
    assert outcome.created == 1
    assert (queries.visits(edition).count(), queries.visitors_present(edition).count()) == (0, 0)


def test_every_refused_scan_has_its_row_and_reason(edition, ann):
    bob = make.make_visitor(edition, "Bob")
    issue_badges(edition, context=ActionContext(make.NOON))
    revoke_badge(Badge.objects.get(visitor=bob), context=ActionContext(NINE), why="lost")
    before, after = scan(5, bob, NINE.replace(minute=0, hour=0)), scan(6, bob, NINE)
    outcome = record_entries(
        edition,
        [scan(1, "V99"), scan(2, ann), scan(3, ann, NINE.replace(day=4)), before, after],
        context=ActionContext(NINE),
    )
    assert outcome.created == 2
    assert [(p.row, str(p.wrong).split(" ")[0], str(p.wrong).split(" ")[-1]) for p in outcome.problems] == [
        (1, "No", "desk."),
        (3, "Badge", "today."),
        (5, "Badge", "desk."),
    ]


def test_a_scan_after_the_registration_ended_is_refused_and_one_before_it_stands(edition, ann):
    bob = make.make_visitor(edition, "Bob")
    issue_badges(edition, context=ActionContext(make.NOON))
    cancel_visitor(ann, context=ActionContext(NINE))
    reject_visitor(bob, reason="double", context=ActionContext(NINE))
    earlier = NINE.replace(hour=0)
    outcome = record_entries(
        edition, [scan(1, ann, earlier), scan(2, ann), scan(3, bob, earlier), scan(4, bob)], context=ActionContext(NINE)
    )
    assert outcome.created == 2
    assert [(p.row, str(p.wrong)) for p in outcome.problems] == [
        (row, f"The registration of badge {person.number} was cancelled or rejected on 2023-11-06 09:00; "
              "send its holder to the service desk.")
        for row, person in ((2, ann), (4, bob))
    ]  # fmt: skip


def test_the_shows_days_are_those_of_the_venue(edition, ann):
    # Half past midnight of the first day in Shanghai is still the day before in Greenwich.
    outcome = record_entries(
        edition, [scan(1, ann, datetime(2023, 11, 4, 16, 30, tzinfo=UTC))], context=ActionContext(NINE)
    )
    assert outcome.created == 1
    assert Entry.objects.get().gate == "N1"


def test_the_scans_may_be_read_from_the_database_while_they_are_written(edition, ann):
    scans = (scan(n, badge) for n, badge in enumerate(Badge.objects.iterator()))
    assert record_entries(edition, scans, context=ActionContext(NINE)).created == 1


@pytest.mark.parametrize("visitors", [1, 3])
def test_counting_takes_one_query(edition, visitors, django_assert_num_queries):
    people = [make.make_visitor(edition, f"V{i}") for i in range(visitors)]
    issue_badges(edition, context=ActionContext(make.NOON))
    record_entries(edition, [scan(i, person) for i, person in enumerate(people)], context=ActionContext(NINE))
    with django_assert_num_queries(2):
        assert queries.visitors_present(edition).count() == visitors
        assert sum(queries.visits_by_day(edition).values()) == visitors

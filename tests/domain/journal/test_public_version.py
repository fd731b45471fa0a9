"""The public version moves with each committed public event, in the order of commits, and with nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction

from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.events import EVENTS
from emporion.domain.journal.models import JournalEntry
from emporion.domain.journal.versions import (
    count_of,
    database_state,
    public_version,
    public_versions,
    version_among,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2023, 11, 5, 12, tzinfo=UTC)
SIXTH, SEVENTH = 6, 7


def happened(event="product.changed", edition=SIXTH):
    somebody = Subject(EVENTS[event].subjects[0], "1", "somebody")
    return record(event, somebody, context=ActionContext(NOON), edition=edition)


@contextmanager
def another_transaction():
    """A transaction on a connection of its own, which the caller commits or rolls back."""
    with ThreadPoolExecutor(1) as pool:

        class Other:
            def do(self, action):
                return pool.submit(action).result(20)

            def begin(self):
                self.do(lambda: transaction.set_autocommit(False))

            def commit(self):
                self.do(transaction.commit)

            def rollback(self):
                self.do(transaction.rollback)

        other = Other()
        other.begin()
        try:
            yield other
        finally:
            other.do(transaction.rollback)
            other.do(lambda: connection.close())


def test_a_public_event_moves_the_version_of_its_edition():
    before = public_version(SIXTH)
    happened()
    assert public_version(SIXTH) > before


def test_scans_and_registrations_leave_it():
    before = public_version(SIXTH)
    happened("entries.recorded")
    happened("visitor.registered")
    assert public_version(SIXTH) == before


def test_an_event_of_another_edition_leaves_it_and_one_of_none_moves_all():
    before = public_version(SIXTH)
    happened(edition=SEVENTH)
    assert public_version(SIXTH) == before
    both = public_version(SIXTH), public_version(SEVENTH)
    happened("organisations.merged", edition=None)
    assert public_version(SIXTH) > both[0]
    assert public_version(SEVENTH) > both[1]


def test_editions_of_a_fair_together_move_with_each_of_them():
    before = public_version(SIXTH, SEVENTH)
    happened(edition=SEVENTH)
    assert public_version(SIXTH, SEVENTH) > before


def test_what_is_taken_back_leaves_it():
    before = public_version(SIXTH)
    with another_transaction() as other:
        other.do(happened)
        other.rollback()
    assert public_version(SIXTH) == before


def test_an_entry_that_is_committed_after_a_higher_one_moves_it_again():
    begun = public_version(SIXTH)
    with another_transaction() as slow:
        lower = slow.do(happened)
        assert public_version(SIXTH) == begun

        higher = happened()
        assert higher.pk > lower.pk
        between = public_version(SIXTH)
        assert between > begun
        assert list(JournalEntry.objects.filter(event="product.changed")) == [higher]

        slow.commit()
    assert public_version(SIXTH) > between
    assert set(JournalEntry.objects.filter(event="product.changed")) == {lower, higher}


def test_a_long_import_keeps_no_other_public_event_waiting():
    with another_transaction() as importing:
        importing.do(lambda: happened("products.imported"))
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '5s'")
            happened()
            cursor.execute("SET statement_timeout = 0")
        importing.commit()


def test_many_at_once_each_move_it():
    together, seen = Barrier(4), []

    def change(number):
        with closing(connection):
            together.wait(600)
            for _ in range(10):
                with transaction.atomic():
                    happened(edition=(SIXTH, SEVENTH)[number % 2])
                    happened(edition=(SEVENTH, SIXTH)[number % 2])
                seen.append(public_version(SIXTH))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(4)))
    assert JournalEntry.objects.filter(event="product.changed").count() == 80
    assert public_version(SIXTH) == max(seen)


def test_a_transaction_moves_it_once_whatever_the_number_of_its_events():
    happened()
    before = public_versions()[SIXTH]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_publicversion SET number = number + 1000000000 WHERE edition = %s", [SIXTH])
    with transaction.atomic():
        for _ in range(50):
            happened()
    # The clock is behind the number, so each move adds exactly 1.
    assert public_versions()[SIXTH] == before + 1_000_000_000 + 1


def test_a_transaction_that_wrote_has_no_version_and_no_state():
    with transaction.atomic():
        assert public_version(SIXTH) is not None
        assert database_state() is not None
        happened()
        assert public_version(SIXTH) is None
        assert database_state() is None


def test_without_any_number_there_is_no_version():
    assert version_among(None, [SIXTH]) is None
    assert version_among({}, [SIXTH]) is None
    assert version_among({0: 5, 6: 7}, [SIXTH]) == 12
    assert version_among({0: 5, 6: 7}, []) == 5


def test_the_state_of_the_database_is_the_same_until_anything_is_written():
    # The state is the whole server's: a write to another of its databases may fall between two looks.
    assert any(database_state() == database_state() for _ in range(100))
    before = database_state()
    happened("entries.recorded")
    assert database_state() != before


def test_the_state_moves_too_when_a_transaction_that_was_at_work_commits():
    with another_transaction() as slow:
        slow.do(happened)
        during = database_state()
        slow.commit()
    assert database_state() != during


def test_events_are_counted_by_edition():
    happened("application.buyers_wanted")
    happened("texts.kept")
    happened("texts.kept", edition=SEVENTH)
    assert count_of(["texts.kept", "application.buyers_wanted"], SIXTH) == 2

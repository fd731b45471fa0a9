"""Figures on pages follow the journal once a minute, at once for who asks exactly, and never out of a transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext
from emporion.domain.statistics import queries
from emporion.domain.statistics.queries import figure, figures_version
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def sixth():
    return make.make_edition(6)


def somebody_came(edition):
    record("entries.recorded", Subject("edition", "6", "gates"), context=ActionContext(NOON), edition=edition.pk)


def test_scans_move_the_version_with_the_next_minute(sixth):
    first = figures_version(sixth, NOON)
    somebody_came(sixth)
    assert figures_version(sixth, NOON + 59 * SECOND) == first
    second = figures_version(sixth, NOON + 60 * SECOND)
    assert second != first
    assert figures_version(sixth, NOON + 120 * SECOND) == second


def test_who_asks_exactly_sees_them_at_once_and_so_do_all_after_that(sixth):
    first = figures_version(sixth, NOON)
    somebody_came(sixth)
    exact = figures_version(sixth, NOON + SECOND, exact=True)
    assert exact != first
    assert figures_version(sixth, NOON + 2 * SECOND) == exact


def test_a_transaction_that_wrote_has_no_version(sixth):
    with transaction.atomic():
        somebody_came(sixth)
        assert figures_version(sixth, NOON) is None
        assert figures_version(sixth, NOON, exact=True) is None


def test_figures_are_computed_once_for_a_version_and_without_one_as_they_are_now(sixth):
    version = figures_version(sixth, NOON)

    def exhibitors(version=None):
        return {found.value for found in figure(sixth, "exhibitors", version) if found.result.part is None}

    assert exhibitors(version) == exhibitors() == {None}
    make.make_exhibitor(sixth, "Glas AG")
    assert exhibitors(version) == {None}
    assert exhibitors() == {0, 1}


def test_the_bulletin_is_computed_again_for_a_new_state_of_the_database_and_only_then(
    sixth, monkeypatch, django_assert_num_queries
):
    # The real state moves with every database of the server; this one moves only when the test says so.
    state = "before"
    monkeypatch.setattr(queries, "database_state", lambda: state)

    def exhibitors():
        return {found.value for found in queries.bulletin(sixth, parts=False) if found.key == "exhibitors"}

    assert exhibitors() == {None}
    make.make_exhibitor(sixth, "Glas AG")
    with django_assert_num_queries(0):
        assert exhibitors() == {None}
    state = "after"
    assert exhibitors() == {0, 1}

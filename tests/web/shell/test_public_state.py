"""The state of a fair's pages moves with its version and with its own moments, and is looked up now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection

from emporion.domain.editions.models import Phase
from emporion.domain.journal.versions import public_versions
from emporion.domain.programme.models import Session
from emporion.web.shell import public_state
from emporion.web.shell.public_state import Clock, SampledStates, States, clock_of
from tests import make

OPENS = datetime(2026, 11, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_clock_moves_at_each_moment_and_not_before():
    clock = Clock((OPENS, OPENS + timedelta(hours=2)), (ZoneInfo("UTC"),))
    times = [OPENS - SECOND, OPENS, OPENS + timedelta(hours=2) - SECOND, OPENS + timedelta(hours=2)]
    assert [clock.at(time) for time in times] == ["0/2026-11-05", "1/2026-11-05", "1/2026-11-05", "2/2026-11-05"]


@pytest.mark.parametrize(
    "zone, midnight",
    [
        ("Asia/Shanghai", datetime(2026, 11, 5, 16, tzinfo=UTC)),
        ("Africa/Accra", datetime(2026, 11, 6, 0, tzinfo=UTC)),
        ("America/Sao_Paulo", datetime(2026, 11, 6, 3, tzinfo=UTC)),
        # The clocks of Berlin go back on 25 October 2026: midnight before the change is at 22, after it at 23 hours.
        ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_a_clock_moves_at_midnight_at_the_venue(zone, midnight):
    clock = Clock((), (ZoneInfo(zone),))
    assert clock.at(midnight - SECOND) != clock.at(midnight) == clock.at(midnight + timedelta(hours=20))


@pytest.mark.django_db
def test_the_moments_of_a_fair_are_its_phases_and_sessions():
    edition = make.make_edition(6)
    Phase.objects.create(edition=edition, kind="application", opens=OPENS, closes=OPENS + timedelta(days=2))
    begins = OPENS + timedelta(days=1)
    Session.objects.create(
        edition=edition, number="S1", kind="forum", title_en="Opening", starts=begins, ends=begins + SECOND
    )
    clock = clock_of(edition.fair_id)
    assert clock.moments == (OPENS, begins, OPENS + timedelta(days=2))
    assert [str(zone) for zone in clock.zones] == [edition.venue.time_zone]
    assert clock_of(edition.fair_id + 1) == Clock((), ())
    assert clock_of(None) == clock


@pytest.mark.django_db(transaction=True)
def test_the_state_of_a_fair_moves_with_its_own_editions_and_with_what_is_of_none():
    fair = make.make_edition(6).fair_id
    now, versions = OPENS, {0: 10, **dict.fromkeys((1,), 0)}
    edition = make.make_edition(7).pk

    def state(**moved):
        return States({**versions, **{int(key): number for key, number in moved.items()}}, now).get(fair)

    first = state()
    assert state(**{str(edition): 1}) != first
    assert state(**{"0": 11}) != first
    assert state(**{str(edition + 1000): 5}) == first


@pytest.mark.django_db
def test_inside_a_transaction_that_wrote_there_is_no_state():
    make.make_edition(6)
    assert public_versions() is None
    assert SampledStates().get(None) is None


@pytest.mark.django_db(transaction=True)
def test_the_state_is_looked_up_again_only_after_a_while(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(public_state, "STATE_SECONDS", 3600.0)
    states = SampledStates()
    first = states.get(None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_publicversion SET number = number + 1 WHERE edition = 0")
    with django_assert_num_queries(0):
        assert states.get(None) == first
    monkeypatch.setattr(public_state, "STATE_SECONDS", -1.0)
    assert states.get(None) != first


@pytest.mark.django_db(transaction=True)
def test_while_the_database_does_not_answer_the_last_state_holds(monkeypatch):
    monkeypatch.setattr(public_state, "STATE_SECONDS", -1.0)
    states = SampledStates()
    first = states.get(None)
    assert first is not None

    def gone():
        raise DatabaseError("gone")

    monkeypatch.setattr(public_state, "read_states", gone)
    assert states.get(None) == first
    assert SampledStates().get(None) is None

"""Each action has its days; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from emporion.domain.editions.rules import PhaseNotOpen, PhaseNotPlanned, PhaseOver, Window, require_open

SHANGHAI = timezone(timedelta(hours=8))
OPENS, CLOSES = datetime(2023, 11, 5, 8, tzinfo=SHANGHAI), datetime(2023, 11, 10, 18, tzinfo=SHANGHAI)
SHOW = Window(OPENS, CLOSES)
A_MOMENT = timedelta(microseconds=1)


def test_a_window_holds_its_first_moment_and_not_its_last() -> None:
    moments = [OPENS - A_MOMENT, OPENS, CLOSES - A_MOMENT, CLOSES]
    assert [SHOW.holds(moment) for moment in moments] == [False, True, True, False]


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    assert SHOW.holds(datetime(2023, 11, 5, 0, tzinfo=UTC))
    assert not SHOW.holds(datetime(2023, 11, 4, 23, 59, tzinfo=UTC))


def test_too_early_and_too_late_are_reported_with_the_moment() -> None:
    require_open(SHOW, OPENS, phase="the show is open")
    with pytest.raises(PhaseNotOpen, match="This is too early: the show is open from 2023-11-05 08:00"):
        require_open(SHOW, OPENS - A_MOMENT, phase="the show is open")
    with pytest.raises(PhaseOver, match="This is too late: the show is open until 2023-11-10 18:00"):
        require_open(SHOW, CLOSES, phase="the show is open")


def test_without_days_set_nothing_is_open() -> None:
    with pytest.raises(PhaseNotPlanned, match="The days on which the show is open have not been set"):
        require_open(None, OPENS, phase="the show is open")


def test_a_room_words_its_own_refusal() -> None:
    class GatesShut(PhaseOver):
        """The gates shut at {closes}."""

    with pytest.raises(GatesShut, match="The gates shut at 2023-11-10 18:00"):
        require_open(SHOW, CLOSES, phase="the show is open", late=GatesShut)

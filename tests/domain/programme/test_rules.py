"""What a session must keep to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from emporion.domain.programme import rules

SHOW = {"first_day": date(2023, 11, 5), "last_day": date(2023, 11, 10)}


def session(starts: datetime, ends: datetime, titles: tuple[str, str] = ("Forum", "")) -> None:
    rules.require_session("F1", titles, starts, ends, **SHOW)


def at(day: int, hour: int) -> datetime:
    return datetime(2023, 11, day, hour, tzinfo=UTC)


def test_a_session_of_the_show_may_end_after_midnight():
    session(at(10, 22), at(11, 1))


def test_what_is_refused():
    with pytest.raises(rules.SessionNeedsTitle, match="F1 needs a title"):
        session(at(5, 9), at(5, 10), (" ", ""))
    with pytest.raises(rules.SessionEndsBeforeItStarts, match="ends at 2023-11-05 09:00"):
        session(at(5, 9), at(5, 9))
    with pytest.raises(rules.SessionOutsideTheShow, match="is on 2023-11-11"):
        session(at(11, 9), at(11, 10))

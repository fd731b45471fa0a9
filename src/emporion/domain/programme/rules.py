"""What an item of the programme must keep to."""

from __future__ import annotations

from datetime import date, datetime

from emporion.domain.refusal import Refusal


class SessionEndsBeforeItStarts(Refusal):
    """Session {number} ends at {ends}, which is not after its start."""


class SessionOutsideTheShow(Refusal):
    """Session {number} is on {day}; the show is from {first_day} to {last_day}."""


class SessionNeedsTitle(Refusal):
    """Session {number} needs a title in English or in Chinese."""


def require_session(
    number: str, titles: tuple[str, str], starts: datetime, ends: datetime, *, first_day: date, last_day: date
) -> None:
    """Raise the reason for which a session cannot be in the programme, if there is one; times in the venue's time.

    Raises SessionNeedsTitle, SessionEndsBeforeItStarts or SessionOutsideTheShow. A session may end after midnight.
    """
    if not any(title.strip() for title in titles):
        raise SessionNeedsTitle(number=number)
    if ends <= starts:
        raise SessionEndsBeforeItStarts(number=number, ends=ends)
    if not first_day <= starts.date() <= last_day:
        raise SessionOutsideTheShow(number=number, day=starts.date(), first_day=first_day, last_day=last_day)

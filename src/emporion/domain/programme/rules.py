"""What an item of the programme must keep to."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from emporion.domain.reason import Reason
from emporion.domain.refusal import Refusal


class SessionEndsBeforeItStarts(Refusal):
    """Session {number} ends at {ends}, which is not after its start."""


class SessionOutsideTheShow(Refusal):
    """Session {number} is on {day}; the show is from {first_day} to {last_day}."""


class SessionNeedsTitle(Refusal):
    """Session {number} needs a title in English or in Chinese."""


class SessionNumberTaken(Refusal):
    """Another session of this edition has the number {number}."""


class SessionCancelled(Refusal):
    """Session {number} is cancelled."""


def require_held(number: str, *, is_cancelled: bool) -> None:
    """Raises: SessionCancelled."""
    if is_cancelled:
        raise SessionCancelled(number=number)


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


class SessionIsCancelled(Refusal):
    """Session {number} is cancelled already."""


class SessionIsNotCancelled(Refusal):
    """Session {number} is not cancelled."""


class SpeaksTwiceAtOnce(Reason):
    """{speaker} speaks in {first} and {second} on {day} from {starts} to {ends}"""

    speaker: str
    first: str
    second: str
    day: date
    starts: str
    ends: str


class PlaceTakenTwice(Reason):
    """{place} holds {first} and {second} on {day} from {starts} to {ends}"""

    place: str
    first: str
    second: str
    day: date
    starts: str
    ends: str


@dataclass(frozen=True)
class Booked:
    """When a session has its place and its speakers; times in the venue's time."""

    number: str
    starts: datetime
    ends: datetime
    places: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


def clashes(sessions: Iterable[Booked]) -> list[Reason]:
    """Every two sessions that have one speaker or one place at the same time, in the order of their times.

    Names are compared without regard to case, width and blanks. A session that begins as another ends is no clash.
    """
    found: list[tuple[datetime, str, str, Reason]] = []
    places: dict[str, list[tuple[str, Booked]]] = defaultdict(list)
    speakers: dict[str, list[tuple[str, Booked]]] = defaultdict(list)
    for session in sessions:
        for name, by in ((session.places, places), (session.speakers, speakers)):
            # A place given in two languages or a speaker named twice is one within a session.
            for key, shown in {_same_name(one): one for one in name}.items():
                by[key].append((shown, session))
    for kind, by in ((PlaceTakenTwice, places), (SpeaksTwiceAtOnce, speakers)):
        for booked in by.values():
            found += [(early.starts, early.number, later.number, _clash(kind, shown, early, later))
                      for shown, early, later in _overlaps(booked)]  # fmt: skip
    return _without_repeats(found)


def _without_repeats(found: list[tuple[datetime, str, str, Reason]]) -> list[Reason]:
    """The clashes in order; a place known by two names clashes once."""
    once: dict[Any, Reason] = {}
    for starts, first, second, reason in sorted(found, key=lambda one: one[:3]):
        who = reason.speaker if isinstance(reason, SpeaksTwiceAtOnce) else ""
        once.setdefault((starts, first, second, who), reason)
    return list(once.values())


def _overlaps(booked: list[tuple[str, Booked]]) -> Iterator[tuple[str, Booked, Booked]]:
    """The pairs that overlap, the earlier first; each is compared only with those that begin before it ends."""
    ordered = sorted(booked, key=lambda one: (one[1].starts, one[1].number))
    for place, (shown, early) in enumerate(ordered):
        for _shown, later in ordered[place + 1 :]:
            if later.starts >= early.ends:
                break
            yield shown, early, later


def _clash(kind: Any, shown: str, early: Booked, later: Booked) -> Reason:
    starts, ends = later.starts, min(early.ends, later.ends)
    reason: Reason = kind(shown, early.number, later.number, starts.date(), f"{starts:%H:%M}", f"{ends:%H:%M}")
    return reason


def _same_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

"""The state of a fair's public pages: its public version, and how far the clock has come among its own moments.

Pages change without anything being written when a phase opens or closes, when a session begins and at midnight at the
venue. The state names the version, how many of those moments have passed and the day, so a page that was made in
another state is no longer the one to show.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from threading import Lock

from django.db import DatabaseError, connection

from emporion.domain.cache import Cache
from emporion.domain.editions.queries import editions_of, turns_of_phases
from emporion.domain.journal.versions import public_versions, version_among
from emporion.domain.programme.queries import starts_of_sessions

# How long a process relies on the state it looked up last.
STATE_SECONDS = 0.25
Fair = int | None


@dataclass(frozen=True)
class Clock:
    """The moments at which a fair's pages change by themselves, in order, and the zones of its venues."""

    moments: tuple[datetime, ...]
    zones: tuple[tzinfo, ...]

    def at(self, now: datetime) -> str:
        """How far it has come: the number of moments that have passed, and the days in the zones."""
        days = {now.astimezone(zone).date().isoformat() for zone in self.zones}
        return "/".join([str(bisect_right(self.moments, now)), *sorted(days)])


_clocks: Cache[Clock] = Cache("clocks of fairs")
_editions: Cache[tuple[int, ...]] = Cache("editions of fairs")


@dataclass(frozen=True)
class States:
    """The states of all fairs at one time; under ``None`` that of the pages that show several fairs."""

    versions: Mapping[int, int] | None
    now: datetime
    _states: dict[Fair, str | None] = field(default_factory=dict)

    def get(self, fair: Fair) -> str | None:
        """The state of a fair; none where nothing may be stored, as inside a transaction that wrote."""
        if fair not in self._states:
            self._states[fair] = self._state(fair)
        return self._states[fair]

    def _state(self, fair: Fair) -> str | None:
        if not self.versions:
            return None
        editions = _editions.get(fair, sum(self.versions.values()), lambda: _keys(fair))
        version = version_among(self.versions, editions)
        clock = _clocks.get(fair, version, lambda: clock_of(fair))
        return f"{version} {clock.at(self.now)}"


def read_states() -> States:
    """The states as they are now; one query."""
    return States(public_versions(), datetime.now(UTC))


def clock_of(fair: Fair) -> Clock:
    """The clock of a fair, or of all of them."""
    editions = editions_of(fair)
    moments = turns_of_phases(editions) | starts_of_sessions(editions)
    zones = {edition.zone.key: edition.zone for edition in editions.select_related("venue")}
    return Clock(tuple(sorted(moments)), tuple(zones.values()))


def _keys(fair: Fair) -> tuple[int, ...]:
    return tuple(editions_of(fair).values_list("pk", flat=True))


class SampledStates:
    """The states as they were at most ``STATE_SECONDS`` ago, looked up by one thread while the others go on."""

    def __init__(self) -> None:
        self._states: States | None = None
        self._read_at = 0.0
        self._reading = Lock()

    def get(self, fair: Fair) -> str | None:
        """The state of a fair. While the database does not answer, the last one that was known."""
        if self._states is None or time.monotonic() - self._read_at > STATE_SECONDS:
            self._read()
        return self._states.get(fair) if self._states else None

    def _read(self) -> None:
        if not self._reading.acquire(blocking=self._states is None):
            return
        try:
            self._states, self._read_at = read_states(), time.monotonic()
        except DatabaseError:
            connection.close()
        finally:
            self._reading.release()

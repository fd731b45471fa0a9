"""How many meetings one person, stand or day holds, and which halls are too far apart for two in a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from emporion.domain.meetings.rules.refusals import DailyLimitOutOfRange, HostsOutOfRange, TooManySheets

DAILY_MEETINGS = 8
# A stand holds one meeting at a time for each of these square metres that its exhibitor has, up to the most.
HOST_M2 = 18
MAX_HOSTS = 6
# What people may say of themselves.
HIGHEST_DAILY_LIMIT = 40
HIGHEST_HOSTS = 20
# A worker lays out twenty people a second; a file of more pages is no use to a printer.
MAX_IN_PDF = 2_000
# Halls whose leaves of the venue lie further apart are too far for two meetings in a row.
NEAR_LEAVES = 3
# About as long as three leaves of a large venue are: the break between two meetings is not longer.
FARTHEST_MINUTES = 12.0


def require_limits(daily_limit: int | None, hosts: int | None) -> None:
    """Raise DailyLimitOutOfRange or HostsOutOfRange; none given means the usual one."""
    if daily_limit is not None and not 1 <= daily_limit <= HIGHEST_DAILY_LIMIT:
        raise DailyLimitOutOfRange(low=1, high=HIGHEST_DAILY_LIMIT)
    if hosts is not None and not 1 <= hosts <= HIGHEST_HOSTS:
        raise HostsOutOfRange(low=1, high=HIGHEST_HOSTS)


def hosts(share_m2: int) -> int:
    """How many meetings an exhibitor holds at once on its share of a stand: one for every 18 m², from 1 to 6."""
    return min(max(share_m2 // HOST_M2, 1), MAX_HOSTS)


def too_far(halls: Sequence[str], minutes: Mapping[tuple[str, str], float]) -> list[list[bool]]:
    """Whether two halls are too far apart for meetings in slots that follow on each other.

    ``minutes``: how long one walks between two halls, where the plan tells; more than ``FARTHEST_MINUTES`` is too far.
    Where it does not, halls are judged by their leaf, the number a code begins with, as 4 of ``4.1``: leaves are
    numbered round the venue, and those up to three apart are near. A hall without a number is near to all.
    """

    def far(one: str, other: str) -> bool:
        walked = minutes.get((one, other))
        return walked > FARTHEST_MINUTES if walked is not None else _far_by_leaf(one, other)

    return [[one != other and far(one, other) for other in halls] for one in halls]


def _far_by_leaf(one: str, other: str) -> bool:
    a, b = _leaf(one), _leaf(other)
    return a is not None and b is not None and abs(a - b) > NEAR_LEAVES


def _leaf(code: str) -> int | None:
    found = re.match(r"\d+", code)
    return int(found[0]) if found else None


def require_few_sheets(people: int) -> None:
    """Raises: TooManySheets."""
    if people > MAX_IN_PDF:
        raise TooManySheets(people=people)

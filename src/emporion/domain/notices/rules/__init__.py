"""When a message that was not accepted is tried again."""

from __future__ import annotations

from datetime import timedelta

# 1, 2, 4, … minutes, at most six hours apart: a server's short trouble costs minutes, a long one no flood.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# Three days by the waits above. Mail servers themselves give up after four to five (RFC 5321, 4.5.4.1).
MAX_ATTEMPTS = 20
# One attempt ends within minutes, for every step of it has a time limit.
LONGEST_ATTEMPT = timedelta(minutes=15)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after that many attempts; none when there have been enough."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)

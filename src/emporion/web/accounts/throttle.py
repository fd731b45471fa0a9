"""Holding back those who try passwords: after some failures an address waits, whoever asks and from wherever."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST_FAILURES = 5
WAIT_SECONDS = 15 * 60


def must_wait(email: str) -> bool:
    """Whether sign-ins with this address are held back at present."""
    return int(cache.get(_key(email), 0)) >= MOST_FAILURES


def failed(email: str) -> None:
    """Count a failure; the first one starts the time after which all are forgotten."""
    if not cache.add(_key(email), 1, WAIT_SECONDS):
        try:
            cache.incr(_key(email))
        except ValueError:
            # The time ran out in this very moment.
            cache.set(_key(email), 1, WAIT_SECONDS)


def succeeded(email: str) -> None:
    """Forget the failures of an address."""
    cache.delete(_key(email))


def _key(email: str) -> str:
    return "signin-" + hashlib.sha256(email.strip().lower().encode()).hexdigest()

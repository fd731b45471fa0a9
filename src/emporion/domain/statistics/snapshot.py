"""Keeping what was computed for exactly as long as the database has not changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from django.db import connection

Computed = TypeVar("Computed")
_kept: dict[Hashable, tuple[str, object]] = {}

_STATE = """
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL
    THEN current_database() || ' ' || pg_current_snapshot()::text END
"""


def state() -> str | None:
    """A name for the committed state of the database that is seen now; None inside a transaction that wrote.

    Two equal names are the same records: every transaction that writes takes a number, and the snapshot names the
    numbers that it sees (PostgreSQL manual, "Transaction ID and Snapshot Information Functions").
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        (name,) = cursor.fetchone()
    return name if name is None else str(name)


def while_unchanged(key: Hashable, compute: Callable[[], Computed]) -> Computed:
    """What ``compute`` gives, or gave in this process for the same key and the very same state of the database."""
    before = state()
    found = _kept.get(key)
    if found and before and found[0] == before:
        return found[1]  # type: ignore[return-value]
    computed = compute()
    if before and before == state():
        _kept[key] = (before, computed)
    return computed

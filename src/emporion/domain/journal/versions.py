"""Versions of what is stored: of an edition's public content, of what some events change, of the whole database.

The public version is the number of what readers without an account see of an edition; under the key 0 stands what
belongs to no edition. A trigger of the journal moves it when a transaction with a public entry commits, not when the
entry is written: entries are numbered before they are committed, so an entry can become visible after a higher one,
and a reader who goes by the highest number would keep what was read in between for ever. Commits with public entries
take turns for the moment between the trigger and their end; transactions that are still at work keep nobody waiting.
Numbers begin at the time in microseconds: no two databases, and none that was restored, have one number for different
content.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from emporion.domain.journal.models import JournalEntry

# Under this key stands what belongs to no edition: it changes the pages of all.
NO_EDITION = 0
_VERSIONS = "SELECT edition, number FROM journal_publicversion WHERE pg_current_xact_id_if_assigned() IS NULL"
_LATEST = """
    SELECT coalesce(max(id), 0), count(*) FROM journal_journalentry
    WHERE id > (SELECT coalesce(max(id), 0) - 1000 FROM journal_journalentry)
"""
_STATE = """
    SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL
    THEN current_database() || ' ' || pg_current_snapshot()::text END
"""


def public_versions() -> dict[int, int] | None:
    """The public version of every edition by its key; ``None`` inside a transaction that wrote.

    What such a transaction sees is nobody else's yet, so nothing may be kept of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS)
        return dict(cursor.fetchall()) or None


def version_among(versions: Mapping[int, int] | None, editions: Iterable[int]) -> int | None:
    """One number for some editions together: it grows with each public event of one of them or of none."""
    if not versions:
        return None
    return sum(versions.get(key, 0) for key in (NO_EDITION, *editions))


def public_version(*editions: int) -> int | None:
    """What readers without an account see of these editions is the same as long as this number is.

    ``None`` inside a transaction that wrote.
    """
    return version_among(public_versions(), editions)


def count_of(events: Collection[str], edition: int) -> int:
    """How often any of these events happened in an edition: a version of what only they change."""
    return JournalEntry.objects.filter(event__in=events, edition=edition).count()


def journal_state() -> tuple[int, int]:
    """The number of the last entry, and how many of the thousand numbers up to it are taken.

    The second tells of entries that were numbered before the last one and committed after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST)
        last, taken = cursor.fetchone()
    return last, taken


def database_state() -> str | None:
    """A name for the committed state of the whole database; ``None`` inside a transaction that wrote.

    Two equal names are the same records: every transaction that writes takes a number, and the snapshot names the
    numbers that it sees (PostgreSQL manual, "Transaction ID and Snapshot Information Functions").
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        (name,) = cursor.fetchone()
    return None if name is None else str(name)

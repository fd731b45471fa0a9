"""What is asked of the outbox."""

from __future__ import annotations

from django.db.models import QuerySet

from emporion.domain.notices.models import Notice


def unsent() -> QuerySet[Notice]:
    """The messages that have not gone out, the oldest first."""
    return Notice.objects.filter(sent=None).order_by("id")


def take_unsent(limit: int, *, after: int = 0) -> list[Notice]:
    """Up to ``limit`` messages to send, locked for this transaction; two senders at once take different ones.

    ``after``: only those with a higher id, so that a message that cannot be sent holds up none behind it.
    """
    return list(unsent().filter(pk__gt=after).select_for_update(skip_locked=True)[:limit])

"""Reckonings that are kept until something happens.

Every deed leaves an entry in the journal, so what was reckoned at the last entry holds until the next. A short time
limit covers deeds whose entry was numbered before another's but committed after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

from emporion.domain.journal.models import JournalEntry

KEPT_SECONDS = 600
T = TypeVar("T")


def last_deed() -> int:
    """The number of the journal's last entry, 0 in an empty journal."""
    return JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def kept(name: str, deed: int, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for a language and the last deed."""
    return cache.get_or_set(f"{name}-{get_language()}-{deed}", make, KEPT_SECONDS)

"""Writing into the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emporion.domain.accounts.models import User
from emporion.domain.journal.models import JournalEntry


def record(
    deed: str, subject: str, *, at: datetime, actor: User | None = None, edition: int | None = None, **data: Any
) -> JournalEntry:
    """Add one deed; call it inside the transaction that does the deed, so that both stand or fall together."""
    return JournalEntry.objects.create(deed=deed, subject=subject, at=at, actor=actor, edition=edition, data=data)

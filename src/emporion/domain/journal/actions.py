"""Writing into the journal."""

from __future__ import annotations

from typing import Any

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry


def record(deed: str, subject: str, *, context: ActionContext, edition: int | None = None, **data: Any) -> JournalEntry:
    """Add one entry; call it inside the transaction of the action, so that both stand or fall together."""
    return JournalEntry.objects.create(
        deed=deed, subject=subject, at=context.at, actor=context.actor, edition=edition, data=data
    )

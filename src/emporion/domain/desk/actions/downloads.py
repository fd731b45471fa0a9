"""Lists that leave as files are told to the journal: they hold people's addresses."""

from __future__ import annotations

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import Subject, record
from emporion.domain.journal.context import ActionContext


def note_download(edition: Edition, queue: str, filters: str, *, context: ActionContext) -> None:
    """Note that somebody took a list out, and by which filter."""
    record("list.downloaded", Subject("record", queue, queue), context=context, edition=edition.pk, filters=filters)

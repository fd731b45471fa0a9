"""Writing into the journal."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.db.models import Model

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.events import event_named
from emporion.domain.journal.models import JournalEntry

LONGEST_LABEL = 200


class Subject(NamedTuple):
    """What an event is about: a kind of record, the record's key, and what people call it."""

    kind: str
    id: str
    label: str


def subject_of(record: Model, label: str = "") -> Subject:
    """A stored record as a subject; without a label it goes by its number, else by its name."""
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", type(record).__name__).lower()
    number = getattr(record, "number", None)
    return Subject(kind, str(record.pk), label or (number if isinstance(number, str) else str(record)))


def record(
    event: str, subject: Model | Subject, *, context: ActionContext, edition: int | None = None, **data: Any
) -> JournalEntry:
    """Add one entry; call it inside the transaction of the action, so that both stand or fall together.

    ``edition``: the edition's key. ``data``: what else a reader of the journal must know, as JSON. Whether the entry
    is public and the version of its data are the event's. Raises EventNotRegistered.
    """
    known = event_named(event)
    what = subject if isinstance(subject, Subject) else subject_of(subject)
    if what.kind not in known.subjects:
        raise ValueError(f"{event} is about {' or '.join(known.subjects)}, not about {what.kind}")
    return JournalEntry.objects.create(
        event=event,
        subject_kind=what.kind,
        subject_id=what.id,
        subject_label=what.label[:LONGEST_LABEL],
        schema=known.schema,
        public=known.public,
        at=context.at,
        actor=context.actor,
        edition=edition,
        data=data,
    )

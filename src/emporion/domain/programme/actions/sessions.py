"""One session: added, changed, cancelled, held after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.programme.models import Session, Speaker
from emporion.domain.programme.rules import (
    SessionIsCancelled,
    SessionIsNotCancelled,
    SessionNumberTaken,
    require_session,
)


@dataclass(frozen=True)
class SessionFacts:
    """What the programme says of a session. ``speakers`` are (name, position), in their order."""

    number: str
    kind: str
    title_en: str
    title_zh: str
    starts: datetime
    ends: datetime
    place_en: str = ""
    place_zh: str = ""
    hall: Hall | None = None
    speakers: Sequence[tuple[str, str]] = ()


def add_session(edition: Edition, facts: SessionFacts, *, context: ActionContext) -> Session:
    """Put a session into the programme. Raises what ``require_session`` does, and SessionNumberTaken."""
    return _write(Session(edition=edition), facts, "session.added", context)


def change_session(session: Session, facts: SessionFacts, *, context: ActionContext) -> Session:
    """Change a session to what is said now; its speakers are those named. Raises what :func:`add_session` does."""
    return _write(session, facts, "session.changed", context)


@transaction.atomic
def _write(session: Session, facts: SessionFacts, event: str, context: ActionContext) -> Session:
    edition = session.edition
    times = (facts.starts.astimezone(edition.zone), facts.ends.astimezone(edition.zone))
    titles = (facts.title_en, facts.title_zh)
    require_session(facts.number, titles, *times, first_day=edition.first_day, last_day=edition.last_day)
    for name in ("number", "kind", "starts", "ends", "place_en", "place_zh", "hall"):
        setattr(session, name, getattr(facts, name))
    session.title_en, session.title_zh = facts.title_en or facts.title_zh, facts.title_zh or facts.title_en
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError as error:
        if "one_session_per_number" in str(error):
            raise SessionNumberTaken(number=facts.number) from error
        raise
    session.speakers.all().delete()
    Speaker.objects.bulk_create(Speaker(session=session, name=name, position=post) for name, post in facts.speakers)
    record(event, session, context=context, edition=edition.pk)
    return session


@transaction.atomic
def cancel_session(session: Session, *, context: ActionContext) -> None:
    """Cancel a session; it stays in the programme, marked so. Raises SessionIsCancelled."""
    if not Session.objects.filter(pk=session.pk, is_cancelled=False).update(is_cancelled=True):
        raise SessionIsCancelled(number=session.number)
    record("session.cancelled", session, context=context, edition=session.edition_id)


@transaction.atomic
def restore_session(session: Session, *, context: ActionContext) -> None:
    """Hold a session that was cancelled. Raises SessionIsNotCancelled."""
    if not Session.objects.filter(pk=session.pk, is_cancelled=True).update(is_cancelled=False):
        raise SessionIsNotCancelled(number=session.number)
    record("session.restored", session, context=context, edition=session.edition_id)

"""A session is cancelled, or held after all."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.programme.models import Session
from emporion.domain.programme.rules import SessionIsCancelled, SessionIsNotCancelled


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

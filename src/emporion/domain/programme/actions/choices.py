"""A visitor chooses sessions for their days."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.programme.models import ChosenSession, Session
from emporion.domain.programme.rules import require_held
from emporion.domain.visitors.models import Visitor


@transaction.atomic
def choose_session(visitor: Visitor, session: Session, *, context: ActionContext) -> None:
    """Put a session into a visitor's plan; chosen twice, it is there once. Raises: SessionCancelled."""
    require_held(session.number, is_cancelled=session.is_cancelled)
    _choice, new = ChosenSession.objects.get_or_create(visitor=visitor, session=session, defaults={"at": context.at})
    if new:
        record("session.chosen", session, context=context, edition=visitor.edition_id, visitor=visitor.number)


@transaction.atomic
def leave_session(visitor: Visitor, session: Session, *, context: ActionContext) -> None:
    """Take a session out of a visitor's plan."""
    if ChosenSession.objects.filter(visitor=visitor, session=session).delete()[0]:
        record("session.left", session, context=context, edition=visitor.edition_id, visitor=visitor.number)

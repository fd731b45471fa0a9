"""What happens to the programme."""

from emporion.domain.programme.actions.bulk import SessionRow, import_sessions
from emporion.domain.programme.actions.choices import choose_session, leave_session
from emporion.domain.programme.actions.sessions import (
    SessionFacts,
    add_session,
    cancel_session,
    change_session,
    restore_session,
)

__all__ = [
    "SessionFacts",
    "SessionRow",
    "add_session",
    "cancel_session",
    "change_session",
    "choose_session",
    "import_sessions",
    "leave_session",
    "restore_session",
]

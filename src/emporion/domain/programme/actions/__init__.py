"""What happens to the programme."""

from emporion.domain.programme.actions.bulk import SessionRow, import_sessions
from emporion.domain.programme.actions.sessions import cancel_session, restore_session

__all__ = ["SessionRow", "cancel_session", "import_sessions", "restore_session"]

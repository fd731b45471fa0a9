"""What happens to the programme."""

from emporion.domain.programme.actions.bulk import SessionRow, import_sessions

__all__ = ["SessionRow", "import_sessions"]

"""What happens to drafts of plans: commands, undo and redo, publishing, discarding."""

from emporion.domain.drafts.actions.commands import Applied, Conflict, do_command, place_exhibitor, redo, undo
from emporion.domain.drafts.actions.publishing import discard_draft, publish_draft, take_published

__all__ = [
    "Applied",
    "Conflict",
    "discard_draft",
    "do_command",
    "place_exhibitor",
    "publish_draft",
    "redo",
    "take_published",
    "undo",
]

"""What happens at the desk: views are saved, decisions taken back, lists taken out, messages written to groups."""

from emporion.domain.desk.actions.downloads import note_download
from emporion.domain.desk.actions.messages import (
    begin_message,
    release_message,
    send_message,
    try_message,
    write_message,
)
from emporion.domain.desk.actions.reviewing import review_unit_again, review_visitor_again
from emporion.domain.desk.actions.views import remove_view, save_view

__all__ = [
    "begin_message",
    "note_download",
    "release_message",
    "remove_view",
    "review_unit_again",
    "review_visitor_again",
    "save_view",
    "send_message",
    "try_message",
    "write_message",
]

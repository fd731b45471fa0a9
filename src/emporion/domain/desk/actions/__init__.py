"""What happens at the desk: views are saved, decisions taken back, lists taken out, messages written to groups."""

from emporion.domain.desk.actions.downloads import note_download
from emporion.domain.desk.actions.exhibiting import put_exhibitor, set_public_data
from emporion.domain.desk.actions.messages import (
    begin_message,
    release_message,
    send_message,
    try_message,
    write_message,
)
from emporion.domain.desk.actions.places import (
    AreaFacts,
    HallFacts,
    add_area,
    add_hall,
    change_area,
    change_hall,
    remove_area,
    remove_hall,
)
from emporion.domain.desk.actions.reviewing import review_unit_again, review_visitor_again
from emporion.domain.desk.actions.views import remove_view, save_view

__all__ = [
    "AreaFacts",
    "HallFacts",
    "add_area",
    "add_hall",
    "begin_message",
    "change_area",
    "change_hall",
    "note_download",
    "put_exhibitor",
    "release_message",
    "remove_area",
    "remove_hall",
    "remove_view",
    "review_unit_again",
    "review_visitor_again",
    "save_view",
    "send_message",
    "set_public_data",
    "try_message",
    "write_message",
]

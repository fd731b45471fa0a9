"""What happens to meetings: slots are opened, people ask and answer, the timetable is made and published."""

from emporion.domain.meetings.actions.bulk import RequestRow, import_requests
from emporion.domain.meetings.actions.requests import answer, ask_to_meet, cancel
from emporion.domain.meetings.actions.slots import open_slots
from emporion.domain.meetings.actions.timetable import make_timetable, publish_timetable

__all__ = [
    "RequestRow",
    "answer",
    "ask_to_meet",
    "cancel",
    "import_requests",
    "make_timetable",
    "open_slots",
    "publish_timetable",
]

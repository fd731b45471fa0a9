"""What happens to meetings: slots are opened, people ask and answer, the timetable is made and kept alive."""

from emporion.domain.meetings.actions.bulk import RequestRow, import_requests
from emporion.domain.meetings.actions.looks import Look, as_facts, looks_of
from emporion.domain.meetings.actions.presence import close_hall, open_hall, set_presence
from emporion.domain.meetings.actions.reminders import remind
from emporion.domain.meetings.actions.replan import Planned, digest_of, look_at_replan, replan_timetable
from emporion.domain.meetings.actions.requests import (
    answer,
    block_meeting,
    call_off,
    cancel,
    propose,
    request_meeting,
    set_wish,
)
from emporion.domain.meetings.actions.show import (
    make_calendar_link,
    make_delegation_link,
    note_outcome,
    pin,
    revoke_calendar_link,
    revoke_delegation_link,
)
from emporion.domain.meetings.actions.slots import open_slots
from emporion.domain.meetings.actions.timetable import make_timetable, publish_timetable

__all__ = [
    "Look",
    "Planned",
    "RequestRow",
    "answer",
    "as_facts",
    "block_meeting",
    "call_off",
    "cancel",
    "close_hall",
    "digest_of",
    "import_requests",
    "look_at_replan",
    "looks_of",
    "make_calendar_link",
    "make_delegation_link",
    "make_timetable",
    "note_outcome",
    "open_hall",
    "open_slots",
    "pin",
    "propose",
    "publish_timetable",
    "remind",
    "replan_timetable",
    "request_meeting",
    "revoke_calendar_link",
    "revoke_delegation_link",
    "set_presence",
    "set_wish",
]

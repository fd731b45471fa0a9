"""Every message is written in both languages."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from emporion.domain.meetings.models import MeetingRequest, TimetableChange
from emporion.jobs.messages import LANGUAGES

STATES = MeetingRequest.State
TEMPLATES = [
    *(f"application_{state}" for state in ("approved", "rejected")),
    *(f"visitor_{state}" for state in ("registered", "approved", "rejected")),
    *(f"meeting_{what}" for what in ("asked", "proposed", STATES.ACCEPTED, STATES.DECLINED, STATES.CANCELLED)),
    *(f"meeting_{what}" for what in (*TimetableChange.Kind, "soon")),
    "meetings_reminder", "free_booth_granted", "timetable_published", "deal_to_confirm", "task_failed",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_is_written_in_both_languages(template: str, language: str) -> None:
    subject, separator, body = get_template(f"notices/{language}/{template}.txt").template.source.partition("\n\n")
    assert subject.strip()
    assert separator
    assert body.strip()

"""What the outbox holds goes out once, in the reader's language; what cannot go out waits and holds nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.template.loader import get_template

from emporion.domain.meetings.models import MeetingRequest, TimetableChange
from emporion.domain.notices.actions import tell
from emporion.domain.notices.models import Notice
from emporion.jobs.outbox import LANGUAGES, send_all
from tests.make import MORNING
from tests.web.fair import make_person

pytestmark = pytest.mark.django_db
STATES = MeetingRequest.State
TEMPLATES = [
    *(f"application_{state}" for state in ("approved", "rejected")),
    *(f"visitor_{state}" for state in ("registered", "approved", "rejected")),
    *(f"meeting_{what}" for what in ("asked", "proposed", STATES.ACCEPTED, STATES.DECLINED, STATES.CANCELLED)),
    *(f"meeting_{what}" for what in (*TimetableChange.Kind, "soon")),
    "meetings_reminder", "free_booth_granted", "timetable_published", "deal_to_confirm", "deed_refused",
]  # fmt: skip


class Postman(EmailBackend):
    """A mail server that takes everything but letters to Atlantis."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if any("@atlantis.example" in one for message in messages for one in message.to):
            raise ConnectionRefusedError("no such sea")
        return super().send_messages(messages)


def put(key: str, recipient: str = "ada@shea.example", **context: Any) -> None:
    told = {"organisation": "Müller & Söhne", "edition": 6, "reason": "", **context}
    tell(key, recipient=recipient, template="application_approved", context=told, at=MORNING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_is_written_in_both_languages(template: str, language: str) -> None:
    subject, separator, body = get_template(f"notices/{language}/{template}.txt").template.source.partition("\n\n")
    assert subject.strip()
    assert separator
    assert body.strip()


def test_a_message_goes_out_once_as_it_was_written() -> None:
    put("a")
    assert send_all(at=MORNING) == 1
    assert send_all(at=MORNING) == 0
    [letter] = mail.outbox
    assert letter.subject == "Your application to edition 6 is approved"
    assert letter.body.startswith("Müller & Söhne may exhibit.")
    assert letter.to == ["ada@shea.example"]
    assert Notice.objects.get().sent == MORNING


def test_who_reads_chinese_is_told_in_chinese() -> None:
    make_person("lan@foods.example", language="zh-hans")
    put("a", "Lan@foods.example")
    send_all(at=MORNING)
    assert mail.outbox[0].subject == "第6届参展申请已通过"


def test_a_line_break_in_a_name_makes_no_second_header() -> None:
    put("a", edition="6\nBcc: everybody@else.example")
    send_all(at=MORNING)
    assert mail.outbox[0].subject == "Your application to edition 6 Bcc: everybody@else.example is approved"


def test_what_cannot_be_sent_waits_and_holds_nothing_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.jobs.test_outbox.Postman"
    for number in range(120):
        put(f"lost {number}", "who@atlantis.example")
    put("last")
    assert send_all(at=MORNING) == 1
    assert [letter.to for letter in mail.outbox] == [["ada@shea.example"]]
    assert Notice.objects.filter(sent=None).count() == 120
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_all(at=MORNING) == 120

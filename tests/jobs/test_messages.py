"""Every message names its fair, leads to the right page, and is whole in both languages."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import resolve
from django.utils import translation

from emporion.domain.editions.models import Edition
from emporion.domain.meetings.models import MeetingRequest, TimetableChange
from emporion.domain.notices.models import Notice
from emporion.jobs.links import PAGES
from emporion.jobs.messages import language_of, message_for
from emporion.language.message_texts import LANGUAGES
from emporion.language.zones import zone_name
from tests.fair import make_person
from tests.make import MORNING, make_edition

pytestmark = pytest.mark.django_db
STATES = MeetingRequest.State
TEMPLATES = {
    *(f"application_{what}" for what in ("approved", "rejected", "reopened", "question", "answer")),
    *(f"visitor_{state}" for state in ("registered", "approved", "rejected", "reviewed_again", "question", "answer")),
    *(f"meeting_{what}" for what in ("asked", "proposed", STATES.ACCEPTED, STATES.DECLINED, STATES.CANCELLED)),
    *(f"meeting_{what}" for what in (*TimetableChange.Kind, "soon")),
    "meetings_reminder", "free_booth_granted", "timetable_published", "deal_to_confirm", "task_failed",
    "contract_accepted", "contract_cancelled", "invoice_issued", "credit_note_issued",
    "payment_reminder", "stand_offered", "stand_lapsed", "stand_confirmed", "stand_taken_back", "stand_moved",
    "claim_accepted", "claim_declined", *(f"invitation_{who}" for who in ("contact", "colleague", "visitor", "staff")),
    "invitation_leader", "invitation_member",
    "passes_decided", "tasks_reminder", "invitation_contractor", "design_approved", "design_changes", "design_rejected",
}  # fmt: skip
TIMED = {"meeting_proposed", "meeting_placed", "meeting_moved", "meeting_lost", "meeting_soon", "meetings_reminder",
         "timetable_published", "stand_offered"}  # fmt: skip
FACTS: dict[str, Any] = {
    "name": "Ada Mensah", "organisation": "Shea & Sons", "number": "06-00017", "reason": "§ 17",
    "visitor": "Wang Lan", "exhibitor": "Shea & Sons", "exhibitor_zh": "乳木果公司", "slot": "2023-11-05 09:30",
    "before": "2023-11-05 09:30", "after": "2023-11-06 10:00", "why": {"en": "Closed.", "zh-hans": "展馆关闭。"},
    "no_other": {"en": "Open more times.", "zh-hans": "请增加时间。"}, "other": "Wang Lan", "stand": "4.1-A001",
    "day": "2023-11-05", "meetings": [["2023-11-05 09:30", "Wang Lan", "4.1-A001"]], "area_m2": 18,
    "buyer": "Shanghai Foods", "task": 3, "token": "a-token", "by": "Lin", "role": "gate", "area": "",
    "version": 2, "granted": 3, "asked": 5, "tasks": [{"phrase": "enter your products"}],
    "record": ["visitors", 3], "application": 4,
    "expires": "2023-10-01", "total": "7,155.00 USD", "reference": "RF77 1006 0000 42", "due": "2023-07-15",
    "credited": "INV-06-00001", "overdue": "3,577.50 USD",
    "until": {"moment": "2023-07-04T17:00:00+08:00"}, "question": "17?", "answer": "17", "delegation": "Group 07",
}  # fmt: skip


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_URL = "https://fair.example"


@pytest.fixture
def edition(db: Any) -> Edition:
    """The second edition of a fair in Shanghai, in English and Chinese."""
    edition = make_edition(6, name_en="Harbour Fair 2023", name_zh="2023港口博览会")
    edition.fair.name_en, edition.fair.name_zh = "Harbour Fair", "港口博览会"
    edition.fair.languages = list(LANGUAGES)
    edition.fair.save()
    return edition


def write(template: str, edition: Edition | None, language: str = "en", **context: Any) -> EmailMultiAlternatives:
    kept = {**FACTS, **context}
    if template == "task_failed":
        kept |= {"kind": {"en": "Allocate", "zh-hans": "分配"}, "why": {"en": "No room.", "zh-hans": "无空位。"}}
    return message_for(
        Notice(
            key="a",
            recipient="ada@shea.example",
            template=template,
            context=kept,
            language=language,
            edition=edition,
            created=MORNING,
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_message_names_its_fair_and_leads_to_a_page(template: str, language: str, edition: Edition) -> None:
    side = PAGES.get(template)
    sides = [{}] if side is None or side.visitor else []
    sides += [{"organisation_id": 17}] if side is not None and side.exhibitor else []
    for own in sides:
        message = write(template, edition, language, **own)
        body = str(message.body)
        assert message.subject
        assert "\n" not in message.subject
        assert ("港口博览会" if language == "zh-hans" else "Harbour Fair") in body
        [address] = re.findall(r"https://fair\.example\S*", body)
        with translation.override(language):
            found = resolve(urlsplit(address).path)
        assert ("/zh-hans/" in address) == (language == "zh-hans")
        assert (found.kwargs.get("organisation") == 17) == bool(own)
        assert not re.search(r"\{\{|\{%|\}\}|None|&amp;|\n\n\n", f"{message.subject}{body}")
        if template in TIMED:
            assert ("中国时间" if language == "zh-hans" else "China Time") in body
        if language == "zh-hans":
            assert not re.search(r"\b(the|your|and|is)\b", f"{message.subject}{body}")


def test_a_message_is_text_and_a_simple_page(edition: Edition) -> None:
    message = write("visitor_approved", edition, name="<b>Ada</b>")
    assert "<b>Ada</b>, registration 06-00017" in str(message.body)
    [(page, kind)] = message.alternatives
    assert kind == "text/html"
    assert "&lt;b&gt;Ada&lt;/b&gt;, registration 06-00017" in str(page)
    assert '<a href="https://fair.example' in str(page)


def test_a_fairs_own_sender_stands_on_its_messages(edition: Edition, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "noreply@fair.example"
    assert parseaddr(write("visitor_approved", edition).from_email) == ("Harbour Fair", "noreply@fair.example")
    fair = edition.fair
    fair.sender_name, fair.sender_email, fair.reply_to = "港口办公室", "office@harbour.example", "desk@harbour.example"
    message = write("visitor_approved", edition)
    sent: EmailMessage = message.message()  # type: ignore[assignment]
    assert "office@harbour.example" in str(sent["From"])
    assert sent["Reply-To"] == "desk@harbour.example"


def test_the_language_is_the_persons_among_those_of_the_fair(edition: Edition) -> None:
    notice = Notice(key="a", recipient="Lan@foods.example", template="visitor_approved", edition=edition)
    assert language_of(notice) == "en"
    make_person("lan@foods.example", language="zh-hans")
    assert language_of(notice) == "zh-hans"
    edition.fair.languages = ["en"]
    assert language_of(notice) == "en"


def test_the_same_message_has_the_same_name_for_mail_servers(edition: Edition) -> None:
    first, second = (write("visitor_approved", edition).extra_headers["Message-ID"] for _ in range(2))
    assert first == second
    assert first.endswith("@fair.example>")


def test_a_message_about_no_fair_goes_out_too() -> None:
    message = write("task_failed", None)
    assert message.subject == "Failed: Allocate"
    assert "https://fair.example/" in str(message.body)


@pytest.mark.parametrize(
    ("zone", "en", "zh"),
    [
        ("Asia/Shanghai", "China Time", "中国时间"), ("Africa/Accra", "Ghana Time", "加纳时间"),
        ("America/Sao_Paulo", "Brasilia Time", "巴西利亚时间"), ("Europe/Berlin", "Central European Time", "中欧时间"),
    ],
)  # fmt: skip
def test_a_time_zone_is_called_as_people_call_it(zone: str, en: str, zh: str) -> None:
    assert [zone_name(ZoneInfo(zone), language) for language in LANGUAGES] == [en, zh]

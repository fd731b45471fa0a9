"""The office gives an automatic message its own words: looked at, tried on oneself, kept, taken back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.notices.actions import Message, give_up, notify_all
from emporion.domain.notices.models import MessageText, Notice
from emporion.domain.notices.rules.kinds import KINDS
from emporion.jobs.outbox import send_all
from emporion.language.message_texts import product_text
from emporion.web.desk.message_words import INVENTED, WORDS
from tests import fair

pytestmark = pytest.mark.django_db
AT = "/expo/office/messages/texts/visitor_rejected/"
MAIL = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend", "PUBLIC_URL": "https://expo.example"}
TYPED = {
    "subject_en": "{name}, not this year", "body_en": "Dear {name}, {reason}\n\n{link}",
    "subject_zh": "{name}，本届未能通过", "body_zh": "{name}：{reason}\n\n{link}",
}  # fmt: skip


def act(office: Client, action: str, **texts: str) -> str:
    return shown(office.post(AT, {**TYPED, **texts, "action": action}, follow=True))


def shown(answer: Any) -> str:
    """What a reader sees of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def reject(edition: Edition, number: int) -> Notice:
    facts = {"name": "Ada", "number": "V06-1", "reason": "§ 17"}
    message = Message(f"r:{number}", f"ada{number}@shea.example", "visitor_rejected", facts, edition_id=edition.pk)
    notify_all([message], at=timezone.now())
    return Notice.objects.get(key=f"r:{number}")


def test_every_message_of_an_edition_has_its_words_and_invented_facts() -> None:
    own = {template: kind for template, kind in KINDS.items() if kind.own}
    assert set(WORDS) == set(own)
    told = {"fair", "edition", "organiser", "zone", "link"}
    assert {name for kind in own.values() for name in kind.fields} - told == set(INVENTED)


def test_own_words_go_out_from_then_on_and_the_products_again_after_a_reset(edition: Edition, office: Client) -> None:
    assert "Dear Ada Mensah, The unit's papers are missing." in act(office, "look")
    assert not MessageText.objects.exists(), "looking keeps nothing"
    reject(edition, 1)
    assert "Dear Ada, § 17" in act(office, "look_latest")
    assert "Kept. Messages that leave from now on read so." in act(office, "keep")
    with override_settings(**MAIL):
        send_all(clock=timezone.now)
        assert mail.outbox[0].subject == "Ada, not this year"
        assert "Dear Ada, § 17\n\nhttps://expo.example/expo/my/visit/" in mail.outbox[0].body
        page = act(office, "reset")
        assert "own text" in page and "{name}, not this year" in page, "the journal shows what it said"
        reject(edition, 2)
        send_all(clock=timezone.now)
    assert mail.outbox[1].subject == "Your registration for Edition 6 was not accepted"


def test_what_is_the_products_is_not_kept_as_ones_own(office: Client) -> None:
    subject, body = product_text("visitor_rejected", "zh-hans")
    act(office, "keep", subject_zh=subject, body_zh=body.replace("\n", "\r\n"))
    kept = MessageText.objects.get()
    assert (kept.subject_en, kept.subject_zh, kept.body_zh) == (TYPED["subject_en"], "", "")


def test_a_test_goes_to_oneself_with_what_is_typed_and_keeps_nothing(
    edition: Edition, office: Client, owner: User
) -> None:
    page = act(office, "test")
    assert f"A test is on its way to {owner.email}." in page and "Dear {name}, {reason}" in page
    with override_settings(**MAIL):
        send_all(clock=timezone.now)
    [message] = mail.outbox
    assert (message.to, message.subject) == ([owner.email], "Ada Mensah, not this year")
    assert not MessageText.objects.exists()
    assert "Taken by the mail server 0" in shown(office.get(AT)), "a test is nobody's message"


def test_what_is_refused_says_where_and_stays_typed(office: Client) -> None:
    page = act(office, "keep", body_en="Dear {name},\n{reson}")
    assert "Text, in English : Line 2: there is no field {reson}." in page and "Dear {name}, {reson}" in page
    assert "Text, in Chinese : The text lacks {link}" in act(office, "keep", body_zh="{reason}")
    assert not MessageText.objects.exists()


def test_how_messages_went_out_stands_beside_each(edition: Edition, office: Client) -> None:
    notices = [reject(edition, number) for number in range(3)]
    give_up(notices[0], error="The mail server refuses ada0@shea.example (550).", at=timezone.now(), bounced=True)
    give_up(notices[1], error="too late", at=timezone.now())
    page = shown(office.get(AT))
    assert "Waiting 1 Bounced: the address was refused 1 Given up 1" in page
    assert "The mail server refuses ada0@shea.example (550)." in page


def test_a_fair_of_one_language_writes_in_that_alone(edition: Edition, office: Client) -> None:
    edition.fair.languages = ["en"]
    edition.fair.save()
    assert "in Chinese" not in shown(office.get(AT))
    act(office, "keep")
    assert MessageText.objects.get().subject_zh == ""


def test_the_list_takes_as_many_queries_for_many_messages(
    edition: Edition, office: Client, django_assert_num_queries: Any
) -> None:
    page = "/expo/office/messages/texts/"
    with CaptureQueriesContext(connection) as before:
        office.get(page)
    for number in range(5):
        reject(edition, number)
    with django_assert_num_queries(len(before)):
        assert "Waiting" in shown(office.get(page))


def test_nobody_but_owners_writes_messages(edition: Edition) -> None:
    desk = fair.signed_in(fair.make_person("desk@expo.example", "Desk"))
    assert desk.get(AT).status_code in (403, 404)
    assert desk.post(AT, {**TYPED, "action": "keep"}).status_code in (403, 404)

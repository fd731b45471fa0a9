"""Every kind of automatic message, handed to a real mail server by an installation behind HTTPS.

The kinds are read from the templates: a new one fails here until it is written in both languages and leads somewhere.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import allauth
import pytest
from allauth.core import context as allauth_context
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone, translation

from emporion import language as words
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.notices.rules.kinds import KINDS
from emporion.jobs.outbox import send_all
from emporion.language.message_texts import LANGUAGES
from emporion.web.accounts.adapter import AccountAdapter
from tests.fair import make_person
from tests.jobs.test_messages import FACTS, TEMPLATES
from tests.make import MORNING, make_edition
from tests.smtp_server import smtp_server

pytestmark = pytest.mark.django_db
PUBLIC = "https://fair.example"
ALLAUTH = Path(str(resources.files(allauth))) / "templates"
ACCOUNT_MAILS = sorted(
    f"{folder}/email/{file.name.removesuffix('_message.txt')}"
    for folder in ("account", "mfa")
    for file in (ALLAUTH / folder / "email").glob("*_message.txt")
    if not file.name.startswith("base_")
)
# Words that are the same in both languages, or come from outside.
FOREIGN = re.compile(r"https?://\S+|\S+@\S+|Mozilla\S*|Harbour Fair|ABC-123")


@pytest.fixture
def edition(settings: Any) -> Edition:
    """A fair in both languages, on an installation with a public HTTPS address."""
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = PUBLIC, ["fair.example"]
    edition = make_edition(6, name_en="Harbour Fair 2023", name_zh="2023港口博览会", current=True)
    edition.fair.name_en, edition.fair.name_zh, edition.fair.languages = "Harbour Fair", "港口博览会", list(LANGUAGES)
    edition.fair.save()
    return edition


def arrived(settings: Any) -> list[EmailMessage]:
    """Send what waits through a real mail server; the letters."""
    with smtp_server() as server:
        for name, value in server.settings.items():
            setattr(settings, name, value)
        done = send_all(clock=timezone.now)
        assert (done.failed, done.postponed, done.server_error) == (0, 0, "")
        return list(server.letters)


def links_of(letter: EmailMessage) -> set[str]:
    """The links of both forms of a letter."""
    forms = [letter.get_body((form,)) for form in ("plain", "html")]
    return {link for form in forms if form for link in re.findall(r"https?://[^\s\"<>，。]+", form.get_content())}


def check(letter: EmailMessage, language: str) -> str:
    """The letter names its fair, is in one language, and its links open pages of this site; gives its text."""
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert ("港口博览会" if language == "zh-hans" else "Harbour Fair") in f"{letter['Subject']}{text}", text
    for link in links_of(letter):
        assert link.startswith(f"{PUBLIC}/"), link
        with translation.override(language):
            assert resolve(urlsplit(link).path).func
    if language == "zh-hans":
        assert not re.search(r"[A-Za-z]{4,} [a-z]{3,}", FOREIGN.sub("", f"{letter['Subject']}\n{text}")), text
    return text


def test_the_list_of_messages_is_whole() -> None:
    for language in LANGUAGES:
        folder = Path(str(resources.files(words))) / "texts" / language
        assert {file.stem for file in folder.glob("*.txt")} == {*TEMPLATES, "account_mail"} == {*KINDS, "account_mail"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_fair_arrives_with_its_link(edition: Edition, language: str, settings: Any) -> None:
    context = {"kind": {"en": "Allocate", "zh-hans": "分配"}, "why": {"en": "No room.", "zh-hans": "无空位。"}}
    names = {"visitor": "王兰", "other": "王兰", "exhibitor": "乳木果公司", "organisation": "乳木果公司", "by": "林"}
    own = {**names, "name": "阿达", "buyer": "上海食品", "meetings": []} if language == "zh-hans" else {}
    for number, template in enumerate(sorted(TEMPLATES)):
        facts = {**FACTS, **own, **(context if template == "task_failed" else {})}
        Notice.objects.create(
            key=template, recipient=f"r{number}@shea.example", template=template, context=facts, language=language,
            edition=edition, created=MORNING,
        )  # fmt: skip
    letters = arrived(settings)
    assert len(letters) == len(TEMPLATES)
    for letter in letters:
        check(letter, language)
        assert links_of(letter), letter["Subject"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_to_an_account_arrives_and_leads_here(edition: Edition, language: str, settings: Any) -> None:
    user = make_person("ada@shea.example", "阿达" if language == "zh-hans" else "Ada", language=language)
    request = RequestFactory(SERVER_NAME="fair.example", SERVER_PORT="443").get("/accounts/login/", secure=True)
    request.user, request.fair = user, None  # type: ignore[attr-defined]
    with translation.override(language), allauth_context.request_context(request):
        page = request.build_absolute_uri
        facts = {
            "user": user, "code": "ABC-123", "signup_url": page(reverse("account_signup")), "ip": "203.0.113.9",
            "password_reset_url": page(reverse("account_reset_password")), "email": user.email, "user_agent": "Mozilla",
            "activate_url": page(reverse("account_login")), "from_email": "old@shea.example", "to_email": user.email,
            "deleted_email": "old@shea.example", "timestamp": timezone.now(), "request": request,
        }  # fmt: skip
        for template in ACCOUNT_MAILS:
            AccountAdapter(request).send_mail(template, user.email, dict(facts))
    letters = arrived(settings)
    assert len(letters) == len(ACCOUNT_MAILS) >= 15
    texts = {template: check(letter, language) for template, letter in zip(ACCOUNT_MAILS, letters, strict=True)}
    assert "ABC-123" in texts["account/email/login_code"]
    assert f"{PUBLIC}{'/zh-hans' if language == 'zh-hans' else ''}/accounts/" in texts["account/email/unknown_account"]

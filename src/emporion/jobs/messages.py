"""A message as it goes out: in its reader's language, in the name of its fair, with the page where one goes on."""

from __future__ import annotations

import hashlib
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string

from emporion.domain.accounts.models import User
from emporion.domain.desk.queries.messages import texts_of
from emporion.domain.desk.rules import filled
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import TO_GROUP
from emporion.domain.reason import restored
from emporion.jobs.links import link_of, unsubscribe_link_of
from emporion.language import written
from emporion.language.zones import zone_name

LANGUAGES = ("en", "zh-hans")


def message_for(notice: Notice) -> EmailMultiAlternatives:
    """The message as it goes out, as text and as a simple page."""
    language = language_of(notice)
    subject, body = text_of(notice, language)
    facts = _facts(notice, language)
    text = render_to_string("notices/message.txt", {**facts, "body": body.strip(), "language": language})
    message = EmailMultiAlternatives(
        subject, text.strip() + "\n", from_email=sender_of(notice.edition), to=[notice.recipient],
        headers={
            "Message-ID": _message_id(notice), "Auto-Submitted": "auto-generated", "Content-Language": language,
            **_unsubscribing(facts["unsubscribe"]),
        },
    )  # fmt: skip
    if notice.edition is not None and notice.edition.fair.reply_to:
        message.reply_to = [notice.edition.fair.reply_to]
    page = {**facts, "paragraphs": body.strip().split("\n\n"), "subject": subject, "language": language}
    message.attach_alternative(render_to_string("notices/message.html", page), "text/html")
    return message


def text_of(notice: Notice, language: str) -> tuple[str, str]:
    """The subject and the body of a message: its template's first line, and what follows the empty line after it."""
    if notice.template == TO_GROUP:
        return _text_to_group(notice, language)
    template = get_template(f"notices/{language}/{notice.template}.txt")
    context = {name: _in_language(value, language) for name, value in notice.context.items()}
    # A message is no page: what fills it stands as it is.
    filled = Context({**_facts(notice, language), **context}, autoescape=False)
    text = template.template.render(filled)  # type: ignore[attr-defined]
    subject, _separator, body = text.partition("\n\n")
    return " ".join(subject.split()), body.strip() + "\n"


def _text_to_group(notice: Notice, language: str) -> tuple[str, str]:
    """What the organiser wrote, in the reader's language, else in the other; its fields filled for the reader."""
    texts, facts = texts_of(notice.context["message"]), _facts(notice, language)
    subject, body = texts.get(language) or next(iter(texts.values()))
    values = {
        "name": str(_in_language(notice.context["name"], language)), "number": notice.context["number"],
        "organisation": str(_in_language(notice.context["organisation_name"], language)),
        "fair": facts.get("fair", ""), "edition": facts.get("edition", ""),
    }  # fmt: skip
    return " ".join(filled(subject, values).split()), filled(body, values).replace("\r\n", "\n").strip() + "\n"


def _unsubscribing(link: str) -> dict[str, str]:
    """The headers by which a mail program unsubscribes at one click (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if link else {}


def language_of(notice: Notice) -> str:
    """The language of the person's account, else the notice's own; of those the fair uses, else the fair's first."""
    chosen = User.objects.filter(email=notice.recipient.lower()).values_list("language", flat=True).first()
    wanted = chosen or notice.language
    offered = notice.edition.fair.languages if notice.edition is not None else list(LANGUAGES)
    return wanted if wanted in offered and wanted in LANGUAGES else str(offered[0])


def sender_of(edition: Edition | None) -> str:
    """The fair's own sender with its name; else the installation's, in the fair's name."""
    if edition is None:
        return str(settings.DEFAULT_FROM_EMAIL)
    fair, common = edition.fair, settings.DEFAULT_FROM_EMAIL
    if not fair.sender_email and "<" in common:
        return str(common)
    return formataddr((fair.sender_name or fair.name_en, fair.sender_email or common))


def _facts(notice: Notice, language: str) -> dict[str, Any]:
    """What every message may name: its fair and edition, the venue's time zone, and where one goes on."""
    leaving = unsubscribe_link_of(notice, language)
    facts = {"link": link_of(notice, language), "public": settings.PUBLIC_URL, "unsubscribe": leaving}
    edition = notice.edition
    if edition is None:
        return facts
    chinese, fair = language == "zh-hans", edition.fair
    return facts | {
        "fair": (chinese and fair.name_zh) or fair.name_en,
        "edition": (chinese and edition.name_zh) or edition.name_en,
        "organiser": (chinese and fair.organiser_zh) or fair.organiser_en,
        "zone": zone_name(edition.zone, language),
    }


def _message_id(notice: Notice) -> str:
    """The same for the same message, so that a mail server that gets it twice can tell."""
    digest = hashlib.sha256(f"{notice.key} {notice.created.isoformat()}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.PUBLIC_URL).hostname or 'emporion.localhost'}>"


def _in_language(value: Any, language: str) -> Any:
    """What fills a message: reasons and names as the reader writes them, a text kept by language in theirs."""
    if isinstance(value, list):
        return [_in_language(one, language) for one in value]
    if isinstance(value, dict) and value.keys() & {"reason", "proper_name"}:
        return written(restored(value), language)
    if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
        return value.get(language) or next(iter(value.values()), "")
    return value

"""A message as it goes out: in its reader's language, in the name of its fair, with the page where one goes on."""

from __future__ import annotations

import hashlib
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from emporion.domain.accounts.models import User
from emporion.domain.desk.queries.messages import texts_of
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.domain.notices.queries import OWN_TEXTS, TO_GROUP, own_text
from emporion.domain.notices.rules.texts import filled
from emporion.jobs.links import link_of, unsubscribe_link_of
from emporion.language.message_texts import LANGUAGES, as_text, edition_facts, message_text


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
    """The subject and the body of a message: in the edition's own words, else in the product's."""
    if notice.template == TO_GROUP:
        return _text_to_group(notice, language)
    facts = dict(notice.context)
    own = facts.pop(OWN_TEXTS, None) or own_text(notice.edition, notice.template)
    link = link_of(notice, language)
    return message_text(notice.template, facts, notice.edition, language, link=link, own=own)


def _text_to_group(notice: Notice, language: str) -> tuple[str, str]:
    """What the organiser wrote, in the reader's language, else in the other; its fields filled for the reader."""
    texts, facts = texts_of(notice.context["message"]), _facts(notice, language)
    subject, body = texts.get(language) or next(iter(texts.values()))
    values = {
        "name": as_text(notice.context["name"], language), "number": notice.context["number"],
        "organisation": as_text(notice.context["organisation_name"], language),
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
    """What stands around the text of a message: its fair and edition, and where one goes on or leaves."""
    to_group = notice.template == TO_GROUP
    facts = {
        "link": link_of(notice, language) if to_group else "",
        "unsubscribe": unsubscribe_link_of(notice, language),
    }
    return facts | edition_facts(notice.edition, language)


def _message_id(notice: Notice) -> str:
    """The same for the same message, so that a mail server that gets it twice can tell."""
    digest = hashlib.sha256(f"{notice.key} {notice.created.isoformat()}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.PUBLIC_URL).hostname or 'emporion.localhost'}>"

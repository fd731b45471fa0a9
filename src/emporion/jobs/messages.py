"""The text of a message, in the language of the person it goes to."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template

from emporion.domain.accounts.models import User
from emporion.domain.notices.models import Notice
from emporion.domain.reason import restored
from emporion.language import translate

LANGUAGES = ("en", "zh-hans")


def message_for(notice: Notice) -> EmailMultiAlternatives:
    """The message as it goes out."""
    subject, body = text_of(notice, language_of(notice))
    return EmailMultiAlternatives(subject, body, to=[notice.recipient])


def text_of(notice: Notice, language: str) -> tuple[str, str]:
    """The subject and the body of a message: its template's first line, and what follows the empty line after it."""
    template = get_template(f"notices/{language}/{notice.template}.txt")
    # A message is no page: what fills it stands as it is.
    context = {name: _in_language(value, language) for name, value in notice.context.items()}
    text = template.template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]
    subject, _separator, body = text.partition("\n\n")
    return " ".join(subject.split()), body.strip() + "\n"


def _in_language(value: Any, language: str) -> Any:
    """What fills a message: a reason as a sentence, a text that was kept by language in the reader's."""
    if isinstance(value, dict) and "reason" in value:
        return translate(restored(value), language)
    if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
        return value.get(language) or next(iter(value.values()), "")
    return value


def language_of(notice: Notice) -> str:
    """The language of the person's account; without one the notice's own."""
    chosen = User.objects.filter(email=notice.recipient.lower()).values_list("language", flat=True).first()
    chosen = chosen or notice.language
    return chosen if chosen in LANGUAGES else LANGUAGES[0]

"""The catalogue of messages, read without Django's applications, so that commands on files start fast."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

ENGLISH, CHINESE = "en", "zh-hans"
LOCALE = Path(__file__).parent / "locale"


def is_chinese(language: str | None = None) -> bool:
    """Whether a language, else the one in force, is Chinese."""
    return (language or get_language() or ENGLISH).startswith("zh")


def message(text: str, language: str | None = None) -> str:
    """A message in a language, else in the one in force; as it is where the catalogue has none."""
    return _chinese().gettext(text) if text and is_chinese(language) else text


def message_in(context: str, text: str, language: str | None = None) -> str:
    """The same for a message that has a context."""
    return _chinese().pgettext(context, text) if is_chinese(language) else text


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE, ["zh_Hans"])

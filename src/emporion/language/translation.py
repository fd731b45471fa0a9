"""From a reason's code and data to a sentence in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from emporion.domain.reason import Conjunction, Country, Name, Phrase, ProperName, Statement
from emporion.language.catalogue import message, message_in
from emporion.language.dates import moment, whole_date
from emporion.language.names import country_name, in_language, proper_name


def translate(statement: Statement, language: str | None = None) -> str:
    """A reason or refusal as a sentence in a language, else in the one in force, its data as the reader writes them."""
    data = {name: written(value, language) for name, value in statement.data.items()}
    return message(statement.template, language).format(**data)


def translated(statement: Statement | None, language: str | None = None) -> str:
    """The same where there may be none: an empty text."""
    return translate(statement, language) if statement else ""


def written(value: Any, language: str | None = None) -> Any:
    """A value of a reason as the reader writes it; numbers stay numbers, so that a sentence may format them."""
    if isinstance(value, Statement):
        return translate(value, language)
    if isinstance(value, str):
        return _text(value, language)
    if isinstance(value, ProperName):
        return proper_name(value, language)
    if isinstance(value, Name):
        return in_language(value.en, value.zh, language)
    if isinstance(value, dt.datetime):
        return moment(value, language)
    if isinstance(value, dt.date):
        return whole_date(value, language)
    return listed(value, language) if isinstance(value, tuple | list) else value


def _text(value: str, language: str | None) -> str:
    if isinstance(value, Country):
        return country_name(value, language)
    return message(value, language) if isinstance(value, Phrase) else value


def listed(values: Iterable[Any], language: str | None = None) -> str:
    """Values one after the other, separated as the reader separates them; a conjunction ends with “and”."""
    texts = [str(written(one, language)) for one in values]
    # Translators: what stands between the members of a list.
    comma = message_in("list", ", ", language)
    if isinstance(values, Conjunction) and len(texts) > 1:
        # Translators: what stands before the last member of a list.
        last = message_in("list", " and ", language)
        return comma.join(texts[:-1]) + last + texts[-1]
    return comma.join(texts)

"""From a reason's code and data to a sentence in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, pgettext

from emporion.domain.reason import Country, Name, Phrase, Statement
from emporion.language.dates import whole_date, whole_moment
from emporion.language.names import country_name, in_language
from emporion.language.words import WORDS


def translate(statement: Statement) -> str:
    """A reason or refusal as a sentence in the language in force, its data written as the reader writes them."""
    return gettext(statement.template).format(**{name: written(value) for name, value in statement.data.items()})


def written(value: Any) -> Any:
    """A value of a reason as the reader writes it; numbers stay numbers, so that a sentence may format them."""
    if isinstance(value, Statement):
        return translate(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Name):
        return in_language(value.en, value.zh)
    if isinstance(value, dt.datetime):
        return whole_moment(value)
    if isinstance(value, dt.date):
        return whole_date(value)
    return listed(value) if isinstance(value, tuple | list) else value


def _text(value: str) -> str:
    if isinstance(value, Country):
        return country_name(value)
    return gettext(value) if isinstance(value, Phrase) or value in WORDS else value


def listed(values: Iterable[Any]) -> str:
    """Values one after the other, separated as the reader separates them."""
    # Translators: what stands between the members of a list.
    return pgettext("list", ", ").join(str(written(one)) for one in values)

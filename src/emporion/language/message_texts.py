"""The automatic messages in words: the product's texts, an edition's own instead, their fields filled for a reader.

The product's texts are files below ``texts/``: the subject, an empty line, the body. Fields stand in braces; nothing
in a text is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.notices.rules.kinds import kind_of
from emporion.domain.notices.rules.texts import filled
from emporion.domain.reason import restored
from emporion.language.translation import written
from emporion.language.zones import zone_name

LANGUAGES = ("en", "zh-hans")
STORED = ("reason", "proper_name", "phrase")


@cache
def product_text(template: str, language: str) -> tuple[str, str]:
    """The product's subject and body of a message, with their fields in braces."""
    text = files("emporion.language").joinpath("texts", language, f"{template}.txt").read_text(encoding="utf-8")
    subject, _separator, body = text.partition("\n\n")
    return subject, body.strip()


def message_text(
    template: str, facts: Mapping[str, Any], edition: Edition | None, language: str, *, link: str,
    own: Mapping[str, tuple[str, str]],
) -> tuple[str, str]:  # fmt: skip
    """The subject and the body for a reader: in the edition's ``own`` words in the language, else in the product's."""
    kind = kind_of(template)
    subject, body = own.get(language) or product_text(template, language)
    values = {name: "" for name in kind.fields} | {name: as_text(value, language) for name, value in facts.items()}
    values |= {name: text for name, text in edition_facts(edition, language).items() if text} | {"link": link}
    body = filled(body, values, kind.may_lack).strip()
    return " ".join(filled(subject, values).split()), f"{body}\n"


def edition_facts(edition: Edition | None, language: str) -> dict[str, str]:
    """What every message may name of its edition; nothing without one."""
    if edition is None:
        return {}
    chinese, fair = language == "zh-hans", edition.fair
    return {
        "fair": (chinese and fair.name_zh) or fair.name_en,
        "edition": (chinese and edition.name_zh) or edition.name_en,
        "organiser": (chinese and fair.organiser_zh) or fair.organiser_en,
        "zone": zone_name(edition.zone, language),
    }


def as_text(value: Any, language: str) -> str:
    """What fills a field: reasons and names as the reader writes them, a text kept by language in theirs, lists in
    lines."""
    if isinstance(value, list):
        return "\n".join(_line(one, language) for one in value)
    if isinstance(value, dict) and value.keys() & set(STORED):
        return str(written(restored(value), language))
    if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
        return str(value.get(language) or next(iter(value.values()), ""))
    return "" if value is None else str(value)


def _line(one: Any, language: str) -> str:
    """A member of a list: what has parts of its own with a point between them, all else behind a dash."""
    if isinstance(one, list):
        return " · ".join(as_text(part, language) for part in one)
    return f"– {as_text(one, language)}"

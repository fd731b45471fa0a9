"""Names in the reader's language: of countries, and of what has a name in English and one in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from emporion.domain.reason import ProperName
from emporion.domain.reference import files
from emporion.language.catalogue import is_chinese, message
from emporion.language.romanised import in_latin_letters

UNION = "EU"


def in_language(en: str, zh: str, language: str | None = None) -> str:
    """Of two names the one in the reader's language, the other where that is empty."""
    return (zh or en) if is_chinese(language) else (en or zh)


def proper_name(name: ProperName, language: str | None = None) -> str:
    """The name of a person or an organisation in the reader's language, in English never in Chinese alone."""
    if is_chinese(language):
        return name.zh or name.en
    return in_latin_letters(name.zh or name.en, name.en, person=name.is_person)


def country_name(code: str, language: str | None = None) -> str:
    """The name of a country, an area or the European Union by its two letters; the letters where they are unknown."""
    if code == UNION:
        return message("the European Union", language)
    names = _countries().get(code)
    return in_language(*names, language) if names else code


@cache
def _countries() -> Mapping[str, tuple[str, str]]:
    return {row["iso2"]: (row["name_en"], row["name_zh"]) for row in files.rows("countries/countries.csv")}

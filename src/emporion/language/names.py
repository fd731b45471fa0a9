"""Names in the reader's language: of countries, and of what has a name in English and one in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext

from emporion.domain.reference import files

UNION = "EU"


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def in_language(en: str, zh: str) -> str:
    """Of two names the one in the reader's language, the other where that is empty."""
    return (zh or en) if is_chinese() else (en or zh)


def country_name(code: str) -> str:
    """The name of a country, an area or the European Union by its two letters; the letters where they are unknown."""
    if code == UNION:
        return gettext("the European Union")
    names = _countries().get(code)
    return in_language(*names) if names else code


@cache
def _countries() -> Mapping[str, tuple[str, str]]:
    return {row["iso2"]: (row["name_en"], row["name_zh"]) for row in files.rows("countries/countries.csv")}

"""How people are named: as they are called at home and, where that is in Chinese, in Latin letters as well."""

from __future__ import annotations

import re

from emporion.domain.refusal import Refusal

HAN = re.compile(r"[㐀-鿿]")


class OperatorKnown(Refusal):
    """Somebody runs this installation already. Sign in, or ask them to make you an owner of a fair."""


class NameNotInLatinLetters(Refusal):
    """“{name}” has Chinese characters. Write the name in Latin letters, as it stands in the passport."""


def require_latin_name(name: str) -> None:
    """Refuse a name in Latin letters that has Chinese characters."""
    if HAN.search(name):
        raise NameNotInLatinLetters(name=name)

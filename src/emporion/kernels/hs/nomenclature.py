"""Everything that leads to a subheading: the nomenclature, national descriptions, everyday and trade names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from emporion.kernels.text.words import tokens

TITLE, HEADING, NATIONAL, NAME = "title", "heading", "national", "name"
CHINESE_TITLE, CHINESE_HEADING = "chinese title", "chinese heading"
KINDS = (TITLE, HEADING, NATIONAL, NAME, CHINESE_TITLE, CHINESE_HEADING)
_EXCEPT = re.compile(r"\b(?:excluding|other than|except|not)\b[^;,)]*", re.IGNORECASE)
_NOT_KNITTED = re.compile(r"\bnot knitted or crocheted\b", re.IGNORECASE)
_CHINESE_EXCEPT = re.compile(r"（[^（）]*除外[^（）]*）|[^，；（）]*(?:除外|以外的)|非(?!针织)[^，；（）]{1,6}用")
_CHINESE_NOT_KNITTED = re.compile(r"非针织(?:或|及|、)钩编")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that leads to the subheadings under a code of two to six digits."""

    kind: str
    code: str
    text: str


@dataclass(frozen=True)
class Nomenclature:
    """The nomenclature and the texts that lead into it.

    ``titles`` by code of two, four and six digits, ``chinese`` the same in Chinese, where there is one; ``national``
    the distinct descriptions of national lines by subheading, ``lines`` their number; ``names`` everyday and trade
    names with the code they lead to; ``words`` English words of the nomenclature by an everyday English or a Chinese
    word.
    """

    titles: Mapping[str, str]
    chinese: Mapping[str, str]
    national: Mapping[str, Sequence[str]]
    lines: Mapping[str, int]
    names: Sequence[tuple[str, str]]
    words: Mapping[str, str]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The subheadings in order."""
        return tuple(sorted(code for code in self.titles if len(code) == 6))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts that have sentence vectors, in a fixed order."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Text]:
        for code in sorted(self.titles):
            if len(code) > 2:
                yield Text(TITLE if len(code) == 6 else HEADING, code, without_exclusions(self.titles[code]))
        for code in sorted(self.national):
            yield from (Text(NATIONAL, code, text) for text in self.national[code] if len(tokens(text)) > 1)
        yield from (Text(NAME, code, name) for code, name in self.names)
        for code in sorted(self.chinese):
            if len(code) > 2:
                kind = CHINESE_TITLE if len(code) == 6 else CHINESE_HEADING
                yield Text(kind, code, without_exclusions_zh(self.chinese[code]))

    @cached_property
    def stamp(self) -> str:
        """SHA-256 of the texts: vectors made of other texts are stale."""
        joined = "\n".join(f"{text.kind} {text.code} {text.text}" for text in self.texts)
        return hashlib.sha256(joined.encode()).hexdigest()


def without_exclusions(title: str) -> str:
    """A title without what it leaves out: *excluding …*, *other than …*, *not …*; *not knitted* is *woven*."""
    return " ".join(_EXCEPT.sub(" ", _NOT_KNITTED.sub("woven", title)).split()) or title


def without_exclusions_zh(title: str) -> str:
    """A Chinese title without what it leaves out: *……除外*, *……以外的*, *非……用*; *非针织* is *机织*."""
    return _CHINESE_EXCEPT.sub("", _CHINESE_NOT_KNITTED.sub("机织", title)).strip("，；") or title

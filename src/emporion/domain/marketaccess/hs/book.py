"""Everything that leads to a subheading: the nomenclature, national descriptions, everyday and trade names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from emporion.domain.marketaccess import files as schedules
from emporion.domain.reference import files
from emporion.kernels.text.words import is_chinese, tokens

FOLDER = "hs_finder"
TITLE, HEADING, NATIONAL, NAME = "title", "heading", "national", "name"
CHINESE_TITLE, CHINESE_HEADING = "chinese title", "chinese heading"
KINDS = (TITLE, HEADING, NATIONAL, NAME, CHINESE_TITLE, CHINESE_HEADING)
SCHEDULES = ("AU", "US", "CN")
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
class Book:
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
        """The texts whose sentence vectors are kept, in a fixed order."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[Text]:
        for code in sorted(self.titles):
            if len(code) > 2:
                yield Text(TITLE if len(code) == 6 else HEADING, code, meant(self.titles[code]))
        for code in sorted(self.national):
            yield from (Text(NATIONAL, code, text) for text in self.national[code] if len(tokens(text)) > 1)
        yield from (Text(NAME, code, name) for code, name in self.names)
        for code in sorted(self.chinese):
            if len(code) > 2:
                kind = CHINESE_TITLE if len(code) == 6 else CHINESE_HEADING
                yield Text(kind, code, meant_in_chinese(self.chinese[code]))

    @cached_property
    def stamp(self) -> str:
        """SHA-256 of the texts: vectors made of other texts are stale."""
        joined = "\n".join(f"{text.kind} {text.code} {text.text}" for text in self.texts)
        return hashlib.sha256(joined.encode()).hexdigest()


def meant(title: str) -> str:
    """A title without what it leaves out: *excluding …*, *other than …*, *not …*; *not knitted* is *woven*."""
    return " ".join(_EXCEPT.sub(" ", _NOT_KNITTED.sub("woven", title)).split()) or title


def meant_in_chinese(title: str) -> str:
    """A Chinese title without what it leaves out: *……除外*, *……以外的*, *非……用*; *非针织* is *机织*."""
    return _CHINESE_EXCEPT.sub("", _CHINESE_NOT_KNITTED.sub("机织", title)).strip("，；") or title


@lru_cache(maxsize=1)
def shipped() -> Book:
    """The book of the data files that ship with the product."""
    rows = list(files.rows("hs/codes.csv"))
    titles = {row["code"]: row["title_en"] for row in rows}
    national, lines = _national(titles)
    return Book(
        titles, {row["code"]: row["title_zh"] for row in rows if row["title_zh"]}, national, lines,
        tuple(dict.fromkeys((*listed_names(), *chinese_names()))),
        {word: row["means"] for row in files.rows(f"{FOLDER}/words.csv") for word in _split(row["words"])},
    )  # fmt: skip


def _national(titles: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Distinct English descriptions, and the number of lines, by subheading."""
    found: dict[str, dict[str, None]] = {}
    lines: dict[str, int] = {}
    for importer in SCHEDULES:
        for code, description in _descriptions(importer):
            if code[:6] in titles:
                lines[code[:6]] = lines.get(code[:6], 0) + 1
                if not is_chinese(description) and tokens(description):
                    found.setdefault(code[:6], {})[description] = None
    return {code: list(texts) for code, texts in found.items()}, lines


def chinese_names() -> list[tuple[str, str]]:
    """The Chinese names of national lines with the subheading they lead to."""
    named = ((code[:6], text) for importer in SCHEDULES for code, text in _descriptions(importer) if is_chinese(text))
    return list(dict.fromkeys(named))


def _descriptions(importer: str) -> Iterator[tuple[str, str]]:
    for code, lines in schedules.shipped_lines(importer).items():
        yield from ((code, line.description) for line in lines)


def listed_names() -> Iterator[tuple[str, str]]:
    """Names with the code they lead to, as listed: several names in a cell stand between bars."""
    for row in files.rows(f"{FOLDER}/names.csv"):
        yield from ((row["code"], name) for name in _split(row["names"]))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]

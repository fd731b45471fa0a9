"""Names in Chinese characters for readers of English: as given, else by pinyin, marked so, the characters beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from emporion.domain.accounts.rules import HAN
from emporion.kernels.text.names import SURNAMES

_RUNS = re.compile(r"[㐀-鿿]+|[^㐀-鿿]+")
# A person's name has so many characters and nothing else.
PERSON = re.compile(r"[㐀-鿿]{2,4}")
_TWO_CHARACTERS = """欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 端木 东方 南宫"""
TWO_CHARACTER_SURNAMES = frozenset(_TWO_CHARACTERS.split())


def in_latin_letters(name: str, given: str = "", *, person: bool = False) -> str:
    """A name as a reader of English can say it: as ``given``, else by pinyin, marked so: ``Wang Lan (王兰, pinyin)``.

    A name in Latin letters stays as it is.
    """
    if given and not HAN.search(given):
        return given
    return f"{pinyin(name, person=person)} ({name}, pinyin)" if HAN.search(name) else name


@lru_cache(maxsize=20_000)
def pinyin(name: str, *, person: bool = False) -> str:
    """A Chinese name in pinyin without tones: a person's with the surname first, an organisation's word by word."""
    # Its dictionary takes most of a second to load and is needed by few pages.
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.seg import mmseg  # noqa: PLC0415

    is_person = person and PERSON.fullmatch(name) is not None
    runs = [_surname_first(name)] if is_person else [_words(run, mmseg.seg.cut) for run in _RUNS.findall(name)]
    words = [word for run in runs for word in run]
    read = ["".join(lazy_pinyin(word, v_to_u=True)) for word in words]
    if is_person:
        read[0] = SURNAMES.get(words[0], read[0])
    return " ".join(word[:1].upper() + word[1:] for word in " ".join(read).split())


def _words(run: str, cut: Callable[[str], Iterable[str]]) -> list[str]:
    return list(cut(run)) if HAN.search(run) else [run]


def _surname_first(name: str) -> list[str]:
    length = 2 if len(name) > 2 and name[:2] in TWO_CHARACTER_SURNAMES else 1
    return [name[:length], name[length:]]

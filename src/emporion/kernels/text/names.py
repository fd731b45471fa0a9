"""Names as people look for them: without accents, apostrophes, capitals, legal forms, in any order of their words, and
Chinese names also by pinyin and by its initials, in simplified or traditional characters.

A name is cut into *terms*; somebody who looks for it writes *prefixes* of them. A run of Chinese characters has a term
from each of its characters on, so that any part of it is the beginning of a term; so has its pinyin, and so have the
words of a name in an alphabet, written together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from emporion.kernels.text.han import simplified

LONGEST_TERM, MOST_TERMS = 60, 120
_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘`´ʼ＇]")
_RUNS = re.compile("[\u3400-\u9fff]+|[^\\W_\u3400-\u9fff]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ß": "ss"})
# As surnames these are read otherwise than as words.
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou",
    "翟": "zhai", "缪": "miao", "员": "yun", "种": "chong", "尉迟": "yuchi", "长孙": "zhangsun",
}  # fmt: skip
# Legal forms, as the words that are left of them: who looks for a name may write another one, or none.
_FORMS = """
co company ltd limited corp corporation inc incorporated llc llp lp plc pte pty pvt private gmbh mbh ag kg kgaa ohg ug
ev sa sas sasu sarl eurl spa srl sl slu sau bv nv ab as aps oy oyj kft zrt doo dd sro sp zoo ooo oao pao zao ао ооо пао
оао зао тоо kk gk pt tbk ood eood sia uab sal wll fze dmcc ltda sac saa cia se joint stock public coltd bhd sdn jsc
주식회사 유한회사
"""
FORMS = frozenset(_FORMS.split())
_HAN_FORM = re.compile("股份有限公司|股份有限责任公司|有限责任公司|股份公司|有限公司|公司|株式会社|有限会社|合同会社")


def terms(*names: str) -> list[str]:
    """The terms of a record's names, each once, in their order."""
    found: dict[str, None] = {}
    for name in names:
        for text in dict.fromkeys((_plain(name, apart=""), _plain(name, apart=" "))):
            runs = _RUNS.findall(text)
            latin = [run for run in runs if not _HAN.match(run)]
            found |= dict.fromkeys(_suffixes(latin))
            for run in (run for run in runs if _HAN.match(run)):
                found |= dict.fromkeys(_of_han(run))
    return [term[:LONGEST_TERM] for term in found][:MOST_TERMS]


def prefixes(text: str) -> list[list[str]]:
    """What somebody looks for, as alternatives: of one of them every prefix begins a term of the name.

    The words in any order, without legal forms; or all of them as one, wherever their blanks stand. None for nothing.
    """
    plain = _plain(text, apart="")
    runs = _RUNS.findall(_HAN_FORM.sub(" ", plain)) or _RUNS.findall(plain)
    words = [run for run in runs if run not in FORMS] or runs
    joined = "".join(words)
    return [one for one in (words, [joined] if len(words) > 1 else []) if one]


def _plain(name: str, *, apart: str) -> str:
    """The name without accents and capitals, in simplified characters; ``apart`` stands for an apostrophe or a dot."""
    text = name.casefold()
    if not text.isascii():
        text = simplified(unicodedata.normalize("NFKC", name)).casefold().translate(_LETTERS)
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
    if text.isascii() and "." not in text and "'" not in text and "`" not in text:
        return text
    return re.sub(r"(?<=\w)\.(?=\w)|(?<=\b\w)\.", "", _APOSTROPHES.sub(apart, text))


def _suffixes(words: list[str]) -> list[str]:
    """From each word on, the words written together: any run of words, with blanks or not, is a prefix of one."""
    return ["".join(words[place:]) for place in range(len(words))]


@lru_cache(maxsize=100_000)
def _of_han(run: str) -> tuple[str, ...]:
    """The terms of a run of Chinese characters: itself, its pinyin and its initials, from each character on."""
    found = [run[place:] for place in range(len(run))]
    for syllables in dict.fromkeys((_syllables(run), _as_person(run))):
        found += _suffixes(list(syllables))
        found += ["".join(one[:1] for one in syllables[place:]) for place in range(len(syllables) - 1)]
        if 1 < len(run) <= 4:  # A person's name: pinyin also with the family name last.
            found.append("".join((*syllables[1:], syllables[0])))
    return tuple(dict.fromkeys(found))


def _syllables(run: str) -> tuple[str, ...]:
    # Its dictionary takes most of a second to load and is needed for Chinese names alone.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return tuple("".join(sign for sign in one if sign.isalnum()) for one in lazy_pinyin(run, v_to_u=False))


def _as_person(run: str) -> tuple[str, ...]:
    """The syllables with the first character read as a surname."""
    syllables = _syllables(run)
    if len(syllables) != len(run):
        return syllables
    return (SURNAMES.get(run[0], syllables[0]), *syllables[1:])


def vector(*names: str) -> str:
    """The terms of a record's names as PostgreSQL reads a ``tsvector``."""
    return " ".join(f"'{term}'" for term in terms(*names))


def query(text: str) -> str:
    """What somebody looks for as PostgreSQL reads a ``tsquery``; empty where there is nothing to look for."""
    return " | ".join("(" + " & ".join(f"'{one}':*" for one in words) + ")" for words in prefixes(text))

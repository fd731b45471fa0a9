"""The thing that a text names, without what it is made of, filled with or meant for."""

from __future__ import annotations

import re

from emporion.kernels.hs.query import BREAKS
from emporion.kernels.text.words import is_chinese, tokens

_CUT = re.compile(r"\b(?:that|which|of|made|used|to|having|consisting|put up|intended|designed)\b", re.IGNORECASE)
# “Parts of pumps” and “a set of knives” are named by what follows.
_NAMED_BY_WHAT_FOLLOWS = re.compile(
    r"\b(?:parts?|sets?|pairs?|pack|bottle|can|box|bag|kit|piece|sheets?|blend|mixture|slices?|pieces|rolls?|"
    r"articles?|type|kind)\s+of\b",
    re.IGNORECASE,
)
_CHINESE_BREAKS = re.compile(r"[,，;；:：、()（）。]")
_ENGLISH_WORDS = re.compile(r"[A-Za-z'-]+")
LEAST_CHINESE = 2


def thing_of(text: str) -> str:
    """The part of a text that names the thing: in English before what cuts it off, in Chinese what stands last."""
    return _chinese_thing(text) if is_chinese(text) else _english_thing(text)


def last_word(thing: str) -> str:
    """The English word that names the thing, which comes last; a Chinese name stays whole."""
    words = [] if is_chinese(thing) else _ENGLISH_WORDS.findall(thing)
    return words[-1] if words else thing


def _chinese_thing(text: str) -> str:
    clause = next((part.strip() for part in _CHINESE_BREAKS.split(text) if tokens(part)), text)
    _, mark, end = clause[:-1].rpartition("的")
    end += clause[-1:]
    return end if mark and len(end) >= LEAST_CHINESE else clause


def _english_thing(text: str) -> str:
    clause = next((part.strip() for part in BREAKS.split(text) if tokens(part)), text)
    if _NAMED_BY_WHAT_FOLLOWS.search(clause):
        return clause
    before = _CUT.split(clause)[0].strip()
    return before if tokens(before) else clause

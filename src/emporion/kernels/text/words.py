"""Words of short trade texts: English words lightly stemmed, Chinese runs as overlapping pairs of characters."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECES = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

_NO_GOODS = (
    "a an and any are as at be by for from has have in into is it its made new no nor of on or per such than that the "
    "their them these this those to type types used use using was which whether with without kind like other excluding "
    "including elsewhere specified included similar thereof therefor goods product products article articles heading "
    "chapter subheading nec etc e g eg i ie n c s high quality premium series model grade pack piece pcs"
)
STOP = frozenset(_NO_GOODS.split())
_SAME = {
    "aluminum": "aluminium", "fiber": "fibre", "tire": "tyre", "color": "colour", "gray": "grey", "sulfur": "sulphur",
    "yoghurt": "yogurt", "jewelry": "jewellery", "mold": "mould", "center": "centre", "fertilizer": "fertiliser",
    "woolen": "wool", "woollen": "wool", "cotton's": "cotton", "men": "man", "women": "woman", "children": "child",
    "teeth": "tooth", "feet": "foot", "knives": "knife", "leaves": "leaf", "shelves": "shelf", "ladies": "woman",
    "lady": "woman", "gentlemen": "man", "mens": "man", "womens": "woman", "cheque": "check", "moulding": "mould",
    "automobile": "car", "lorry": "truck", "lorries": "truck", "refrigerator": "fridge", "airplane": "aeroplane",
}  # fmt: skip


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light English stem: possessive and plural off, two spellings made one, ``-ise`` for ``-ize``.

    Only inflection goes; derivation stays, for *preserved* and *preserves* are different goods.
    """
    word = _SAME.get(word, word).removesuffix("'s").removesuffix("'")
    if word in _SAME:
        return _SAME[word]
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses", "zes", "oes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ized"):
        word = word[:-4] + "ised"
    return _SAME.get(word, word)


def tokens(text: str) -> list[str]:
    """Tokens of a text in order: stems of English words that carry meaning, numbers, pairs of Chinese characters.

    A Chinese run of one character stays whole.
    """
    return list(_tokens(text))


@lru_cache(maxsize=65536)
def _tokens(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for piece in _PIECES.findall(text.lower().replace("’", "'")):
        if piece[0] > "z":
            found += [piece[place : place + 2] for place in range(len(piece) - 1)] or [piece]
        elif piece not in STOP:
            word = stem(piece)
            if len(word) > 1 and word not in STOP:
                found.append(word)
    return tuple(found)

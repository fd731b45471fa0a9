"""How text is cut into words for search, and what a product may not be."""

from __future__ import annotations

import re
import unicodedata

from emporion.domain.refusal import Refusal

# PostgreSQL keeps positions up to 16,383; what stands beyond is found but not ranked by place.
LAST_POSITION = 16_383
# No word is longer; PostgreSQL refuses words of more than 2,046 bytes.
LONGEST_WORD = 200
# A run of Chinese (or Japanese kana, Korean) characters, or a run of other letters and digits.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
# Only the accents of European scripts; the marks of kana change the letter.
_ACCENTS = re.compile("[\u0300-\u036f]")
_FIRST_HAN = re.compile(rf"[{_HAN}]")


class ProductNeedsName(Refusal):
    """A product needs a name in English or in Chinese."""


class HSCodeUnknown(Refusal):
    """The Harmonized System 2022 has no code {code}; give the two, four or six digits of one that exists."""


class ProductNumberTaken(Refusal):
    """The exhibitor already has a product number {number}; give this one another number or change that one."""


def words(text: str) -> list[str]:
    """Cut ``text`` into the pieces that are searched for, in their order.

    A run of Chinese characters gives each character and each pair of neighbours; any other run of letters and digits
    gives itself in lower case, without accents and without an English plural's ``s``. Full-width forms count as
    their plain ones (NFKC).
    """
    pieces: list[str] = []
    for run in _runs(text):
        pieces.extend(_characters_and_pairs(run) if _FIRST_HAN.match(run) else [_singular(run)])
    return pieces


def query_words(text: str) -> list[str]:
    """Cut what somebody searches for as :func:`words` does, each piece once.

    Of a Chinese run of two characters or more only the pairs are kept: they hold every single character already.
    """
    pieces: list[str] = []
    for run in _runs(text):
        if not _FIRST_HAN.match(run):
            pieces.append(_singular(run))
        else:
            pieces.extend(_pairs(run) or [run])
    return list(dict.fromkeys(pieces))


def search_vector(name: str, about: str) -> str:
    """A product's ``tsvector`` as PostgreSQL reads it: words of the name weigh A, those of the description B.

    Names and descriptions in several languages are joined by a space before. The text can be copied into the column
    as it stands.
    """
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in ((name, "A"), (about, "B")):
        for word in words(text):
            position = min(position + 1, LAST_POSITION)
            places.setdefault(word, []).append(f"{position}{weight}")
    # PostgreSQL keeps at most 255 places of a word.
    return " ".join(f"'{word}':{','.join(at[:255])}" for word, at in sorted(places.items()))


def search_query(text: str, *, every: bool = True) -> str:
    """What somebody searches for as a ``tsquery`` in PostgreSQL's notation, empty when there is nothing to look for.

    All words must be found, or any of them with ``every=False``. The last word may be unfinished when it is not
    Chinese and has at least three characters: ``hydr`` finds hydrogen.
    """
    pieces = query_words(text)
    terms = [f"'{piece}'" for piece in pieces]
    if terms and len(pieces[-1]) > 2 and not _FIRST_HAN.match(pieces[-1]):
        terms[-1] += ":*"
    return (" & " if every else " | ").join(terms)


def require_name(name_en: str, name_zh: str) -> None:
    """Raise :class:`ProductNeedsName` when both names are empty."""
    if not name_en.strip() and not name_zh.strip():
        raise ProductNeedsName


def _runs(text: str) -> list[str]:
    apart = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return [run[:LONGEST_WORD] for run in _RUNS.findall(unicodedata.normalize("NFKC", apart))]


def _singular(word: str) -> str:
    """``exchangers`` gives exchanger and ``batteries`` battery; glass, bus and words with digits stay as they are."""
    if len(word) < 4 or not word.isalpha() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _characters_and_pairs(run: str) -> list[str]:
    both = zip(run, [*_pairs(run), ""], strict=True)
    return [piece for pair in both for piece in pair if piece]

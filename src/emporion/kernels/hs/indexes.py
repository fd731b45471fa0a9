"""What the finder indexes of the nomenclature once: words, plain facts, traits, and which text stands for what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from emporion.kernels.hs import nomenclature as kinds
from emporion.kernels.hs.nomenclature import Nomenclature, without_exclusions, without_exclusions_zh
from emporion.kernels.text.bm25 import BM25
from emporion.kernels.text.words import tokens

Table = NDArray[np.float64]


def trait_values(
    traits: Mapping[str, Sequence[frozenset[str]]],
) -> dict[str, tuple[dict[str, NDArray[np.bool_]], NDArray[np.bool_]]]:
    """For each trait which subheadings have each value, and which have any."""
    found = {}
    for key, sets in traits.items():
        values = sorted({value for one in sets for value in one})
        held = {value: np.array([value in one for one in sets]) for value in values}
        found[key] = held, np.array([bool(one) for one in sets])
    return found


class MeaningOfTexts:
    """Which subheadings, headings and names each text stands for."""

    def __init__(self, nomenclature: Nomenclature, heading_of: NDArray[np.int64]) -> None:
        codes, texts = nomenclature.codes, nomenclature.texts
        self._size, self._heading_of = len(codes), heading_of
        headings = sorted({code[:4] for code in codes})
        self._rows = {
            kind: np.array([place for place, text in enumerate(texts) if text.kind == kind], dtype=np.int64)
            for kind in kinds.KINDS
        }
        self._national = places_of([texts[row].code for row in self._rows[kinds.NATIONAL]], codes)
        self._above = places_of([texts[row].code[:4] for row in self._rows[kinds.NAME]], headings)
        self._spans = [span_of(codes, texts[row].code) for row in self._rows[kinds.NAME]]
        self._headings = len(headings)
        # What each text leads to, -1 where its code is shorter or no subheading.
        self.codes = _places_or_none([text.code for text in texts], codes)
        self.headings = _places_or_none([text.code[:4] for text in texts], headings)
        self._chinese = [
            (rows, places_of([texts[row].code for row in rows], among))
            for rows, among in ((self._rows[kinds.CHINESE_TITLE], codes), (self._rows[kinds.CHINESE_HEADING], headings))
        ]

    def spread(self, cosines: Table) -> list[Table]:
        """``SENTENCE`` evidence of a row of cosines with the texts."""
        titles = cosines[self._rows[kinds.TITLE]]
        headings = cosines[self._rows[kinds.HEADING]][self._heading_of]
        national = titles.copy()
        np.maximum.at(national, self._national, cosines[self._rows[kinds.NATIONAL]])
        raised = np.zeros(self._headings)
        np.maximum.at(raised, self._heading_of, national)
        named = cosines[self._rows[kinds.NAME]]
        own, above = np.zeros(self._size), np.zeros(self._headings)
        np.maximum.at(above, self._above, named)
        for place in np.argsort(named)[-60:]:
            first, last = self._spans[place]
            own[first:last] = np.maximum(own[first:last], named[place])
        return [
            titles, headings, national, raised[self._heading_of], own, above[self._heading_of],
            *self._in_chinese(cosines),
        ]  # fmt: skip

    def _in_chinese(self, cosines: Table) -> tuple[Table, Table]:
        own, above = np.zeros(self._size), np.zeros(self._headings)
        for found, (rows, places) in zip((own, above), self._chinese, strict=True):
            found[places] = cosines[rows]
        return own, above[self._heading_of]


def span_of(codes: Sequence[str], prefix: str) -> tuple[int, int]:
    """Where the codes under a prefix begin and end in an ordered list."""
    return bisect_left(codes, prefix), bisect_left(codes, prefix + "~")


def places_of(codes: Sequence[str], among: Sequence[str]) -> NDArray[np.int64]:
    """The place of each code in an ordered list."""
    return np.searchsorted(np.array(among), np.array(codes)).astype(np.int64)


def _places_or_none(codes: Sequence[str], among: Sequence[str]) -> NDArray[np.int64]:
    """The place of each code in an ordered list, -1 for one that is not there."""
    place = {code: number for number, code in enumerate(among)}
    return np.array([place.get(code, -1) for code in codes], dtype=np.int64)


def lexical_indexes(nomenclature: Nomenclature, headings: Sequence[str]) -> tuple[BM25, ...]:
    """BM25 over titles, heading titles, national descriptions and all of it joined with the chapter's title."""
    titles = {code: tokens(without_exclusions(title)) for code, title in nomenclature.titles.items()}
    codes = nomenclature.codes
    national = {code: [one for text in nomenclature.national.get(code, ()) for one in tokens(text)] for code in codes}
    whole = [titles[one] * 2 + titles[one[:4]] + titles[one[:2]] + national[one] for one in codes]
    return (
        BM25([titles[one] for one in codes]), BM25([titles[one] for one in headings]),
        BM25([national[one] for one in codes]), BM25(whole),
    )  # fmt: skip


def chinese_tokens(nomenclature: Nomenclature, codes: Sequence[str]) -> list[list[str]]:
    """The tokens of the Chinese titles, none where there is no title."""
    return [tokens(without_exclusions_zh(nomenclature.chinese.get(code, ""))) for code in codes]


def plain_evidence(nomenclature: Nomenclature) -> tuple[Table, Table, Table]:
    """Logarithm of the national lines, whether a title is a rest (*n.e.c.*), whether it is of parts."""
    lines = np.log1p(np.array([nomenclature.lines.get(code, 0) for code in nomenclature.codes], dtype=float))
    titles = [nomenclature.titles[code].lower() for code in nomenclature.codes]
    other = np.array([1.0 if "n.e.c" in title or "other than" in title else 0.0 for title in titles])
    return lines, other, np.array([1.0 if "parts" in _plain_words(title) else 0.0 for title in titles])


def prior_evidence(nomenclature: Nomenclature, heading_of: NDArray[np.int64]) -> tuple[Table, ...]:
    """What is known without a text: the names of a subheading, their share of the heading's, its size, the first of it.

    The first three are logarithms. Names are given to what is traded and spoken of most.
    """
    counts = Counter(code for code, _ in nomenclature.names)
    names = np.array([counts[code] for code in nomenclature.codes], dtype=float)
    sizes = np.bincount(heading_of)[heading_of].astype(float)
    first = np.zeros(len(names))
    first[np.unique(heading_of, return_index=True)[1]] = 1
    in_heading = np.bincount(heading_of, names)[heading_of]
    return np.log1p(names), np.log((names + 0.5) / (in_heading + 0.5 * sizes)), np.log(sizes), first


def _plain_words(title: str) -> set[str]:
    """Plain lower-case words of a title."""
    return set(title.replace(";", " ").replace(",", " ").split())

"""The cases of the classifier by kind and by who made their truth, and finders that were not told some of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from emporion.domain.marketaccess import classification
from emporion.domain.marketaccess.classification import FOLDER
from emporion.domain.reference import files
from emporion.kernels.hs import learned
from emporion.kernels.hs.finder import Finder
from emporion.kernels.text.words import is_chinese

Table = NDArray[np.float64]
TUNING, APART = "tuning", "apart"
INDEX, QUERY, RULING, BROCHURE, SERVICE, GOODS = "index", "query", "ruling", "brochure", "service", "goods"
OWN, BLIND, LINE = "own", "blind", "line"
# Of one ruling: its title, what it says of the goods in a line, and in 50 words or 100 characters and more.
TITLED, CONDENSED, DESCRIBED = "title", "condensed", "described"
OF_RULINGS = (RULING, TITLED, CONDENSED, DESCRIBED)
# Names that the product lists, as texts: as they are, behind a word, and asked of a finder that was not told them.
LISTED, PREFIXED, HIDDEN = "listed name", "listed name behind a word", "hidden name"
LISTED_CASES, HIDDEN_CASES, PREFIXED_CASES = 260, 360, 110
PREFIXES = ("铝合金", "不锈钢", "便携式", "新款", "高品质", "多功能", "智能", "铝合金", "塑料", "儿童")
# In these chapters the code does not follow the material.
OF_ANY_MATERIAL = ("42", "82", "84", "85", "87", "90", "94", "95")
FOLDS = 4
# Names of the index are hidden from the cases that they are.
INDEX_TRUTH = "UK index of the tariff"


@dataclass(frozen=True)
class Case:
    """A text of a kind, its language, the codes that are right and who says so."""

    kind: str
    part: str
    text: str
    language: str
    right: frozenset[str]
    truth: str

    @property
    def fold(self) -> int:
        """One of ``FOLDS``: by the text alone, for rulings by their number, so that all texts of one stay together."""
        return _digest(self.truth if self.kind in OF_RULINGS else self.text)[0] % FOLDS


def index_terms() -> list[Case]:
    """Terms of the official index; the same term with several codes is right with any."""
    rows = list(files.rows(f"{FOLDER}/index_terms.csv"))
    return [Case(INDEX, row["part"], row["text"], "en", frozenset({row["hs6"]}), INDEX_TRUTH) for row in rows]


def outside() -> list[Case]:
    """Queries, rulings, brochures, services and goods that sound like them."""
    return [
        Case(row["kind"], row["part"], row["text"], row["language"], _codes(row), row["truth"])
        for name in ("cases_outside", "cases_rulings")
        for row in files.rows(f"{FOLDER}/{name}.csv")
    ]


def official_lines() -> list[Case]:
    """The Chinese names of China's lines; every second by a hash of its text is for tuning."""
    return [
        Case(LINE, (APART, TUNING)[_digest(name)[1] % 2], name, "zh", frozenset({code}), "China's tariff")
        for code, name in sorted(set(classification.chinese_names()))
    ]


def names() -> list[Case]:
    """Some listed names as texts for tuning, in an order by hash; none that is a case kept apart."""
    codes: dict[str, set[str]] = {}
    for code, name in classification.listed_names():
        if len(code) == 6:
            codes.setdefault(name, set()).add(code)
    apart = {case.text for case in [*index_terms(), *outside()] if case.part == APART}
    apart |= {case.text for kind in ("kept_apart", "blind") for case in own(kind, OWN, APART)}
    ordered = sorted(codes.keys() - apart, key=_digest)
    listed, others = ordered[:LISTED_CASES], ordered[LISTED_CASES:]
    hidden, others = others[:HIDDEN_CASES], others[HIDDEN_CASES:]
    chinese = [one for one in others if is_chinese(one) and all(code[:2] in OF_ANY_MATERIAL for code in codes[one])]
    return [
        *(_name_case(LISTED, name, codes[name]) for name in listed),
        *(_name_case(HIDDEN, name, codes[name]) for name in hidden),
        *(_name_case(PREFIXED, _prefix(name) + name, codes[name]) for name in chinese[:PREFIXED_CASES]),
    ]


def _prefix(name: str) -> str:
    return PREFIXES[_digest(name)[2] % len(PREFIXES)]


def _name_case(kind: str, text: str, codes: set[str]) -> Case:
    return Case(kind, TUNING, text, "zh" if is_chinese(text) else "en", frozenset(codes), "this product")


def own(name: str, kind: str, part: str) -> list[Case]:
    """The product's own cases: ``tuning``, ``kept_apart`` or ``blind``."""
    rows = files.rows(f"{FOLDER}/cases_{name}.csv")
    return [Case(kind, part, row["text"], row["language"], _codes(row), "this product") for row in rows]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _codes(row: dict[str, str]) -> frozenset[str]:
    return frozenset(one for one in (row["hs6"], *row.get("also", "").split()) if one)


def finder_without(finder: Finder, hidden: Collection[tuple[str, str]], *, listed_too: bool = False) -> Finder:
    """A finder that was not told some names (code and text); what it knows of headings is learnt anew.

    A name that the product lists by itself stays, unless ``listed_too``: it was not written from these cases.
    """
    assert finder.vectors is not None
    dropped = set(hidden) - (set() if listed_too else set(classification.listed_names()))
    book = replace(finder.nomenclature, names=tuple(pair for pair in finder.nomenclature.names if pair not in dropped))
    place = {text: row for row, text in enumerate(finder.nomenclature.texts)}
    vectors = replace(finder.vectors, rows=finder.vectors.rows[[place[text] for text in book.texts]])
    learnt = learned.fit(book.texts, vectors.unit_rows, book.stamp)
    return Finder(book, finder.encoder, vectors, finder.weights, learnt, finder.calibration, finder.ranker)


def names_of(cases: Sequence[Case]) -> set[tuple[str, str]]:
    """Cases as names with the codes they lead to."""
    return {(code, case.text) for case in cases for code in case.right}

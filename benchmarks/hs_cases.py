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

Table = NDArray[np.float64]
TUNING, APART = "tuning", "apart"
INDEX, QUERY, RULING, BROCHURE, SERVICE, GOODS = "index", "query", "ruling", "brochure", "service", "goods"
OWN, BLIND = "own", "blind"
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
        """One of ``FOLDS`` by the text alone."""
        return hashlib.sha256(self.text.encode()).digest()[0] % FOLDS


def index_terms() -> list[Case]:
    """Terms of the official index; the same term with several codes is right with any."""
    rows = list(files.rows(f"{FOLDER}/index_terms.csv"))
    return [Case(INDEX, row["part"], row["text"], "en", frozenset({row["hs6"]}), INDEX_TRUTH) for row in rows]


def outside() -> list[Case]:
    """Queries, rulings, brochures, services and goods that sound like them."""
    return [
        Case(row["kind"], row["part"], row["text"], row["language"], _codes(row), row["truth"])
        for row in files.rows(f"{FOLDER}/cases_outside.csv")
    ]


def own(name: str, kind: str, part: str) -> list[Case]:
    """The product's own cases: ``tuning``, ``kept_apart`` or ``blind``."""
    rows = files.rows(f"{FOLDER}/cases_{name}.csv")
    return [Case(kind, part, row["text"], row["language"], _codes(row), "this product") for row in rows]


def _codes(row: dict[str, str]) -> frozenset[str]:
    return frozenset(one for one in (row["hs6"], *row.get("also", "").split()) if one)


def finder_without(finder: Finder, hidden: Collection[tuple[str, str]]) -> Finder:
    """A finder that was not told some names (code and text); what it knows of headings is learnt anew.

    A name that the product lists by itself stays: it was not written from these cases.
    """
    assert finder.vectors is not None
    dropped = set(hidden) - set(classification.listed_names())
    book = replace(finder.nomenclature, names=tuple(pair for pair in finder.nomenclature.names if pair not in dropped))
    place = {text: row for row, text in enumerate(finder.nomenclature.texts)}
    vectors = replace(finder.vectors, rows=finder.vectors.rows[[place[text] for text in book.texts]])
    learnt = learned.fit(book.texts, vectors.unit_rows, book.stamp)
    return Finder(book, finder.encoder, vectors, finder.weights, learnt, finder.calibration)


def names_of(cases: Sequence[Case]) -> set[tuple[str, str]]:
    """Cases as names with the codes they lead to."""
    return {(code, case.text) for case in cases for code in case.right}

"""BM25 against its formula written out, and what it does with nothing."""

from math import log

import numpy as np
import pytest

from emporion.kernels.text.bm25 import BM25

DOCUMENTS = [["wine", "red"], ["wine", "wine", "white", "bottle"], ["steel"]]


def by_formula(token: str, document: list[str], k1: float = 1.2, b: float = 0.5) -> float:
    held = sum(token in other for other in DOCUMENTS)
    idf = log(1 + (3 - held + 0.5) / (held + 0.5))
    often, mean = document.count(token), 7 / 3
    return idf * often * (k1 + 1) / (often + k1 * (1 - b + b * len(document) / mean))


@pytest.mark.parametrize("token", ["wine", "red", "steel", "absent"])
def test_each_document_gets_what_the_formula_says(token: str) -> None:
    expected = [by_formula(token, document) for document in DOCUMENTS]
    assert BM25(DOCUMENTS).scores({token: 1.0}) == pytest.approx(expected)


def test_a_query_is_the_weighted_sum_of_its_tokens() -> None:
    index = BM25(DOCUMENTS)
    both = index.scores({"wine": 0.5, "red": 2.0})
    assert both == pytest.approx(0.5 * index.scores({"wine": 1.0}) + 2 * index.scores({"red": 1.0}))


def test_a_share_does_not_depend_on_the_scale_of_the_query() -> None:
    index = BM25(DOCUMENTS)
    assert index.shares({"wine": 3.0, "red": 6.0}) == pytest.approx(index.shares({"wine": 1.0, "red": 2.0}))


def test_an_empty_query_and_empty_documents_give_zeros() -> None:
    assert BM25(DOCUMENTS).shares({}).tolist() == [0.0, 0.0, 0.0]
    assert BM25([]).scores({"wine": 1.0}).shape == (0,)
    assert np.isfinite(BM25([[], ["wine"]]).scores({"wine": 1.0})).all()

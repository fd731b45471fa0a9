"""Encoders: rows of length one in the order asked, distinct texts once, two languages on one meaning."""

import numpy as np
import pytest

from emporion.kernels.text.encoder import Encoder, LexicalEncoder, SentenceEncoder

TEXTS = ["heat exchanger", "wine", "heat exchanger", "热交换器"]


@pytest.fixture(scope="module", params=["lexical", "sentence"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return LexicalEncoder() if request.param == "lexical" else SentenceEncoder()


def test_rows_have_length_one_and_equal_texts_equal_rows(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape == (4, encoder.dimensions)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-3)
    assert (rows[0] == rows[2]).all()


def test_order_of_asking_does_not_matter(encoder: Encoder) -> None:
    assert encoder.encode(TEXTS[::-1]) == pytest.approx(encoder.encode(TEXTS)[::-1], abs=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_sentence_encoder_meets_across_languages_where_the_lexical_one_cannot() -> None:
    exchanger, wine, _, chinese = SentenceEncoder().encode(TEXTS)
    assert float(exchanger @ chinese) > 0.5 > 0.3 > float(wine @ chinese)
    lexical = LexicalEncoder(4096).encode(["heat exchanger", "heat exchangers", "热交换器"])
    assert float(lexical[0] @ lexical[1]) > 0.6
    assert abs(float(lexical[0] @ lexical[2])) < 0.2


def test_a_text_without_words_is_a_row_of_zeros_to_the_lexical_encoder() -> None:
    assert not LexicalEncoder().encode(["!!!"]).any()

"""Isotonic regression, the expected calibration error, and tables that hold a calibration."""

import numpy as np
import pytest

from emporion.domain.marketaccess import classification
from emporion.kernels.hs import calibration, fitting, learned
from emporion.kernels.hs.nomenclature import Text
from emporion.kernels.hs.traits import TRAITS


def test_pools_rise_and_are_the_shares_of_their_cases() -> None:
    at, share = fitting.pooled(
        np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.0, 1.0, 0.0, 1.0]), np.array([1.0, 1.0, 1.0, 2.0])
    )
    assert at.tolist() == [0.1, 0.3, 0.4]
    assert share.tolist() == [0.0, 0.5, 1.0]


def test_the_error_is_the_distance_of_probability_and_share_by_bin() -> None:
    assert calibration.expected_error([0.25, 0.25, 0.25, 0.25], [True, False, False, False]) == 0.0
    assert calibration.expected_error([0.95, 0.95], [False, True]) == pytest.approx(0.45)


def test_the_second_probability_is_no_smaller_than_the_first_and_tables_hold_it_all() -> None:
    rng = np.random.default_rng(7)
    signs = np.column_stack([np.ones(400), rng.normal(size=(400, len(calibration.SIGNS) - 1))])
    right = {
        calibration.FIRST: (signs[:, 1] > 0).astype(float),
        calibration.FIVE: (signs[:, 1] > -1).astype(float),
    }
    made = fitting.fit(signs, right, np.ones(400))
    low, high = made.probabilities(signs[signs[:, 1] < -1.5][0]), made.probabilities(signs[signs[:, 1] > 1.5][0])
    assert low[0] < 0.1 < 0.9 < high[0] <= high[1] <= calibration.MOST
    tables = [[dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in calibration.as_rows(made)]
    again = calibration.of_rows(*tables)
    assert again.probabilities(signs[0]) == pytest.approx(made.probabilities(signs[0]), abs=1e-3)


def test_headings_are_learnt_from_vectors_and_stored() -> None:
    texts = [Text("name", code, f"{code}{number}") for code in ("0101", "0202") for number in range(20)]
    rows = np.array([[1.0, 0.0]] * 20 + [[0.0, 1.0]] * 20, np.float32)
    learnt = learned.load(learned.saved(learned.fit(texts, rows, "stamp")), "stamp")
    assert learnt.codes == ("0101", "0202")
    assert np.exp(learnt.log_shares(rows)).argmax(axis=1).tolist() == [0] * 20 + [1] * 20


def test_every_question_and_every_choice_has_words_in_both_languages() -> None:
    words = classification.wording()
    asked = [(trait.key, value) for trait in TRAITS for value in ("", *trait.words)]
    assert [one for one in asked if not (words[one].en and words[one].zh)] == []

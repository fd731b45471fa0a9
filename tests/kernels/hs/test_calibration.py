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


def test_the_error_is_the_distance_of_probability_and_share_in_bins_of_equal_size() -> None:
    low, high = [0.25] * 8, [0.75] * 8
    hits = [True, True, *[False] * 6, *[True] * 6, False, False]
    assert calibration.expected_error([*low, *high], hits, bins=2) == 0.0
    assert calibration.expected_error([0.5] * 8 + high, hits, bins=2) == pytest.approx(0.125)


def test_few_cases_make_fewer_bins() -> None:
    assert calibration.expected_error([0.1, 0.9] * 3, [True, True, False] * 2) == pytest.approx(abs(0.5 - 4 / 6))


def test_a_debiased_error_leaves_out_what_chance_adds() -> None:
    rng = np.random.default_rng(3)
    given = rng.random(4000)
    right = rng.random(4000) < given
    assert calibration.debiased_error(given.tolist(), right.tolist()) < 0.02
    # The first bin of ten would be off by 0.4 throughout.
    off = np.clip(given + 0.4, 0, 1)
    assert calibration.debiased_error(off.tolist(), right.tolist()) == pytest.approx(0.33, abs=0.03)


def test_a_text_is_a_term_a_sentence_or_a_description_by_its_words_and_its_language() -> None:
    words = [(4, False), (5, False), (39, False), (40, False), (5, True), (6, True), (59, True), (60, True)]
    assert [calibration.kind_of(count, chinese) for count, chinese in words] == [
        "term en", "sentence en", "sentence en", "description en",
        "term zh", "sentence zh", "sentence zh", "description zh",
    ]  # fmt: skip


def test_a_line_is_drawn_towards_leaving_the_log_odds_as_they_are() -> None:
    odds = np.array([-1.0, 0.0, 1.0] * 4000)
    right = (np.random.default_rng(5).random(12000) < 1 / (1 + np.exp(-(odds + 1)))).astype(float)
    offset, slope = fitting.line_of(odds, right, np.ones(12000))
    assert (offset, slope) == pytest.approx((1.0, 1.0), abs=0.2)
    few_offset, few_slope = fitting.line_of(odds[:6], right[:6], np.ones(6))
    assert abs(few_offset) < abs(offset) / 2
    assert few_slope == pytest.approx(1.0, abs=0.2)


def test_the_second_probability_is_no_smaller_than_the_first_and_tables_hold_it_all() -> None:
    rng = np.random.default_rng(7)
    signs = np.column_stack([np.ones(400), rng.normal(size=(400, len(calibration.SIGNS) - 1))])
    right = {
        calibration.FIRST: (signs[:, 1] > 0).astype(float),
        calibration.FIVE: (signs[:, 1] > -1).astype(float),
    }
    kinds = ["term en", "sentence zh"] * 200
    made = fitting.fit(signs, right, np.ones(400), kinds, [number % 4 for number in range(400)])
    lowest, highest = signs[signs[:, 1] < -1.5][0], signs[signs[:, 1] > 1.5][0]
    low, high = made.probabilities(lowest, "term en"), made.probabilities(highest, "term en")
    assert low[0] < 0.1 < 0.9 < high[0] <= high[1] <= calibration.MOST
    tables = [[dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in calibration.as_rows(made)]
    again = calibration.of_rows(*tables)
    for kind in ("term en", "sentence zh", "description en"):
        assert again.probabilities(signs[0], kind) == pytest.approx(made.probabilities(signs[0], kind), abs=1e-3)


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

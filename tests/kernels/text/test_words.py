"""Words of short texts: stems, Chinese pairs, what carries no meaning."""

import pytest

from emporion.kernels.text.words import is_chinese, stem, tokens


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("berries", "berry"), ("boxes", "box"), ("tomatoes", "tomato"), ("glass", "glass"), ("women's", "woman"),
        ("tires", "tyre"), ("aluminum", "aluminium"), ("knives", "knife"), ("apparatus", "apparatus"),
        ("sterilized", "sterilised"),
    ],
)  # fmt: skip
def test_inflection_goes_and_derivation_stays(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_chinese_becomes_overlapping_pairs_and_a_single_character_stays() -> None:
    assert tokens("保温杯, 茶") == ["保温", "温杯", "茶"]


def test_words_without_meaning_go_and_numbers_stay() -> None:
    assert tokens("The other articles of steel, 500 ml") == ["steel", "500", "ml"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "of the"])
def test_a_text_without_words_has_no_tokens(text: str) -> None:
    assert tokens(text) == []


def test_chinese_and_english_are_distinguished() -> None:
    assert is_chinese("steel 钢")
    assert not is_chinese("café")

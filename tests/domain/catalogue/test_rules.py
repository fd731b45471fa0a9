"""How words are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.catalogue import rules


def test_latin_words_are_lower_case_without_accents_and_plurals():
    assert rules.words("Heat-Exchangers für Wärme") == ["heat", "exchanger", "fur", "warme"]


@pytest.mark.parametrize(
    ("word", "cut"),
    [("batteries", "battery"), ("glass", "glass"), ("bus", "bus"), ("apparatus", "apparatus"), ("5gs", "5gs")],
)
def test_an_english_plural_is_its_singular(word, cut):
    assert rules.words(word) == [cut]


def test_chinese_gives_characters_and_pairs():
    assert rules.words("氢燃料") == ["氢", "氢燃", "燃", "燃料", "料"]


def test_full_width_letters_and_digits_are_plain_ones():
    assert rules.words("ＬＥＤ　０５") == ["led", "05"]


def test_scripts_that_touch_are_cut_apart():
    assert rules.words("5G手机x") == ["5g", "手", "手机", "机", "x"]


def test_the_marks_of_kana_are_kept():
    assert rules.words("ガラス")[0] == "ガ"


def test_a_query_of_two_characters_is_their_pair_and_of_one_itself():
    assert rules.query_words("电池 电") == ["电池", "电"]


def test_a_name_weighs_more_than_a_description():
    assert rules.search_vector("Heat pump", "A heat") == "'a':3B 'heat':1A,4B 'pump':2A"


def test_the_last_latin_word_may_be_unfinished():
    assert rules.search_query("cell hydr") == "'cell' & 'hydr':*"
    assert rules.search_query("cell hydr", every=False) == "'cell' | 'hydr':*"
    assert rules.search_query("hydr 电池") == "'hydr' & '电池'"


@pytest.mark.parametrize("text", ["", "  ", "'", "!?·…", "\\"])
def test_nothing_to_look_for_gives_no_query(text):
    assert rules.search_query(text) == ""


def test_a_product_without_any_name_is_refused():
    with pytest.raises(rules.ProductNeedsName) as refused:
        rules.require_name(" ", "")
    assert refused.value.sentence == "A product needs a name in English or in Chinese."


@given(st.text(max_size=60))
def test_whatever_is_indexed_is_found_by_its_own_words(text):
    assert set(rules.query_words(text)) <= set(rules.words(text))

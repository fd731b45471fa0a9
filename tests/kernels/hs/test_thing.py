"""The thing that a text names, in both languages."""

import pytest

from emporion.kernels.hs.thing import last_word, thing_of


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("multigrain breadsticks with olive oil", "multigrain breadsticks"),
        ("placemat of MDF laminated with printed paper", "placemat"),
        ("machine that fills pouches", "machine"),
        ("parts of centrifugal pumps, cast iron", "parts of centrifugal pumps"),
        ("set of kitchen knives in a wooden block", "set of kitchen knives"),
        ("grape press", "grape press"),
        ("for tea", "tea"),
        ("杂粮面包棒,含橄榄油", "杂粮面包棒"),
        ("用芦苇编制的女士草鞋", "女士草鞋"),
        ("供食用的活甲鱼", "活甲鱼"),
        ("不锈钢保温杯", "不锈钢保温杯"),
        ("红的", "红的"),
    ],
)
def test_what_cuts_the_thing_off_is_left_out(text: str, thing: str) -> None:
    assert thing_of(text) == thing


@pytest.mark.parametrize(
    ("thing", "word"),
    [("multigrain breadsticks", "breadsticks"), ("tea", "tea"), ("女士草鞋", "女士草鞋"), ("5 kg", "kg")],
)
def test_the_last_english_word_names_it(thing: str, word: str) -> None:
    assert last_word(thing) == word

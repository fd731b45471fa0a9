"""Numbers of organisations in their countries' registers; no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.organisations.rules import registers

# The standard's own example, and codes that companies print on their papers.
REAL_CODES = [
    "91350100M000100Y43",
    "91330100799655058B",
    "9144030071526726XG",
    "914403001922038216",
    "91110000802100433B",
]
CODES = st.text(registers.CREDIT_CODE_CHARACTERS, min_size=17, max_size=17)


def by_division(first: str) -> str:
    """The check character by the standard's words: the one that makes the weighted sum divisible by 31."""
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1]
    values = [registers.CREDIT_CODE_CHARACTERS.index(character) for character in first]
    total = sum(value * weight for value, weight in zip(values, weights, strict=False))
    characters = enumerate(registers.CREDIT_CODE_CHARACTERS)
    return next(character for value, character in characters if (total + value) % 31 == 0)


def sentence(refused):
    return refused.value.sentence


@pytest.mark.parametrize("code", REAL_CODES)
def test_codes_in_use_pass(code):
    registers.require_credit_code(code)


@given(CODES)
def test_the_check_character_is_the_standard_s(first):
    assert registers.check_character(first) == by_division(first)


@given(CODES, st.integers(0, 17), st.sampled_from(registers.CREDIT_CODE_CHARACTERS))
def test_one_wrong_character_is_always_found(first, place, other):
    code = first + registers.check_character(first)
    typed = code[:place] + other + code[place + 1 :]
    if typed == code:
        registers.require_credit_code(typed)
    else:
        with pytest.raises(registers.CreditCodeWrong):
            registers.require_credit_code(typed)


def test_a_wrong_check_character_is_reported_with_the_right_one():
    with pytest.raises(registers.CreditCodeWrong) as refused:
        registers.require_credit_code("91330100799655058X")
    assert sentence(refused) == (
        "91330100799655058X is not a unified social credit code: "
        "its last character should be B. Copy it from the licence."
    )


def test_letters_that_no_code_has_are_reported():
    with pytest.raises(registers.CreditCodeMisspelt) as refused:
        registers.require_credit_code("9111000060000700OI")
    assert sentence(refused) == (
        "9111000060000700OI is not a unified social credit code: "
        "it has 18 characters, of which these are not allowed: I O. "
        "Enter 18 digits and capital letters, without I, O, S, V and Z."
    )


def test_only_chinese_numbers_of_eighteen_characters_are_codes():
    registers.require_registered_number("DE", "91330100799655058X")
    registers.require_registered_number("CN", "440301103097413")
    with pytest.raises(registers.CreditCodeWrong):
        registers.require_registered_number("CN", "91330100799655058X")

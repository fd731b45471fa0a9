"""Who may register and be approved; no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.editions.rules import PhaseNotPlanned, Window
from emporion.domain.visitors import rules

OPENS, CLOSES = datetime(2023, 6, 1, 9, tzinfo=UTC), datetime(2023, 10, 25, tzinfo=UTC)
# The standard's own example, and codes that companies print on their papers.
REAL_CODES = [
    "91350100M000100Y43",
    "91330100799655058B",
    "9144030071526726XG",
    "914403001922038216",
    "91110000802100433B",
]
CODES = st.text(rules.CREDIT_CODE_CHARACTERS, min_size=17, max_size=17)


def by_division(first: str) -> str:
    """The check character by the standard's words: the one that makes the weighted sum divisible by 31."""
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1]
    values = [rules.CREDIT_CODE_CHARACTERS.index(character) for character in first]
    total = sum(value * weight for value, weight in zip(values, weights, strict=False))
    return next(character for value, character in enumerate(rules.CREDIT_CODE_CHARACTERS) if (total + value) % 31 == 0)


def sentence(refused):
    return refused.value.sentence


@pytest.mark.parametrize("code", REAL_CODES)
def test_codes_in_use_pass(code):
    rules.check_credit_code(code)


@given(CODES)
def test_the_check_character_is_the_standard_s(first):
    assert rules.check_character(first) == by_division(first)


@given(CODES, st.integers(0, 17), st.sampled_from(rules.CREDIT_CODE_CHARACTERS))
def test_one_wrong_character_is_always_found(first, place, other):
    code = first + rules.check_character(first)
    typed = code[:place] + other + code[place + 1 :]
    if typed == code:
        rules.check_credit_code(typed)
    else:
        with pytest.raises(rules.CreditCodeWrong):
            rules.check_credit_code(typed)


def test_a_wrong_check_character_is_told_with_the_right_one():
    with pytest.raises(rules.CreditCodeWrong) as refused:
        rules.check_credit_code("91330100799655058X")
    assert sentence(refused) == (
        "91330100799655058X is no unified social credit code: its last character should be B. Copy it from the licence."
    )


def test_letters_that_no_code_has_are_told():
    with pytest.raises(rules.CreditCodeMisspelt) as refused:
        rules.check_credit_code("9111000060000700OI")
    assert sentence(refused) == (
        "9111000060000700OI is no unified social credit code: it has 18 characters and strange among them are I O. "
        "Give 18 digits and capital letters, without I, O, S, V and Z."
    )


def test_only_chinese_numbers_of_eighteen_characters_are_codes():
    rules.check_registered_number("DE", "91330100799655058X")
    rules.check_registered_number("CN", "440301103097413")
    with pytest.raises(rules.CreditCodeWrong):
        rules.check_registered_number("CN", "91330100799655058X")


def test_registration_has_its_days():
    window = Window(OPENS, CLOSES)
    rules.check_registration_open(window, OPENS)
    with pytest.raises(rules.RegistrationNotOpen) as early:
        rules.check_registration_open(window, OPENS - timedelta(seconds=1))
    with pytest.raises(rules.RegistrationClosed) as late:
        rules.check_registration_open(window, CLOSES)
    assert sentence(early) == "Registration has not opened yet: visitors register from 2023-06-01 09:00."
    assert sentence(late) == "Registration has closed: visitors register until 2023-10-25 00:00."
    with pytest.raises(PhaseNotPlanned):
        rules.check_registration_open(None, OPENS)


def test_a_person_is_approved_after_the_unit():
    rules.check_unit_approved("Ann", "Ann's Works", "approved")
    for state in ("registered", "rejected"):
        with pytest.raises(rules.UnitNotApproved) as refused:
            rules.check_unit_approved("Ann", "Ann's Works", state)
        assert sentence(refused) == (
            f"Ann cannot be approved before the unit is: Ann's Works is still {state}. Decide about the unit first."
        )


@pytest.mark.parametrize(
    ("state", "wanted", "allowed"),
    [
        ("registered", "approved", True),
        ("registered", "rejected", True),
        ("registered", "cancelled", True),
        ("rejected", "approved", True),
        ("approved", "rejected", True),
        ("approved", "cancelled", True),
        ("approved", "approved", False),
        ("rejected", "cancelled", False),
        ("cancelled", "approved", False),
        ("cancelled", "rejected", False),
    ],
)
def test_states_follow_one_another(state, wanted, allowed):
    if allowed:
        rules.check_transition("Ann", state, wanted)
        return
    with pytest.raises(rules.WrongState) as refused:
        rules.check_transition("Ann", state, wanted)
    assert sentence(refused) == f"Ann is {state} and cannot become {wanted}."


def test_an_exhibitor_s_staff_is_no_visitor_however_the_address_is_written():
    rules.check_not_staff("ann@example.org", {"bob@example.org"})
    rules.check_not_staff("", {""})
    with pytest.raises(rules.ExhibitorsStaff) as refused:
        rules.check_not_staff("Bob@Example.org", {"bob@example.org"})
    assert sentence(refused) == (
        "Bob@Example.org belongs to an exhibitor's staff, who enter on an exhibitor's pass and are never visitors."
    )


def test_a_delegation_takes_as_many_as_its_quota():
    rules.check_quota("Food", None, 10_000)
    rules.check_quota("Food", 3, 2)
    with pytest.raises(rules.DelegationFull) as refused:
        rules.check_quota("Food", 3, 3)
    assert sentence(refused) == ("Food may register 3 people and has 3: raise its quota or register with another.")


def test_a_path_s_branches_lead_to_the_root():
    assert rules.branches("07.031.2") == ("07.031.2", "07.031", "07")
    assert rules.branches("07") == ("07",)

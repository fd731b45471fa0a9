"""How many meetings each side can hold, and the words of a suggestion."""

from __future__ import annotations

import numpy as np
import pytest

from emporion.domain.matching import rules
from emporion.domain.matching.rules.reasons import REASONS
from emporion.domain.reason import Name
from emporion.language import CHINESE, ENGLISH, translate


def test_an_exhibitors_meetings_grow_with_its_stand_up_to_a_hundred():
    areas, guests = np.array([0, 9, 90, 900, 900]), np.array([False, False, False, False, True])
    assert rules.exhibitor_meetings(areas, guests).tolist() == [60, 62, 80, 100, 30]


def test_large_stands_look_for_large_buyers():
    assert rules.wanted_size(np.array([0, 50, 100, 400])).tolist() == pytest.approx([0.3, 0.65, 1, 1])


def test_every_kind_of_term_has_its_words_for_both_sides_in_both_languages():
    data = {"code": "8419", "name": Name("Boilers", "锅炉"), "product": Name("Heater", "加热器")}
    data |= {"wish": Name("boilers", "求购锅炉")}
    sentences = {
        (code, language, side): translate(rules.Term(code, 1, data).reason(to_exhibitor=side), language)
        for code in REASONS
        for language in (ENGLISH, CHINESE)
        for side in (False, True)
    }
    assert sentences["heading", ENGLISH, False] == "You buy HS 8419 (Boilers); they show Heater."
    assert sentences["heading", CHINESE, True] == "对方采购HS 8419（锅炉）；您展出加热器。"
    assert sentences["text_wanted", CHINESE, False] == "您寻求“求购锅炉”；对方希望会见“加热器”。"
    assert not any("{" in sentence for sentence in sentences.values())


def test_two_editions_are_not_matched():
    rules.require_one_edition("V1", "06-1", same=True)
    with pytest.raises(rules.NotOfOneEdition, match="Visitor V1 and exhibitor 06-1"):
        rules.require_one_edition("V1", "06-1", same=False)


def test_a_title_is_cut_to_its_first_clause_and_eighty_characters():
    assert rules.short_title("Boilers; parts thereof") == "Boilers"
    long = rules.short_title("Machines and apparatus, " * 9)
    assert long == "Machines and apparatus, Machines and apparatus, Machines and apparatus…"
    assert rules.short_title("仪器" * 60) == "仪器" * 39 + "仪…"


@pytest.mark.parametrize(
    ("state", "own", "answer"),
    [
        ("registered", 1, True), ("approved", 1, True), ("approved", 0, True), ("approved", 2, False),
        ("rejected", 1, False), ("cancelled", 1, False),
    ],
)  # fmt: skip
def test_a_visitor_who_may_come_marks_exhibitors_but_not_its_own_organisation(state, own, answer):
    assert rules.may_mark(state, visiting_organisation=own, exhibiting_organisation=2) is answer

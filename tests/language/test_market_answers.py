"""Every sentence that an answer fills in is told in Chinese, whatever market, origin and line it is of."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.domain.marketaccess.rules.reasons import PartyThatDay, SomeExcluded
from emporion.domain.reason import Country, Phrase, Reason
from emporion.language import CHINESE, ENGLISH, translate, written

# Origins of every kind: partners, least developed, graduated, outside the WTO, of column 2, the importer itself.
ORIGINS = ("JP", "AU", "NZ", "KR", "VN", "KH", "BD", "BT", "DE", "US", "CN", "KP", "BJ", "TW", "HK", "PG", "FJ", "IN",
           "CU", "RU", "IR", "MX", "TD")  # fmt: skip
DAY = date(2026, 11, 5)
# Titles of laws, names of agreements and units stand in Latin letters, a schedule's own words in quotes; an English
# sentence has such a word in it.
QUOTED = re.compile("“[^”]*”")
WORDS = (" is ", " are ", " the ", " not ", " only ", " for ", " that ", " which ", " must ")


@pytest.mark.parametrize("to", ["CN", "AU", "US"])
def test_no_reason_of_an_answer_is_left_in_english(to: str) -> None:
    codes = files.shipped(to).schedule.codes
    found = {
        reason for origin in ORIGINS for code in codes[:: len(codes) // 150] for reason in _reasons(code, origin, to)
    }
    found |= set(_reasons("99999999", "JP", to)) | set(_reasons("84", "JP", to))
    chinese = {translate(reason, CHINESE) for reason in found}
    assert sorted(text for text in chinese if any(word in f" {QUOTED.sub('', text)} " for word in WORDS)) == []


def test_words_of_another_gazette_stand_as_they_are() -> None:
    assert written(Phrase("a sentence of another gazette"), CHINESE) == "a sentence of another gazette"


def test_what_a_sentence_fills_in_is_named_in_the_readers_language() -> None:
    reason = SomeExcluded(PartyThatDay(Country("JP"), Phrase("RCEP (Japan)")))
    assert translate(reason, ENGLISH) == (
        "Japan is in RCEP (Japan) on that day; some countries or goods are excluded on this line"
    )
    assert translate(reason, CHINESE) == "当日日本享有“RCEP（日本）”待遇；该税目排除部分国家或货品"


def _reasons(code: str, origin: str, to: str) -> list[Reason]:
    """Reasons, what is missing, proofs, quotas and notes of an answer."""
    found: Answer | Range = without_database.answer(code, origin, to, DAY, Decimal(1000))
    if isinstance(found, Range):
        return [*found.missing, *found.restrictions]
    return [
        *(one.reason for one in found.candidates), *found.missing, *found.proof, *found.quota, *found.notes,
        *found.restrictions,
    ]  # fmt: skip

"""Every sentence that an answer fills in is told in Chinese, whatever market, origin and line it is of."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from emporion.domain.marketaccess import files, without_database
from emporion.domain.marketaccess.rules.answer import Answer, Range
from emporion.web.market.sentences import told

# Origins of every kind: partners, least developed, graduated, outside the WTO, of column 2, the importer itself.
ORIGINS = ("JP", "AU", "NZ", "KR", "VN", "KH", "BD", "BT", "DE", "US", "CN", "KP", "BJ", "TW", "HK", "PG", "FJ", "IN",
           "CU", "RU", "IR", "MX", "TD")  # fmt: skip
DAY = date(2026, 11, 5)
# Titles of laws, names of agreements and units stand in Latin letters, a schedule's own words in quotes; an English
# sentence has such a word in it.
QUOTED = re.compile("“[^”]*”")
ENGLISH = (" is ", " are ", " the ", " not ", " only ", " for ", " that ", " which ", " must ")


@pytest.mark.parametrize("to", ["CN", "AU", "US"])
def test_no_reason_of_an_answer_is_left_in_english(to: str) -> None:
    codes = files.shipped(to).schedule.codes
    found = {text for origin in ORIGINS for code in codes[:: len(codes) // 150] for text in _texts(code, origin, to)}
    found |= set(_texts("99999999", "JP", to)) | set(_texts("84", "JP", to))
    with override("zh-hans"):
        left = sorted(text for text in found if any(word in f" {QUOTED.sub('', told(text))} " for word in ENGLISH))
    assert left == []


def test_a_sentence_that_is_no_message_is_shown_as_it_is() -> None:
    with override("zh-hans"):
        assert told("a sentence of another gazette") == "a sentence of another gazette"


def test_what_a_sentence_fills_in_is_named_in_the_readers_language() -> None:
    sentence = "JP is in RCEP (Japan) on that day; some countries or goods are excluded on this line"
    assert told(sentence) == "Japan is in RCEP (Japan) on that day; some countries or goods are excluded on this line"
    with override("zh-hans"):
        assert told(sentence) == "当日日本享有“RCEP（日本）”待遇；该税目排除部分国家或货品"


def _texts(code: str, origin: str, to: str) -> list[str]:
    """Reasons, what is missing, proofs, quotas and notes of an answer."""
    found: Answer | Range = without_database.answer(code, origin, to, DAY, Decimal(1000))
    if isinstance(found, Range):
        return [*found.missing, *found.restrictions]
    return [
        *(one.reason for one in found.candidates), *found.missing, *found.proof, *found.quota, *found.notes,
        *found.restrictions,
    ]  # fmt: skip

"""What can be said of goods in one word: three-valued, over every line at hand under a code."""

from __future__ import annotations

from datetime import date

import pytest

from emporion.domain.marketaccess.rules.answer import answer
from emporion.domain.marketaccess.rules.eligibility import (
    is_answered,
    is_free_from_least_developed,
    is_free_under,
    nearest_day,
    nearest_tariff_day,
)
from emporion.domain.reference.rules import Span
from tests.domain.marketaccess.world import FAIR, agreement, market

RCEP = agreement("RCEP (Japan)", "JP")
LATER = agreement("RCEP (Germany)", "DE", span=Span(date(2027, 1, 1), None))
LIST = agreement("Least developed", "BD", basis="special_preferential")
LINES = {
    "01010001": {"mfn": "5", "RCEP (Japan)": "Free", "RCEP (Germany)": "Free", "Least developed": "Free"},
    "01020001": {"mfn": "5", "RCEP (Japan)": "2"},
    "01020002": {"mfn": "5", "RCEP (Japan)": "Free", "Least developed": "Free"},
    "01030001": {"mfn": "Free", "RCEP (Japan)": "? 3 or so"},
    "01040001": {"mfn": "5", "RCEP (Japan)": "3; since 2022-01-01"},
    "01050001": {"RCEP (Japan)": "Free"},
}
BEFORE = date(2026, 11, 4)
RURITANIA = market(LINES, RCEP, LATER, LIST)


@pytest.mark.parametrize(
    ("code", "origin", "free"),
    [
        ("01010001", "JP", True),
        ("010100", "JP", True),
        ("0102", "JP", False),  # one of its two lines is at 2%
        ("01020002", "JP", True),
        ("010300", "JP", None),  # not whole at its source
        ("010400", "JP", None),  # a later stage may be free
        ("0101", "DE", False),  # not in force on the day
        ("0101", "BD", False),  # no party
        ("0199", "JP", None),  # no line at hand
        ("01990001", "JP", None),
    ],
)
def test_goods_are_free_under_an_agreement_when_every_line_at_hand_is(
    code: str, origin: str, free: bool | None
) -> None:
    assert is_free_under("RCEP", answer(RURITANIA, code, origin, FAIR)) is free


@pytest.mark.parametrize(
    ("code", "origin", "on", "free"),
    [
        ("0101", "BD", BEFORE, True),
        ("0101", "BD", FAIR, False),  # it has graduated
        ("0102", "BD", BEFORE, False),
        ("0103", "BD", BEFORE, True),  # free for everybody, so for it too
        ("0103", "JP", BEFORE, False),
        ("0199", "BD", BEFORE, None),
    ],
)
def test_a_least_developed_country_enters_free_when_each_line_is_zero(
    code: str, origin: str, on: date, free: bool | None
) -> None:
    assert is_free_from_least_developed(RURITANIA, answer(RURITANIA, code, origin, on)) is free


def test_goods_are_answered_when_each_line_at_hand_has_a_rate() -> None:
    assert is_answered(answer(RURITANIA, "0102", "DE", FAIR))
    assert not is_answered(answer(RURITANIA, "0105", "DE", FAIR))
    assert not is_answered(answer(RURITANIA, "0199", "DE", FAIR))


def test_the_nearest_day_is_within_the_schedule() -> None:
    assert nearest_day(RURITANIA, date(2023, 11, 5)) == date(2026, 1, 1)
    assert nearest_day(RURITANIA, FAIR) == FAIR
    assert nearest_day(RURITANIA, date(2031, 1, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("wished", "today", "asked"),
    [
        ("2026-05-05", "2025-05-05", "2026-05-05"),  # the wished day is covered
        ("2023-11-05", "2026-11-26", "2026-11-26"),  # it is not, today is
        ("2023-11-05", "2029-01-01", "2025-01-01"),  # neither: the nearest to the wished one
        ("2029-11-05", "2030-01-01", "2026-12-31"),
        ("2025-09-01", "2030-01-01", "2025-06-30"),  # between two tariffs the nearer end
    ],
)
def test_the_day_to_ask_for_is_one_that_a_tariff_answers_for(wished: str, today: str, asked: str) -> None:
    spans = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2026, 1, 1), date(2026, 12, 31))]
    assert nearest_tariff_day(spans, date.fromisoformat(wished), date.fromisoformat(today)) == date.fromisoformat(asked)


def test_without_a_tariff_the_wished_day_stands() -> None:
    assert nearest_tariff_day([], BEFORE, FAIR) == BEFORE

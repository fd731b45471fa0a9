"""The back office writes days and times as the pages of a fair do."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [("en", "30 Nov 2026, 07:41", "3 Sep 2026"), ("zh-hans", "2026年11月30日 07:41", "2026年9月3日")],
)
def test_moments_and_days_in_a_list_of_the_back_office(language: str, moment: str, day: str) -> None:
    with translation.override(language):
        assert formats.localize(datetime(2026, 11, 30, 7, 41)) == moment
        assert formats.localize(date(2026, 9, 3)) == day

"""Days and moments as a reader writes them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from emporion.language.catalogue import is_chinese

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def whole_date(value: dt.date, language: str | None = None) -> str:
    """A day with its month and year in full."""
    if is_chinese(language):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime, language: str | None = None) -> str:
    """A day, its month short, with the time. One in UTC is told in the time zone in force, any other in its own."""
    local = timezone.localtime(value) if value.tzinfo is dt.UTC else value
    if is_chinese(language):
        return f"{whole_date(local, language)} {local:%H:%M}"
    return f"{local.day} {MONTHS[local.month - 1][:3]} {local:%Y %H:%M}"

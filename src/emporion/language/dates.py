"""Days and moments as a reader writes them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def whole_date(value: dt.date) -> str:
    """A day with its month and year in full."""
    # Translators: a whole date in the notation of Django's date filter.
    return date_format(value, pgettext("date format", "j F Y"))


def whole_moment(value: dt.datetime) -> str:
    """A day in full with its time in the time zone in force."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{whole_date(local)}, {local:%H:%M}"

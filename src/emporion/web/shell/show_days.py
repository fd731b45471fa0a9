"""The days of a show, as forms and tables go through them."""

from __future__ import annotations

from datetime import date, timedelta

from emporion.domain.editions.models import Edition


def show_days(edition: Edition) -> list[date]:
    """From the first to the last."""
    return [
        edition.first_day + timedelta(days=after) for after in range((edition.last_day - edition.first_day).days + 1)
    ]

"""The days of a show, as pages go through them."""

from __future__ import annotations

from datetime import date, timedelta

from emporion.domain.editions.models import Edition


def show_days(edition: Edition) -> list[date]:
    """From the first to the last."""
    return [
        edition.first_day + timedelta(days=after) for after in range((edition.last_day - edition.first_day).days + 1)
    ]


def opening_day(days: list[date], today: date) -> date | None:
    """Today when something is on today, else the first day; none without any."""
    if today in days:
        return today
    return days[0] if days else None

"""Hours on the clocks of a venue, which are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from emporion.domain.refusal import Refusal


class HourSkipped(Refusal):
    """On {day} the clocks at the venue are put forward and skip {hour}; choose an hour that comes."""


def require_hour_exists(moment: datetime, zone: tzinfo) -> None:
    """Refuse an hour that the venue's clocks skip when they are put forward; one that comes twice counts as the first.

    ``moment`` is what the clocks show, without a zone. Raises: HourSkipped.
    """
    if real_moment(moment, zone) != moment:
        raise HourSkipped(hour=f"{moment:%H:%M}", day=moment.date())


def real_moment(moment: datetime, zone: tzinfo) -> datetime:
    """What the clocks of a zone show at a moment: an hour that they skip is the one after it."""
    return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)

"""When people are reminded of their meetings, and whom no message reaches."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from emporion.domain.reason import ProperName

# From the evening on people are reminded of their next day, and until the morning of what was published overnight.
EVENING, MORNING = time(18), time(9)
# Once more so long before a meeting begins.
SOON = timedelta(hours=1)


def days_to_remind_of(now: datetime) -> list[date]:
    """The day whose meetings people are reminded of at this moment of the venue's time, if there is one."""
    if now.time() >= EVENING:
        return [now.date() + timedelta(days=1)]
    return [now.date()] if now.time() < MORNING else []


def without_address(*people: tuple[ProperName, str]) -> tuple[ProperName, ...]:
    """Of people's names and e-mail addresses, the names of those whom no message reaches."""
    return tuple(name for name, address in people if not address)

"""The slots of a show, and what must be true of a time before a meeting takes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from emporion.domain.meetings.rules.refusals import (
    HoursDoNotRise,
    MeetingHasBegun,
    NoSlotFits,
    NoSuchSlot,
    NotYetHeld,
    SlotLengthOutOfRange,
)

SLOT_MINUTES = 30
# Morning and afternoon; nobody meets over lunch. Fourteen slots a day.
HOURS = ((time(9, 30), time(12, 0)), (time(12, 30), time(17, 0)))
SHORTEST_SLOT, LONGEST_SLOT = 5, 240
# Nothing is moved to a time nearer than this: people have to read of it and walk there.
NOTICE = timedelta(hours=1)


def require_slots(numbers: Iterable[int], count: int) -> None:
    """Raise NoSuchSlot when one of the numbers is not that of a slot."""
    for number in numbers:
        if not 0 <= number < count:
            raise NoSuchSlot(slot=number, slots=count)


def require_hours(hours: Sequence[tuple[time, time]], minutes: int) -> None:
    """Raise SlotLengthOutOfRange, HoursDoNotRise or NoSlotFits when no slots can be made of hours and minutes."""
    if not SHORTEST_SLOT <= minutes <= LONGEST_SLOT:
        raise SlotLengthOutOfRange(low=SHORTEST_SLOT, high=LONGEST_SLOT, minutes=minutes)
    if not _rise(hours):
        raise HoursDoNotRise(hours=_hours_in_words(hours))
    require_whole_slots(hours, minutes)


def require_whole_slots(hours: Iterable[tuple[time, time]], minutes: int) -> None:
    """Raise NoSlotFits with those of the hours that are shorter than a slot, or ValueError as ``slots`` does."""
    day = date(2000, 1, 1)
    opened = list(hours)
    short = [one for one in opened if not slots(day, day, UTC, hours=[one], minutes=minutes)]
    if short or not opened:
        raise NoSlotFits(minutes=minutes, hours=_hours_in_words(short))


def has_begun(starts: datetime, at: datetime) -> bool:
    """Whether a meeting has begun at a moment."""
    return starts <= at


def require_begun(starts: datetime, at: datetime, *, start_text: str) -> None:
    """Raise NotYetHeld while the meeting has not begun; ``start_text`` is its start as people read it."""
    if not has_begun(starts, at):
        raise NotYetHeld(starts=start_text)


def require_not_begun(starts: datetime, at: datetime, *, start_text: str) -> None:
    """Raise MeetingHasBegun once the meeting has begun; ``start_text`` is its start as people read it."""
    if has_begun(starts, at):
        raise MeetingHasBegun(starts=start_text)


def slots(
    first_day: date,
    last_day: date,
    zone: tzinfo,
    *,
    hours: Iterable[tuple[time, time]] = HOURS,
    minutes: int = SLOT_MINUTES,
) -> list[tuple[datetime, datetime]]:
    """Start and end of every slot from the first day of the show to the last, in order of time.

    Raises ValueError when a slot is not longer than nothing or hours do not rise.
    """
    if minutes < 1:
        raise ValueError(f"minutes: must be 1 or more, got {minutes}")
    opened = list(hours)
    if not _rise(opened):
        raise ValueError(f"hours: must rise, got {', '.join(f'{moment:%H:%M}' for one in opened for moment in one)}")
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    length = timedelta(minutes=minutes)
    found = []
    for day in days:
        for opens, closes in opened:
            # Counted in universal time: on the night on which the clocks change an hour is missing or comes twice.
            start, end = (datetime.combine(day, one, zone).astimezone(UTC) for one in (opens, closes))
            while start + length <= end:
                found.append((start.astimezone(zone), (start + length).astimezone(zone)))
                start += length
    return found


def absences_again(
    away: Iterable[int], before: Sequence[tuple[datetime, datetime]], after: Sequence[tuple[datetime, datetime]]
) -> list[int]:
    """The slots somebody is away in, when other slots take the place of those before: all that touch the old ones."""
    gone = [before[number] for number in away if number < len(before)]
    return [
        number
        for number, (starts, ends) in enumerate(after)
        if any(starts < gone_until and gone_from < ends for gone_from, gone_until in gone)
    ]


def _hours_in_words(hours: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)


def _rise(hours: Sequence[tuple[time, time]]) -> bool:
    moments = [moment for opened in hours for moment in opened]
    return moments == sorted(set(moments))

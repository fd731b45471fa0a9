"""Who may ask whom to meet, how a request is answered, and what the timetable keeps to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from emporion.domain.reason import Phrase, ProperName
from emporion.domain.refusal import Refusal

SLOT_MINUTES = 30
# Morning and afternoon; nobody meets over lunch. Fourteen slots a day.
HOURS = ((time(9, 30), time(12, 0)), (time(12, 30), time(17, 0)))
DAILY_MEETINGS = 8
# A stand holds one meeting at a time for each of these square metres that its exhibitor has, up to the most.
HOST_M2 = 18
# A worker lays out twenty people a second; a file of more pages is no use to a printer.
MOST_IN_PDF = 2_000
MOST_HOSTS = 6
# What people may say of themselves.
HIGHEST_DAILY_LIMIT = 40
HIGHEST_HOSTS = 20
SHORTEST_SLOT, LONGEST_SLOT = 5, 240
# Halls whose leaves of the venue lie further apart are too far for two meetings in a row.
NEAR_LEAVES = 3
# From the evening on people are reminded of their next day, and until the morning of what was published overnight.
EVENING, MORNING = time(18), time(9)
# Nothing is moved to a time nearer than this: people have to read of it and walk there.
NOTICE = timedelta(hours=1)
# Once more so long before a meeting begins.
SOON = timedelta(hours=1)


class VisitorMayNotMeet(Refusal):
    """Visitor {visitor} is not approved, so no meetings can be arranged; approve the registration first."""


class OtherSideIsOfAnotherEdition(Refusal):
    """{visitor} and {exhibitor} take part in different editions and cannot meet."""


class OwnOrganisationNeedsNoMeeting(Refusal):
    """{organisation} is on both sides: no meeting is arranged within one organisation."""


class AlreadyAskedToMeet(Refusal):
    """{visitor} and {exhibitor} have been asked to meet already; the request is {state}."""


class AlreadyAnswered(Refusal):
    """This request is {state} already and cannot be {wanted}."""


class NotYoursToAnswer(Refusal):
    """Only the side that was asked answers a request; whoever asked may cancel it."""


class SlotsInUse(Refusal):
    """{uses} published or pinned meetings, agreed times and closed halls hang on the slots; they stay as they are."""


class SlotLengthOutOfRange(Refusal):
    """A slot lasts from {low} to {high} minutes; got {minutes}."""


class HoursDoNotRise(Refusal):
    """The hours of meetings must follow on each other, as 09:30–12:00 and 12:30–17:00; got {hours}."""


class NoSlotFits(Refusal):
    """No slot of {minutes} minutes fits into the hours {hours}: lengthen these, leave them out or shorten the slots."""


class SlotTaken(Refusal):
    """{who} has another meeting agreed for {slot}; propose another time."""


class AwayThen(Refusal):
    """{who} has said not to be there at {slot}; propose another time."""


class SlotHasBegun(Refusal):
    """{slot} has begun already; propose a later time."""


class HallClosedThen(Refusal):
    """Hall {hall} is closed to meetings at {slot}; propose another time."""


class NoSuchSlot(Refusal):
    """Slot {slot} is none of this edition's {slots} slots; they are numbered from 0."""


class DailyLimitOutOfRange(Refusal):
    """A limit of meetings in a day must be a whole number from {low} to {high}."""


class HostsOutOfRange(Refusal):
    """The hosts at a stand must be a whole number from {low} to {high}."""


class NotYetHeld(Refusal):
    """This meeting begins at {starts}; its outcome can be told from then on."""


class MeetingHasBegun(Refusal):
    """This meeting began at {starts} and cannot be cancelled any more; note its outcome instead."""


class NothingPublished(Refusal):
    """No meeting is published yet. Make a new timetable instead."""


class ChangedSinceLooked(Refusal):
    """Something has happened since you looked: now {now} meetings would change. Look again."""


class TooManySheets(Refusal):
    """{people} people are too many for one PDF: take the sub-groups one by one, or print the page."""


class NoSlots(Refusal):
    """There are no slots to meet in; open them first."""


class PublishedMeetingsClash(Refusal):
    """The meetings already published cannot all be kept: {why}."""


@dataclass(frozen=True)
class Pair:
    """The two who are to meet, as the rule sees them; organisations by id, 0 for a visitor without a unit."""

    visitor: str
    exhibitor: str
    approved: bool
    same_edition: bool
    visiting_organisation: int
    exhibiting_organisation: int
    organisation: str = ""


def require_may_meet(pair: Pair) -> None:
    """Raise the reason for which the two may not ask each other to meet, if there is one.

    Raises OtherSideIsOfAnotherEdition, VisitorMayNotMeet or OwnOrganisationNeedsNoMeeting.
    """
    if not pair.same_edition:
        raise OtherSideIsOfAnotherEdition(visitor=pair.visitor, exhibitor=pair.exhibitor)
    if not pair.approved:
        raise VisitorMayNotMeet(visitor=pair.visitor)
    if pair.visiting_organisation == pair.exhibiting_organisation:
        raise OwnOrganisationNeedsNoMeeting(organisation=pair.organisation)


def may_ask(*, approved: bool, is_open: bool, request: str, mark: str) -> bool:
    """Whether one side can ask the other: ``request`` and ``mark`` are what there is between them, empty for nothing.

    Who has been hidden or declined is taken back first.
    """
    return approved and is_open and not request and mark in ("", "favourite")


def may_decline(request: str) -> bool:
    """Whether one side can decline the other among suggestions: where there is a request, that is answered instead."""
    return not request


def may_wish(state: str, *, is_own: bool, is_placed: bool) -> bool:
    """Whether a side can say how much it wants a meeting: while a wish can still change its place in the timetable.

    ``is_own``: the side asked for it. ``is_placed``: the meeting is published.
    """
    return not is_placed and (state == "accepted" or (is_own and state == "pending"))


def require_answerable(state: str, wanted: str, *, asked_by_exhibitor: bool, answered_by_exhibitor: bool) -> None:
    """Raise the reason for which a request cannot be answered (accepted or declined), if there is one.

    Raises NotYoursToAnswer when the side that asked answers, AlreadyAnswered when it is not pending any more.
    """
    if asked_by_exhibitor == answered_by_exhibitor:
        raise NotYoursToAnswer
    if state != "pending":
        raise AlreadyAnswered(state=Phrase(state), wanted=Phrase(wanted))


def require_live(state: str, wanted: str) -> None:
    """Raise AlreadyAnswered when a request is over, declined or cancelled, and cannot be ``wanted`` any more."""
    if state not in ("pending", "accepted"):
        raise AlreadyAnswered(state=Phrase(state), wanted=Phrase(wanted))


def request_state(state: str, answers_until: datetime | None, at: datetime) -> str:
    """A request's state as it stands: ``unanswered`` once it waits and the time for answering is over."""
    over = state == "pending" and answers_until is not None and at >= answers_until
    return "unanswered" if over else state


def require_limits(daily_limit: int | None, hosts: int | None) -> None:
    """Raise DailyLimitOutOfRange or HostsOutOfRange; none given means the usual one."""
    if daily_limit is not None and not 1 <= daily_limit <= HIGHEST_DAILY_LIMIT:
        raise DailyLimitOutOfRange(low=1, high=HIGHEST_DAILY_LIMIT)
    if hosts is not None and not 1 <= hosts <= HIGHEST_HOSTS:
        raise HostsOutOfRange(low=1, high=HIGHEST_HOSTS)


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
        raise HoursDoNotRise(hours=_told(hours))
    require_whole_slots(hours, minutes)


def require_whole_slots(hours: Iterable[tuple[time, time]], minutes: int) -> None:
    """Raise NoSlotFits with those of the hours that are shorter than a slot, or ValueError as ``slots`` does."""
    day = date(2000, 1, 1)
    opened = list(hours)
    short = [one for one in opened if not slots(day, day, UTC, hours=[one], minutes=minutes)]
    if short or not opened:
        raise NoSlotFits(minutes=minutes, hours=_told(short))


def has_begun(starts: datetime, at: datetime) -> bool:
    """Whether a meeting has begun at a moment."""
    return starts <= at


def require_begun(starts: datetime, at: datetime, *, told: str) -> None:
    """Raise NotYetHeld while the meeting has not begun; ``told`` is its start as people read it."""
    if not has_begun(starts, at):
        raise NotYetHeld(starts=told)


def require_not_begun(starts: datetime, at: datetime, *, told: str) -> None:
    """Raise MeetingHasBegun once the meeting has begun; ``told`` is its start as people read it."""
    if has_begun(starts, at):
        raise MeetingHasBegun(starts=told)


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


def days_to_remind_of(now: datetime) -> list[date]:
    """The day whose meetings people are reminded of at this moment of the venue's time, if there is one."""
    if now.time() >= EVENING:
        return [now.date() + timedelta(days=1)]
    return [now.date()] if now.time() < MORNING else []


def without_address(*people: tuple[ProperName, str]) -> tuple[ProperName, ...]:
    """Of people's names and e-mail addresses, the names of those whom no message reaches."""
    return tuple(name for name, address in people if not address)


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


def hosts(share_m2: int) -> int:
    """How many meetings an exhibitor holds at once on its share of a stand: one for every 18 m², from 1 to 6."""
    return min(max(share_m2 // HOST_M2, 1), MOST_HOSTS)


def too_far(halls: Sequence[str]) -> list[list[bool]]:
    """Whether two halls are too far apart for meetings in slots that follow on each other.

    A hall's leaf is the number its code begins with, as 4 of ``4.1``; leaves are numbered round the venue, and those
    up to three apart are near. A hall without a number is near to all.
    """
    leaves = [_leaf(code) for code in halls]
    return [[a is not None and b is not None and abs(a - b) > NEAR_LEAVES for b in leaves] for a in leaves]


def _leaf(code: str) -> int | None:
    found = re.match(r"\d+", code)
    return int(found[0]) if found else None


def _told(hours: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)


def _rise(hours: Sequence[tuple[time, time]]) -> bool:
    moments = [moment for opened in hours for moment in opened]
    return moments == sorted(set(moments))


def require_few_sheets(people: int) -> None:
    """Raises: TooManySheets."""
    if people > MOST_IN_PDF:
        raise TooManySheets(people=people)

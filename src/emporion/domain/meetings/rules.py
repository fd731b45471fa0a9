"""Who may ask whom to meet, how a request is answered, and what the timetable keeps to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from emporion.domain.refusal import Refusal

if TYPE_CHECKING:
    # Only what is given here is read: whoever asks a rule need not wait for the kernel to load.
    from emporion.kernels.scheduling import Reason

SLOT_MINUTES = 30
# Morning and afternoon; nobody meets over lunch. Fourteen slots a day.
HOURS = ((time(9, 30), time(12, 0)), (time(12, 30), time(17, 0)))
DAILY_MEETINGS = 8
# A stand holds one meeting at a time for each of these square metres that its exhibitor has, up to the most.
HOST_M2 = 18
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

# The kernel's reasons in Chinese; in English it words them itself.
WHOLE_REASONS_ZH = {
    "no_common_slot": "在这场会面可用的时段里，{a}与{b}没有共同的空闲时间：请其中一方多留出一些时间。",
    "displaced": "{a}与{b}共同空闲的时段都已安排了意愿更强的会面（共{blockers}场）：请将本场标为必须会面，或增加时间。",
    "full_a": "{b}有空的{slots}个时段里，{a}均已约满：增加一位接待人员或多留出时间即可安排。",
    "full_b": "{a}有空的{slots}个时段里，{b}均已约满：增加一位接待人员或多留出时间即可安排。",
    "daily_limit_a": "在能与{b}会面的每一天，{a}都已达到每日会面上限：请提高上限，或取消一场会面。",
    "daily_limit_b": "在能与{a}会面的每一天，{b}都已达到每日会面上限：请提高上限，或取消一场会面。",
    "no_table": "{a}与{b}共同空闲的{slots}个时段里，洽谈桌均已占满：请增加洽谈桌或时段。",
    "too_far": "{a}与{b}共同空闲的每个时段，前后相邻的会面都离得太远，来不及走到：请调整那场相邻的会面。",
    "order": "{a}与{b}共同空闲的时段都不符合所要求的先后次序：请放宽次序。",
    "fairness": "{a}与{b}还有共同空闲的时段，但安排进去会使其中一方的空档多于公平的限度。",
    "free": "{a}与{b}还有共同空闲的时段：搜索结束前未能再次尝试，请让搜索多运行一会儿。",
}
PART_REASONS_ZH = {
    "busy_a": "{count}个时段{a}另有会面",
    "busy_b": "{count}个时段{b}另有会面",
    "daily_limit_a": "{count}个时段{a}已达每日上限",
    "daily_limit_b": "{count}个时段{b}已达每日上限",
    "no_table": "{count}个时段没有空桌",
    "too_far": "{count}个时段来不及走到",
    "order": "{count}个时段会打乱所要求的次序",
}
MIXED_REASON_ZH = "{a}与{b}共同空闲的{slots}个时段中，{parts}：任一方多留出时间都会有帮助。"


# Why a published meeting cannot be held at its time any more, in English and in Chinese.
WHY_NOT_THEN = {
    "away": ("{who} is not there at that time.", "{who}届时不在场。"),
    "closed": ("Hall {hall} is closed then, from {first} to {last}.", "{hall}馆届时关闭（{first}至{last}）。"),
    "agreed": ("The two have agreed on another time, {agreed}.", "双方已另约时间：{agreed}。"),
    "full": ("{who} has {meetings} meetings then and only {most} at once.",
             "{who}届时有{meetings}场会面，同时只能接待{most}场。"),
    "limit": ("{who} has {meetings} meetings on that day, more than the limit of {most}.",
              "{who}当日有{meetings}场会面，超过每日上限{most}场。"),
    "beside": ("It does not fit beside the other meetings of the two any more.", "与双方的其他会面已无法兼顾。"),
}  # fmt: skip


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
    """No slot of {minutes} minutes fits into the hours {hours}."""


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
    """No meeting is published yet, so nothing has to be kept: make the timetable anew instead."""


class ChangedSinceLooked(Refusal):
    """Something has happened since you looked: now {now} meetings would change. Look again."""


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


def require_answerable(state: str, wanted: str, *, asked_by_exhibitor: bool, answered_by_exhibitor: bool) -> None:
    """Raise the reason for which a request cannot be answered (accepted or declined), if there is one.

    Raises NotYoursToAnswer when the side that asked answers, AlreadyAnswered when it is not pending any more.
    """
    if asked_by_exhibitor == answered_by_exhibitor:
        raise NotYoursToAnswer
    if state != "pending":
        raise AlreadyAnswered(state=state, wanted=wanted)


def require_live(state: str, wanted: str) -> None:
    """Raise AlreadyAnswered when a request is over, declined or cancelled, and cannot be ``wanted`` any more."""
    if state not in ("pending", "accepted"):
        raise AlreadyAnswered(state=state, wanted=wanted)


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
    told = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)
    if not SHORTEST_SLOT <= minutes <= LONGEST_SLOT:
        raise SlotLengthOutOfRange(low=SHORTEST_SLOT, high=LONGEST_SLOT, minutes=minutes)
    if not _rise(hours):
        raise HoursDoNotRise(hours=told)
    day = date(2000, 1, 1)
    if not slots(day, day, UTC, hours=hours, minutes=minutes):
        raise NoSlotFits(minutes=minutes, hours=told)


def require_begun(starts: datetime, at: datetime, *, told: str) -> None:
    """Raise NotYetHeld while the meeting has not begun; ``told`` is its start as people read it."""
    if at < starts:
        raise NotYetHeld(starts=told)


def require_not_begun(starts: datetime, at: datetime, *, told: str) -> None:
    """Raise MeetingHasBegun once the meeting has begun; ``told`` is its start as people read it."""
    if at >= starts:
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
            start, end = datetime.combine(day, opens, zone), datetime.combine(day, closes, zone)
            while start + length <= end:
                found.append((start, start + length))
                start += length
    return found


def days_to_remind_of(now: datetime) -> list[date]:
    """The day whose meetings people are reminded of at this moment of the venue's time, if there is one."""
    if now.time() >= EVENING:
        return [now.date() + timedelta(days=1)]
    return [now.date()] if now.time() < MORNING else []


def without_address(*people: tuple[str, str]) -> tuple[str, ...]:
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


def why_no_slot(reason: Reason, visitor: str, exhibitor: str, language: str = "en") -> str:
    """Why an accepted request has no slot, as a sentence somebody can act on; in Chinese for ``zh…``."""
    if not language.startswith("zh"):
        return reason.sentence(dict(zip(reason.participants, (visitor, exhibitor), strict=True)).__getitem__)
    facts: dict[str, Any] = {"a": visitor, "b": exhibitor, "slots": reason.slots, "blockers": len(reason.blockers)}
    if reason.code in WHOLE_REASONS_ZH:
        return WHOLE_REASONS_ZH[reason.code].format(**facts)
    parts = [PART_REASONS_ZH[what].format(count=count, **facts) for what, count in reason.obstacles]
    return MIXED_REASON_ZH.format(parts="、".join(parts), **facts)


def why_not_then(code: str, facts: Mapping[str, object], language: str = "en") -> str:
    """What keeps a published meeting from its time, as a sentence somebody can act on; in Chinese for ``zh…``."""
    return WHY_NOT_THEN[code][language.startswith("zh")].format(**facts)


def stored_reason(reason: Reason) -> dict[str, Any]:
    """A reason as a request keeps it, without names: these are filled in when it is read."""
    return {
        "code": reason.code,
        "slots": reason.slots,
        "obstacles": list(reason.obstacles),
        "blockers": len(reason.blockers),
    }


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


def _rise(hours: Sequence[tuple[time, time]]) -> bool:
    moments = [moment for opened in hours for moment in opened]
    return moments == sorted(set(moments))

"""Why a meeting has no slot, and why a published one lost its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from emporion.domain.reason import Conjunction, Name, Reason

if TYPE_CHECKING:
    # Only what is given here is read: whoever asks a rule need not wait for the kernel to load.
    from emporion.kernels import scheduling

Called = str | Name


class AvailableInNoSlot(Reason):
    """{who} is available in none of the slots and cannot meet {whom}: it takes more time of {who}, or other slots."""

    who: Called
    whom: Called


class NoCommonSlot(Reason):
    """{a} and {b} are never both available in a slot this meeting may take: ask one of them for more time."""

    a: Called
    b: Called


class StrongerWishes(Reason):
    """Every slot {a} and {b} share is taken by a stronger wish ({blockers} of them): mark this meeting as a must, or
    open more time."""

    a: Called
    b: Called
    blockers: int


class FullThroughout(Reason):
    """{who} is full in all {slots} slots in which {whom} is available: a second host or more time would make room."""

    who: Called
    whom: Called
    slots: int


class DailyLimitThroughout(Reason):
    """{who} has reached the daily limit on every day the two could meet: raise it, or drop a meeting."""

    who: Called


class NoTableThroughout(Reason):
    """No table is free in any of the {slots} slots {a} and {b} share: add tables or slots."""

    a: Called
    b: Called
    slots: int


class TooFarThroughout(Reason):
    """In every free slot {a} and {b} share, the walk from or to the neighbouring meeting is too far: move that
    meeting."""

    a: Called
    b: Called


class OrderNotKept(Reason):
    """No free slot of {a} and {b} keeps the order asked for among their meetings: relax the order."""

    a: Called
    b: Called


class BreaksUnfair(Reason):
    """A slot is free for {a} and {b}, but it would give one of them more breaks than is fair."""

    a: Called
    b: Called


class SearchEnded(Reason):
    """A slot is free for {a} and {b}: the search was ended before it was tried again. Let it run longer."""

    a: Called
    b: Called


class NoFreeSlot(Reason):
    """Of the {slots} slots {a} and {b} share, {obstacles}: more time of either would help."""

    a: Called
    b: Called
    slots: int
    obstacles: Conjunction


class InAnotherMeeting(Reason):
    """{who} is in another meeting in {count}"""

    who: Called
    count: int


class AtDailyLimit(Reason):
    """{who} has reached the daily limit in {count}"""

    who: Called
    count: int


class NoTable(Reason):
    """no table is free in {count}"""

    count: int


class WalkTooFar(Reason):
    """the walk is too far in {count}"""

    count: int


class OrderBroken(Reason):
    """the order asked for would be broken in {count}"""

    count: int


class NoWholeSlot(Reason):
    """No whole slot lies within the times at which {a} and {b} are both there: {times}. Ask one of them for more time,
    or change the hours or the length of a slot."""

    a: Called
    b: Called
    times: tuple[SharedTime | str, ...]


class SharedTime(Reason):
    """{time} (slots near it: {slots})"""

    time: str
    slots: tuple[str, ...]


class RequestDaysNotSet(Reason):
    """The days for requesting and answering meetings are not set yet."""


class RequestsOpen(Reason):
    """Meetings can be requested and answered from {day}."""

    day: dt.date


class RequestsClosed(Reason):
    """Meetings could be requested and answered until {day}."""

    day: dt.date


class Away(Reason):
    """{who} is not there at that time."""

    who: Called


class AwayAllDay(Reason):
    """{who} is not there on that day."""

    who: Called


class ArrivesLater(Reason):
    """{who} is there only from {time} on that day."""

    who: Called
    time: str


class LeavesEarlier(Reason):
    """{who} is there only until {time} on that day."""

    who: Called
    time: str


class HallClosed(Reason):
    """Hall {hall} is closed then, from {first} to {last}."""

    hall: str
    first: dt.datetime
    last: dt.datetime


class OtherTimeAgreed(Reason):
    """The two have agreed on another time, {agreed}."""

    agreed: dt.datetime


class TooManyAtOnce(Reason):
    """{who} has {meetings} meetings then and only {most} at once."""

    who: Called
    meetings: int
    most: int


class TooManyOnDay(Reason):
    """{who} has {meetings} meetings on that day, more than the limit of {most}."""

    who: Called
    meetings: int
    most: int


class NeighbourTooFar(Reason):
    """Just before or after, {who} has a meeting in hall {other}, too far to walk to from hall {hall}."""

    who: Called
    other: str
    hall: str


class FitsNoLonger(Reason):
    """It no longer fits beside the other meetings of the two."""


class RoomForMust(Reason):
    """It makes room for another meeting of {who} that must be held."""

    who: Called


class RoomForMoved(Reason):
    """It makes room for another meeting of {who} that could not keep its own time."""

    who: Called


class RoomForAnother(Reason):
    """It makes room for another meeting."""


class NotRecorded(Reason):
    """The cause was not recorded at the time."""


# The kernel's codes for what stands in the way in all shared slots, and in some of them.
_WHOLE: Mapping[str, Callable[[Called, Called, int, int], Reason]] = {
    "absent_a": lambda a, b, slots, blockers: AvailableInNoSlot(a, b),
    "absent_b": lambda a, b, slots, blockers: AvailableInNoSlot(b, a),
    "no_common_slot": lambda a, b, slots, blockers: NoCommonSlot(a, b),
    "displaced": lambda a, b, slots, blockers: StrongerWishes(a, b, blockers),
    "full_a": lambda a, b, slots, blockers: FullThroughout(a, b, slots),
    "full_b": lambda a, b, slots, blockers: FullThroughout(b, a, slots),
    "daily_limit_a": lambda a, b, slots, blockers: DailyLimitThroughout(a),
    "daily_limit_b": lambda a, b, slots, blockers: DailyLimitThroughout(b),
    "no_table": lambda a, b, slots, blockers: NoTableThroughout(a, b, slots),
    "too_far": lambda a, b, slots, blockers: TooFarThroughout(a, b),
    "order": lambda a, b, slots, blockers: OrderNotKept(a, b),
    "fairness": lambda a, b, slots, blockers: BreaksUnfair(a, b),
    "free": lambda a, b, slots, blockers: SearchEnded(a, b),
}
_PARTS: Mapping[str, Callable[[Called, Called, int], Reason]] = {
    "busy_a": lambda a, b, count: InAnotherMeeting(a, count),
    "busy_b": lambda a, b, count: InAnotherMeeting(b, count),
    "daily_limit_a": lambda a, b, count: AtDailyLimit(a, count),
    "daily_limit_b": lambda a, b, count: AtDailyLimit(b, count),
    "no_table": lambda a, b, count: NoTable(count),
    "too_far": lambda a, b, count: WalkTooFar(count),
    "order": lambda a, b, count: OrderBroken(count),
}
# Why a published meeting cannot be held at its time any more, by the code that a change keeps.
_CAUSES: Mapping[str, type[Reason]] = {
    "away": Away,
    "away_day": AwayAllDay,
    "away_before": ArrivesLater,
    "away_after": LeavesEarlier,
    "closed": HallClosed,
    "agreed": OtherTimeAgreed,
    "full": TooManyAtOnce,
    "limit": TooManyOnDay,
    "far": NeighbourTooFar,
    "beside": FitsNoLonger,
    "must": RoomForMust,
    "moving": RoomForMoved,
    "room": RoomForAnother,
    "unknown": NotRecorded,
}
# The facts of a cause that are moments, kept in ISO 8601.
MOMENTS = ("first", "last", "agreed")


def why_no_slot(kept: Mapping[str, Any], visitor: Called, exhibitor: Called) -> Reason:
    """Why an accepted request has no slot; ``kept`` as :func:`stored_reason` gives it."""
    if whole := _WHOLE.get(kept["code"]):
        return whole(visitor, exhibitor, kept["slots"], kept["blockers"])
    parts = (_PARTS[what](visitor, exhibitor, count) for what, count in kept["obstacles"])
    return NoFreeSlot(visitor, exhibitor, kept["slots"], Conjunction(parts))


def why_not_then(cause: Mapping[str, Any], names: Mapping[str, Called]) -> Reason:
    """What took a published meeting's time.

    ``cause``: its code with its facts, as a change keeps them; ``names`` of the two by side, visitor and exhibitor.
    """
    kind, side = _CAUSES[cause["code"]], cause.get("side", "")
    facts = {
        name: dt.datetime.fromisoformat(fact) if name in MOMENTS else fact
        for name, fact in cause.items() if name not in ("code", "side")
    }  # fmt: skip
    if "who" in kind.__annotations__:
        facts["who"] = names.get(side, "")
    return kind(**facts)


def absence(slot: int, day: Sequence[int], away: Collection[int]) -> tuple[str, int | None]:
    """How somebody's absence in a slot looks on its day, whose slots are ``day``, with the slot that bounds it.

    ``away_day`` all day, ``away_before`` somebody who comes late, with the first slot there; ``away_after`` who leaves
    early, with the last slot there; else ``away``.
    """
    there = [number for number in day if number not in away]
    if not there:
        return "away_day", None
    if slot < there[0]:
        return "away_before", there[0]
    return ("away_after", there[-1]) if slot > there[-1] else ("away", None)


def stored_reason(reason: scheduling.Reason) -> dict[str, Any]:
    """A reason as a request keeps it, without names: these are filled in when it is read."""
    return {
        "code": reason.code,
        "slots": reason.slots,
        "obstacles": list(reason.obstacles),
        "blockers": len(reason.blockers),
    }

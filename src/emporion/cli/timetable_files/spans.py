"""Times at which somebody is there, and the slots that lie within them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from emporion.domain.meetings.rules import SharedTime

Slot = tuple[datetime, datetime]


class Span(NamedTuple):
    """A time at which somebody is there, with the row of the list that says so (the first of several)."""

    starts: datetime
    ends: datetime
    row: int = 0


def joined(spans: Iterable[Span]) -> list[Span]:
    """Times in their order, those that touch or overlap as one: two rows side by side hold a slot across both."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts <= found[-1].ends:
            found[-1] = found[-1]._replace(ends=max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found


def shared(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The times at which two are both there; whose own are none is there always."""
    if not one or not other:
        return list(one or other)
    both = [Span(max(a.starts, b.starts), min(a.ends, b.ends)) for a in one for b in other]
    return sorted(span for span in both if span.starts < span.ends)


def holds_slot(span: Span, slots: Sequence[Slot]) -> bool:
    """Whether one of the slots, given in order of time, lies wholly within."""
    first = bisect_left(slots, span.starts, key=lambda slot: slot[0])
    return first < len(slots) and slots[first][1] <= span.ends


def near(span: Span, slots: Sequence[Slot]) -> list[Slot]:
    """Of a time that holds no slot: those it cuts, or else the last before and the first after it on its day."""
    cut = [slot for slot in slots if slot[0] < span.ends and span.starts < slot[1]]
    today = [slot for slot in slots if slot[0].date() == span.starts.date()]
    before, after = [slot for slot in today if slot[1] <= span.starts], [slot for slot in today if slot[0] >= span.ends]
    return cut or before[-1:] + after[:1]


def shared_time(span: Span, slots: Sequence[Slot]) -> SharedTime:
    """A time that holds no slot with the slots near it."""
    time = f"{span.starts:%Y-%m-%d} {_from_to((span.starts, span.ends), beside=span.starts)}"
    return SharedTime(time, tuple(_from_to(slot, beside=span.starts) for slot in near(span, slots)))


def _from_to(slot: Slot, *, beside: datetime) -> str:
    """Hours alone on the day they stand beside; midnight at the end of a day is its 24:00."""
    starts, ends = slot
    day = "" if starts.date() == beside.date() else f"{starts:%Y-%m-%d} "
    whole = ends == datetime.combine(starts.date(), datetime.min.time(), starts.tzinfo) + timedelta(days=1)
    until = "24:00" if whole else f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{day}{starts:%H:%M}–{until}"

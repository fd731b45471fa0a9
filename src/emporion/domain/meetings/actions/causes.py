"""What takes a published meeting's time in a replan: what no longer holds, or the meeting it makes room for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.meetings.actions.problem import Agenda
from emporion.domain.meetings.queries import causes
from emporion.kernels import scheduling

Cause = dict[str, Any]
SIDES = ("visitor", "exhibitor")


def causes_of(edition: Edition, agenda: Agenda, replanned: scheduling.Replan) -> dict[int, Cause]:
    """By meeting of the agenda, what takes its published time, as a code with its facts; of new meetings nothing."""
    had = [change for change in replanned.changes if change.before >= 0]
    forced = {change.meeting: change for change in had if change.forced}
    times = {agenda.requests[meeting].pk: agenda.slots[change.before] for meeting, change in forced.items()}
    known_causes = causes(edition, times)
    arriving = _Arriving(agenda, replanned)
    return {
        change.meeting: known_causes[agenda.requests[change.meeting].pk] if change.forced else arriving.cause(change)
        for change in had
    }


class _Arriving:
    """The meetings that a replan gives a time, by slot and day and by whom they join."""

    def __init__(self, agenda: Agenda, replanned: scheduling.Replan) -> None:
        self.day = agenda.problem.slot_day.tolist()
        self.must = agenda.problem.must.tolist()
        self.of: dict[int, list[scheduling.Change]] = defaultdict(list)
        for change in replanned.changes:
            for person in change.notify if change.after >= 0 else ():
                self.of[person].append(change)

    def cause(self, left: scheduling.Change) -> Cause:
        """The meeting of one of the two for which theirs gives up its time: in its slot, or else on its day."""
        found = [
            (one, side) for side, person in zip(SIDES, left.notify, strict=True) for one in self.of[person]
            if one.meeting != left.meeting and self.day[one.after] == self.day[left.before]
        ]  # fmt: skip
        if not found:
            return {"code": "room"}
        must = [self.must[one.meeting] for one, _ in found]
        in_slot = [one.after == left.before for one, _ in found]
        best = max(range(len(found)), key=lambda place: (in_slot[place], must[place], -place))
        return {"code": "must" if must[best] else "moving", "side": found[best][1]}

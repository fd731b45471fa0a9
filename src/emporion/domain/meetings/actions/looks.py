"""A look at what a replan would change, kept as facts while the organiser thinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emporion.domain.editions.models import Edition
from emporion.domain.meetings.actions.replan import Planned
from emporion.domain.meetings.models import MeetingSlot
from emporion.domain.reason import ProperName, Reason, restored, stored


@dataclass(frozen=True)
class Look:
    """A change as it was looked at: whose meeting, its slots before and after, whom nobody can tell, and why."""

    kind: str
    before: MeetingSlot | None
    after: MeetingSlot | None
    visitor: ProperName
    exhibitor: ProperName
    untold: tuple[ProperName, ...]
    why: tuple[Reason, ...]


def as_facts(planned: Sequence[Planned]) -> list[dict[str, Any]]:
    """Planned changes as JSON holds them."""
    return [
        {
            "kind": one.kind, "before": one.before and one.before.number, "after": one.after and one.after.number,
            **{name: stored(getattr(one, name)) for name in ("visitor", "exhibitor", "untold")},
            "why": stored(one.why()),
        }
        for one in planned
    ]  # fmt: skip


def looks_of(edition: Edition, facts: Sequence[Mapping[str, Any]]) -> list[Look]:
    """The changes that such facts hold, with the edition's slots."""
    slots = {slot.number: slot for slot in edition.meeting_slots.all()}
    return [
        Look(**{
            **one, "before": slots.get(one["before"]), "after": slots.get(one["after"]),
            **{name: restored(one[name]) for name in ("visitor", "exhibitor", "untold", "why")},
        })
        for one in facts
    ]  # fmt: skip

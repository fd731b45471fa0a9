"""The published timetable during the show: what would change, and changing it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions.causes import Cause, causes_of
from emporion.domain.meetings.actions.presence import when
from emporion.domain.meetings.actions.problem import Agenda, load_agenda
from emporion.domain.meetings.actions.reminders import take_reminders_back
from emporion.domain.meetings.models import Meeting, MeetingRequest, MeetingSlot, TimetableChange, TimetableRun
from emporion.domain.meetings.queries import why_changed
from emporion.domain.meetings.rules import (
    ChangedSinceLooked,
    NothingPublished,
    PublishedMeetingsClash,
    stored_reason,
    without_address,
)
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.reason import ProperName, Reason, stored
from emporion.kernels import scheduling


@dataclass(frozen=True)
class Planned:
    """A change that a replan would make, as the organiser looks at it; names are of those to tell.

    ``untold``: those of the two who have no address, so that no message reaches them. ``cause``: what took the
    published slot; ``no_other``: why there is no other, of a meeting that would lose its slot.
    """

    request: int
    kind: str
    before: MeetingSlot | None
    after: MeetingSlot | None
    forced: bool
    visitor: ProperName
    exhibitor: ProperName
    untold: tuple[ProperName, ...]
    cause: Cause | None
    no_other: Cause | None

    def why(self) -> tuple[Reason, ...]:
        """What takes the meeting's time and why there is no other."""
        return why_changed(self.cause, self.no_other, {"visitor": self.visitor, "exhibitor": self.exhibitor})


def digest_of(planned: Sequence[Planned]) -> str:
    """What is the same when two looks would change the same: a door keeps it while the organiser thinks."""
    reasons = [
        (one.request, one.kind, one.before and one.before.number, one.after and one.after.number) for one in planned
    ]
    return hashlib.sha256(repr(reasons).encode()).hexdigest()


def look_at_replan(edition: Edition, *, at: datetime, seed: int = 0) -> list[Planned]:
    """What ``replan_timetable`` would change now; nothing is written. Raises NoSlots, NothingPublished or
    PublishedMeetingsClash.
    """
    agenda = load_agenda(edition, replan_at=at)
    return _planned(edition, agenda, _replanned(agenda, seed))


@transaction.atomic
def replan_timetable(
    edition: Edition,
    *,
    context: ActionContext,
    seed: int = 0,
    seen: str | None = None,
) -> list[TimetableChange]:
    """Keep the published timetable alive: what still holds stays, the rest moves as little as may be, and both sides
    of every change are told.

    Meetings that have begun and pinned ones never move; drafts that were never published give way. With ``seen``, the
    digest of what was looked at, only these changes are made. Raises NoSlots, NothingPublished, PublishedMeetingsClash
    or ChangedSinceLooked.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    agenda = load_agenda(edition, replan_at=context.at)
    replanned = _replanned(agenda, seed)
    planned = _planned(edition, agenda, replanned)
    if seen is not None and seen != digest_of(planned):
        raise ChangedSinceLooked(now=len(planned))
    planned = _still_accepted(planned)
    result = replanned.result
    facts = {"method": result.method, "bound": result.bound, "stopped": result.stopped[:200], "seed": seed}
    counts = {"accepted": len(agenda.requests), "placed": result.placed}
    run = TimetableRun.objects.create(edition=edition, finished=context.at, **facts, **counts)
    changes = _write(run, agenda, replanned, planned)
    tally = {kind: sum(one.kind == kind for one in planned) for kind in ("moved", "placed", "lost")}
    record("timetable.replanned", run, context=context, edition=edition.pk, **tally)
    _notify(run, planned, context.at)
    return changes


def _still_accepted(planned: Sequence[Planned]) -> list[Planned]:
    """Without requests that were cancelled during the search; the others are held until all is written."""
    held = MeetingRequest.objects.select_for_update().filter(pk__in=[one.request for one in planned])
    live = set(held.filter(state=MeetingRequest.State.ACCEPTED).order_by("pk").values_list("pk", flat=True))
    return [one for one in planned if one.request in live]


def _replanned(agenda: Agenda, seed: int) -> scheduling.Replan:
    if (agenda.published < 0).all():
        raise NothingPublished
    try:
        return scheduling.replan(agenda.problem, agenda.published, seed=seed)
    except ValueError as error:
        raise PublishedMeetingsClash(why=error) from error


def _planned(edition: Edition, agenda: Agenda, replanned: scheduling.Replan) -> list[Planned]:
    def slot(number: int) -> MeetingSlot | None:
        return agenda.slots[number] if number >= 0 else None

    why = causes_of(edition, agenda, replanned)
    left = {reason.meeting: reason for reason in replanned.result.reasons}

    def planned(change: scheduling.Change) -> Planned:
        one = agenda.requests[change.meeting]
        return Planned(
            request=one.pk,
            kind=change.kind,
            before=slot(change.before),
            after=slot(change.after),
            forced=change.forced,
            visitor=one.visitor_name,
            exhibitor=one.exhibitor_name,
            untold=without_address((one.visitor_name, one.visitor_email), (one.exhibitor_name, one.contact_email)),
            cause=why.get(change.meeting),
            no_other=stored_reason(left[change.meeting]) if change.kind == "lost" else None,
        )

    return [planned(change) for change in replanned.changes]


def _write(
    run: TimetableRun, agenda: Agenda, replanned: scheduling.Replan, planned: Sequence[Planned]
) -> list[TimetableChange]:
    Meeting.objects.filter(request__edition=run.edition, published=False).delete()
    before = MeetingRequest.objects.in_bulk([one.request for one in planned])
    take_reminders_back((before[one.request], one.before) for one in planned if one.before)
    Meeting.objects.filter(request__in=[one.request for one in planned]).delete()
    Meeting.objects.bulk_create(
        Meeting(request_id=one.request, run=run, slot=one.after, published=True) for one in planned if one.after
    )
    MeetingRequest.objects.filter(edition=run.edition, unplaced__isnull=False).update(unplaced=None)
    reasons = {agenda.requests[why.meeting].pk: stored_reason(why) for why in replanned.result.reasons}
    left = list(MeetingRequest.objects.filter(pk__in=reasons))
    for request in left:
        request.unplaced = reasons[request.pk]
    MeetingRequest.objects.bulk_update(left, ["unplaced"], batch_size=2000)
    return TimetableChange.objects.bulk_create(
        TimetableChange(
            run=run,
            request_id=one.request,
            kind=one.kind,
            before=one.before,
            after=one.after,
            forced=one.forced,
            cause=one.cause,
            no_other=one.no_other,
        )
        for one in planned
    )


def _notify(run: TimetableRun, planned: Sequence[Planned], at: datetime) -> None:
    """A notice to each side of each change, with its reason."""
    shown = ("visitor", "exhibitor__application")
    requests = MeetingRequest.objects.select_related(*shown).in_bulk([one.request for one in planned])
    messages = []
    for one in planned:
        visitor, exhibitor = requests[one.request].visitor, requests[one.request].exhibitor
        sides = {"visitor": visitor.email, "exhibitor": exhibitor.application.contact_email}
        for side, address in sides.items():
            key = f"replan:{run.pk}:{one.request}:{side}"
            own = {"organisation_id": exhibitor.organisation_id} if side == "exhibitor" else {}
            facts = {**_facts(one), **own}
            messages.append(Message(key, address, f"meeting_{one.kind}", facts, edition_id=run.edition_id))
    notify_all(messages, at=at)


def _facts(one: Planned) -> dict[str, Any]:
    """What a notice of a change says; its reasons are kept as such, since the reader's language is known later."""
    before, after = one.before and when(one.before), one.after and when(one.after)
    facts = {"visitor": stored(one.visitor), "exhibitor": stored(one.exhibitor)}
    facts |= {"before": before or "", "after": after or ""}
    return facts | dict(zip(("why", "no_other"), map(stored, one.why()), strict=False))

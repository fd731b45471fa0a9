"""Making an edition's timetable, and publishing it."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.meetings.actions.problem import Agenda, load_agenda
from emporion.domain.meetings.models import Meeting, MeetingRequest, TimetableRun
from emporion.domain.meetings.rules import PublishedMeetingsClash, stored_reason
from emporion.domain.notices.actions import Message, notify_all
from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import stored
from emporion.domain.visitors.models import Visitor
from emporion.kernels import scheduling

Progress = Callable[[int, int, str], None]
# A request may have been cancelled while the kernel searched; then it gets neither a slot nor a reason.
_STILL_ACCEPTED = """FROM unnest(%(requests)s::bigint[], %(found)s::{kind}[]) AS new (request, found)
    JOIN meetings_meetingrequest r ON r.id = new.request AND r.state = 'accepted'"""
_PLACE = f"""INSERT INTO meetings_meeting (request_id, run_id, slot_id, published)
    SELECT new.request, %(run)s, new.found, false {_STILL_ACCEPTED.format(kind="bigint")}
    WHERE NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.request_id = new.request)"""
_EXPLAIN = f"""UPDATE meetings_meetingrequest SET unplaced = told.found
    FROM (SELECT new.request, new.found {_STILL_ACCEPTED.format(kind="jsonb")}) told
    WHERE meetings_meetingrequest.id = told.request"""


def make_timetable(
    edition: Edition,
    *,
    context: ActionContext,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> TimetableRun:
    """Give the accepted requests their slots, or each that finds none its reason.

    Published and pinned meetings keep their slots; all others are placed anew, in one transaction after the search, so
    that doing it again with the same seed ends in the same timetable. Raises NoSlots or PublishedMeetingsClash.
    """
    agenda = load_agenda(edition)
    params = scheduling.Params()
    stored = (lambda done, best: progress(done + 1, params.rounds, "rounds of the timetable")) if progress else None
    try:
        result = scheduling.solve(agenda.problem, seed=seed, params=params, executor=executor, progress=stored)
    except ValueError as error:
        # Halls or stands may have changed since the meetings were published.
        if not len(agenda.problem.pinned):
            raise
        raise PublishedMeetingsClash(why=error) from error
    return _write(edition, agenda, result, context)


@transaction.atomic
def publish_timetable(edition: Edition, *, context: ActionContext) -> int:
    """Show the timetable to the people in it and tell them; gives how many meetings were not published before."""
    hidden = Meeting.objects.filter(request__edition=edition, published=False)
    people = set(hidden.values_list("request__visitor", flat=True))
    stands = set(hidden.values_list("request__exhibitor", flat=True))
    published = hidden.update(published=True)
    if published:
        record("timetable.published", edition, context=context, edition=edition.pk, meetings=published)
        _notify(edition, people, stands, context.at)
    return published


@transaction.atomic
def _write(edition: Edition, agenda: Agenda, result: scheduling.Result, context: ActionContext) -> TimetableRun:
    # One timetable of an edition is written at a time.
    Edition.objects.select_for_update().get(pk=edition.pk)
    Meeting.objects.filter(request__edition=edition, published=False, pinned=False).delete()
    MeetingRequest.objects.filter(edition=edition, unplaced__isnull=False).update(unplaced=None)
    found = {"method": result.method, "bound": result.bound, "stopped": result.stopped[:200]}
    counts = {"accepted": len(agenda.requests), "placed": result.placed}
    run = TimetableRun.objects.create(edition=edition, finished=context.at, seed=result.seed, **found, **counts)
    placed = [(one.pk, int(slot)) for one, slot in zip(agenda.requests, result.slots, strict=True) if slot >= 0]
    with connection.cursor() as cursor:
        at_slot = [agenda.slots[slot].pk for _, slot in placed]
        cursor.execute(_PLACE, {"run": run.pk, "requests": [pk for pk, _ in placed], "found": at_slot})
        left = [agenda.requests[reason.meeting].pk for reason in result.reasons]
        stored = [json.dumps(stored_reason(reason)) for reason in result.reasons]
        cursor.execute(_EXPLAIN, {"requests": left, "found": stored})
    record("timetable.made", run, context=context, edition=edition.pk, **counts)
    return run


def _to_stand(organisation: Organisation) -> dict[str, Any]:
    return {"name": stored(organisation.proper_name), "organisation_id": organisation.pk}


def _notify(edition: Edition, visitors: set[int], exhibitors: set[int], at: datetime) -> None:
    people = Visitor.objects.filter(pk__in=visitors).exclude(email="").only("email", "name", "name_latin")
    contacts = Exhibitor.objects.filter(pk__in=exhibitors).exclude(application__contact_email="")
    stands = contacts.select_related("application", "organisation")
    notices: list[tuple[str, int, str, dict[str, Any]]] = [
        *(("visitor", one.pk, one.email, {"name": stored(one.proper_name)}) for one in people),
        *(("exhibitor", one.pk, one.application.contact_email, _to_stand(one.organisation)) for one in stands),
    ]
    notify_all(
        [
            # Published again on another day, the timetable is told again.
            Message(
                f"timetable.published:{side}:{pk}:{at:%Y%m%d%H%M}",
                email,
                "timetable_published",
                facts,
                edition_id=edition.pk,
            )
            for side, pk, email, facts in notices
        ],
        at=at,
    )

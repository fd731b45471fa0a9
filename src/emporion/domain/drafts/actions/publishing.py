"""A draft becomes the hall's plan, or is given up; what was published is kept as a version."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from emporion.domain.booths.actions.wanted import co_exhibitors
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.booths.queries import hall_plan
from emporion.domain.drafts.models import PlanDraft, PlanVersion
from emporion.domain.drafts.queries import DraftFloor, draft_floor
from emporion.domain.drafts.rules.differences import (
    Difference,
    ExhibitorPlacedMeanwhile,
    differences,
    require_publishable,
)
from emporion.domain.drafts.rules.things import DraftStand, as_json
from emporion.domain.editions.models import ExhibitionArea, Hall
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.plans.actions.drawings import faults_added
from emporion.domain.plans.actions.floors import write_changes


def differences_of(floor: DraftFloor) -> list[Difference]:
    """What a draft changes of the published plan, stands by number first."""
    agreed = {key for key, one in floor.objects.items() if one.decided}
    return differences(floor.published, floor.things, kept=floor.taken, decided=agreed, drifted=floor.drifted)


@transaction.atomic
def publish_draft(hall: Hall, *, seen: int, decided: Collection[str] = (), context: ActionContext) -> PlanVersion:
    """Make the draft the hall's plan and keep it as a version; exhibitors who were placed come to stand there.

    ``seen``: the number of the last command whose result was looked at. ``decided``: keys of stands that somebody has
    and that change all the same. Raises: NothingToPublish, DraftWentOn, PublishedMeanwhile, StandsUndecided,
    DraftNotSound, ExhibitorPlacedMeanwhile, and what ``plans`` refuses of numbers and areas.
    """
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    floor = draft_floor(hall)
    found = differences_of(floor)
    sequence = floor.draft.sequence if floor.draft else 0
    faults = faults_added(hall, floor.floor(floor.published), floor.floor())
    require_publishable(found, sequence=sequence, seen=seen, decided=decided, faults=[one.reason for one in faults])
    assert floor.draft is not None
    if not PlanVersion.objects.filter(hall=hall).exists():
        _keep_version(hall, {}, context=context, by_author=False)
    write_changes(hall, floor.floor(), [one.change for one in found if one.change.state != "same"], context=context)
    _finish_stands(hall, found)
    _place(hall, found, context)
    _end(floor.draft, PlanDraft.State.PUBLISHED, context)
    counts = {state: sum(one.state == state for one in found) for state in ("new", "changed", "gone")}
    version = _keep_version(hall, counts, context=context)
    record("plan.published", hall, context=context, edition=hall.edition_id, version=version.number, **counts)
    return version


@transaction.atomic
def discard_draft(hall: Hall, *, context: ActionContext) -> None:
    """Give up the hall's draft; the plan stays as it is published. The commands are kept."""
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    draft = draft_floor(hall).draft
    if draft is None:
        return
    _end(draft, PlanDraft.State.DISCARDED, context)
    record("draft.discarded", hall, context=context, edition=hall.edition_id, commands=draft.sequence)


@transaction.atomic
def take_published(hall: Hall, decisions: dict[str, bool], *, context: ActionContext) -> None:
    """Decide on what changed in the published plan after the draft changed it: True takes that, False the draft's.

    Either way the published plan is what the draft is compared with from now on.
    """
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    floor = draft_floor(hall)
    if floor.draft is None:
        return
    floor.draft.sequence += 1
    floor.draft.save(update_fields=["sequence"])
    now = floor.published
    for key in set(floor.drifted) & set(decisions):
        changed = floor.objects[key]
        there = now.get(key)
        changed.base = None if there is None else as_json(there)
        changed.present = changed.base if decisions[key] else changed.present
        changed.version = floor.draft.sequence
        changed.save()


def _finish_stands(hall: Hall, found: Iterable[Difference]) -> None:
    """What the drawing of a floor does not say of its stands: their keys, kinds, areas and locks."""
    areas = {one.code: one for one in ExhibitionArea.objects.filter(edition=hall.edition_id)}
    for one in found:
        if isinstance(one.after, DraftStand):
            said: dict[str, Any] = {"kind": one.after.kind, "locked": one.after.locked or bool(one.after.placed)}
            said["key"], said["area"] = one.key, areas[one.after.area]
            Stand.objects.filter(edition=hall.edition_id, number=one.after.number).update(**said)


def _place(hall: Hall, found: Iterable[Difference], context: ActionContext) -> None:
    """Bring the exhibitors who were placed to their stands, with their co-exhibitors as guests."""
    placed = {number: one for one in found if isinstance(one.after, DraftStand) for number in one.after.placed}
    if not placed:
        return
    exhibitors = Exhibitor.objects.filter(edition=hall.edition_id, number__in=placed, occupancy__isnull=True)
    there = {one.number: one for one in exhibitors.select_related("application")}
    stands = {str(one.key): one for one in Stand.objects.filter(hall=hall)}
    held: dict[int, Stand] = {}
    for number, one in placed.items():
        exhibitor = there.get(number)
        if exhibitor is None:
            raise ExhibitorPlacedMeanwhile(exhibitor=number)
        stand = held[exhibitor.pk] = stands[one.key]
        alone = len(one.after.placed) == 1 if isinstance(one.after, DraftStand) else True
        share = stand.area_m2 if alone else exhibitor.application.area_m2
        Occupancy.objects.create(stand=stand, exhibitor=exhibitor, area_m2=share)
        record("stand.placed", stand, context=context, edition=hall.edition_id, exhibitor=number)
    Occupancy.objects.bulk_create(co_exhibitors(hall.edition, held))


def _keep_version(hall: Hall, counts: dict[str, int], *, context: ActionContext, by_author: bool = True) -> PlanVersion:
    last = PlanVersion.objects.filter(hall=hall).aggregate(last=Max("number"))["last"] or 0
    by = context.actor if by_author else None
    hall.refresh_from_db()
    return PlanVersion.objects.create(
        hall=hall, number=last + 1, at=context.at, by=by, plan=hall_plan(hall).geojson, counts=counts
    )


def _end(draft: PlanDraft, state: str, context: ActionContext) -> None:
    draft.state, draft.ended = state, context.at
    draft.save(update_fields=["state", "ended"])

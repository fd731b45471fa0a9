"""A plan of the halls as a draft: made, looked at beside the present one, published or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any

from django.db import transaction

from emporion.domain.booths.actions.allocation import numbered, write_plan
from emporion.domain.booths.actions.wanted import locked_stands, make_problem, stands_wanted
from emporion.domain.booths.models import AllocationDraft, AllocationRun
from emporion.domain.booths.rules import WantedStand, require_current_draft, require_draft
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.kernels import allocation

Progress = Callable[[int, int, str], None]


def draft_allocation(
    edition: Edition,
    *,
    context: ActionContext,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> AllocationDraft:
    """Look for a plan of the halls and keep it as a draft, in place of the one before; no stand changes.

    Done again with the same seed it is the same plan.
    """
    wanted = stands_wanted(edition)
    report = (lambda done, total: progress(done, total, "halls allocated")) if progress else None
    result = allocation.solve(make_problem(edition, wanted), seed=seed, executor=executor, progress=report)
    facts = {
        "made": context.at, "made_by": context.actor, "asked": _asked(edition, wanted),
        "plan": _stored(edition, wanted, result),
    }  # fmt: skip
    draft, _new = AllocationDraft.objects.update_or_create(edition=edition, defaults=facts)
    return draft


@transaction.atomic
def publish_draft(edition: Edition, *, context: ActionContext) -> AllocationRun:
    """Make the stands of the draft, in place of those that are not locked.

    Raises: NoDraft, DraftOutdated.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    draft = AllocationDraft.objects.filter(edition=edition).first()
    require_draft(exists=draft is not None)
    assert draft is not None
    wanted = stands_wanted(edition)
    require_current_draft(asked=draft.asked, now=_asked(edition, wanted))
    run = write_plan(edition, {stand.key: stand for stand in wanted}, _restored(draft.plan), context)
    draft.delete()
    return run


@transaction.atomic
def drop_draft(edition: Edition, *, context: ActionContext) -> None:
    """Drop the draft; the stands stay as they are. Dropped twice, it is dropped."""
    if AllocationDraft.objects.filter(edition=edition).delete()[0]:
        record("booths.draft_dropped", edition, context=context, edition=edition.pk)


def _asked(edition: Edition, wanted: Iterable[WantedStand]) -> str:
    """A digest of what a plan answers: the stands that are wanted, those that are locked, the halls."""
    problem = make_problem(edition, wanted)
    shares = sorted((stand.key, sorted(stand.shares.items())) for stand in wanted)
    return hashlib.sha256(repr((problem, shares)).encode()).hexdigest()


def _stored(edition: Edition, wanted: Iterable[WantedStand], result: allocation.Result) -> dict[str, Any]:
    taken = {stand.number for stand in locked_stands(edition)}
    numbers = {place.key: number for number, place in numbered(result, taken)}
    return {
        "placements": {
            key: [one.hall, one.x, one.y, one.width, one.depth, list(one.open_sides), one.in_zone, one.locked]
            for key, one in result.placements.items()
        },
        "unplaced": {
            key: [one.code, one.area_m2, one.open_sides, one.zone, one.pavilion]
            for key, one in result.unplaced.items()
        },
        "halls": {
            code: {
                "aisles": [list(aisle) for aisle in plan.aisles], "area_parts": dict(plan.area_parts),
                "places": [[place.kind, *place.area] for place in plan.places],
            }
            for code, plan in result.halls.items()
        },
        "objective": result.objective, "bound": result.bound, "gap": result.gap, "seed": result.seed,
        "stopped": result.stopped, "numbers": numbers,
        "shares": {stand.key: list(stand.shares) for stand in wanted},
    }  # fmt: skip


def _restored(plan: dict[str, Any]) -> allocation.Result:
    placements = {
        key: allocation.Placement(key, hall, x, y, width, depth, tuple(sides), in_zone, locked)
        for key, (hall, x, y, width, depth, sides, in_zone, locked) in plan["placements"].items()
    }
    halls = {
        code: allocation.HallPlan(
            code, tuple(allocation.Area(*aisle) for aisle in one["aisles"]), 0.0, 0.0, 0,
            places=tuple(allocation.Place(kind, allocation.Area(*area)) for kind, *area in one["places"]),
            area_parts=one["area_parts"],
        )
        for code, one in plan["halls"].items()
    }  # fmt: skip
    unplaced = {key: allocation.Unplaced(*facts) for key, facts in plan["unplaced"].items()}
    own = {name: plan[name] for name in ("objective", "bound", "gap", "seed", "stopped")}
    return allocation.Result(placements, unplaced, halls, seconds=None, **own)

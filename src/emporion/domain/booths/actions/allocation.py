"""Allocating an edition's halls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from emporion.domain.booths.actions.wanted import (
    co_exhibitors,
    locked_key,
    locked_stands,
    make_problem,
    stands_wanted,
)
from emporion.domain.booths.models import AllocationRun, Occupancy, Stand, Unplaced
from emporion.domain.booths.rules import WantedStand, stand_numbers, why_no_place
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall
from emporion.domain.exhibitors.models import Exhibitor, Pavilion
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name, stored
from emporion.kernels import allocation

Progress = Callable[[int, int, str], None]


def allocate(
    edition: Edition,
    *,
    context: ActionContext,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> AllocationRun:
    """Give every contract of the edition its stand in a hall, or write down why it has none.

    Stands that are locked stay; all others are made anew, in one transaction after the search, so that doing it again
    with the same seed ends in the same plan. Exhibitors of a joint stand share one, co-exhibitors stand with their
    main exhibitor.
    """
    wanted = stands_wanted(edition)
    report = (lambda done, total: progress(done, total, "halls allocated")) if progress else None
    result = allocation.solve(make_problem(edition, wanted), seed=seed, executor=executor, progress=report)
    return _write(edition, {stand.key: stand for stand in wanted}, result, context)


@transaction.atomic
def lock_stand(stand: Stand, *, context: ActionContext) -> None:
    """Keep a stand where it is when halls are allocated again."""
    _set_locked(stand, True, "stand.locked", context)


@transaction.atomic
def unlock_stand(stand: Stand, *, context: ActionContext) -> None:
    """Let a stand be placed anew when halls are allocated again."""
    _set_locked(stand, False, "stand.unlocked", context)


@transaction.atomic
def release_stand(exhibitor: Exhibitor, *, context: ActionContext) -> None:
    """Take an exhibitor off its stand; a stand on which nobody is left is vacant and may be placed anew."""
    occupancy = Occupancy.objects.select_related("stand").filter(exhibitor=exhibitor).first()
    if occupancy is None:
        return
    stand = occupancy.stand
    occupancy.delete()
    if not stand.occupancies.exists():
        stand.free, stand.locked = False, False
        stand.save(update_fields=["free", "locked"])
    record("stand.released", stand, context=context, edition=stand.edition_id, exhibitor=exhibitor.number)


def _set_locked(stand: Stand, locked: bool, event: str, context: ActionContext) -> None:
    stand.locked = locked
    stand.save(update_fields=["locked"])
    record(event, stand, context=context, edition=stand.edition_id)


@transaction.atomic
def _write(
    edition: Edition, wanted: dict[str, WantedStand], result: allocation.Result, context: ActionContext
) -> AllocationRun:
    # One allocation of an edition is written at a time.
    Edition.objects.select_for_update().get(pk=edition.pk)
    Stand.objects.filter(edition=edition, locked=False).delete()
    run = _run(edition, result, context.at)
    stands = {key: stand for stand in locked_stands(edition) if (key := locked_key(stand)) in wanted}
    stands |= _new_stands(edition, wanted, result, taken=_numbers(edition))
    _occupy(edition, wanted, stands)
    unplaced = _unplaced(run, wanted, result)
    Unplaced.objects.bulk_create(unplaced)
    counts = {"stands": len(stands), "unplaced": len(unplaced)}
    record("booths.allocated", run, context=context, edition=edition.pk, **counts)
    return run


def _run(edition: Edition, result: allocation.Result, at: datetime) -> AllocationRun:
    aisles = {code: [list(aisle) for aisle in plan.aisles] for code, plan in result.halls.items()}
    places = {code: [[one.kind, *one.area] for one in plan.places] for code, plan in result.halls.items()}
    parts = {code: dict(plan.area_parts) for code, plan in result.halls.items()}
    found = {"objective": result.objective, "bound": result.bound, "stopped": result.stopped[:200]}
    found |= {"aisles": aisles, "places": places, "area_parts": parts}
    return AllocationRun.objects.create(edition=edition, finished=at, seed=result.seed, **found)


def _unplaced(run: AllocationRun, wanted: dict[str, WantedStand], result: allocation.Result) -> list[Unplaced]:
    """Each exhibitor without a place, with the reason."""
    areas = _names(ExhibitionArea.objects.filter(edition=run.edition_id))
    pavilions = _names(Pavilion.objects.filter(edition=run.edition_id))
    unplaced = []
    for key, one in result.unplaced.items():
        pavilion = pavilions.get(one.pavilion or "", Name("", ""))
        why = why_no_place(one.code, areas[one.zone], pavilion, one.area_m2, one.open_sides)
        unplaced += [Unplaced(run=run, exhibitor_id=exhibitor, reason=stored(why)) for exhibitor in wanted[key].shares]
    return unplaced


def _names(records: QuerySet[Any]) -> dict[str, Name]:
    return {code: Name(en, zh) for code, en, zh in records.values_list("code", "name_en", "name_zh")}


def _numbers(edition: Edition) -> set[str]:
    return set(Stand.objects.filter(edition=edition).values_list("number", flat=True))


def _new_stands(
    edition: Edition, wanted: dict[str, WantedStand], result: allocation.Result, taken: set[str]
) -> dict[str, Stand]:
    """The stands of the plan that are not locked, stored, by the request's key."""
    halls = {hall.code: hall for hall in Hall.objects.filter(edition=edition)}
    areas = {area.code: area for area in ExhibitionArea.objects.filter(edition=edition)}
    pavilions = {pavilion.code: pavilion for pavilion in Pavilion.objects.filter(edition=edition)}
    stands = {}
    for number, place in _numbered(result, taken):
        want = wanted[place.key]
        stand = _stand(want, place, number)
        stand.edition, stand.hall, stand.area = edition, halls[place.hall], areas[want.zone]
        stand.pavilion = pavilions.get(want.pavilion)
        stands[place.key] = stand
    Stand.objects.bulk_create(stands.values())
    return stands


def _numbered(result: allocation.Result, taken: set[str]) -> list[tuple[str, allocation.Placement]]:
    """The new places with their numbers, hall by hall."""
    halls: dict[str, list[allocation.Placement]] = defaultdict(list)
    for _, place in sorted(result.placements.items()):
        if not place.locked:
            halls[place.hall].append(place)
    numbered = []
    for code, places in sorted(halls.items()):
        numbers = stand_numbers(code, [(place.x, place.y) for place in places], taken)
        numbered += list(zip(numbers, places, strict=True))
    return numbered


def _stand(want: WantedStand, place: allocation.Placement, number: str) -> Stand:
    return Stand(
        number=number,
        kind=Stand.Kind.SPECIAL if want.raw else Stand.Kind.STANDARD,
        x=place.x,
        y=place.y,
        width=place.width,
        depth=place.depth,
        area_m2=want.area_m2,
        open_sides=len(place.open_sides),
        free=want.free,
    )


def _occupy(edition: Edition, wanted: dict[str, WantedStand], stands: dict[str, Stand]) -> None:
    """Write who shows on which stand; who stands on a locked one already stays."""
    there = set(Occupancy.objects.filter(exhibitor__edition=edition).values_list("exhibitor", flat=True))
    shared = [(stand, *share) for key, stand in stands.items() for share in wanted[key].shares.items()]
    new = [Occupancy(stand=stand, exhibitor_id=e, area_m2=share) for stand, e, share in shared if e not in there]
    Occupancy.objects.bulk_create(new)
    Occupancy.objects.bulk_create(co_exhibitors(edition, {exhibitor: stand for stand, exhibitor, _ in shared}))

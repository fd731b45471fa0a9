"""What is asked of stands: a hall's plan, an edition's halls, who waits for a place."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from emporion.domain.booths.models import AllocationRun, Stand, Unplaced
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.rules import MODULE_M
from emporion.domain.exhibitors.models import Exhibitor

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PlanExhibitor:
    """An exhibitor on a plan; ``share_m2`` is 0 for a guest on another's stand."""

    number: str
    name: str
    name_zh: str
    share_m2: int


@dataclass(frozen=True)
class PlanStand:
    """A stand on a plan, in metres from the hall's north-west corner. ``tint`` is its exhibition area's number."""

    number: str
    kind: str
    x: float
    y: float
    width: float
    depth: float
    area_m2: int
    open_sides: int
    free: bool
    area: str
    tint: int
    exhibitors: tuple[PlanExhibitor, ...]


@dataclass(frozen=True)
class Plan:
    """A hall's floor in metres: stands, aisles, obstacles (x, y, width, depth) and exits (x, y of a module)."""

    hall: Hall
    width: float
    depth: float
    stands: tuple[PlanStand, ...]
    aisles: tuple[Box, ...]
    obstacles: tuple[Box, ...]
    exits: tuple[tuple[float, float], ...]


def stand_of(exhibitor: Exhibitor) -> Stand | None:
    """The stand an exhibitor shows on; a co-exhibitor without its own is on that of its main exhibitor."""
    holders = [exhibitor, exhibitor.main] if exhibitor.main else [exhibitor]
    occupancies = [getattr(holder, "occupancy", None) for holder in holders]
    return next((occupancy.stand for occupancy in occupancies if occupancy), None)


def plan(hall: Hall) -> Plan:
    """All that a drawing of the hall shows, in five queries."""
    run = AllocationRun.objects.filter(edition=hall.edition_id).order_by("-id").first()
    stands = Stand.objects.filter(hall=hall).select_related("area").order_by("number")
    shown = stands.prefetch_related("occupancies__exhibitor__organisation")
    return Plan(
        hall=hall,
        width=hall.width_modules * float(MODULE_M),
        depth=hall.depth_modules * float(MODULE_M),
        stands=tuple(_on_plan(stand) for stand in shown),
        aisles=tuple(_box(aisle, 1) for aisle in (run.aisles.get(hall.code, []) if run else [])),
        obstacles=tuple(_box(obstacle, MODULE_M) for obstacle in hall.obstacles),
        exits=tuple((x * float(MODULE_M), y * float(MODULE_M)) for x, y in hall.exits),
    )


def halls(edition: Edition) -> QuerySet[Hall]:
    """The edition's halls with ``stand_count`` and ``net_m2`` (None without stands)."""
    counted = Hall.objects.filter(edition=edition).order_by("code")
    return counted.annotate(stand_count=Count("stands"), net_m2=Sum("stands__area_m2")).prefetch_related("areas")


def stand(edition: Edition, number: str) -> Stand:
    """One stand with its hall, area and exhibitors. Raises ``Stand.DoesNotExist``."""
    found = Stand.objects.filter(edition=edition).select_related("hall", "area", "pavilion")
    return found.prefetch_related("occupancies__exhibitor__organisation").get(number=number)


def latest_run(edition: Edition) -> AllocationRun | None:
    """The last run of the optimiser over the edition's halls."""
    return AllocationRun.objects.filter(edition=edition).order_by("-id").first()


def unplaced(edition: Edition) -> QuerySet[Unplaced]:
    """The exhibitors for whom the last run found no place, each with its reason."""
    run = latest_run(edition)
    return Unplaced.objects.filter(run=run).select_related("exhibitor__organisation").order_by("exhibitor__number")


def _on_plan(stand: Stand) -> PlanStand:
    people = [
        PlanExhibitor(o.exhibitor.number, o.exhibitor.organisation.name, o.exhibitor.organisation.name_zh, o.area_m2)
        for o in stand.occupancies.all()
    ]
    return PlanStand(
        number=stand.number,
        kind=stand.kind,
        x=stand.x,
        y=stand.y,
        width=stand.width,
        depth=stand.depth,
        area_m2=stand.area_m2,
        open_sides=stand.open_sides,
        free=stand.free,
        area=stand.area.code,
        tint=stand.area.number,
        # The largest share first, and no name before another among equals by anything but its contract.
        exhibitors=tuple(sorted(people, key=lambda one: (-one.share_m2, one.number))),
    )


def _box(box: list[float], unit: int) -> Box:
    x, y, width, depth = (float(side) * unit for side in box)
    return x, y, width, depth

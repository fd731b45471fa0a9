"""From the records to the problem that the allocation kernel solves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from emporion.domain.booths.construction import fire_lanes
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.booths.queries import construction_rules
from emporion.domain.booths.rules import Share, WantedStand, exit_wall, stand_key, wanted_stands
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.rules import MODULE_M
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.kernels import allocation


def stands_wanted(edition: Edition) -> list[WantedStand]:
    """The stands that the edition's contracts ask for; co-exhibitors ask none.

    Nor does who stands in a hall whose drawing says where its stands are: such halls are not allocated.
    """
    contracts = Exhibitor.objects.filter(edition=edition, main__isnull=True).order_by("number")
    contracts = contracts.exclude(occupancy__stand__hall__in=_laid_out(edition))
    rows = contracts.select_related("application", "area", "pavilion", "free_booth")
    return wanted_stands(map(_share, rows))


def make_problem(edition: Edition, wanted: Iterable[WantedStand]) -> allocation.Problem:
    """The edition's halls with their locked stands, and a request for every stand that is wanted."""
    halls = _halls(edition)
    return allocation.Problem(
        halls=tuple(hall for hall in halls.values() if hall is not None),
        requests=tuple(_request(stand) for stand in wanted),
    )


def locked_key(stand: Stand) -> str:
    """The request that a locked stand answers, or its own number when nobody stands on it."""
    for occupancy in stand.occupancies.all():
        if occupancy.area_m2:
            return stand_key(occupancy.exhibitor.number, occupancy.exhibitor.application.joint_stand)
    return f"stand {stand.number}"


def locked_stands(edition: Edition) -> list[Stand]:
    """The stands that stay where they are."""
    stands = Stand.objects.filter(edition=edition, locked=True).order_by("pk")
    return list(stands.prefetch_related("occupancies__exhibitor__application"))


def co_exhibitors(edition: Edition, stands: dict[int, Stand]) -> list[Occupancy]:
    """Co-exhibitors as guests on their main exhibitor's stand, given the stands by the main exhibitor's id."""
    guests = Exhibitor.objects.filter(edition=edition, main__in=list(stands), occupancy__isnull=True).order_by("pk")
    return [Occupancy(stand=stands[guest.main_id or 0], exhibitor=guest, area_m2=0) for guest in guests]


def _laid_out(edition: Edition) -> list[int]:
    """The halls whose stands, as they were drawn, fit no modules: their drawing says where stands are."""
    return [pk for pk, hall in _halls(edition).items() if hall is None]


def _halls(edition: Edition) -> dict[int, allocation.Hall | None]:
    """The halls as the kernel takes them, by their key; none for a drawn one whose stands fit no modules."""
    locked: dict[int, list[Stand]] = defaultdict(list)
    for stand in locked_stands(edition):
        locked[stand.hall_id].append(stand)
    halls = Hall.objects.filter(edition=edition).prefetch_related("areas").order_by("code")
    lane_m = construction_rules(edition).fire_lane_m
    return {hall.pk: _hall_or_none(hall, locked[hall.pk], lane_m) for hall in halls}


def _hall_or_none(hall: Hall, stands: list[Stand], lane_m: float) -> allocation.Hall | None:
    try:
        return _hall(hall, [_locked(stand) for stand in stands], lane_m)
    except ValueError:
        if not hall.is_drawn:
            raise
        return None


def _locked(stand: Stand) -> allocation.Locked:
    return allocation.Locked(locked_key(stand), stand.x, stand.y, stand.width, stand.depth)


def _share(exhibitor: Exhibitor) -> Share:
    application = exhibitor.application
    grant = getattr(exhibitor, "free_booth", None)
    return Share(
        exhibitor=exhibitor.pk,
        number=exhibitor.number,
        area_m2=application.area_m2,
        raw=application.stand == Application.Stand.RAW and grant is None,
        open_sides=application.open_sides,
        zone=exhibitor.area.code,
        pavilion=exhibitor.pavilion.code if exhibitor.pavilion else "",
        joint=application.joint_stand,
        free_m2=grant.area_m2 if grant else 0,
    )


def _request(stand: WantedStand) -> allocation.Request:
    return allocation.Request(
        key=stand.key,
        area_m2=stand.area_m2,
        open_sides_min=stand.open_sides,
        zone=stand.zone,
        kind="raw" if stand.raw else "standard",
        pavilion=stand.pavilion or None,
        free=stand.free,
    )


def _hall(hall: Hall, locked: list[allocation.Locked], lane_m: float) -> allocation.Hall:
    size = (hall.width_modules, hall.depth_modules)
    doors = [exit_wall(x, y, *size) for x, y in hall.exits]
    columns = [allocation.Area(*(float(side * MODULE_M) for side in box)) for box in hall.obstacles]
    taken = [*columns, *((one.x, one.y, one.width, one.depth) for one in locked)]
    return allocation.Hall(
        code=hall.code,
        width_modules=hall.width_modules,
        depth_modules=hall.depth_modules,
        zones=tuple(area.code for area in hall.areas.all()),
        obstacles=tuple(allocation.Box(*box) for box in hall.obstacles),
        exits=tuple(allocation.Exit(*door) for door in doors),
        locked=tuple(locked),
        lanes=tuple(allocation.Lane(*lane) for lane in fire_lanes(size, doors, taken, lane_m)),
    )

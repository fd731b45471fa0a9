"""Importing the halls of an edition with their geometry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from emporion.domain.editions import row_problems
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.rules import MODULE_M2, is_at_wall, is_on_floor, require_hall_code
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.refusal import BulkOutcome, RowProblem, refusal_of
from emporion.domain.row_problems import RepeatsRow


class HallRow(NamedTuple):
    """A hall as a list names it: lengths in modules of 3 m; ``areas`` the codes of exhibition areas it serves.

    ``obstacles`` are ``(x, y, width, depth)``, ``exits`` are ``(x, y)``, both in modules from the north-west corner.
    ``site_x`` and ``site_y`` say where that corner lies on the site, in metres, ``site_turn`` is in degrees clockwise.
    """

    row: int
    code: str
    width_modules: int
    depth_modules: int
    gross_area_m2: int | None = None
    indoor: bool | None = None
    areas: tuple[str, ...] = ()
    obstacles: tuple[tuple[int, int, int, int], ...] = ()
    exits: tuple[tuple[int, int], ...] = ()
    level: int | None = None
    site_x: int | None = None
    site_y: int | None = None
    site_turn: int | None = None


@transaction.atomic
def import_halls(edition: Edition, rows: Iterable[HallRow], *, context: ActionContext) -> BulkOutcome:
    """Lay out the halls of a list or bring them up to date; an empty cell changes nothing. One journal entry.

    A gross area that is not stated is that of the whole floor. Obstacles and exits must lie on the floor, and
    exits at a wall.
    """
    outcome = BulkOutcome()
    known = {hall.code: hall for hall in edition.halls.prefetch_related("areas")}
    areas = dict(edition.areas.values_list("code", "id"))
    first: dict[str, int] = {}
    for row in rows:
        if problem := _problem(row, first.setdefault(row.code, row.row)):
            outcome.problems.append(problem)
        else:
            _write(edition, row, known.get(row.code), areas, outcome)
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    record("halls.imported", edition, context=context, edition=edition.pk, **counts)
    return outcome


def _problem(row: HallRow, first: int) -> RowProblem | None:
    if first != row.row:
        return RowProblem(row.row, "code", RepeatsRow(row.code, first), row_problems.OneRowForEachHall())
    if unfit := refusal_of(lambda: require_hall_code(row.code)):
        return RowProblem(row.row, "code", unfit, row_problems.GiveHallCode())
    floor = row.width_modules, row.depth_modules
    for x, y, width, depth in row.obstacles:
        if not is_on_floor(x, y, width, depth, floor=floor):
            wrong = row_problems.ObstacleLeavesFloor(f"{x},{y},{width},{depth}")
            return RowProblem(row.row, "obstacles", wrong, row_problems.GiveObstacle())
    for x, y in row.exits:
        if not is_at_wall(x, y, floor=floor):
            return RowProblem(row.row, "exits", row_problems.ExitAtNoWall(f"{x},{y}"), row_problems.GiveExit())
    return None


def _write(edition: Edition, row: HallRow, hall: Hall | None, areas: dict[str, int], outcome: BulkOutcome) -> None:
    created = hall is None
    hall = hall or Hall(edition=edition, code=row.code, gross_area_m2=row.width_modules * row.depth_modules * MODULE_M2)
    stated = {
        "width_modules": row.width_modules, "depth_modules": row.depth_modules, "gross_area_m2": row.gross_area_m2,
        "indoor": row.indoor, "obstacles": [list(one) for one in row.obstacles] or None,
        "exits": [list(one) for one in row.exits] or None, "level": row.level, "site_x": row.site_x,
        "site_y": row.site_y, "site_turn": row.site_turn,
    }  # fmt: skip
    changed = {name: value for name, value in stated.items() if value is not None and getattr(hall, name) != value}
    for name, value in changed.items():
        setattr(hall, name, value)
    if created or changed:
        hall.save()
    moved = _serve(hall, row, areas)
    outcome.created += created
    outcome.updated += not created and bool(changed or moved)
    outcome.unchanged += not (created or changed or moved)


def _serve(hall: Hall, row: HallRow, areas: dict[str, int]) -> bool:
    """Give the hall to the row's areas, when it names any; whether that changed something."""
    wanted = {areas[code] for code in row.areas}
    if not wanted or wanted == {area.pk for area in hall.areas.all()}:
        return False
    hall.areas.set(wanted)
    return True

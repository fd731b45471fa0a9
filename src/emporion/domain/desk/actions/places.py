"""Exhibition areas and halls of an edition: added, changed, taken out while nothing is on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from emporion.domain.booths.models import Stand
from emporion.domain.desk import rules
from emporion.domain.editions.models import Edition, ExhibitionArea, Hall, Sector
from emporion.domain.editions.rules import (
    AreaOfOtherEdition,
    require_chinese,
    require_codes,
    require_floor,
    require_hall_code,
)
from emporion.domain.exhibitors.models import Application, Exhibitor, Pavilion
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Phrase


@dataclass(frozen=True)
class AreaFacts:
    """An exhibition area as the organiser states it; ``scope`` is ``country`` or ``enterprise``."""

    code: str
    number: int
    name_en: str
    scope: str
    name_zh: str = ""
    sector: Sector | None = None


@dataclass(frozen=True)
class HallFacts:
    """A hall as the organiser states it: lengths in modules of 3 m, the gross area in m².

    ``level``: 0 is the ground floor; ``site_x``, ``site_y``: where its north-west corner lies on the site, in metres;
    ``site_turn``: degrees clockwise.
    """

    code: str
    width_modules: int
    depth_modules: int
    gross_area_m2: int
    indoor: bool = True
    level: int = 0
    site_x: float | None = None
    site_y: float | None = None
    site_turn: float = 0.0


@transaction.atomic
def add_area(edition: Edition, facts: AreaFacts, *, context: ActionContext) -> ExhibitionArea:
    """Add an exhibition area. Raises: CodeNotFit, ChineseNameMissing, CodeTaken."""
    _check_area(edition, facts)
    area = ExhibitionArea(edition=edition, **vars(facts))
    _save(area, facts.code)
    record("area.added", subject_of(area, area.code), context=context, edition=edition.pk)
    return area


@transaction.atomic
def change_area(area: ExhibitionArea, facts: AreaFacts, *, context: ActionContext) -> ExhibitionArea:
    """Change an area; its code and scope stay while anybody applies or shows in it.

    Raises: AreaInUse, CodeNotFit, ChineseNameMissing, CodeTaken.
    """
    stored = ExhibitionArea.objects.select_for_update(of=("self",)).select_related("edition__fair").get(pk=area.pk)
    _check_area(stored.edition, facts)
    code, changed = stored.code, _changed(stored, facts)
    if {"code", "scope"} & set(changed):
        rules.require_unused_area(code, in_use=_is_used(stored))
    if changed:
        _save(stored, facts.code)
        record("area.changed", subject_of(stored, stored.code), context=context, edition=stored.edition_id,
               fields=changed)  # fmt: skip
    return stored


@transaction.atomic
def remove_area(area: ExhibitionArea, *, context: ActionContext) -> None:
    """Take out an area in which nobody applies or shows. Raises: AreaInUse."""
    rules.require_unused_area(area.code, in_use=_is_used(area))
    record("area.removed", subject_of(area, area.code), context=context, edition=area.edition_id)
    area.delete()


@transaction.atomic
def add_hall(edition: Edition, facts: HallFacts, areas: Iterable[ExhibitionArea], *, context: ActionContext) -> Hall:
    """Add a hall that serves these areas. Raises: HallCodeNotFit, FloorNotFit, AreaOfOtherEdition, CodeTaken."""
    served = _own(edition, areas)
    _check_hall(facts, obstacles=[], exits=[])
    hall = Hall(edition=edition, **vars(facts))
    _save(hall, facts.code)
    hall.areas.set(served)
    record("hall.added", subject_of(hall, hall.code), context=context, edition=edition.pk)
    return hall


@transaction.atomic
def change_hall(hall: Hall, facts: HallFacts, areas: Iterable[ExhibitionArea], *, context: ActionContext) -> Hall:
    """Change a hall; its code and its floor stay while stands are in it.

    Raises: HallInUse and what :func:`add_hall` does.
    """
    stored = Hall.objects.select_for_update(of=("self",)).select_related("edition").get(pk=hall.pk)
    served = _own(stored.edition, areas)
    _check_hall(facts, obstacles=stored.obstacles, exits=stored.exits)
    code, changed = stored.code, _changed(stored, facts)
    if {"code", "width_modules", "depth_modules"} & set(changed):
        rules.require_unused_hall(code, stands=Stand.objects.filter(hall=stored).count())
    if changed:
        _save(stored, facts.code)
    if {area.pk for area in served} != set(stored.areas.values_list("pk", flat=True)):
        stored.areas.set(served)
        changed.append("areas")
    if changed:
        record("hall.changed", subject_of(stored, stored.code), context=context, edition=stored.edition_id,
               fields=changed)  # fmt: skip
    return stored


@transaction.atomic
def remove_hall(hall: Hall, *, context: ActionContext) -> None:
    """Take out a hall without stands. Raises: HallInUse."""
    rules.require_unused_hall(hall.code, stands=Stand.objects.filter(hall=hall).count())
    record("hall.removed", subject_of(hall, hall.code), context=context, edition=hall.edition_id)
    hall.delete()


def _check_area(edition: Edition, facts: AreaFacts) -> None:
    require_codes([facts.code], Phrase("exhibition areas"))
    require_chinese(Phrase("the area"), edition.fair.languages, facts.name_zh)


def _check_hall(facts: HallFacts, *, obstacles: object, exits: object) -> None:
    require_hall_code(facts.code)
    require_floor(facts.width_modules, facts.depth_modules, obstacles=obstacles, exits=exits)


def _own(edition: Edition, areas: Iterable[ExhibitionArea]) -> list[ExhibitionArea]:
    served = list(areas)
    for area in served:
        if area.edition_id != edition.pk:
            raise AreaOfOtherEdition(area=area.name_en, edition=edition.name_en)
    return served


def _changed(stored: Any, facts: AreaFacts | HallFacts) -> list[str]:
    """Set what differs, and name it."""
    changed = [name for name, value in vars(facts).items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, getattr(facts, name))
    return changed


def _is_used(area: ExhibitionArea) -> bool:
    return any(model.objects.filter(area=area).exists() for model in (Application, Exhibitor, Stand, Pavilion))


def _save(record: ExhibitionArea | Hall, code: str) -> None:
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise rules.CodeTaken(code=code) from error

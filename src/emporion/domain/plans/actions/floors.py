"""Writing a floor: outline, elements and stands, and the modules that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from emporion.domain.booths.actions import release_stand
from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import ExhibitionArea, Hall, HallElement
from emporion.domain.editions.rules.floors import BUILT, PLACES, Element, Shape, rectangle
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.plans.rules.differences import GONE, NEW, STAND, Change
from emporion.domain.plans.rules.drawings import NoAreaForStands, NumbersElsewhere, NumbersTooLong
from emporion.domain.plans.rules.floor import Floor, FloorStand, area_of, union_of
from emporion.domain.plans.rules.modules import in_modules
from emporion.domain.plans.rules.stands import kind_of_stand, open_sides, zone_at

LONGEST_NUMBER = 20


def write_changes(
    hall: Hall, after: Floor, changes: Sequence[Change], *, area: str = "", context: ActionContext
) -> None:
    """Make a hall's floor the one given; ``changes`` tell which stands come, change and go.

    ``area``: the exhibition area of new stands that lie in no zone.
    Raises: NoAreaForStands, NumbersElsewhere, NumbersTooLong.
    """
    stands = [one for one in changes if one.what == STAND]
    _require_numbers(hall, [one.number_after for one in stands if one.number_after])
    write_floor(hall, after)
    _remove(hall, [one.key for one in stands if one.state == GONE], context)
    _write_stands(hall, after, stands, area, context)


def write_floor(hall: Hall, floor: Floor) -> None:
    """Keep the outline and the elements of a floor, and the modules that follow; from now on the hall is drawn."""
    areas = {one.code: one for one in ExhibitionArea.objects.filter(edition=hall.edition_id)}
    modules = in_modules(floor)
    hall.outline = [[list(corner) for corner in ring] for ring in floor.outline.rings]
    hall.width_modules, hall.depth_modules = modules.width, modules.depth
    hall.obstacles, hall.exits = modules.obstacles, modules.exits
    hall.save()
    drawn = [one for one in floor.elements if not one.is_allocated]
    kept = {str(one.key): one for one in HallElement.objects.filter(hall=hall)}
    HallElement.objects.filter(hall=hall).exclude(key__in=[one.key for one in drawn if _is_key(one.key)]).delete()
    for element in drawn:
        record_of = kept.get(element.key) or HallElement(hall=hall, key=_key(element.key))
        _describe(record_of, element, areas).save()


def _describe(row: HallElement, element: Element, areas: Mapping[str, ExhibitionArea]) -> HallElement:
    row.kind, row.name, row.shape = element.kind, element.name, element.shape.geojson
    row.width_m, row.depth_m, row.services = element.width_m, element.depth_m, list(element.services)
    row.area, row.main, row.step_free = areas.get(element.area), element.main, element.step_free
    return row


def _require_numbers(hall: Hall, numbers: Sequence[str]) -> None:
    too_long = [number for number in numbers if len(number) > LONGEST_NUMBER]
    if too_long:
        raise NumbersTooLong(numbers=", ".join(too_long[:10]), most=LONGEST_NUMBER)
    others = Stand.objects.filter(edition=hall.edition_id, number__in=numbers).exclude(hall=hall)
    taken = sorted(others.values_list("number", flat=True))
    if taken:
        raise NumbersElsewhere(numbers=", ".join(taken[:10]))


def _remove(hall: Hall, keys: Iterable[str], context: ActionContext) -> None:
    """Take stands away, each with an entry of its own where somebody stood there."""
    gone = Stand.objects.filter(hall=hall, key__in=list(keys)).prefetch_related("occupancies__exhibitor")
    for stand in gone:
        for occupancy in stand.occupancies.all():
            release_stand(occupancy.exhibitor, context=context)
        record("stand.removed", hall, context=context, edition=hall.edition_id, number=stand.number, key=str(stand.key))
        stand.delete()


def _write_stands(hall: Hall, after: Floor, changes: Sequence[Change], area: str, context: ActionContext) -> None:
    taken = [area_of(one.shape) for one in after.stands]
    taken += [area_of(one.shape, one.width_m or 0.0) for one in after.of_kind(*BUILT, *PLACES)]
    free = area_of(after.outline).difference(union_of(taken))
    said = {one.key: one for one in after.stands}
    changed = {one.key: one for one in changes if one.key and one.state != GONE}
    known = {str(one.key): one for one in Stand.objects.filter(hall=hall)}
    # Two stands may swap numbers: all give theirs up before any takes a new one.
    for key in changed:
        Stand.objects.filter(pk=known[key].pk).update(number=f"~{known[key].pk}")
    for key, change in changed.items():
        _reshape(known[key], said[key].shape, open_sides(said[key].shape, free), number=change.number_after)
        data = {"number": [change.number_before, change.number_after], "moved_m": round(change.moved_m, 2)}
        record("stand.redrawn", known[key], context=context, edition=hall.edition_id, **data)
    new = [said[one.name] for one in changes if one.state == NEW]
    areas = _areas_for(hall, after, new, area)
    for stand in new:
        made = Stand(edition=hall.edition, hall=hall, area=areas[stand.key], locked=True)
        made.kind = stand.kind or kind_of_stand(stand.shape.area_m2)
        _reshape(made, stand.shape, open_sides(stand.shape, free), number=stand.number)


def _reshape(stand: Stand, shape: Shape, sides: int, *, number: str) -> None:
    stand.number = number
    stand.x, stand.y, stand.width, stand.depth = shape.box
    is_box = set(shape.corners) == set(rectangle(*shape.box).corners) and len(shape.rings) == 1
    stand.corners = [] if is_box else [list(corner) for corner in shape.corners]
    stand.area_m2, stand.open_sides = max(1, round(shape.area_m2)), max(1, sides)
    stand.save()


def _areas_for(hall: Hall, after: Floor, stands: Sequence[FloorStand], area: str) -> dict[str, Any]:
    """The exhibition area of each new stand: as the plan says, else of its zone, else the one chosen or the hall's."""
    areas = {one.code: one for one in ExhibitionArea.objects.filter(edition=hall.edition_id).order_by("number")}
    if not stands:
        return {}
    if not areas:
        raise NoAreaForStands()
    usual = areas.get(area) or hall.areas.order_by("number").first() or next(iter(areas.values()))
    return {one.key: areas.get(one.area) or areas.get(zone_at(one.shape, after.elements)) or usual for one in stands}


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _key(key: str) -> UUID:
    """The key of an element; one that is new gets its own."""
    return UUID(key) if _is_key(key) else uuid4()

"""What is asked of stands: a hall's plan, an edition's halls, who waits for a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from emporion.domain.booths.construction import ConstructionRules, Site, lies_on
from emporion.domain.booths.models import (
    AllocationDraft,
    AllocationRun,
    ConstructionRule,
    Occupancy,
    Stand,
    Unplaced,
)
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.queries import elements_of, halls_of
from emporion.domain.editions.rules.floors import AISLE, ALLOCATED, Box, Element, Ring, Shape, polygon, rectangle
from emporion.domain.exhibitors.models import Exhibitor


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
    key: str = ""
    corners: Ring = ()
    locked: bool = False

    @property
    def shape(self) -> Shape:
        """The polygon of its floor."""
        return polygon(self.corners) if self.corners else rectangle(self.x, self.y, self.width, self.depth)

    @property
    def occupied(self) -> bool:
        """Whether anybody shows on it."""
        return bool(self.exhibitors)


@dataclass(frozen=True)
class HallPlan:
    """All that is on a hall's floor: its outline, stands, and what else is there, in metres (``docs/plans.md``)."""

    hall: Hall
    outline: Shape
    stands: tuple[PlanStand, ...]
    elements: tuple[Element, ...]

    @property
    def width(self) -> float:
        """From the west of the outline to its east, in metres."""
        return self.outline.box[2]

    @property
    def depth(self) -> float:
        """From the north of the outline to its south, in metres."""
        return self.outline.box[3]

    def of_kind(self, *kinds: str) -> list[Element]:
        """What is on the floor of these kinds."""
        return [element for element in self.elements if element.kind in kinds]

    @property
    def geojson(self) -> dict[str, Any]:
        """The plan as a GeoJSON ``FeatureCollection`` in metres, y to the south; features have keys as their ``id``."""
        outline = _feature("outline", self.outline, {"kind": "outline"})
        elements = [_feature(one.key, one.shape, _properties(one)) for one in self.elements]
        stands = [_feature(one.key, one.shape, _stand_properties(one)) for one in self.stands]
        hall = self.hall
        described = {
            "code": hall.code, "width": self.width, "depth": self.depth, "level": hall.level, "drawn": hall.is_drawn,
            "ceiling_m": hall.ceiling_m, "floor_load_kg_m2": hall.floor_load_kg_m2,
            "site": [hall.site_x, hall.site_y, hall.site_turn],
        }  # fmt: skip
        return {"type": "FeatureCollection", "hall": described, "features": [outline, *elements, *stands]}

    @property
    def totals(self) -> StandTotals:
        """How many stands the hall has, and their net area."""
        return StandTotals(
            stands=len(self.stands),
            special=sum(stand.kind == Stand.Kind.SPECIAL for stand in self.stands),
            free=sum(stand.free for stand in self.stands),
            net_m2=sum(stand.area_m2 for stand in self.stands),
        )


@dataclass(frozen=True)
class StandTotals:
    """How many stands there are, how many of them special-built and how many free, and their net area."""

    stands: int
    special: int
    free: int
    net_m2: int


def stand_of(exhibitor: Exhibitor) -> Stand | None:
    """The stand an exhibitor shows on; a co-exhibitor without its own is on that of its main exhibitor."""
    holders = [exhibitor, exhibitor.main] if exhibitor.main else [exhibitor]
    occupancies = [getattr(holder, "occupancy", None) for holder in holders]
    return next((occupancy.stand for occupancy in occupancies if occupancy), None)


def hall_plan(hall: Hall) -> HallPlan:
    """All that a drawing of the hall shows, in six queries at most.

    Where no aisles are drawn, aisles and places that are no stands are those of the last allocation.
    """
    stands = Stand.objects.filter(hall=hall).select_related("area").order_by("number")
    shown = stands.prefetch_related("occupancies__exhibitor__organisation")
    elements = elements_of(hall)
    if not any(element.kind == AISLE for element in elements):
        elements += _allocated(hall)
    return HallPlan(hall, hall.floor, tuple(map(_on_plan, shown)), elements)


def _allocated(hall: Hall) -> tuple[Element, ...]:
    """The aisles and the places that the last allocation gave the hall."""
    run = latest_run(hall.edition_id)
    if run is None:
        return ()
    aisles = [(AISLE, *aisle) for aisle in run.aisles.get(hall.code, [])]
    places = [*aisles, *run.places.get(hall.code, [])]
    return tuple(Element(f"{ALLOCATED}{n}", kind, rectangle(*box)) for n, (kind, *box) in enumerate(places, start=1))


def construction_rule(edition: Edition | int) -> ConstructionRule | None:
    """The edition's rules of construction with their source, if any are set."""
    return ConstructionRule.objects.filter(edition=edition).first()


def construction_rules(edition: Edition | int) -> ConstructionRules:
    """The edition's rules of construction; those that ask nothing where none are set."""
    rule = construction_rule(edition)
    return rule.rules if rule else ConstructionRules()


def site_of(stand: Stand, rules: ConstructionRules) -> Site:
    """Where a stand lies, as the rules of construction see it."""
    elements = elements_of(stand.hall)
    aisles = [one for one in elements if one.kind == AISLE] or [
        one for one in _allocated(stand.hall) if one.kind == AISLE
    ]
    main = [one.shape.box for one in aisles if one.main or min(one.shape.box[2:]) >= rules.main_aisle_m]
    ceiling = stand.hall.ceiling_m
    return Site(
        hall=stand.hall.code,
        ceiling_m=None if ceiling is None else Decimal(f"{ceiling:g}"),
        open_sides=stand.open_sides,
        on_main_aisle=lies_on((stand.x, stand.y, stand.width, stand.depth), main),
    )


def halls(edition: Edition) -> QuerySet[Hall]:
    """The edition's halls with ``stand_count`` and ``net_m2`` (None without stands)."""
    counted = halls_of(edition).annotate(stand_count=Count("stands"), net_m2=Sum("stands__area_m2"))
    return counted.prefetch_related("areas")


def exhibitor_numbered(edition: Edition, number: str) -> Exhibitor | None:
    """An exhibitor of the edition by its contract number, with what its page shows."""
    shown = Exhibitor.objects.select_related("organisation__international", "origin", "area", "sector", "pavilion")
    # Fetched apart: PostgreSQL takes longer to plan one join of twelve tables than to answer these.
    shown = shown.prefetch_related("occupancy__stand__hall", "main__organisation", "main__occupancy__stand__hall")
    return shown.filter(edition=edition, number=number).first()


def origins_on_stands(edition: Edition) -> dict[str, str]:
    """Where the exhibitors on the edition's stands come from: ISO 3166 alpha-2 codes by contract number."""
    shown = Exhibitor.objects.filter(edition=edition, occupancy__isnull=False, origin__isnull=False)
    return dict(shown.values_list("number", "origin"))


def numbers_of(exhibitors: Sequence[int]) -> list[str]:
    """The contract numbers of exhibitors by their keys, in the order given."""
    numbers = dict(Exhibitor.objects.filter(pk__in=exhibitors).values_list("pk", "number"))
    return [numbers[key] for key in exhibitors if key in numbers]


def neighbours_of(exhibitor: Exhibitor, stand: Stand) -> QuerySet[Exhibitor]:
    """The others on a joint stand that are no co-exhibitors of this one, by number."""
    others = Exhibitor.objects.filter(occupancy__stand=stand).exclude(pk=exhibitor.pk).exclude(main=exhibitor)
    return others.select_related("organisation", "origin").order_by("number")


def boxes_in(hall: Hall) -> list[Box]:
    """Where each stand of a hall is: x, y, width and depth in metres."""
    return list(Stand.objects.filter(hall=hall).values_list("x", "y", "width", "depth"))


def placed_stands(edition: Edition) -> QuerySet[Stand]:
    """The edition's stands with their hall, area and place alone."""
    return Stand.objects.filter(edition=edition).only("hall_id", "area_id", "x", "y", "width", "depth")


def stands_numbered(edition: Edition, text: str, limit: int) -> list[Stand]:
    """The first stands whose number begins with the words, or ends with them after the hall's code."""
    number = Q(number__iendswith=f"-{text}") | Q(number__istartswith=text)
    found = Stand.objects.filter(number, edition=edition).select_related("hall", "area")
    return list(found.order_by("number")[:limit])


def stand(edition: Edition, number: str) -> Stand:
    """One stand with its hall, area and exhibitors. Raises ``Stand.DoesNotExist``."""
    found = Stand.objects.filter(edition=edition).select_related("hall", "area", "pavilion")
    return found.prefetch_related("occupancies__exhibitor__organisation").get(number=number)


def latest_run(edition: Edition | int) -> AllocationRun | None:
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
        key=str(stand.key),
        corners=tuple((x, y) for x, y in stand.corners),
        locked=stand.locked,
    )


def _feature(key: str, shape: Shape, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": key, "geometry": shape.geojson, "properties": properties}


def _properties(element: Element) -> dict[str, Any]:
    """What is set of an element, and its kind."""
    set_ones = {
        "name": element.name, "width_m": element.width_m, "depth_m": element.depth_m, "area": element.area,
        "services": list(element.services), "main": element.main,
    }  # fmt: skip
    said = {name: value for name, value in set_ones.items() if value}
    return {"kind": element.kind, **said, **({} if element.step_free else {"step_free": False})}


def _stand_properties(stand: PlanStand) -> dict[str, Any]:
    return {
        "kind": "stand", "number": stand.number, "stand": stand.kind, "area_m2": stand.area_m2,
        "open_sides": stand.open_sides, "area": stand.area, "free": stand.free, "locked": stand.locked,
        "exhibitors": [asdict(one) for one in stand.exhibitors],
    }  # fmt: skip


@dataclass(frozen=True)
class PlanChange:
    """An exhibitor whose place a draft changes: the number of its stand before and after, empty where it has none."""

    exhibitor: Exhibitor
    before: str
    after: str


@dataclass(frozen=True)
class PlanChanges:
    """What a draft of the halls changes for exhibitors: moved, newly placed, left without a stand; how many stay."""

    moved: tuple[PlanChange, ...]
    placed: tuple[PlanChange, ...]
    lost: tuple[PlanChange, ...]
    unplaced: int
    same: int


def draft_of(edition: Edition) -> AllocationDraft | None:
    """The plan of the halls that waits to be published."""
    return AllocationDraft.objects.filter(edition=edition).select_related("made_by").first()


def changes_of(draft: AllocationDraft) -> PlanChanges:
    """A draft beside the present plan, by the numbers of contracts; two queries."""
    plan, found = draft.plan, dict[str, list[PlanChange]](moved=[], placed=[], lost=[])
    exhibitors = Exhibitor.objects.filter(edition=draft.edition_id).select_related("organisation", "edition__fair")
    present = {
        one.exhibitor_id: one.stand
        for one in Occupancy.objects.filter(stand__edition=draft.edition_id).select_related("stand__hall")
    }
    known, same, unplaced = exhibitors.in_bulk(), 0, 0
    pairs = [(key, pk) for key, shares in plan["shares"].items() for pk in shares if pk in known]
    for key, pk in sorted(pairs, key=lambda pair: known[pair[1]].number):
        stand, place = present.get(pk), plan["placements"].get(key)
        after = plan["numbers"].get(key, stand.number if stand else "") if place else ""
        kind = _changed(stand, place)
        same, unplaced = same + (kind == "same"), unplaced + (kind == "unplaced")
        if kind in found:
            found[kind].append(PlanChange(known[pk], stand.number if stand else "", after))
    return PlanChanges(tuple(found["moved"]), tuple(found["placed"]), tuple(found["lost"]), unplaced, same)


def _changed(stand: Stand | None, place: list[Any] | None) -> str:
    if place is None:
        return "lost" if stand else "unplaced"
    if stand is None:
        return "placed"
    there = [stand.hall.code, *(round(side, 2) for side in (stand.x, stand.y, stand.width, stand.depth))]
    return "same" if there == [place[0], *(round(side, 2) for side in place[1:5])] else "moved"

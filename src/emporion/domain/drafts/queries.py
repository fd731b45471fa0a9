"""What is asked of drafts: the floor as a draft has it, what changed since, what is wrong, who waits for a stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import shapely
from django.db.models import QuerySet

from emporion.domain.accounts.models import User
from emporion.domain.booths.queries import HallPlan, PlanStand, hall_plan
from emporion.domain.booths.rules import stand_area
from emporion.domain.drafts.models import DraftCommand, DraftObject, PlanDraft, PlanVersion
from emporion.domain.drafts.rules.placing import FreeStand, Waiting
from emporion.domain.drafts.rules.things import DraftStand, Thing, restored
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.editions.rules.floors import BUILT, PLACES, Element
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.plans.queries import rules_of
from emporion.domain.plans.rules.checks import Finding, check
from emporion.domain.plans.rules.floor import Floor, area_of, union_of
from emporion.domain.plans.rules.stands import open_sides
from emporion.domain.selling.models import StandSale


@dataclass(frozen=True)
class DraftFloor:
    """A hall's floor as its open draft has it, beside the published plan. Without a draft both are the same.

    ``objects``: what the draft has changed, by key; ``sold``: the keys of stands that an applicant holds, was offered,
    has requested or has. Aisles of the last allocation are no part of it.
    """

    plan: HallPlan
    draft: PlanDraft | None
    objects: dict[str, DraftObject]
    sold: frozenset[str] = frozenset()

    @cached_property
    def published(self) -> dict[str, Thing]:
        """Stands and elements of the published plan by key."""
        stands: dict[str, Thing] = {one.key: _stand(one) for one in self.plan.stands}
        return stands | {one.key: one for one in self.plan.elements if not one.is_allocated}

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Stands and elements as the draft has them, by key."""
        found = dict(self.published)
        for key, changed in self.objects.items():
            found.pop(key, None)
            if changed.present is not None:
                found[key] = restored(key, changed.present)
        return found

    @property
    def versions(self) -> dict[str, int]:
        """The version of everything that the draft has changed."""
        return {key: one.version for key, one in self.objects.items()}

    @cached_property
    def occupied(self) -> dict[str, PlanStand]:
        """The stands that somebody has in the published plan."""
        return {one.key: one for one in self.plan.stands if one.occupied}

    @property
    def taken(self) -> set[str]:
        """The keys of stands that somebody has or is about to have."""
        return {*self.occupied, *self.sold}

    @property
    def kept(self) -> dict[str, str]:
        """The numbers of stands that are taken or locked, by key: they change by an explicit decision alone."""
        return {
            key: one.number
            for key, one in self.things.items()
            if isinstance(one, DraftStand) and (one.locked or one.placed or key in self.taken)
        } | {key: one.number for key, one in self.occupied.items()}

    @cached_property
    def drifted(self) -> list[str]:
        """The keys of what changed in the published plan after the draft had changed it."""
        now = self.published
        return [key for key, one in self.objects.items() if now.get(key) != (one.base and restored(key, one.base))]

    def floor(self, things: dict[str, Thing] | None = None) -> Floor:
        """The floor as the checks of plans see it; that of the published plan with ``published``."""
        found = (self.things if things is None else things).values()
        stands = tuple(
            replace(one.on_floor, protected=one.key in self.occupied) for one in found if isinstance(one, DraftStand)
        )
        allocated = [one for one in self.plan.elements if one.is_allocated]
        drawn = [one for one in found if isinstance(one, Element)]
        return Floor(self.plan.outline, stands, (*drawn, *allocated))

    def findings(self) -> list[Finding]:
        """What is wrong with the floor as it stands in the draft, by the rules of the edition."""
        return check(self.floor(), rules_of(self.plan.hall.edition))

    def free_stands(self) -> dict[str, FreeStand]:
        """The stands that nobody has and on which nobody is placed, by key, as they would be published."""
        stands = [one for one in self.things.values() if isinstance(one, DraftStand)]
        free = self._free_floor(stands)
        return {
            one.key: FreeStand(
                one.key, one.number, one.shape.area_m2, one.kind, max(1, open_sides(one.shape, free)), one.area
            )
            for one in stands
            if not one.placed and one.key not in self.taken
        }

    def _free_floor(self, stands: Iterable[DraftStand]) -> shapely.Geometry:
        built = [one for one in self.things.values() if isinstance(one, Element) and one.kind in (*BUILT, *PLACES)]
        taken = [area_of(one.shape) for one in stands] + [area_of(one.shape, one.width_m or 0.0) for one in built]
        return area_of(self.plan.outline).difference(union_of(taken))


def draft_floor(hall: Hall) -> DraftFloor:
    """The hall's floor with its open draft."""
    draft = open_draft(hall)
    changed = DraftObject.objects.filter(draft=draft) if draft else DraftObject.objects.none()
    sales = StandSale.objects.filter(stand__hall=hall).exclude(state=StandSale.State.FREE)
    sold = frozenset(map(str, sales.values_list("stand__key", flat=True)))
    return DraftFloor(hall_plan(hall), draft, {str(one.key): one for one in changed}, sold)


def open_draft(hall: Hall) -> PlanDraft | None:
    """The hall's draft that is neither published nor discarded."""
    return PlanDraft.objects.filter(hall=hall, state=PlanDraft.State.OPEN).first()


def commands_after(draft: PlanDraft, number: int) -> QuerySet[DraftCommand]:
    """The commands that came after one, in order, with their authors."""
    return DraftCommand.objects.filter(draft=draft, number__gt=number).select_related("author").order_by("number")


def own_states(draft: PlanDraft, person: User) -> set[str]:
    """In which states somebody's commands are: whether there is anything to undo, or to do again."""
    own = DraftCommand.objects.filter(draft=draft, author=person, of=None)
    return set(own.values_list("state", flat=True).distinct())


def objects_after(draft: PlanDraft, number: int) -> QuerySet[DraftObject]:
    """What changed after a command, as it is now."""
    return DraftObject.objects.filter(draft=draft, version__gt=number).order_by("version", "id")


def waiting_exhibitors(edition: Edition, *, but: PlanDraft | None = None) -> list[Waiting]:
    """The exhibitors with a contract and no stand, by number; without those that a draft of another hall places.

    ``but``: the draft whose placed exhibitors still count as waiting.
    """
    rows = Exhibitor.objects.filter(edition=edition, main__isnull=True, occupancy__isnull=True)
    rows = rows.select_related("organisation", "application", "area", "free_booth").order_by("number")
    placed = _placed_in_drafts(edition, but)
    return [_waiting(one) for one in rows if one.number not in placed]


def _placed_in_drafts(edition: Edition, but: PlanDraft | None) -> set[str]:
    changed = DraftObject.objects.filter(draft__hall__edition=edition, draft__state=PlanDraft.State.OPEN)
    changed = changed.exclude(draft=but) if but else changed
    changed = changed.filter(present__placed__isnull=False)
    return {number for placed in changed.values_list("present__placed", flat=True) for number in placed}


def _waiting(one: Exhibitor) -> Waiting:
    grant = getattr(one, "free_booth", None)
    raw = one.application.stand == Application.Stand.RAW and grant is None
    area = grant.area_m2 if grant else one.application.area_m2
    kind = "special" if raw else "standard"
    name, name_zh = one.organisation.name, one.organisation.name_zh
    sides = min(max(one.application.open_sides, 1), 4)
    return Waiting(one.number, name, name_zh, stand_area(area, raw=raw), kind, sides, one.area.code)


def versions_of(hall: Hall) -> QuerySet[PlanVersion]:
    """The published versions of a hall's plan without the plans, the newest first."""
    return PlanVersion.objects.filter(hall=hall).defer("plan").select_related("by").order_by("-number")


def version_of(hall: Hall, number: int) -> PlanVersion | None:
    """One published version of a hall's plan."""
    return PlanVersion.objects.filter(hall=hall, number=number).select_related("by").first()


def _stand(one: PlanStand) -> DraftStand:
    return DraftStand(one.key, one.shape, one.number, one.kind, one.area, one.locked)
